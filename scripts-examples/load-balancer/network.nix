# A load balancer with two back ends. Each back end says its own name.
let
  backend = { name, pkgs, ... }: {
    services.nginx = {
      enable = true;
      virtualHosts."backend" = {
        default = true;
        root = "${pkgs.writeTextDir "index.html" "${name}\n"}";
      };
    };
    networking.firewall.allowedTCPPorts = [ 80 ];
  };
in
{
  backend1 = backend;
  backend2 = backend;

  balancer = { ... }: {
    services.haproxy = {
      enable = true;
      config = ''
        defaults
          mode http
          timeout connect 2s
          timeout client 10s
          timeout server 10s
          option redispatch
          retries 3

        frontend page
          bind *:80
          default_backend servers

        backend servers
          balance roundrobin
          server backend1 backend1:80 check inter 2s fall 2
          server backend2 backend2:80 check inter 2s fall 2
      '';
    };
    networking.firewall.allowedTCPPorts = [ 80 ];
  };

  client = { ... }: { };
}
