// Shows: a load balancer that goes on while one of its two back ends is killed under load.

network 'network.nix'

run()
backend1.waitForOpenPort 80
backend2.waitForOpenPort 80
balancer.waitForOpenPort 80
client.waitUntilSucceeds 'curl -sf http://balancer/'

def ask = { client.succeed('curl -sf --max-time 20 http://balancer/').trim() }

step('both back ends take turns') {
    client.waitUntilSucceeds 'for i in 1 2 3 4; do curl -sf http://balancer/; done | sort -u | grep -c backend | grep 2'
    assert (1..4).collect { ask() }.toSet() == ['backend1', 'backend2'] as Set
}

step('requests go on while a back end is killed') {
    client.succeed '''systemd-run --unit load bash -c '
        while ! [ -e /tmp/enough ]; do
            if curl -sf --max-time 20 http://balancer/ > /dev/null; then echo ok; else echo failed; fi >> /tmp/answers
        done' '''
    client.waitUntilSucceeds 'grep -c ok /tmp/answers'
    kill 'backend2'
    client.waitUntilSucceeds 'lines=$(wc -l < /tmp/answers); until [ $(wc -l < /tmp/answers) -gt $((lines + 20)) ]; do sleep 0.2; done'
    client.succeed 'touch /tmp/enough'
    assert client.execute('grep -c failed /tmp/answers').out.trim().toInteger() <= 1
}

step('only the other one answers now') {
    assert (1..4).collect { ask() }.toSet() == ['backend1'] as Set
}
