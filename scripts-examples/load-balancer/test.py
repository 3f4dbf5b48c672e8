# Shows: the story of scenario.groovy as the script of a NixOS test.

start_all()
for machine in backend1, backend2, balancer:
    machine.wait_for_open_port(80)
client.wait_until_succeeds("curl -sf http://balancer/")


def answers():
    return {client.succeed("curl -sf --max-time 20 http://balancer/").strip() for _ in range(4)}


with subtest("both back ends take turns"):
    client.wait_until_succeeds(
        "for i in 1 2 3 4; do curl -sf http://balancer/; done | sort -u | grep -c backend | grep 2"
    )
    assert answers() == {"backend1", "backend2"}

with subtest("requests go on while a back end is killed"):
    client.succeed(
        """systemd-run --unit load -E PATH bash -c '
        while ! [ -e /tmp/enough ]; do
            if curl -sf --max-time 20 http://balancer/ > /dev/null; then echo ok; else echo failed; fi >> /tmp/answers
        done' """
    )
    client.wait_until_succeeds("grep -c ok /tmp/answers")
    backend2.crash()
    client.wait_until_succeeds(
        "lines=$(wc -l < /tmp/answers); until [ $(wc -l < /tmp/answers) -gt $((lines + 20)) ]; do sleep 0.2; done"
    )
    client.succeed("touch /tmp/enough")
    assert int(client.execute("grep -c failed /tmp/answers")[1]) <= 1

with subtest("only the other one answers now"):
    assert answers() == {"backend1"}
