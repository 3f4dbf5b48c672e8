# Shows: the story of scenario.groovy as the script of a NixOS test.

start_all()

with subtest("each machine is what its file says"):
    assert test1.succeed("uname -m").strip() == "i686"
    assert test2.succeed("uname -m").strip() == "x86_64"

with subtest("the machines know each other by name"):
    for machine in test1, test2:
        machine.wait_for_unit("multi-user.target")
    test1.succeed("ping -c1 test2")
    test2.succeed("ping -c1 test1")

with subtest("Apache serves its page"):
    test2.wait_for_unit("httpd")
    assert "It works!" in test2.succeed("lynx -dump http://localhost/")

with subtest("the firewall is open for ssh and closed for the page"):
    test2.wait_for_open_port(22)
    test2.wait_for_open_port(80)
    test1.succeed("nc -z -w 5 test2 22")
    test1.fail("nc -z -w 2 test2 80")
