# A web server with a database behind it: nginx passes requests to a small
# application, which asks PostgreSQL on another machine.
let
  # Answers every request with the number of visits, counted in the database.
  application = pkgs: pkgs.writeShellScript "visits" ''
    read -r request
    while read -r header && [ "$header" != $'\r' ]; do :; done
    visits=$(psql -h database -U web -d shop -Atc \
      "INSERT INTO visits DEFAULT VALUES; SELECT count(*) FROM visits" | tail -n 1)
    printf 'HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nvisit %s\n' "$visits"
  '';
in
{
  database = { pkgs, ... }: {
    services.postgresql = {
      enable = true;
      enableTCPIP = true;
      ensureDatabases = [ "shop" ];
      ensureUsers = [ { name = "web"; } ];
      authentication = ''
        host shop web samenet trust
      '';
      initialScript = pkgs.writeText "shop.sql" ''
        CREATE ROLE web LOGIN;
        CREATE DATABASE shop OWNER web;
        \connect shop
        CREATE TABLE visits (id serial PRIMARY KEY);
        ALTER TABLE visits OWNER TO web;
      '';
    };
    networking.firewall.allowedTCPPorts = [ 5432 ];
  };

  web = { pkgs, ... }: {
    services.nginx = {
      enable = true;
      virtualHosts."web" = {
        default = true;
        locations."/".proxyPass = "http://127.0.0.1:8080";
      };
    };
    systemd.sockets.visits = {
      wantedBy = [ "sockets.target" ];
      socketConfig = { ListenStream = "127.0.0.1:8080"; Accept = true; };
    };
    systemd.services."visits@" = {
      description = "Count a visit";
      path = [ pkgs.postgresql ];
      serviceConfig = {
        ExecStart = application pkgs;
        StandardInput = "socket";
        StandardError = "journal";
      };
    };
    environment.systemPackages = [ pkgs.postgresql ];
    networking.firewall.allowedTCPPorts = [ 80 ];
  };

  visitor = { ... }: { };
}
