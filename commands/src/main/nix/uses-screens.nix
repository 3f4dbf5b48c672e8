# Whether the script of a test looks at its machines' screens or types at their keyboards.
{ lib }:

let
  methods = [
    "dump_tty_contents"
    "get_screen_text"
    "get_tty_text"
    "get_window_names"
    "screenshot"
    "send_chars"
    "send_key"
    "wait_for_text"
    "wait_for_window"
    "wait_for_x"
    "wait_until_tty_matches"
  ];
in
test: test.enableOCR || lib.any (method: lib.hasInfix ".${method}" test.script) methods
