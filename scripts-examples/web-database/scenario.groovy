// Shows: a web server with a database behind it, and what visitors see when the database is away.

network 'network.nix'

run()

step('the database accepts the web server and nobody else') {
    database.waitForUnit 'postgresql'
    database.waitForOpenPort 5432
    web.succeed 'psql -h database -U web -d shop -c "SELECT count(*) FROM visits"'
    database.fail 'psql -h database -U nobody -d shop -c "SELECT 1"'
}

step('every visit is counted') {
    web.waitForOpenPort 80
    assert visitor.succeed('curl -sf http://web/').trim() == 'visit 1'
    assert visitor.succeed('curl -sf http://web/').trim() == 'visit 2'
}

step('visits outlive a restart of the database') {
    database.succeed 'systemctl restart postgresql'
    database.waitForOpenPort 5432
    assert visitor.waitUntilSucceeds('curl -sf http://web/').trim() == 'visit 3'
}
