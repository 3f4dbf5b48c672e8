{ pkgs, lib, ... }:

lib.listToAttrs (map (n: lib.nameValuePair "web-${toString n}" {
  services.httpd.enable = true;
  networking.firewall.allowedTCPPorts = [ 80 443 ];
}) [ 1 2 3 ])
