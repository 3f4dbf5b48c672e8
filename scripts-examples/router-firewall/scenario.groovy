// Shows: two networks joined by a router whose firewall lets one side through and not the other.

network 'network.nix'

run()
server.waitForOpenPort 80

step('the desk reaches the page through the router') {
    desk.succeed 'ping -c1 -W 5 10.2.0.10'
    desk.succeed 'curl -sf --max-time 20 http://10.2.0.10/'
    assert desk.succeed('tracepath -n -m 3 10.2.0.10').contains('10.1.0.1')
}

step('the router lets ssh not through, though the server would') {
    router.succeed 'nc -z -w 5 10.2.0.10 22'
    desk.fail 'nc -z -w 3 10.2.0.10 22'
}

step('the server cannot reach into the office') {
    desk.succeed 'systemd-run --unit page python3 -m http.server 8000 || systemd-run --unit page nc -lk 8000'
    desk.waitForOpenPort 8000
    router.succeed 'nc -z -w 5 10.1.0.10 8000'
    server.fail 'nc -z -w 3 10.1.0.10 8000'
    server.fail 'ping -c1 -W 3 10.1.0.10'
}
