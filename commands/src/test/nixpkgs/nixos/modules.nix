{ config, lib, pkgs, name, index, nodes, defaultSystem, ... }:

let
  inherit (lib) mkOption types;
  any = default: mkOption { type = types.raw; inherit default; };
  card = number: vlan: {
    name = "eth${toString number}";
    value.ipv4.addresses = [{ address = "192.168.${toString vlan}.${toString index}"; prefixLength = 24; }];
  };
  toplevel = pkgs.runCommand "nixos-system-${name}" { } 
    ''
      ln -s ${config.virtualisation.kernel} $out/kernel
      echo ${toString config.systemd.packages} > $out/units
      mkdir $out/bin
      cat > $out/bin/switch-to-configuration <<'END'
      #!/bin/sh
      echo "$1 ${config.users.motd}" > /etc/motd
      exit ${toString (if config.users.motd == "broken" then 4 else 0)}
      END
      chmod +x $out/bin/switch-to-configuration
    '';
in
{
  options = {
    networking.hostName = any name;
    networking.domain = any null;
    networking.interfaces = any { };
    networking.primaryIPAddress = any "";
    networking.primaryIPv6Address = any "";
    networking.extraHosts = any "";
    nixpkgs.system = any defaultSystem;
    nixpkgs.pkgs = mkOption { type = types.raw; };
    environment.systemPackages = mkOption { type = types.listOf types.raw; default = [ ]; };
    services.openssh.enable = any false;
    services.httpd.enable = any false;
    warnings = any [ ];
    services.httpd.adminAddr = mkOption { type = types.str; };
    services.udev.packages = any [ ];
    systemd.packages = any [ ];
    systemd.units = any { };
    users.motd = any "";
    users.users = mkOption { type = types.attrsOf types.raw; default = { }; };
    users.groups = mkOption { type = types.attrsOf types.raw; default = { }; };
    security.pam.services = any { };
    boot.kernelParams = any [ ];
    system.build = mkOption { type = types.attrsOf types.raw; default = { }; };
    system.stateVersion = any "";
    system.name = any config.networking.hostName;
    virtualisation = {
      memorySize = any 384;
      graphics = any true;
      vlans = any [ 1 ];
      emptyDiskImages = any [ ];
      # As releases since 20.09 have it: what is booted is among them.
      qemu.options = any [
        "-device virtio-net-pci,netdev=vlan1,mac=52:54:00:12:01:0${toString index}"
        "-kernel ${toplevel}/kernel"
        "-initrd ${toplevel}/initrd"
        ''-append "$(cat ${toplevel}/kernel-params) init=${toplevel}/init $QEMU_KERNEL_PARAMS"''
      ];
      # A Debian machine's.
      script = any "/nowhere/run";
      kernel = any "/nowhere/kernel";
      broken = any false;
    };
  };

  config = {
    _module.args.pkgs = pkgs;
    # What the test framework adds.
    networking.interfaces = lib.mkIf (nodes != { }) (builtins.listToAttrs (lib.imap1 card config.virtualisation.vlans));
    systemd.units = { "backdoor.service" = { }; "sshd.service" = { enable = config.services.openssh.enable; }; }
      // (if config.services.httpd.enable then { "httpd.service" = { text = config.services.httpd.adminAddr; }; } else { });
    users.users = { root = { }; };
    system.build.toplevel = toplevel;
    system.build.vm = pkgs.runCommand "nixos-vm" { }
      (if config.virtualisation.broken then "echo one; echo the compiler is sad >&2; exit 3" else ''
        mkdir $out/bin
        cat > $out/bin/run-${config.system.name}-vm <<'END'
        #! /bin/bash
        # /usr/bin/qemu-system-x86_64 -machine accel=kvm:tcg -cpu host
        mkdir -p "$TMPDIR/xchg" || exit
        # Helpers beside QEMU: one that sees its end, and one that does not.
        (while kill -0 $$ 2>/dev/null; do sleep 0.1; done; echo bye > "$TMPDIR/last-words") &
        sleep 10000 &
        echo $! > "$TMPDIR/helper"
        # The Debian machine has a device of its own for panics.
        exec ${config.virtualisation.script} "''${@/pvpanic/virtio-rng-pci}"
        END
        chmod +x $out/bin/run-${config.system.name}-vm
        ln -s ${toplevel} $out/system
      '');
  };
}
