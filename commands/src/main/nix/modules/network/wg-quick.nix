# Tunnels of WireGuard, as wg-quick sets them up.
{ config, lib, ... }:

let
  inherit (lib) mkOption option optional optionals types;
  cfg = config.networking.wg-quick;
  file = types.nullOr types.str;

  peer = types.submodule {
    options = {
      publicKey = mkOption { type = types.singleLineStr; description = "Its public key."; };
      presharedKey = option file null "Key that both sides share.";
      presharedKeyFile = option file null "File in the machine with that key.";
      allowedIPs = option (types.listOf types.str) [ ] "Networks that are behind it.";
      endpoint = option file null "Its address and port outside the tunnel." // { example = "192.168.1.2:51820"; };
      persistentKeepalive = option (types.nullOr types.int) null "Seconds between packets that keep the way to it open.";
    };
  };
  interface = types.submodule {
    options = {
      configFile = option file null "File in the machine that is the configuration, instead of all this.";
      type = lib.inert (types.enum [ "wireguard" "amneziawg" ]) "wireguard" "The kind of tunnel.";
      autostart = option types.bool true "Whether it is set up at boot.";
      address = option (types.listOf types.str) [ ] "Addresses of the interface." // { example = [ "10.100.0.1/24" ]; };
      dns = option (types.listOf types.str) [ ] "Name servers, and domains in which short names are looked up.";
      privateKey = option file null "Its private key.";
      privateKeyFile = option file null "File in the machine with that key.";
      generatePrivateKeyFile = option types.bool false "Whether to make that file if it is not there.";
      listenPort = option (types.nullOr types.int) null "Port it listens on; null: chosen." // { example = 51820; };
      table = option file null "Routing table of the routes, or `off`.";
      mtu = option (types.nullOr types.int) null "Largest packet in bytes.";
      extraOptions = lib.inert (types.attrsOf types.anything) { } "Settings of other kinds of tunnels.";
      preUp = option commands "" "Shell commands before it is set up.";
      postUp = option commands "" "Shell commands after it is set up.";
      preDown = option commands "" "Shell commands before it goes.";
      postDown = option commands "" "Shell commands after it has gone.";
      peers = option (types.listOf peer) [ ] "Machines at the other ends.";
    };
  };
  commands = types.coercedTo (types.listOf types.str) (lib.concatStringsSep "\n") types.lines;

  line = name: value: optional (value != null && value != "" && value != [ ]) "${name} = ${if builtins.isList value then lib.concatStringsSep "," value else toString value}";
  hook = name: step: text: optional (text != "") "${name} = /bin/bash /etc/wireguard/${step}";
  setKeys = i: optional (i.privateKey == null && i.privateKeyFile != null) "PostUp = wg set %i private-key ${i.privateKeyFile}"
    ++ lib.concatMap
      (p: optional (p.presharedKey == null && p.presharedKeyFile != null) "PostUp = wg set %i peer ${p.publicKey} preshared-key ${p.presharedKeyFile}")
      i.peers;
  peerLines = p: [ "" "[Peer]" "PublicKey = ${p.publicKey}" ]
    ++ line "PresharedKey" p.presharedKey ++ line "AllowedIPs" p.allowedIPs ++ line "Endpoint" p.endpoint
    ++ line "PersistentKeepalive" p.persistentKeepalive;
  configuration = name: i: lib.concatLines ([ "[Interface]" ]
    ++ line "Address" i.address ++ line "DNS" i.dns ++ line "Table" i.table ++ line "MTU" i.mtu ++ line "PrivateKey" i.privateKey
    ++ line "ListenPort" i.listenPort ++ hook "PreUp" "${name}-pre-up" i.preUp ++ setKeys i ++ hook "PostUp" "${name}-post-up" i.postUp
    ++ hook "PreDown" "${name}-pre-down" i.preDown ++ hook "PostDown" "${name}-post-down" i.postDown
    ++ lib.concatMap peerLines i.peers);

  each = f: lib.mkMerge (lib.mapAttrsToList f cfg.interfaces);
in
{
  options.networking.wg-quick.interfaces = option (types.attrsOf interface) { } "Tunnels that wg-quick sets up, by name."
    // { example = lib.literalExpression ''{ wg0 = { address = [ "10.100.0.1/24" ]; privateKeyFile = "/etc/wg.key"; peers = [ ]; }; }''; };

  config = lib.mkIf (cfg.interfaces != { }) {
    # What routes everything marks its packets, and what sets name servers hands them to resolvconf.
    nixlab.packages = [ "wireguard-tools" "nftables" ] ++ optionals (lib.any (i: i.dns != [ ]) (lib.attrValues cfg.interfaces)) [ "openresolv" ];
    boot.kernelModules = [ "wireguard" ];
    environment.etc = each (name: i:
      lib.mapAttrs' (step: text: { name = "wireguard/${name}-${step}"; value = lib.mkIf (text != "") { inherit text; }; })
        { pre-up = i.preUp; post-up = i.postUp; pre-down = i.preDown; post-down = i.postDown; }
      // { "wireguard/${name}.conf" = { mode = "0600"; } // (if i.configFile != null then { source = i.configFile; } else { text = configuration name i; }); });
    systemd.services = each (name: i: {
      "wg-quick-${name}" = {
        description = "WireGuard tunnel ${name}, by wg-quick";
        wantedBy = optional i.autostart "multi-user.target";
        wants = [ "network-online.target" ];
        after = [ "network.target" "network-online.target" ];
        environment.DEVICE = name;
        serviceConfig = { Type = "oneshot"; RemainAfterExit = true; };
        script = lib.optionalString i.generatePrivateKeyFile ''
          mkdir -p --mode 0755 ${lib.escapeShellArg (dirOf i.privateKeyFile)}
          [ -e ${lib.escapeShellArg i.privateKeyFile} ] || (umask 077; wg genkey >${lib.escapeShellArg i.privateKeyFile})
        '' + "wg-quick up ${name}";
        preStop = "wg-quick down ${name}";
      };
    });
  };
}
