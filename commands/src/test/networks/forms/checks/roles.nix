# As nixos-compose has it.
{ pkgs, ... }:
{
  roles.server = { pkgs, ... }: { environment.systemPackages = [ pkgs.lynx ]; };
  roles.client = { };
  rolesDistribution.client = 2;
  testScript = "server.succeed('true')";
}
