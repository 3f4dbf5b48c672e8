# What is mounted beside the root, and swap.
{ config, lib, ... }:

let
  inherit (lib) mkOption option types;
  mounts = lib.filter (f: f.mountPoint != "/" && f.enable) (lib.attrValues config.fileSystems);
  # The root is an overlay, in which no file can be swap space.
  swaps = lib.filter (s: s.size == null) config.swapDevices;
  helpers = {
    nfs = "nfs-common";
    nfs4 = "nfs-common";
    cifs = "cifs-utils";
    xfs = "xfsprogs";
    btrfs = "btrfs-progs";
    vfat = "dosfstools";
    "fuse.sshfs" = "sshfs";
  };
  remote = [ "nfs" "nfs4" "cifs" ];
  device = f: if f.device != null then f.device else if f.label != null then "/dev/disk/by-label/${f.label}" else "none";
  options = f: lib.concatStringsSep "," (f.options
    ++ lib.optional f.autoFormat "x-systemd.makefs"
    ++ lib.optional f.autoResize "x-systemd.growfs"
    ++ map (d: "x-systemd.requires-mounts-for=${d}") f.depends
    ++ lib.optional (lib.elem f.fsType remote) "_netdev");
in
{
  options = {
    fileSystems = option
      (types.attrsNamedBy "mountPoint" (types.submodule ({ name, ... }: {
        options = {
          enable = option types.bool true "Whether it is mounted.";
          mountPoint = option types.str name "Where it is mounted.";
          device = option (types.nullOr types.str) null "What is mounted." // { example = "server:/export"; };
          label = option (types.nullOr types.str) null "Label of the device, instead of `device`.";
          fsType = option types.str "auto" "Type of the file system." // { example = "nfs"; };
          options = option (types.listOf types.str) [ "defaults" ] "Options of the mount." // { example = [ "ro" ]; };
          depends = option (types.listOf types.str) [ ] "Paths that must be mounted before.";
          autoFormat = option types.bool false "Whether an empty device is formatted first.";
          autoResize = option types.bool false "Whether the file system grows to its device.";
          noCheck = option types.bool false "Whether it is never checked.";
          formatOptions = lib.inert types.raw "" "How the file system is made.";
          encrypted = lib.idle "A device that is decrypted first.";
          neededForBoot = lib.inert types.bool false "Mount it before the system starts.";
        }
        # Disks that NixOps makes elsewhere.
        // lib.genAttrs [ "azure" "ec2" "gce" ] (_: lib.internal types.raw { });
      })))
      { } "What is mounted, by mount point. The root is nixlab's own." // { example = lib.literalExpression ''{ "/data" = { device = "server:/export"; fsType = "nfs"; }; }''; };
    swapDevices = option
      (types.listOf (types.submodule ({ config, ... }: {
        options = {
          device = mkOption { type = types.str; description = "Device; it is formatted if it is empty."; };
          label = option (types.nullOr types.str) null "Label of the device, instead of `device`.";
          priority = option (types.nullOr types.int) null "Preference among swap spaces.";
          options = option (types.nonEmptyListOf types.str) [ "defaults" ] "Options of fstab.";
          size = lib.inert (types.nullOr types.int) null "Size of a file that is swap space, in MiB; such files are left out.";
          randomEncryption = lib.inert types.raw false "Encrypt it with a key that nobody knows.";
          discardPolicy = lib.inert (types.nullOr types.str) null "When its device is told what is free.";
        };
        config.device = lib.mkIf (config.label != null) (lib.mkDefault "/dev/disk/by-label/${config.label}");
      })))
      [ ] "Swap spaces." // { example = [ { device = "/dev/vdb"; } ]; };
    boot.nfs = lib.internal types.raw { };
  };

  config = {
    environment.etc.fstab.text = lib.concatMapStrings
      (f: "${device f} ${lib.replaceStrings [ " " ] [ "\\040" ] f.mountPoint} ${f.fsType} ${options f} 0 ${if f.noCheck || f.fsType == "auto" || device f == "none" || lib.elem f.fsType (remote ++ [ "tmpfs" ]) || lib.elem "bind" f.options then "0" else "2"}\n")
      mounts
    + lib.concatMapStrings (s: "${s.device} none swap ${lib.concatStringsSep "," s.options},x-systemd.makefs${lib.optionalString (s.priority != null) ",pri=${toString s.priority}"} 0 0\n") swaps;
    warnings = map (s: "the swap space ${s.device} is a file, which Debian guests do without") (lib.filter (s: s.size != null) config.swapDevices);
    # Also for what `mount` mounts by hand.
    nixlab.files = map (f: { path = f.mountPoint; directory = true; }) mounts;
    nixlab.packages = lib.filter (p: p != null) (map (f: helpers.${f.fsType} or null) mounts);
    nixlab.units = lib.optionals (lib.any (f: lib.elem f.fsType [ "nfs" "nfs4" ]) mounts)
      [ "rpcbind.service" "rpcbind.socket" "rpc-statd.service" "rpc-statd-notify.service" "rpcbind.target" "nfs-client.target" "nfs-utils.service" "rpc_pipefs.target" "var-lib-nfs-rpc_pipefs.mount" ];
  };
}
