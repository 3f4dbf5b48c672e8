# Shows: the story of scenario.groovy as the script of a NixOS test.

start_all()
ns.wait_for_unit("bind")
ns.wait_for_open_port(53)
pupil.wait_for_unit("multi-user.target")

with subtest("the zone is served"):
    assert pupil.succeed("dig +short library.school.test").strip() == "192.168.1.21"
    assert pupil.succeed("dig +short school.test MX").strip() == "10 mail.school.test."
    assert pupil.succeed("dig +short books.school.test").splitlines() == ["library.school.test.", "192.168.1.21"]

with subtest("programs use it without being told"):
    library.wait_for_open_port(80)
    pupil.succeed("curl -s -o /dev/null http://books.school.test/")

with subtest("a name that does not exist is refused, not guessed"):
    assert "NXDOMAIN" in pupil.succeed("dig nobody.school.test")

with subtest("without the server there are no names"):
    ns.succeed("systemctl stop bind")
    pupil.fail("getent hosts library.school.test")
    ns.succeed("systemctl start bind")
    pupil.wait_until_succeeds("getent hosts library.school.test")
