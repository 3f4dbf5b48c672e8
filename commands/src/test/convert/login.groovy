// A person at the screen. Nothing starts the machine but the first line that talks to it.
machine.start()
machine.waitForUnit('getty@tty1.service')
machine.waitUntilSucceeds('fold -w "$(stty -F /dev/tty1 size | cut -d \' \' -f 2)" /dev/vcs1 | grep -aP \'login: \'')
machine.type('alice\n')
sleep(1000)
machine.key('ctrl-alt-f2')
machine.screenshot('second_terminal.png')
retry { console(machine).toFile().text =~ 'Reached target Graphical' }
machine.waitForFile('/tmp/.X11-unix/X0')
machine.waitUntilSucceeds('DISPLAY=:0 xwininfo -root -tree | grep -aP \'"Terminal\'')
// TODO: wait_for_text() has no counterpart: machine.wait_for_text("Welcome")
machine.hmp('set_link virtio-net-pci.1 off')
machine.hmp('set_link virtio-net-pci.1 on')
forward(machine, 22, port: 2222)
machine.execute('XDG_RUNTIME_DIR=/run/user/$(id -u) systemctl --user start bell.service', user: 'alice')

def is_quiet(last) {
    if (last) {
        println('the last try')
    }
    return machine.execute('pgrep bell').exitCode != 0
}

retry(30, this.&is_quiet)
machine.stop()
machine.start()
machine.waitForFile('/home/alice/.bash_history')
machine.kill()

def retry(seconds = 900, check) {
    def end = System.currentTimeMillis() + seconds * 1000
    while (!check(false)) {
        assert System.currentTimeMillis() < end : "not within ${seconds} s"
        sleep(1000)
    }
}
