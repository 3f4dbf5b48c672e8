{ lib, ... }:
{
  name = "two";
  defaults.virtualisation.memorySize = 512;
  nodes.server = { services.httpd.enable = true; };
  nodes.client = { virtualisation.vlans = [ 1 3 ]; };
  testScript = ''
    start_all()
    server.wait_for_unit("httpd")
  '';
}
