package org.nixlab.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

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
    /** What the shell of the start script takes for one word, which may hold blanks in quotes. */
    private static final Pattern WORD = Pattern.compile("(?:\"(?:\\\\.|[^\"\\\\])*\"|'[^']*'|\\\\.|\\S)+");

    /** Words of QEMU that say what is booted, and not on what; each has a value. */
    private static final Set<String> SYSTEM = Set.of("-kernel", "-initrd", "-append");

    public Hardware {
        vlans = List.copyOf(vlans);
        forwardPorts = List.copyOf(forwardPorts);
        sharedDirectories = List.copyOf(sharedDirectories);
        emptyDiskImages = List.copyOf(emptyDiskImages);
        qemuOptions = List.copyOf(qemuOptions);
        kernelParameters = List.copyOf(kernelParameters);
    }

    /**
     * Returns it without the words of {@code qemuOptions} that name the system to boot, and each word by itself. NixOS
     * machines have such among them, with paths that are others after every change of anything in the system.
     */
    public Hardware withoutSystem() {
        var words = qemuOptions.stream()
                .flatMap(option -> WORD.matcher(option).results().map(MatchResult::group))
                .toList();
        var devices = new ArrayList<String>();
        for (int i = 0; i < words.size(); i++) {
            if (SYSTEM.contains(words.get(i).replaceFirst("^--", "-"))) {
                i++;
            } else {
                devices.add(words.get(i));
            }
        }
        return new Hardware(
                memorySize,
                cores,
                diskSize,
                vlans,
                graphics,
                restrictNetwork,
                forwardPorts,
                sharedDirectories,
                emptyDiskImages,
                devices,
                kernelParameters);
    }
}
