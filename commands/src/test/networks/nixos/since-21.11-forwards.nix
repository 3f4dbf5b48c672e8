# modules: nginx
{
  web = { ... }: {
    services.nginx.enable = true;
    virtualisation = {
      cores = 2;
      forwardPorts = [ { from = "host"; host.port = 8080; guest.port = 80; } ];
      sharedDirectories.data = { source = "/srv/data"; target = "/data"; };
      restrictNetwork = true;
    };
  };
}
