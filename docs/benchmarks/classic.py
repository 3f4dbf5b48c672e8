#!/usr/bin/python3
"""Runs the script of a NixOS test on machines that run already, by the protocol of the NixOS test driver alone.

classic.py [--bare] SCRIPT MACHINE...   in the directory where `run --use-backdoor` has left MACHINE.socket

It is what nixlab is measured against: a shell on the backdoor that runs one command at a time, encodes what that prints,
and is asked for its exit code in a second exchange; polls that are a second apart; ports that are tried from within. It
talks to QEMU's socket itself, past nixlab's relay. Methods are here as far as the scripts need them. The last line says
how long the script took.

--bare is the floor: a fork of the waiting shell runs each command, with nothing around it, and polls come at once.
"""

import base64
import contextlib
import os
import shlex
import signal
import socket
import sys
import time
from pathlib import Path
from typing import Any, Callable, Dict, Iterator, List, Optional, Tuple

WAITING = 900
PAUSE = 1.0


def retry(attempt: Callable[[bool], Any], timeout: float = WAITING) -> None:
    for _ in range(int(timeout / PAUSE)):
        if attempt(False):
            return
        time.sleep(PAUSE)
    if not attempt(True):
        raise AssertionError(f"did not come true within {timeout} seconds")


class Machine:
    def __init__(self, name: str) -> None:
        self.name = name
        link = Path(f"{name}.socket").resolve()
        self._state = link.parent / name
        self._shell = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._shell.connect(str(self._state / "backdoor"))
        # Somebody else may have been connected before, and left something unread.
        mark = f"classic-{time.time_ns()}"
        self._send(f"\necho {mark}\n")
        while not self._line().endswith(mark.encode()):
            pass

    def _send(self, text: str) -> None:
        self._shell.sendall(text.encode())

    def _line(self) -> bytes:
        """Returns what comes, up to a piece that ends with the end of a line."""
        pieces = [self._shell.recv(4096)]
        while pieces[-1] and not pieces[-1].endswith(b"\n"):
            pieces.append(self._shell.recv(4096))
        return b"".join(pieces).strip()

    def execute(self, command: str, timeout: Optional[float] = WAITING) -> Tuple[int, str]:
        limit = "" if timeout is None else f"timeout {timeout} "
        strict = shlex.quote("set -euo pipefail; " + command)
        self._send(f"{limit}bash -c {strict} | (base64 -w 0; echo)\n")
        output = base64.b64decode(self._line()).decode(errors="replace")
        self._send("echo ${PIPESTATUS[0]}\n")
        return int(self._line()), output

    def succeed(self, *commands: str, timeout: Optional[float] = None) -> str:
        return "".join(self._expect(command, True, timeout) for command in commands)

    def fail(self, *commands: str, timeout: Optional[float] = None) -> str:
        return "".join(self._expect(command, False, timeout) for command in commands)

    def _expect(self, command: str, success: bool, timeout: Optional[float]) -> str:
        code, output = self.execute(command, timeout)
        if (code == 0) != success:
            raise AssertionError(f"{self.name}: `{command}` ended with {code}: {output}")
        return output

    def wait_until_succeeds(self, command: str, timeout: float = WAITING) -> str:
        return self._until(command, True, timeout)

    def wait_until_fails(self, command: str, timeout: float = WAITING) -> str:
        return self._until(command, False, timeout)

    def _until(self, command: str, success: bool, timeout: float) -> str:
        last = ""

        def attempt(_: bool) -> bool:
            nonlocal last
            code, last = self.execute(command, timeout)
            return (code == 0) == success

        retry(attempt, timeout)
        return last

    def get_unit_info(self, unit: str) -> Dict[str, str]:
        code, shown = self.execute(f"systemctl --no-pager show {shlex.quote(unit)}")
        if code != 0:
            raise AssertionError(f"{self.name}: systemctl show {unit} ended with {code}")
        return dict(line.split("=", 1) for line in shown.splitlines() if "=" in line)

    def wait_for_unit(self, unit: str, timeout: float = WAITING) -> None:
        def attempt(_: bool) -> bool:
            state = self.get_unit_info(unit)["ActiveState"]
            if state == "inactive" and "No jobs" in self.execute("systemctl list-jobs --full 2>&1")[1]:
                state = self.get_unit_info(unit)["ActiveState"]
                if state == "inactive":
                    state = "failed"
            if state == "failed":
                raise AssertionError(f"{self.name}: unit {unit} failed, or nothing starts it")
            return state == "active"

        retry(attempt, timeout)

    def wait_for_open_port(self, port: int, addr: str = "localhost", timeout: float = WAITING) -> None:
        retry(lambda _: self.execute(f"nc -z {addr} {port}")[0] == 0, timeout)

    def wait_for_file(self, filename: str, timeout: float = WAITING) -> None:
        retry(lambda _: self.execute(f"test -e {filename}")[0] == 0, timeout)

    def crash(self) -> None:
        """Ends QEMU. The driver asks its monitor, which is nixlab's here."""
        record = next(Path(".nixlab").glob(f"*/machines/{self.name}/process")).read_text()
        os.kill(int(record.split()[0]), signal.SIGKILL)


class BareMachine(Machine):
    def execute(self, command: str, timeout: Optional[float] = WAITING) -> Tuple[int, str]:
        mark = f"end-{time.time_ns()}"
        strict = shlex.quote("set -euo pipefail; " + command)
        self._send(f"(eval {strict}) </dev/null; printf '\\n%s %s\\n' {mark} $?\n")
        text = ""
        while True:
            text += self._shell.recv(4096).decode(errors="replace")
            output, found, code = text.partition(f"\n{mark} ")
            if found and code.endswith("\n"):
                return int(code), output


@contextlib.contextmanager
def subtest(name: str) -> Iterator[None]:
    yield


def main(script: str, machines: List[Machine]) -> None:
    begin = time.monotonic()
    symbols: Dict[str, Any] = {machine.name.replace("-", "_"): machine for machine in machines}
    symbols.update(machines=machines, retry=retry, subtest=subtest, start_all=lambda: None, machine=machines[0])
    exec(compile(Path(script).read_text(), script, "exec"), symbols)
    print(f"passed, {time.monotonic() - begin:.3f} s")


if __name__ == "__main__":
    kind = Machine
    if sys.argv[1] == "--bare":
        sys.argv.pop(1)
        kind, PAUSE = BareMachine, 0.05
    main(sys.argv[1], [kind(name) for name in sys.argv[2:]])
