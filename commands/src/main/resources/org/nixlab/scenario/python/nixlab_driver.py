"""Runs the test script of a NixOS test as it is: it finds the names of the test driver, and behind them nixlab.

nixlab starts this module with a JSON file that says where the script and nixlab's socket are, what the script is called
in messages, and which machines and networks there are. `nixlab_wire` has the protocol, `nixlab_machine` the machines,
`nixlab_check` looks for mistakes without running anything. What becomes of the script is told over the socket in the
end; the exit code of this process says nothing.
"""

import builtins
import code
import contextlib
import io
import itertools
import json
import linecache
import os
import pathlib
import re
import shutil
import signal
import socket
import sys
import threading
import traceback
import types
import unittest
from pathlib import Path
from typing import Any, Callable, Dict, Iterator, List, Optional, Union

import nixlab_machine
import nixlab_wire
from nixlab_machine import Machine, retry
from nixlab_wire import MachineError, PollingConditionError, RequestedAssertionFailed, RunEnded, TestScriptError, Wire


class Printed(io.TextIOBase):
    """What the script prints, told to nixlab line by line, in its order among the calls."""

    encoding = "utf-8"

    def __init__(self, wire: Wire, to: str, stream: Any) -> None:
        self._wire = wire
        self._to = to
        self._begun = ""
        self._lock = threading.RLock()
        # For bytes, and for programs that the script starts.
        self.buffer = stream.buffer
        self.fileno = stream.fileno

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        with self._lock:
            whole, end, rest = (self._begun + text).rpartition("\n")
            # First of all: it is not told twice if this is interrupted.
            self._begun = rest
            if end:
                self._wire.ask(do="print", to=self._to, text=whole + end)
        return len(text)

    def flush(self) -> None:
        with self._lock:
            rest, self._begun = self._begun, ""
            if rest:
                self._wire.ask(do="print", to=self._to, text=rest)


class Log:
    """The test driver's log; its lines are what the scenario says."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def log(self, message: str, attributes: Dict[str, str] = {}) -> None:
        machine = attributes.get("machine")
        self._wire.ask(do="say", text=f"{machine}: {message}" if machine else str(message))

    def info(self, *args: Any, **kwargs: Any) -> None:
        self.log(args[0])

    debug = warning = log_test_error = info

    def error(self, *args: Any, **kwargs: Any) -> None:
        raise RequestedAssertionFailed(args[0])

    def log_serial(self, message: str, machine: str) -> None:
        self.log(message, {"machine": machine})

    def print_serial_logs(self, enable: bool) -> None:
        self._wire.ask(do="console", shown=enable)

    def set_log_level(self, level: Any) -> None:
        """nixlab's --verbose says how much is printed."""

    @contextlib.contextmanager
    def nested(self, message: str, attributes: Dict[str, str] = {}) -> Iterator[None]:
        self.log(message, attributes)
        yield

    @contextlib.contextmanager
    def subtest(self, name: str, attributes: Dict[str, str] = {}) -> Iterator[None]:
        """A step of nixlab's; it ends the script if it fails."""
        self._wire.ask(do="step", name=str(name))
        try:
            yield
        except BaseException as end:
            failure = None if passes(end) else describe(end, self._wire.script)
            with contextlib.suppress(TestScriptError, RunEnded):
                self._wire.ask(do="end step", failure=failure)
            raise
        self._wire.ask(do="end step")


class Poll:
    """A polling condition: within `with` it is watched in the background, and `wait` waits for it."""

    def __init__(self, wire: Wire, fun: Callable[[], Any], interval: float, description: Optional[str]) -> None:
        self._wire = wire
        self._fun = fun
        self._interval = interval
        self._watches: List[int] = []
        self.description = str(description or fun.__doc__ or fun.__name__).strip()

    def check(self) -> bool:
        """Returns whether it holds now; what fails does not hold."""
        try:
            holds = self._fun()
        except Exception:
            return False
        return holds is None or bool(holds)

    def __enter__(self) -> None:
        begun: List[Any] = []
        ready = threading.Event()
        threading.Thread(target=self._watch, args=(begun, ready), daemon=True).start()
        ready.wait()
        if not begun:
            raise RunEnded(nixlab_wire.INTERRUPTED)
        self._watches.append(begun[0])

    def __exit__(self, *_: Any) -> None:
        with contextlib.suppress(RunEnded):
            self._wire.ask(do="unwatch", watch=self._watches.pop())

    def _watch(self, begun: List[Any], ready: threading.Event) -> None:
        try:
            begun.append(self._wire.ask(do="watch", name=self.description, seconds=self._interval))
        finally:
            ready.set()
        while self._wire.heard() is not None:
            holds = self.check()
            with contextlib.suppress(TestScriptError):
                self._wire.ask(do="looked", holds=holds, message=f"polling condition failed: {self.description}")

    def wait(self, timeout: float = nixlab_machine.WAITING) -> None:
        retry(lambda last: self.check(), timeout)


class Vlan:
    """A network between machines."""

    def __init__(self, number: int) -> None:
        self.nr = number

    def __repr__(self) -> str:
        return f"<Vlan {self.nr}>"


class Debug:
    """The test driver's hook for a debugger. nixlab stops at failures itself, when it is asked to."""

    def breakpoint(self, host: str = "", port: int = 0) -> None:
        """Does nothing."""


class Assertions(unittest.TestCase):
    """Asserts that show values."""

    failureException = RequestedAssertionFailed
    maxDiff = None


class Driver:
    """What scripts find as `driver`, and the source of all their names."""

    def __init__(self, wire: Wire, config: Dict[str, Any]) -> None:
        self._wire = wire
        self._methods = config["methods"]
        self.tests = Path(config["script"]).read_text("utf-8")
        self.out_dir = Path(config["out"])
        self.logger = Log(wire)
        self.debug = Debug()
        self.polling_conditions: List[Poll] = []
        self.vlans = [Vlan(number) for number in config["vlans"]]
        self.machines = [self._machine(machine) for machine in config["machines"]]
        self._host_names = {machine["name"]: machine["hostName"] for machine in config["machines"]}
        self.machines_qemu = self.machines
        self.machines_nspawn: List[Machine] = []

    def _machine(self, told: Dict[str, str]) -> Machine:
        return Machine(self._wire, self.logger, told["name"], Path(told["state"]), self.out_dir, self._methods)

    def _call(self, method: str, *given: Any, **named: Any) -> Any:
        return self._wire.ask(do="call", machine="", method=method, positional=given, named=named)

    def start_all(self) -> None:
        self._call("startAll")
        for machine in self.machines:
            machine.start()

    def join_all(self) -> None:
        for machine in self.machines:
            machine.wait_for_shutdown()

    def run_tests(self) -> None:
        self.test_script()

    def test_script(self) -> None:
        """Runs the script in names of its own."""
        module = types.ModuleType("nixlab_script")
        sys.modules[module.__name__] = module
        module.__dict__.update(self.test_symbols())
        exec(compile(self.tests, self._wire.script, "exec", dont_inherit=True), module.__dict__)

    @contextlib.contextmanager
    def subtest(self, name: str) -> Iterator[None]:
        with self.logger.subtest(name):
            yield

    def serial_stdout_on(self) -> None:
        self.logger.print_serial_logs(True)

    def serial_stdout_off(self) -> None:
        self.logger.print_serial_logs(False)

    def create_machine(
        self, start_command: Union[str, Dict[str, Any]], *, name: Optional[str] = None, keep_machine_state: bool = False
    ) -> Machine:
        """Adds a machine that somebody else built. Older scripts give a dict."""
        if isinstance(start_command, dict):
            name = name or start_command.get("name")
            start_command = start_command["startCommand"]
        found = re.search("run-(.+)-vm$", start_command)
        name = name or (found.group(1) if found else "machine")
        return self._machine(self._call("createMachine", start_command, name))

    def polling_condition(
        self, fun: Optional[Callable] = None, *, seconds_interval: float = 2.0, description: Optional[str] = None
    ) -> Any:
        """Decorates a function, with arguments or without."""
        if fun is None:
            return lambda given: Poll(self._wire, given, seconds_interval, description)
        return Poll(self._wire, fun, seconds_interval, description)

    def check_polling_conditions(self) -> None:
        """They are looked at in the background."""

    def dump_machine_ssh(self, offset: int = 0) -> None:
        for machine in self.machines:
            print(f"    {machine.name}:  {machine.ssh_backdoor_command()}")

    def test_symbols(self) -> Dict[str, Any]:
        symbols: Dict[str, Any] = {
            name: getattr(self, name)
            for name in (
                "create_machine",
                "debug",
                "dump_machine_ssh",
                "join_all",
                "machines",
                "machines_nspawn",
                "machines_qemu",
                "polling_condition",
                "run_tests",
                "serial_stdout_off",
                "serial_stdout_on",
                "start_all",
                "subtest",
                "test_script",
                "vlans",
            )
        }
        symbols.update(driver=self, log=self.logger, os=os, retry=retry, t=Assertions())
        symbols.update(BaseMachine=Machine, QemuMachine=Machine, Machine=Machine)
        symbols.update((f"vlan{vlan.nr}", vlan) for vlan in self.vlans)
        # Up to release 24.11 the test driver knew machines by their host names.
        symbols.update((variable(self._host_names[machine.name]), machine) for machine in self.machines)
        symbols.update((variable(machine.name), machine) for machine in self.machines)
        if len(self.machines) == 1:
            symbols["machine"] = self.machines[0]
        return symbols


def variable(machine: str) -> str:
    """Returns the variable that a machine has in scripts."""
    name = "".join(c if c.isascii() and c.isalnum() else "_" for c in machine)
    return "_" + name[1:] if name[:1].isdigit() else name


def host_paths(copies: Dict[str, str]) -> None:
    """Lets Python find on this host what scripts call by paths of the machines' store."""

    def copy(path: Any) -> Any:
        text = os.fspath(path) if isinstance(path, (str, os.PathLike)) else path
        if not isinstance(text, str):
            return path
        stored = "/".join(text.split("/", 4)[:4])
        return copies[stored] + text[len(stored) :] if stored in copies else path

    def finding(known: Callable) -> Callable:
        return lambda *given, **named: known(*map(copy, given[:1]), *given[1:], **named)

    # Before Python 3.11 pathlib kept functions of its own.
    older = getattr(pathlib, "_normal_accessor", None)
    system = ("access", "listdir", "lstat", "open", "scandir", "stat")
    for module, names in (builtins, ("open",)), (io, ("open", "open_code")), (os, system), (older, system):
        for name in names:
            if hasattr(module, name):
                setattr(module, name, finding(getattr(module, name)))


def importable() -> None:
    """Lets scripts import from the test driver what they would find there."""
    parts = {
        "errors": [MachineError, RequestedAssertionFailed, TestScriptError],
        "machine": [Machine, retry],
        "driver": [Driver],
        "polling_condition": [PollingConditionError],
    }
    package = sys.modules["test_driver"] = types.ModuleType("test_driver")
    for name, content in parts.items():
        module = sys.modules[f"test_driver.{name}"] = types.ModuleType(f"test_driver.{name}")
        module.__dict__.update({each.__name__: each for each in content})
        setattr(package, name, module)
    sys.modules["test_driver.machine"].__dict__.update(BaseMachine=Machine, QemuMachine=Machine)


def passes(end: BaseException) -> bool:
    """Returns whether what ends a script, or a part of it, is no failure."""
    return isinstance(end, SystemExit) and not isinstance(end, RunEnded) and end.code in (None, 0)


NUMBERS = itertools.count(1)


def describe(failure: Any, script: str) -> Dict[str, Any]:
    """Returns what there is to say of a failure: what, where in the script, and by way of which of its lines.

    A failure that leaves several steps has one number in all of them.
    """
    if not hasattr(failure, "nixlab_number"):
        failure.nixlab_number = next(NUMBERS)
    frames = traceback.extract_tb(failure.__traceback__)
    lines = [frame.lineno or 0 for frame in frames if frame.filename == script]
    code = getattr(failure, "exit_code", 1)
    if isinstance(failure, SyntaxError) and failure.filename == script:
        lines.append(failure.lineno or 0)
        code = nixlab_wire.USAGE
    return {
        "number": failure.nixlab_number,
        "kind": type(failure).__name__,
        "message": message(failure),
        "hint": getattr(failure, "hint", ""),
        "exit": code,
        "lines": lines,
    }


def message(failure: BaseException) -> str:
    """Returns the words of a failure: those of nixlab's as they are, others' with their kind."""
    if isinstance(failure, SyntaxError):
        return f"syntax error: {failure.msg}"
    if isinstance(failure, SystemExit):
        return f"the script ended with {failure.code!r}"
    text = str(failure)
    if isinstance(failure, TestScriptError):
        return text or type(failure).__name__
    if isinstance(failure, AssertionError):
        return f"assertion failed: {text}" if text else "an assertion did not hold"
    return traceback.format_exception_only(type(failure), failure)[-1].strip()


def ask(failure: BaseException, wire: Wire) -> None:
    """Lets the user look around where the script failed, with the names there, if he wants to, until he leaves."""

    def line(prompt: str = "") -> str:
        typed = wire.ask(do="line", prompt=prompt)
        if typed is None:
            raise EOFError
        return typed

    if not wire.ask(do="stopped", failure=describe(failure, wire.script)):
        return
    names: Dict[str, Any] = {}
    for frame, _ in traceback.walk_tb(failure.__traceback__):
        if frame.f_code.co_filename == wire.script:
            names = {**frame.f_globals, **frame.f_locals}
    console = code.InteractiveConsole(names)
    console.raw_input = line  # type: ignore[method-assign]
    console.write = lambda text: print(text, end="")  # type: ignore[method-assign]
    console.interact(banner="", exitmsg="")


def run(driver: Driver, wire: Wire) -> Dict[str, Any]:
    """Runs the script and returns what came of it, empty if it passed."""
    try:
        driver.test_script()
        return {}
    except BaseException as end:
        if passes(end):
            return {}
        if not isinstance(end, (KeyboardInterrupt, RunEnded, SystemExit)):
            with contextlib.suppress(SystemExit):
                ask(end, wire)
        return describe(end, wire.script)


def end_with(life: socket.socket, directory: Path) -> None:
    """Ends this process and what it started when nixlab has gone, and leaves nothing."""
    life.sendall(b'{"do": "live", "line": 0}\n')
    life.recv(1)
    shutil.rmtree(directory, ignore_errors=True)
    with contextlib.suppress(OSError):
        directory.parent.rmdir()
    os.killpg(0, signal.SIGKILL)


def main(path: str) -> None:
    config = json.loads(Path(path).read_text("utf-8"))
    # A process that was started in the background may have been told not to hear it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    life = nixlab_wire.connect(config["socket"])
    ending = threading.Thread(target=end_with, args=(life, Path(path).parent), daemon=True)
    ending.start()
    wire = Wire(config["socket"], config["name"])
    driver = Driver(wire, config)
    linecache.cache[config["name"]] = (len(driver.tests), None, driver.tests.splitlines(True), config["name"])
    importable()
    if config["copies"]:
        host_paths(config["copies"])
    printed = [Printed(wire, "out", sys.stdout), Printed(wire, "err", sys.stderr)]
    sys.stdout, sys.stderr = printed
    try:
        outcome = run(driver, wire)
    except KeyboardInterrupt as late:
        outcome = describe(late, wire.script)
    # What is left to be done is to say how it ended.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(RunEnded, TestScriptError):
        for stream in printed:
            stream.flush()
    sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
    wire.close()
    try:
        wire.ask(do="end", outcome=outcome)
    except RunEnded:
        # There is nobody left to be told.
        ending.join()


if __name__ == "__main__":
    main(sys.argv[1])
