{ config, lib, ... }:
{
  name = "two";
  defaults.virtualisation.memorySize = 512;
  nodes.server = { services.httpd.enable = true; };
  nodes.client = { virtualisation.vlans = [ 1 3 ]; environment.systemPackages = [ config.node.pkgs.hello ]; };
  testScript = ''
    start_all()
    server.wait_for_unit("httpd")
  '';
}
