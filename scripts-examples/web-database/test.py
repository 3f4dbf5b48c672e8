# Shows: the story of scenario.groovy as the script of a NixOS test.

start_all()

with subtest("the database accepts the web server and nobody else"):
    database.wait_for_unit("postgresql")
    database.wait_for_open_port(5432)
    web.wait_until_succeeds("psql -h database -U web -d shop -c 'SELECT count(*) FROM visits'")
    database.fail("psql -h database -U nobody -d shop -c 'SELECT 1'")

with subtest("every visit is counted"):
    web.wait_for_open_port(80)
    for count in 1, 2:
        assert visitor.succeed("curl -sf http://web/").strip() == f"visit {count}"

with subtest("visits outlive a restart of the database"):
    database.succeed("systemctl restart postgresql")
    database.wait_for_open_port(5432)
    assert visitor.wait_until_succeeds("curl -sf http://web/").strip() == "visit 3"
