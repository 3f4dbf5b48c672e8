# A person at the screen. Nothing starts the machine but the first line that talks to it.
machine.wait_for_unit("getty@tty1.service")
machine.wait_until_tty_matches("1", "login: ")
machine.send_chars("alice\n")
machine.sleep(1)
machine.send_key("ctrl-alt-f2")
machine.screenshot("second_terminal")
machine.wait_for_console_text("Reached target Graphical")
machine.wait_for_x()
machine.wait_for_window("^Terminal")
machine.wait_for_text("Welcome")
machine.block()
machine.unblock()
machine.forward_port(2222, 22)
machine.systemctl("start bell.service", "alice")


def is_quiet(last):
    if last:
        print("the last try")
    return machine.execute("pgrep bell")[0] != 0


retry(is_quiet, timeout=30)
machine.shutdown()
machine.start()
machine.wait_for_file("/home/alice/.bash_history")
machine.crash()
