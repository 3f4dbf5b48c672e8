package org.nixlab.model;

import java.util.List;

/**
 * What QEMU gives a machine: the options under {@code virtualisation}, and {@code boot.kernelParams}.
 *
 * @param memorySize in MiB
 * @param cores number of virtual processors
 * @param diskSize size of the machine's own disk in MiB
 * @param vlans the VLANs it joins, one per interface from {@code eth1} on
 * @param graphics whether it has a screen
 * @param restrictNetwork whether {@code eth0} is cut off from the outside
 * @param forwardPorts ports forwarded by QEMU's user network
 * @param sharedDirectories host directories mounted in the guest
 * @param emptyDiskImages sizes in MiB of further, empty disks, {@code /dev/vdb} on
 * @param qemuOptions further words of the QEMU command line, each split at blanks by the start script
 * @param kernelParameters further arguments of the kernel
 */
public record Hardware(
        int memorySize,
        int cores,
        int diskSize,
        List<Integer> vlans,
        boolean graphics,
        boolean restrictNetwork,
        List<PortForward> forwardPorts,
        List<SharedDirectory> sharedDirectories,
        List<Integer> emptyDiskImages,
        List<String> qemuOptions,
        List<String> kernelParameters) {
    public Hardware {
        vlans = List.copyOf(vlans);
        forwardPorts = List.copyOf(forwardPorts);
        sharedDirectories = List.copyOf(sharedDirectories);
        emptyDiskImages = List.copyOf(emptyDiskImages);
        qemuOptions = List.copyOf(qemuOptions);
        kernelParameters = List.copyOf(kernelParameters);
    }
}
