# Shows: the story of scenario.groovy as the script of a NixOS test.

start_all()
server.wait_for_open_port(80)
for machine in desk, router:
    machine.wait_for_unit("multi-user.target")

with subtest("the desk reaches the page through the router"):
    desk.succeed("ping -c1 -W 5 10.2.0.10")
    desk.succeed("curl -sf --max-time 20 http://10.2.0.10/")
    assert "10.1.0.1" in desk.succeed("tracepath -n -m 3 10.2.0.10")

with subtest("the router lets ssh not through, though the server would"):
    router.succeed("nc -z -w 5 10.2.0.10 22")
    desk.fail("nc -z -w 3 10.2.0.10 22")

with subtest("the server cannot reach into the office"):
    desk.succeed("systemd-run --unit page nc -lk 8000")
    desk.wait_for_open_port(8000)
    router.succeed("nc -z -w 5 10.1.0.10 8000")
    server.fail("nc -z -w 3 10.1.0.10 8000")
    server.fail("ping -c1 -W 3 10.1.0.10")
