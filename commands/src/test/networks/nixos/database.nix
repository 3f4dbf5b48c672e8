# modules: nginx postgresql
{
  db = { pkgs, ... }: {
    services.postgresql.enable = true;
    networking.firewall.allowedTCPPorts = [ 5432 ];
    virtualisation.memorySize = 1024;
    virtualisation.diskSize = 2048;
  };
  app = { pkgs, nodes, ... }: {
    services.nginx.enable = true;
    networking.firewall.allowedTCPPorts = [ 80 ];
    environment.etc."database".text = nodes.db.config.networking.primaryIPAddress;
  };
}
