# Who the machine is and whom it knows: host name, /etc/hosts, name servers.
{ config, lib, name, machine, network, options, ... }:

let
  inherit (lib) mkOption option types;
  cfg = config.networking;
  own = lib.unique (lib.optional (cfg.domain != null && cfg.hostName != "") "${cfg.hostName}.${cfg.domain}" ++ lib.optional (cfg.hostName != "") cfg.hostName);

  hostLines = lib.concatStrings (lib.mapAttrsToList
    (address: names: lib.optionalString (names != [ ]) "${address} ${lib.concatStringsSep " " names}\n")
    cfg.hosts);

  # All machines of the network, the addresses on networks shared with this one first.
  known = lib.concatMapStrings
    (m:
      let
        shared = lib.filter (a: lib.any (card: card.vlan == a.vlan) machine.interfaces) m.reachable;
        addresses = lib.unique (map (a: a.address) (if shared != [ ] then shared else lib.take 2 m.reachable));
        names = lib.concatStringsSep " " m.names;
      in
      lib.concatMapStrings (a: "${a} ${names}\n") addresses)
    network.known;
  # In older releases the name of a host might have its domain behind it.
  parts = lib.splitString "." (lib.head options.networking.hostName.definitions);
  behind = if network.isOfOlderTools && options.networking.hostName.isDefined then lib.concatStringsSep "." (lib.tail parts) else "";
  label = "[A-Za-z0-9]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?";
  hostNameType = types.strMatching "$|${label}${lib.optionalString network.isOfOlderTools "(\\.${label})*"}" // {
    description = "letters, digits, hyphens and underscores, with a letter or digit at both ends";
  };
  proxy = what: option (types.nullOr types.str) null "Address of the proxy for ${what}, in the environment of all sessions." // { example = "http://192.168.1.2:3128"; };
  default = { default = cfg.proxy.default; defaultText = "proxy.default"; };
in
{
  options.networking = {
    hostName = option hostNameType name "The machine's host name."
      // { defaultText = "the name of the machine in the network file"; apply = said: lib.head (lib.splitString "." said); };
    domain = option (types.nullOr types.str) (if behind == "" then null else behind) "Its domain." // { defaultText = "null"; example = "example.net"; };
    fqdn = mkOption {
      type = types.str;
      default =
        if cfg.hostName != "" && cfg.domain != null then "${cfg.hostName}.${cfg.domain}"
        else lib.fail { message = "`networking.fqdn` needs `networking.hostName` and `networking.domain`"; };
      defaultText = "hostName.domain";
      readOnly = true;
      description = "Host name and domain.";
    };
    fqdnOrHostName = mkOption {
      type = types.str;
      default = if cfg.domain == null then cfg.hostName else "${cfg.hostName}.${cfg.domain}";
      defaultText = "hostName.domain, or hostName";
      readOnly = true;
      description = "The full name, or the host name where there is no domain.";
    };
    hostId = lib.inert (types.nullOr types.str) null "Number of the host, for ZFS.";
    hosts = option (types.attrsOf (types.listOf types.str)) { } "Lines of /etc/hosts: names by address."
      // { example = { "192.0.2.1" = [ "gateway" ]; }; };
    extraHosts = option types.lines "" "Further lines of /etc/hosts." // { example = "192.0.2.2 printer"; };
    hostFiles = option (types.listOf types.path) [ ] "Files with further lines of /etc/hosts.";
    nameservers = option (types.listOf types.str) [ ] "Addresses of name servers; the one behind eth0 comes last.";
    search = option (types.listOf types.str) [ ] "Domains in which short names are looked up.";
    resolvconf.extraOptions = option (types.listOf types.str) [ ] "Options of the resolver." // { example = [ "ndots:1" ]; };
    resolvconf.useLocalResolver = option types.bool false "Whether a name server of the machine itself is asked first.";
    resolvconf.enable = option types.bool true "Whether to make /etc/resolv.conf.";
    resolvconf.dnsExtensionMechanism = option types.bool true "Whether the resolver says what it can take (EDNS).";
    resolvconf.dnsSingleRequest = option types.bool false "Whether the resolver asks for IPv4 and IPv6 one after another.";
    proxy = {
      default = proxy "whatever has no proxy of its own";
      allProxy = proxy "everything" // default;
      ftpProxy = proxy "FTP" // default;
      httpProxy = proxy "HTTP" // default;
      httpsProxy = proxy "HTTPS" // default;
      rsyncProxy = proxy "rsync" // default;
      noProxy = option (types.nullOr types.str) null "Hosts that are asked themselves." // { example = "127.0.0.1,localhost,.example.net"; };
      envVars = lib.internal (types.attrsOf types.str) { };
    };
    timeServers = lib.inert (types.listOf types.str) [ ] "Time servers; the clock follows the host's.";
  };

  config = {
    networking.proxy.envVars = lib.filterAttrs (_: address: address != null) {
      all_proxy = cfg.proxy.allProxy;
      ftp_proxy = cfg.proxy.ftpProxy;
      http_proxy = cfg.proxy.httpProxy;
      https_proxy = cfg.proxy.httpsProxy;
      rsync_proxy = cfg.proxy.rsyncProxy;
      no_proxy = cfg.proxy.noProxy;
    };
    environment.sessionVariables = cfg.proxy.envVars;
    networking.hosts = {
      "127.0.0.1" = [ "localhost" ];
      "127.0.0.2" = own;
      "::1" = lib.mkIf cfg.enableIPv6 [ "localhost" "ip6-localhost" "ip6-loopback" ];
    };
    environment.etc = {
      hostname = lib.mkIf (cfg.hostName != "") { text = cfg.hostName + "\n"; };
      hosts.text = hostLines + known
        + lib.optionalString (cfg.extraHosts != "") (cfg.extraHosts + "\n")
        + lib.concatMapStrings builtins.readFile cfg.hostFiles;
      "resolv.conf" = lib.mkIf cfg.resolvconf.enable {
        text = lib.optionalString (cfg.search != [ ]) "search ${lib.concatStringsSep " " cfg.search}\n"
          + lib.concatMapStrings (s: "nameserver ${s}\n") (lib.unique (lib.optional cfg.resolvconf.useLocalResolver "127.0.0.1" ++ cfg.nameservers
          ++ lib.optional (cfg.useDHCP || cfg.interfaces.eth0.useDHCP or null == true) "10.0.2.3"))
          + "options ${lib.concatStringsSep " " (lib.optional cfg.resolvconf.dnsExtensionMechanism "edns0"
          ++ lib.optional cfg.resolvconf.dnsSingleRequest "single-request" ++ cfg.resolvconf.extraOptions)}\n";
      };
    };
  };
}
