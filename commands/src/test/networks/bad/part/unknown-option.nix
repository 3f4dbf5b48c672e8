{ lib, ... }:

{
  config = lib.mkIf true {
    networking.firewall.allowedTCPPort = [ 80 ];
  };
}
