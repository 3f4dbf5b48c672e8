# Tunnels of WireGuard.
{ config, lib, pkgs, ... }:

let
  inherit (lib) mkOption option optional optionalString types;
  cfg = config.networking.wireguard;
  commands = types.coercedTo (types.listOf types.str) (lib.concatStringsSep "\n") types.lines;

  peer = types.submodule ({ config, ... }: {
    options = {
      name = option types.str (lib.replaceStrings [ "/" "-" " " "+" "=" ] [ "-" "\\x2d" "\\x20" "\\x2b" "\\x3d" ] config.publicKey)
        "What its unit is named after." // { defaultText = "the public key"; };
      publicKey = mkOption { type = types.singleLineStr; description = "Its public key."; };
      presharedKey = option (types.nullOr types.str) null "Key that both sides share.";
      presharedKeyFile = option (types.nullOr types.str) null "File in the machine with that key.";
      allowedIPs = mkOption { type = types.listOf types.str; description = "Networks that are behind it."; };
      endpoint = option (types.nullOr types.str) null "Its address and port outside the tunnel." // { example = "192.168.1.2:51820"; };
      persistentKeepalive = option (types.nullOr types.int) null "Seconds between packets that keep the way to it open.";
      dynamicEndpointRefreshSeconds = option types.int 0 "Seconds between look-ups of the endpoint's name; 0: once.";
      dynamicEndpointRefreshRestartSeconds = option (types.nullOr types.ints.unsigned) null "Seconds until they begin anew after a failure."
        // { defaultText = "dynamicEndpointRefreshSeconds"; };
    };
  });

  interface = types.submodule {
    options = {
      ips = option (types.listOf types.str) [ ] "Addresses of the interface." // { example = [ "10.100.0.1/24" ]; };
      privateKey = option (types.nullOr types.str) null "Its private key.";
      privateKeyFile = option (types.nullOr types.str) null "File in the machine with that key.";
      generatePrivateKeyFile = option types.bool false "Whether to make that file if it is not there.";
      listenPort = option (types.nullOr types.int) null "Port it listens on; null: chosen." // { example = 51820; };
      peers = option (types.listOf peer) [ ] "Machines at the other ends.";
      allowedIPsAsRoutes = option types.bool true "Whether there are routes to what is behind the peers.";
      table = option types.str "main" "Routing table of these routes.";
      metric = option (types.nullOr types.int) null "Preference of these routes, the lower the better.";
      mtu = option (types.nullOr types.int) null "Largest packet in bytes.";
      fwMark = option (types.nullOr types.str) null "Mark of its packets for the firewall.";
      socketNamespace = option (types.nullOr types.str) null "Network namespace whose addresses the tunnel goes through.";
      interfaceNamespace = option (types.nullOr types.str) null "Network namespace that the interface is in.";
      preSetup = option commands "" "Shell commands before it is set up.";
      postSetup = option commands "" "Shell commands after it is set up.";
      preShutdown = option commands "" "Shell commands before it goes.";
      postShutdown = option commands "" "Shell commands after it has gone.";
    };
  };

  # The program, in the namespace that comes last of those that are named.
  inside = namespaces: program:
    let named = lib.filter (n: n != null) namespaces;
    in if named == [ ] || lib.last named == "init" then program else "ip netns exec ${lib.escapeShellArg (lib.last named)} ${program}";
  words = lib.concatStringsSep " ";
  flag = name: value: optional (value != null) "${name} ${lib.escapeShellArg (toString value)}";
  keyFile = text: file: if text == null then file else "${pkgs.writeText "wireguard-key" text}";
  oneshot = { Type = "oneshot"; RemainAfterExit = true; };

  interfaceUnit = name: i:
    let
      born = inside [ i.socketNamespace ] "ip";
      ip = inside [ i.socketNamespace i.interfaceNamespace ] "ip";
      wg = inside [ i.socketNamespace i.interfaceNamespace ] "wg";
      moves = i.interfaceNamespace != null && i.interfaceNamespace != i.socketNamespace;
    in
    {
      description = "WireGuard tunnel ${name}";
      wantedBy = [ "wireguard-${name}.target" ];
      wants = [ "network.target" ];
      after = [ "network-pre.target" "systemd-modules-load.service" ];
      before = [ "network.target" ];
      environment.DEVICE = name;
      serviceConfig = oneshot;
      script = lib.concatLines ([
        i.preSetup
        "${born} link add dev ${name} type wireguard"
      ] ++ optional moves "${born} link set ${name} netns ${if i.interfaceNamespace == "init" then "1" else i.interfaceNamespace}"
      ++ optional (i.mtu != null) "${ip} link set ${name} mtu ${toString i.mtu}"
      ++ map (address: "${ip} address add ${address} dev ${name}") i.ips
      ++ [
        (words ([ "${wg} set ${name}" ] ++ flag "private-key" (keyFile i.privateKey i.privateKeyFile)
          ++ flag "listen-port" i.listenPort ++ flag "fwmark" i.fwMark))
        "${ip} link set up dev ${name}"
        i.postSetup
      ]);
      postStop = ''
        ${i.preShutdown}
        ${ip} link del dev ${name}
        ${i.postShutdown}
      '';
    };

  keyUnit = name: i: {
    description = "Key of the WireGuard tunnel ${name}";
    requiredBy = [ "wireguard-${name}.service" ];
    before = [ "wireguard-${name}.service" ];
    serviceConfig = oneshot;
    script = ''
      mkdir -p --mode 0755 ${lib.escapeShellArg (dirOf i.privateKeyFile)}
      [ -e ${lib.escapeShellArg i.privateKeyFile} ] || (umask 077; wg genkey >${lib.escapeShellArg i.privateKeyFile})
    '';
  };

  peerUnit = name: i: p:
    let
      wg = inside [ i.socketNamespace i.interfaceNamespace ] "wg";
      ip = inside [ i.socketNamespace i.interfaceNamespace ] "ip";
      refreshes = p.dynamicEndpointRefreshSeconds != 0;
      # Only who is known by name has to be looked up.
      up = if p.endpoint == null || builtins.match "\\[.*|[0-9.]+:.*" p.endpoint != null then "network.target" else "network-online.target";
      add = words ([ "${wg} set ${name} peer ${lib.escapeShellArg p.publicKey}" ]
        ++ flag "preshared-key" (keyFile p.presharedKey p.presharedKeyFile)
        ++ flag "endpoint" p.endpoint ++ flag "persistent-keepalive" p.persistentKeepalive
        ++ optional (p.allowedIPs != [ ]) "allowed-ips ${lib.concatStringsSep "," p.allowedIPs}");
      routes = verb: more: lib.optionals i.allowedIPsAsRoutes
        (map (address: "${ip} route ${verb} ${address} dev ${name} table ${i.table}${more}") p.allowedIPs);
    in
    {
      name = "wireguard-${name}-peer-${p.name}${optionalString refreshes "-refresh"}";
      value = {
        description = "WireGuard peer of ${name}";
        wantedBy = [ "wireguard-${name}.service" ];
        requires = [ "wireguard-${name}.service" ];
        wants = [ up ];
        after = [ "wireguard-${name}.service" up ];
        environment = { DEVICE = name; WG_ENDPOINT_RESOLUTION_RETRIES = "infinity"; };
        unitConfig = lib.optionalAttrs refreshes { StartLimitIntervalSec = 0; };
        serviceConfig = if !refreshes then oneshot else {
          Restart = "always";
          RestartSec =
            if p.dynamicEndpointRefreshRestartSeconds != null then p.dynamicEndpointRefreshRestartSeconds
            else p.dynamicEndpointRefreshSeconds;
        };
        script = lib.concatLines ([ add ] ++ routes "replace" (optionalString (i.metric != null) " metric ${toString i.metric}")
          ++ optional refreshes "while sleep ${toString p.dynamicEndpointRefreshSeconds}; do ${add}; done");
        postStop = lib.concatLines ([ "${wg} set ${name} peer ${lib.escapeShellArg p.publicKey} remove" ] ++ routes "delete" "");
      };
    };

  each = f: lib.concatLists (lib.mapAttrsToList f cfg.interfaces);
in
{
  options.networking.wireguard = {
    enable = option types.bool (cfg.interfaces != { }) "Whether the tunnels are set up." // { defaultText = "whether there are any"; };
    interfaces = option (types.attrsOf interface) { } "Interfaces that are tunnels, by name."
      // { example = lib.literalExpression ''{ wg0 = { ips = [ "10.100.0.1/24" ]; privateKeyFile = "/etc/wg.key"; peers = [ ]; }; }''; };
  };

  config = lib.mkIf cfg.enable {
    nixlab.packages = [ "wireguard-tools" ];
    boot.kernelModules = [ "wireguard" ];
    systemd.services = lib.mapAttrs' (name: i: { name = "wireguard-${name}"; value = interfaceUnit name i; }) cfg.interfaces
      // lib.mapAttrs' (name: i: { name = "wireguard-${name}-key"; value = keyUnit name i; })
        (lib.filterAttrs (_: i: i.generatePrivateKeyFile) cfg.interfaces)
      // lib.listToAttrs (each (name: i: map (peerUnit name i) i.peers));
    systemd.targets = lib.mapAttrs'
      (name: i: {
        name = "wireguard-${name}";
        value = { description = "WireGuard tunnel ${name}"; wantedBy = [ "multi-user.target" ]; };
      })
      cfg.interfaces;
    assertions = each (name: i: [
      {
        assertion = (i.privateKey == null) != (i.privateKeyFile == null);
        message = "WireGuard interface `${name}` needs one of `privateKey` and `privateKeyFile`";
      }
      {
        assertion = i.generatePrivateKeyFile -> i.privateKeyFile != null;
        message = "WireGuard interface `${name}` has no `privateKeyFile` to make";
      }
    ] ++ map (p: {
      assertion = p.presharedKey == null || p.presharedKeyFile == null;
      message = "WireGuard peer ${p.publicKey} of `${name}` has both `presharedKey` and `presharedKeyFile`";
    }) i.peers);
  };
}
