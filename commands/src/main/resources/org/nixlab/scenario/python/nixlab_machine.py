"""Machines as test scripts of NixOS know them: methods ask nixlab, and give answers the form that scripts expect."""

import posixpath
import re
import shlex
import time
from pathlib import Path
from typing import Any, Callable, Dict, Iterator, List, Optional, Tuple

from nixlab_wire import MachineError, TimeLimitReached, Wire, WrongCall

STRICT = "set -euo pipefail; "
WAITING = 900
DIRECTORY = "/tmp"
COMMAND = {"dir": DIRECTORY, "env": {"DISPLAY": ":0.0", "PAGER": ""}, "strict": True}
NO_TERMINAL = "a script has no terminal; `nixlab attach` opens one on a machine that runs"


def camel(name: str) -> str:
    """Returns a name of Python's as nixlab's methods have it."""
    first, *others = name.split("_")
    return first + "".join(word.capitalize() for word in others)


def pattern(regex: Any) -> str:
    """Returns a pattern of Python's as Java reads it; one that is none fails here."""
    text = re.compile(regex).pattern
    text = re.sub(r"\(\?P<", "(?<", text)
    text = re.sub(r"\(\?P=(\w+)\)", r"\\k<\1>", text)
    return re.sub(r"(?<!\\)((?:\\\\)*)\\Z", r"\1\\z", text)


def retry(fn: Callable[[bool], Any], timeout_seconds: float = WAITING, **older: float) -> None:
    """Calls a function each second until it gives something true; the last time it is told so."""
    limit = older.get("timeout", timeout_seconds)
    begin = time.monotonic()
    while time.monotonic() - begin < limit:
        if fn(False):
            return
        time.sleep(1)
    if not fn(True):
        raise TimeLimitReached(f"what was tried again and again did not come true within {limit} seconds")


class QmpClient:
    """QEMU's machine protocol."""

    def __init__(self, machine: "Machine") -> None:
        self._machine = machine

    def send(self, cmd: str, args: Dict[str, Any] = {}) -> Dict[str, Any]:
        return {"return": self._machine._call("qmp", cmd, arguments=args or None)}

    def events(self, timeout: Any = 10) -> Iterator[Dict[str, Any]]:
        """Gives what happened since somebody waited for an event the last time."""
        while True:
            try:
                yield self._machine._call("waitForQmpEvent", timeout=0)
            except TimeLimitReached:
                return

    def wait_for_event(self, timeout: Any = 10) -> Dict[str, Any]:
        return self._machine.wait_for_qmp_event(lambda event: True, timeout)


class Machine:
    """A machine of the network. What is done in it starts it, if nobody has done so before."""

    def __init__(self, wire: Wire, log: Any, name: str, state: Path, out: Path, methods: List[str]) -> None:
        self._wire = wire
        self._methods = frozenset(methods)
        self.logger = log
        self.name = name
        self.out_dir = out
        self._state = state
        self.tmp_dir = state.parent
        self.booted = False
        self.connected = False
        self.callbacks: List[Callable] = []
        self.keep_machine_state = False
        self.qmp_client = QmpClient(self)

    @property
    def state_dir(self) -> Path:
        """A directory of the host for what belongs to this machine; before its first start, too."""
        self._state.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self._state

    shared_dir = state_dir

    def __repr__(self) -> str:
        return f"<Machine '{self.name}'>"

    def __getattr__(self, name: str) -> Any:
        """Returns what nixlab's machines can beyond those of the test driver."""
        if name.startswith("_") or camel(name) not in self._methods:
            raise AttributeError(f"machine '{self.name}' has no attribute '{name}'")
        return lambda *given, **named: self._guest(camel(name), *given, **{camel(key): named[key] for key in named})

    def _call(self, method: str, *given: Any, **named: Any) -> Any:
        named = {name: value for name, value in named.items() if value is not None}
        return self._wire.ask(do="call", machine=self.name, method=method, positional=given, named=named)

    def _guest(self, method: str, *given: Any, **named: Any) -> Any:
        self.connect()
        return self._call(method, *given, **named)

    def _ended(self, method: str) -> None:
        if self.booted:
            self._call(method)
            self.booted = self.connected = False

    # -- on and off

    def start(self, allow_reboot: bool = False) -> None:
        if not self.booted:
            self._call("start", allowReboot=allow_reboot, wait=False)
            self.booted = True

    def connect(self) -> None:
        if not self.connected:
            self.start()
            self._call("connect", timeout=WAITING)
            self.connected = True

    def is_up(self) -> bool:
        return self.booted and self.connected

    def shutdown(self) -> None:
        self._ended("shutdown")

    def stop(self) -> None:
        self._ended("stop")

    def crash(self) -> None:
        self._ended("crash")

    def kill(self) -> None:
        self._ended("kill")

    def wait_for_shutdown(self) -> None:
        self._ended("waitForShutdown")

    def release(self) -> None:
        self._ended("crash")

    def reboot(self) -> None:
        self._call("reboot")
        self.connected = False

    def switch_root(self) -> None:
        self._guest("switchRoot")

    # -- commands

    def execute(
        self, command: str, check_return: bool = True, check_output: bool = True, timeout: Optional[float] = WAITING
    ) -> Tuple[int, str]:
        whole = f"bash -c {shlex.quote(STRICT + command)}"
        if not check_output:
            command = f"{whole} </dev/null >/dev/null 2>&1 &"
        elif timeout not in (None, WAITING):
            # The guest ends it, so that what it printed until then is there.
            command = f"timeout {timeout} {whole}"
            timeout += WAITING
        try:
            result = self._guest("execute", command, timeout=timeout, **COMMAND)
        except TimeLimitReached:
            return 124, ""
        except MachineError:
            if check_return and check_output:
                raise
            return -1 if check_output else -2, ""
        if not check_output:
            return -2, ""
        return result["exitCode"] if check_return else -1, result["out"]

    def succeed(self, *commands: str, timeout: Optional[float] = None) -> str:
        return "".join(self._guest("succeed", command, timeout=timeout, **COMMAND) for command in commands)

    def fail(self, *commands: str, timeout: Optional[float] = None) -> str:
        return "".join(self._fail(command, timeout) for command in commands)

    def _fail(self, command: str, timeout: Optional[float]) -> str:
        try:
            return self._guest("fail", command, timeout=timeout, **COMMAND)
        except TimeLimitReached:
            # To be stopped by a limit that the script sets is a way of failing.
            if timeout is None:
                raise
            return ""

    def wait_until_succeeds(self, command: str, timeout: float = WAITING) -> str:
        return self._guest("waitUntilSucceeds", command, timeout=timeout, **COMMAND)

    def wait_until_fails(self, command: str, timeout: float = WAITING) -> str:
        return self._guest("waitUntilFails", command, timeout=timeout, **COMMAND)

    def sleep(self, secs: float) -> None:
        self.succeed(f"sleep {secs}", timeout=float(secs) + WAITING)

    def shell_interact(self, address: Optional[str] = None) -> None:
        raise WrongCall(NO_TERMINAL)

    def console_interact(self) -> None:
        raise WrongCall(NO_TERMINAL)

    # -- units

    def systemctl(self, q: str, user: Optional[str] = None) -> Tuple[int, str]:
        return self._result(self._guest("systemctl", q, user=user))

    def start_job(self, jobname: str, user: Optional[str] = None) -> Tuple[int, str]:
        return self._result(self._guest("startJob", jobname, user=user))

    def stop_job(self, jobname: str, user: Optional[str] = None) -> Tuple[int, str]:
        return self._result(self._guest("stopJob", jobname, user=user))

    @staticmethod
    def _result(result: Dict[str, Any]) -> Tuple[int, str]:
        return result["exitCode"], result["out"]

    def wait_for_unit(self, unit: str, user: Optional[str] = None, timeout: float = WAITING) -> None:
        self._guest("waitForUnit", unit, user=user, timeout=timeout)

    def get_unit_info(self, unit: str, user: Optional[str] = None) -> Dict[str, str]:
        return self._guest("getUnitInfo", unit, user=user)

    def get_unit_property(self, unit: str, property: str, user: Optional[str] = None) -> str:
        return self._guest("getUnitProperty", unit, property, user=user)

    def require_unit_state(self, unit: str, require_state: str = "active") -> None:
        self._guest("requireUnitState", unit, require_state)

    # -- files, ports, sockets

    def wait_for_file(self, filename: str, timeout: float = WAITING) -> None:
        self._guest("waitForFile", filename, timeout=timeout)

    def wait_for_open_port(self, port: int, addr: str = "localhost", timeout: float = WAITING) -> None:
        self._guest("waitForOpenPort", port, addr, timeout=timeout)

    def wait_for_closed_port(self, port: int, addr: str = "localhost", timeout: float = WAITING) -> None:
        self._guest("waitForClosedPort", port, addr, timeout=timeout)

    def wait_for_open_unix_socket(self, addr: str, is_datagram: bool = False, timeout: float = WAITING) -> None:
        self._guest("waitForOpenUnixSocket", addr, isDatagram=is_datagram, timeout=timeout)

    def copy_from_host(self, source: str, target: str) -> None:
        self._guest("copyFromHost", Path(source).absolute(), posixpath.join(DIRECTORY, target))

    def copy_from_host_via_shell(self, source: str, target: str) -> None:
        self.copy_from_host(source, target)

    def copy_from_machine(self, source: str, target_dir: str = "") -> None:
        self._guest("copyFromMachine", posixpath.join(DIRECTORY, source), self.out_dir / target_dir)

    def copy_from_vm(self, source: str, target_dir: str = "") -> None:
        self.copy_from_machine(source, target_dir)

    def forward_port(self, host_port: int = 8080, guest_port: int = 80) -> None:
        self._call("forwardPort", host_port, guest_port)

    def block(self, interface: Optional[str] = None) -> None:
        self._call("block", interface=interface)

    def unblock(self, interface: Optional[str] = None) -> None:
        self._call("unblock", interface=interface)

    def ssh_backdoor_command(self, index: int = 0) -> str:
        return self._call("sshBackdoorCommand")

    # -- console, keyboard, screen

    def wait_for_console_text(self, regex: str, timeout: Optional[float] = None) -> None:
        self._call("waitForConsoleText", pattern(regex), timeout=timeout)

    def get_console_log(self) -> str:
        return self._call("getConsoleLog")

    def send_console(self, chars: str) -> None:
        self._call("sendConsole", chars)

    def get_tty_text(self, tty: str) -> str:
        return self._guest("getTtyText", tty)

    def wait_until_tty_matches(self, tty: str, regexp: str, timeout: float = WAITING) -> None:
        self._guest("waitUntilTtyMatches", tty, pattern(regexp), timeout=timeout)

    def dump_tty_contents(self, tty: str) -> None:
        self._guest("dumpTtyContents", tty)

    def send_key(self, key: str, delay: Optional[float] = 0.01, log: Optional[bool] = True) -> None:
        self._call("sendKey", key, delay=delay)

    def send_chars(self, chars: str, delay: Optional[float] = 0.01) -> None:
        self._call("sendChars", chars, delay=delay)

    def screenshot(self, filename: str) -> None:
        if "." not in filename:
            filename += ".png"
        self._call("screenshot", Path(filename).absolute() if "/" in filename else self.out_dir / filename)

    def get_screen_text(self) -> str:
        return self._call("getScreenText")

    def get_screen_text_variants(self) -> List[str]:
        return self._call("getScreenTextVariants")

    def wait_for_text(self, regex: str, timeout: float = WAITING) -> None:
        self._guest("waitForText", pattern(regex), timeout=timeout)

    def wait_for_x(self, timeout: float = WAITING) -> None:
        self._guest("waitForX", timeout=timeout)

    def get_window_names(self) -> List[str]:
        return self._guest("getWindowNames")

    def wait_for_window(self, regexp: str, timeout: float = WAITING) -> None:
        self._guest("waitForWindow", pattern(regexp), timeout=timeout)

    # -- QEMU

    def send_monitor_command(self, command: str) -> str:
        return self._call("sendMonitorCommand", command)

    def wait_for_qmp_event(self, event_filter: Callable[[Dict[str, Any]], bool], timeout: Any = 600) -> Dict[str, Any]:
        end = time.monotonic() + (timeout.total_seconds() if hasattr(timeout, "total_seconds") else timeout)
        while True:
            try:
                event = self._call("waitForQmpEvent", timeout=max(0, end - time.monotonic()))
            except TimeLimitReached as failure:
                raise TimeoutError(str(failure)) from failure
            if event_filter(event):
                return event

    # -- words

    def log(self, msg: str) -> None:
        self.logger.log(msg, {"machine": self.name})

    def log_serial(self, msg: str) -> None:
        self.logger.log_serial(msg, self.name)

    def nested(self, msg: str, attrs: Dict[str, str] = {}) -> Any:
        return self.logger.nested(msg, {"machine": self.name, **attrs})

    def run_callbacks(self) -> None:
        """Polling conditions are looked at in the background."""

    def cleanup_statedir(self) -> None:
        """nixlab sees to it."""
