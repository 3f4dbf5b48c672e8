// Shows: a name server with a zone of its own, and clients that depend on it.

network 'network.nix'

run()
ns.waitForUnit 'bind'
ns.waitForOpenPort 53

step('the zone is served') {
    assert pupil.succeed('dig +short library.school.test').trim() == '192.168.1.21'
    assert pupil.succeed('dig +short school.test MX').trim() == '10 mail.school.test.'
    assert pupil.succeed('dig +short books.school.test').readLines() == ['library.school.test.', '192.168.1.21']
}

step('programs use it without being told') {
    library.waitForOpenPort 80
    pupil.succeed 'curl -s -o /dev/null http://books.school.test/'
}

step('a name that does not exist is refused, not guessed') {
    assert pupil.succeed('dig nobody.school.test').contains('NXDOMAIN')
}

step('without the server there are no names') {
    ns.succeed 'systemctl stop bind'
    pupil.fail 'getent hosts library.school.test'
    ns.succeed 'systemctl start bind'
    pupil.waitUntilSucceeds 'getent hosts library.school.test'
}
