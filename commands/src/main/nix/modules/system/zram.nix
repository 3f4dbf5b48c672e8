# Swap space in memory, compressed.
{ config, lib, ... }:

let
  inherit (lib) option types;
  cfg = config.zramSwap;
  # As the generator calls them that NixOS has for it.
  unit = number: "systemd-zram-setup@zram${toString number}";
  setUp = number: {
    name = unit number;
    value = {
      description = "Swap space in memory";
      wantedBy = [ "swap.target" ];
      before = [ "swap.target" "shutdown.target" ];
      # Numbers are given in turn.
      after = [ "systemd-modules-load.service" ] ++ lib.optional (number > 0) "${unit (number - 1)}.service";
      conflicts = [ "shutdown.target" ];
      unitConfig.DefaultDependencies = false;
      serviceConfig.Type = "oneshot";
      serviceConfig.RemainAfterExit = true;
      script = ''
        device=/sys/block/zram${toString number}
        [ -e $device ] || cat /sys/class/zram-control/hot_add >/dev/null
        read -r _ total _ </proc/meminfo
        size=$((total * ${toString cfg.memoryPercent} / 100 * 1024))
        ${lib.optionalString (cfg.memoryMax != null) "[ $size -le ${toString cfg.memoryMax} ] || size=${toString cfg.memoryMax}"}
        echo ${lib.escapeShellArg cfg.algorithm} >$device/comp_algorithm
        ${lib.optionalString (cfg.writebackDevice != null) "echo ${lib.escapeShellArg (toString cfg.writebackDevice)} >$device/backing_dev"}
        echo $size >$device/disksize
        mkswap /dev/zram${toString number}
        swapon --priority ${toString cfg.priority} /dev/zram${toString number}
      '';
      preStop = ''
        swapoff /dev/zram${toString number}
        echo 1 >/sys/block/zram${toString number}/reset
      '';
    };
  };
in
{
  options.zramSwap = {
    enable = option types.bool false "Whether there is swap space in memory, compressed.";
    swapDevices = option types.ints.positive 1 "How many swap spaces there are.";
    memoryPercent = option types.ints.positive 50 "How much each holds at most, in percent of the memory.";
    memoryMax = option (types.nullOr types.int) null "How much each holds at most, in bytes.";
    priority = option types.int 5 "Preference among swap spaces.";
    algorithm = option types.str "zstd" "How it is compressed." // { example = "lz4"; };
    writebackDevice = option (types.nullOr types.path) null "Device for what cannot be compressed.";
  };

  config = lib.mkIf cfg.enable {
    boot.kernelModules = [ "zram" ];
    systemd.services = lib.listToAttrs (builtins.genList setUp cfg.swapDevices);
    assertions = [{
      assertion = cfg.writebackDevice == null || cfg.swapDevices == 1;
      message = "`zramSwap.writebackDevice` is for one swap space, not for ${toString cfg.swapDevices}";
    }];
  };
}
