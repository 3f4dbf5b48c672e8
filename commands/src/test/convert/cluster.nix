# A test with all that Nix may put into its script.
let
  port = 8080;
  user = "alice";
in
{ pkgs, ... }:
{
  name = "cluster";

  nodes = {
    server = { };
    client = { };
  };

  testScript =
    { nodes, ... }:
    ''
      start_all()
      server.wait_for_open_port(${toString port})
      client.succeed(
          "su ${user} -c 'curl -sf http://${nodes.server.networking.primaryIPAddress}:${toString port}'"
      )
      client.succeed("${pkgs.netcat}/bin/nc -z server ${toString port}")
      ${pkgs.lib.optionalString true "client.succeed('true')"}

      with subtest("the home is there"):
          home = client.succeed("echo ''${HOME:-none}").strip()
          assert home != "none", f"no home of ${user}: {home}"
    '';
}
