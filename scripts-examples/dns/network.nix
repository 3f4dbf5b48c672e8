# A DNS server with its own zone, and clients that ask it. The clients know
# each other only by the zone; of eth0's server, which comes behind ours,
# they learn nothing about it.
let
  client = { lib, ... }: {
    networking.nameservers = lib.mkForce [ "192.168.1.10" ];
  };
in
{
  ns = { pkgs, ... }: {
    networking.interfaces.eth1.ipv4.addresses = [ { address = "192.168.1.10"; prefixLength = 24; } ];
    services.bind = {
      enable = true;
      cacheNetworks = [ "127.0.0.0/8" "192.168.1.0/24" ];
      zones."school.test" = {
        master = true;
        file = pkgs.writeText "school.test.zone" ''
          $TTL 60
          @        IN SOA ns.school.test. admin.school.test. ( 1 3600 600 86400 60 )
                   IN NS  ns
                   IN MX  10 mail
          ns       IN A   192.168.1.10
          library  IN A   192.168.1.21
          mail     IN A   192.168.1.22
          books    IN CNAME library
        '';
      };
    };
    networking.firewall.allowedTCPPorts = [ 53 ];
    networking.firewall.allowedUDPPorts = [ 53 ];
  };

  library = { ... }: {
    imports = [ client ];
    networking.interfaces.eth1.ipv4.addresses = [ { address = "192.168.1.21"; prefixLength = 24; } ];
    services.nginx.enable = true;
    networking.firewall.allowedTCPPorts = [ 80 ];
  };

  pupil = { pkgs, ... }: {
    imports = [ client ];
    environment.systemPackages = [ pkgs.dnsutils ];
  };
}
