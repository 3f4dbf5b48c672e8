# Address translation, by one table of nftables beside the firewall's.
{ config, lib, ... }:

let
  inherit (lib) concatMapStrings concatStringsSep mkOption option optionalString types;
  cfg = config.networking.nat;
  outside = optionalString (cfg.externalInterface != null) "oifname \"${cfg.externalInterface}\" ";
  inside = optionalString (cfg.externalInterface != null) "iifname \"${cfg.externalInterface}\" ";
  translate = if cfg.externalIP == null then "masquerade" else "snat to ${cfg.externalIP}";
  set = list: "{ ${concatStringsSep ", " list} }";
  # 192.168.1.2:80 -> address and port.
  port = p: if builtins.isInt p then toString p else lib.replaceStrings [ ":" ] [ "-" ] p;
  forward = f: "    ${inside}${f.proto} dport ${port f.sourcePort} dnat to ${f.destination}\n"
    + concatMapStrings (ip: "    ip daddr ${ip} ${f.proto} dport ${port f.sourcePort} dnat to ${f.destination}\n") f.loopbackIPs;
in
{
  options.networking.nat = {
    enable = option types.bool false "Whether packets of inner networks go out under the machine's own address.";
    externalInterface = option (types.nullOr types.str) null "Interface that leads outside." // { example = "eth0"; };
    externalIP = option (types.nullOr types.str) null "Address to use; null: that of the interface.";
    internalInterfaces = option (types.listOf types.str) [ ] "Interfaces of inner networks." // { example = [ "eth1" ]; };
    internalIPs = option (types.listOf types.str) [ ] "Addresses of inner networks." // { example = [ "192.168.1.0/24" ]; };
    internalIPv6s = option (types.listOf types.str) [ ] "IPv6 addresses of inner networks, with `enableIPv6`.";
    enableIPv6 = option types.bool false "Whether IPv6 is translated, too.";
    forwardPorts = option
      (types.listOf (types.submodule {
        options = {
          sourcePort = mkOption { type = types.either types.int (types.strMatching "[0-9]+:[0-9]+"); description = "Port outside, or first:last."; };
          destination = mkOption { type = types.str; description = "Address and port inside."; };
          proto = option types.str "tcp" "The protocol.";
          loopbackIPs = option (types.listOf types.str) [ ] "Outer addresses that work from inside as well.";
        };
      }))
      [ ] "Ports that lead to machines inside." // { example = [{ sourcePort = 8080; destination = "192.168.1.2:80"; }]; };
    dmzHost = option (types.nullOr types.str) null "Machine inside that gets everything else.";
    extraCommands = lib.internal types.lines "";
  };

  config = lib.mkIf cfg.enable {
    networking.nftables.enable = lib.mkDefault true;
    networking.nftables.tables.nixos-nat = {
      family = "ip";
      content = ''
          chain pre {
            type nat hook prerouting priority dstnat;
        ${concatMapStrings forward cfg.forwardPorts}${optionalString (cfg.dmzHost != null) "    ${inside}dnat to ${cfg.dmzHost}\n"}  }
          chain post {
            type nat hook postrouting priority srcnat;
        ${optionalString (cfg.internalInterfaces != [ ]) "    iifname ${set (map (i: "\"${i}\"") cfg.internalInterfaces)} ${outside}${translate}\n"}${optionalString (cfg.internalIPs != [ ]) "    ip saddr ${set cfg.internalIPs} ${outside}${translate}\n"}  }
      '';
    };
    networking.nftables.tables.nixos-nat6 = lib.mkIf cfg.enableIPv6 {
      family = "ip6";
      name = "nixos-nat";
      content = ''
          chain post {
            type nat hook postrouting priority srcnat;
        ${optionalString (cfg.internalInterfaces != [ ]) "    iifname ${set (map (i: "\"${i}\"") cfg.internalInterfaces)} ${outside}masquerade\n"}${optionalString (cfg.internalIPv6s != [ ]) "    ip6 saddr ${set cfg.internalIPv6s} ${outside}masquerade\n"}  }
      '';
    };
    boot.kernelModules = [ "nf_nat" "nft_chain_nat" "nft_masq" ] ++ lib.optional (cfg.forwardPorts != [ ]) "nft_nat";
    boot.kernel.sysctl = {
      "net.ipv4.conf.all.forwarding" = lib.mkOverride 99 true;
      "net.ipv4.conf.default.forwarding" = lib.mkOverride 99 true;
    } // lib.optionalAttrs cfg.enableIPv6 {
      "net.ipv6.conf.all.forwarding" = lib.mkOverride 99 true;
      "net.ipv6.conf.default.forwarding" = lib.mkOverride 99 true;
    };
  };
}
