# The kernel's settings and modules.
{ config, lib, pkgs, ... }:

let
  inherit (lib) option types;
  cfg = config.boot;
  sysctlValue = v: if v == true then "1" else if v == false then "0" else toString v;
in
{
  imports = [
    (lib.mkRenamedOptionModule [ "boot" "tmpOnTmpfs" ] [ "boot" "tmp" "useTmpfs" ])
    (lib.mkRenamedOptionModule [ "boot" "tmpOnTmpfsSize" ] [ "boot" "tmp" "tmpfsSize" ])
    (lib.mkRenamedOptionModule [ "boot" "cleanTmpDir" ] [ "boot" "tmp" "cleanOnBoot" ])
  ];

  options.boot = {
    kernel.sysctl = option (types.lazyAttrsOf (types.nullOr (types.oneOf [ types.bool types.str types.int ]))) { }
      "Settings of the kernel (sysctl)." // { example = { "net.ipv4.ip_forward" = 1; }; };
    kernelModules = option (types.listOf types.str) [ ] "Kernel modules to load at boot." // { example = [ "dummy" ]; };
    blacklistedKernelModules = option (types.listOf types.str) [ ] "Kernel modules that are not loaded by themselves.";
    extraModprobeConfig = option types.lines "" "Lines for modprobe.d: options of modules." // { example = "options dummy numdummies=2"; };
    kernelParams = option (types.listOf types.str) [ ] "Arguments of the kernel." // { example = [ "quiet" ]; };
    extraModulePackages = lib.inert (types.listOf types.package) [ ] "Packages of kernel modules.";
    kernelPackages = lib.inert types.raw pkgs.linuxPackages "The kernel, which is Debian's." // { defaultText = "pkgs.linuxPackages"; };
    initrd = lib.inert (types.lazyAttrsOf types.anything) { } "The initial RAM disk."
      // { apply = lib.recursiveUpdate { systemd.enable = false; }; };
    loader = lib.inert (types.lazyAttrsOf types.anything) { } "The boot loader, of which there is none.";
    consoleLogLevel = option types.int 4 "Which kernel messages go to the console: those below this level.";
    tmp.cleanOnBoot = option types.bool false "Whether to empty /tmp at boot.";
    tmp.useTmpfs = option types.bool false "Whether /tmp lies in memory.";
    tmp.tmpfsSize = option (types.either types.str types.ints.positive) "50%" "How much of the memory /tmp may take then, in percent of it or in bytes.";
    supportedFilesystems = lib.inert (types.coercedTo (types.listOf types.str) (names: lib.genAttrs names (_: true)) (types.attrsOf types.bool)) { } "File systems to support.";
    isContainer = lib.inert types.bool false "Boot as a container.";
    enableContainers = lib.inert types.bool true "Run containers of NixOS.";
    earlyVconsoleSetup = lib.inert types.bool false "Set the console up early.";
    runSize = lib.inert types.raw "25%" "How large /run may be.";
    kernelPatches = lib.inert (types.listOf types.raw) [ ] "Changes to the kernel.";
    vesa = lib.inert types.bool false "Speak to the screen by VESA.";
    hardwareScan = lib.inert types.bool true "Load modules for the hardware that is found.";
  } // lib.genAttrs [ "bcache" "binfmt" "bootspec" "crashDump" "lanzaboote" "plymouth" "specialFileSystems" "swraid" "zfs" ]
    (_: lib.inert (types.lazyAttrsOf types.anything) { } "A part of booting that these guests do not have.") // {
  };

  config = {
    environment.etc = {
      "sysctl.d/60-nixlab.conf" = lib.mkIf (cfg.kernel.sysctl != { }) {
        text = lib.concatStrings (lib.mapAttrsToList
          (name: v: lib.optionalString (v != null) "${name} = ${sysctlValue v}\n")
          cfg.kernel.sysctl);
      };
      "modules-load.d/nixlab.conf" = lib.mkIf (cfg.kernelModules != [ ]) { text = lib.concatLines (lib.unique cfg.kernelModules); };
      "modprobe.d/nixlab.conf" = lib.mkIf (cfg.blacklistedKernelModules != [ ] || cfg.extraModprobeConfig != "") {
        text = lib.concatMapStrings (m: "blacklist ${m}\n") cfg.blacklistedKernelModules + cfg.extraModprobeConfig;
      };
    };
    # Udev would load it only after what has to be up first.
    boot.kernelModules = lib.optional config.virtualisation.graphics "virtio-gpu";
    boot.kernel.sysctl = lib.mkIf (cfg.consoleLogLevel != 4) { "kernel.printk" = lib.mkDefault "${toString cfg.consoleLogLevel} 4 1 7"; };
    systemd.tmpfiles.rules = lib.optional cfg.tmp.cleanOnBoot "D! /tmp 1777 root root";
    systemd.mounts = lib.optional cfg.tmp.useTmpfs {
      what = "tmpfs";
      where = "/tmp";
      type = "tmpfs";
      wantedBy = [ "local-fs.target" ];
      before = [ "local-fs.target" ];
      unitConfig.DefaultDependencies = false;
      mountConfig.Options = "mode=1777,strictatime,nosuid,nodev,size=${toString cfg.tmp.tmpfsSize}";
    };
  };
}
