// Shows: two machines, one of them 32-bit, that find each other by name.
// test2 serves a page; NixOS's firewall lets ssh in and the page not, so it is read from inside.

network 'network.nix'

run()

step('each machine is what its file says') {
    assert test1.succeed('uname -m').trim() == 'i686'
    assert test2.succeed('uname -m').trim() == 'x86_64'
}

step('the machines know each other by name') {
    test1.succeed 'ping -c1 test2.example.net'
    test2.succeed 'ping -c1 test1.example.net'
}

step('Apache serves its page') {
    test2.waitForUnit 'httpd'
    assert test2.succeed('lynx -dump http://localhost/').contains('It works!')
}

step('the firewall is open for ssh and closed for the page') {
    test2.waitForOpenPort 22
    test2.waitForOpenPort 80
    test1.succeed 'nc -z -w 5 test2 22'
    test1.fail 'nc -z -w 2 test2 80'
}
