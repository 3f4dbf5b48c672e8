// TODO: set what Nix filled in:
// nix_pkgs_netcat = '...' // ${pkgs.netcat}

run()
server.waitForOpenPort(8080)
client.succeed("su alice -c 'curl -sf http://${server.address}:8080'")
client.succeed("${nix_pkgs_netcat}/bin/nc -z server 8080")
// TODO: statements that Nix fills in are not known: ${pkgs.lib.optionalString true "client.succeed('true')"}

subtest('the home is there') {
    home = client.succeed('echo ${HOME:-none}').strip()
    assert home != 'none' : "no home of alice: ${home}"
}
