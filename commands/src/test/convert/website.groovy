import groovy.json.JsonSlurper

// The page has a counter, which two visitors share.
PAGE = 'http://localhost/'

def visits(machine) {
    def text, found
    // How often the page was seen.
    text = machine.succeed("curl -sf ${PAGE}")
    found = (text =~ 'seen (\\d+) times').results().findFirst().orElse(null)
    return found ? found.group(1).toInteger() : 0
}

run()
web.waitForUnit('httpd.service')
web.waitForOpenPort(80)
web.waitUntilFails(': </dev/tcp/localhost/81')

subtest('the page is served') {
    assert web.succeed('curl -sf http://localhost/').contains('It works!') : 'no page'
    visitor.waitUntilSucceeds('set -euo pipefail; curl -sf http://web/ | grep works', timeout: 60)
    visitor.fail('curl -sf http://web:81/', 'curl -sf http://web/absent')
}

for (each in [['index', '/'], ['robots', '/robots.txt']]) {
    def (name, path) = each
    (status, out) = visitor.execute('curl -s http://web' + path).with { [it.exitCode, it.out] }
    println([name, status, out.readLines().size()].join(' '))
}

for (m in [web, visitor]) {
    println("${m.name} has ${visits(m)} visits")
}

state = new JsonSlurper().parseText(web.succeed('systemctl show httpd --output=json || echo \'{}\''))
if ((state instanceof Map ? state.keySet() : state).contains('Result')) {
    assert state['Result'] == 'success'
}

try {
    web.succeed('false')
} catch (Exception | AssertionError e) {
    println(e.message)
}

web.succeed('mkdir -p /var/www/html')
web.copyIn('website.py', '/var/www/html/page.html')
new File('logs').mkdirs()
web.copyOut('/etc/hostname', 'logs/')
assert web.succeed('systemctl show --value -p ActiveState "httpd"').trim() == 'active'
