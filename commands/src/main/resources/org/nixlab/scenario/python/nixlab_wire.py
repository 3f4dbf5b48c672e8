"""The connection of a test script to nixlab, and the exceptions that come of it.

Every thread of the script has a connection of its own to a UNIX socket. On it a line of JSON asks, and nixlab answers
each with a line: {"value": ...}, or {"failure": {"exit": ..., "message": ..., "hint": ...}}. One thing goes the other
way: on the connection of a polling condition nixlab says when to look.
"""

import datetime
import json
import os
import re
import socket
import sys
import threading
from typing import Any, Dict, Optional, Tuple

CHECK_FAILED, USAGE, HOST_FAILED, TIMEOUT, INTERRUPTED = 1, 2, 4, 124, 130


class TestScriptError(Exception):
    """The test fails. What it means for nixlab's exit code stands in `exit_code`."""

    exit_code = CHECK_FAILED
    hint = ""


class RequestedAssertionFailed(TestScriptError):
    """What the script asked for does not hold: a command, a unit, an assertion."""


class TimeLimitReached(RequestedAssertionFailed):
    """It did not come true in time."""

    exit_code = TIMEOUT


class WrongCall(TestScriptError):
    """What was asked for makes no sense."""

    exit_code = USAGE


class MachineError(TestScriptError):
    """The machine, or the host, failed: it panicked, ended, cannot be started."""

    exit_code = HOST_FAILED


class PollingConditionError(Exception):
    """A polling condition no longer holds."""


class RunEnded(SystemExit):
    """nixlab has ended the run: nothing is left to be done, and in threads nothing to be said."""


FAILURES = {CHECK_FAILED: RequestedAssertionFailed, USAGE: WrongCall, TIMEOUT: TimeLimitReached}


def _plain(value: Any) -> Any:
    """Returns what JSON has no word for as something that it has."""
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    if isinstance(value, datetime.timedelta):
        return value.total_seconds()
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, re.Pattern):
        return value.pattern
    raise WrongCall(f"{value!r} is nothing that nixlab could be handed")


class Wire:
    """Asks nixlab, for all threads."""

    def __init__(self, path: str, script: str) -> None:
        self._path = path
        self.script = script
        self._own = threading.local()
        # A child that was forked must not talk on its parent's connection.
        os.register_at_fork(after_in_child=self._forget)

    def ask(self, **request: Any) -> Any:
        """Returns nixlab's answer to a request, or raises its failure."""
        request["line"] = self.line()
        answer = json.loads(self._exchange(json.dumps(request, default=_plain)))
        if "failure" in answer:
            raise self._failure(answer["failure"])
        return answer["value"]

    def heard(self) -> Optional[Dict[str, Any]]:
        """Returns what nixlab says unasked on this thread's connection; nothing if it has closed that."""
        try:
            line = self._connection()[1].readline()
        except OSError:
            return None
        return json.loads(line) if line else None

    def line(self) -> int:
        """Returns the line of the script that is being run by this thread, 0 if it is none."""
        frame = sys._getframe(1)
        while frame is not None:
            if frame.f_code.co_filename == self.script:
                return frame.f_lineno
            frame = frame.f_back
        return 0

    def close(self) -> None:
        """Closes the connection of this thread."""
        ends = getattr(self._own, "connection", ())
        self._forget()
        for end in ends:
            end.close()

    def _exchange(self, request: str) -> bytes:
        try:
            connection, answers = self._connection()
            # Not by way of a buffer: of what was interrupted nothing is to be sent again.
            connection.sendall(request.encode() + b"\n")
            answer = answers.readline()
        except OSError:
            answer = b""
        except BaseException:
            # The next question must not get the answer to this one.
            self.close()
            raise
        if not answer:
            self.close()
            raise RunEnded(INTERRUPTED)
        return answer

    def _connection(self) -> Tuple[socket.socket, Any]:
        if not hasattr(self._own, "connection"):
            connection = connect(self._path)
            self._own.connection = connection, connection.makefile("rb")
        return self._own.connection

    def _forget(self) -> None:
        self._own.__dict__.clear()

    @staticmethod
    def _failure(told: Dict[str, Any]) -> BaseException:
        code = told["exit"]
        if code == INTERRUPTED:
            return RunEnded(INTERRUPTED)
        failure = FAILURES.get(code, MachineError)(told["message"])
        failure.exit_code = code
        failure.hint = told["hint"]
        return failure


def connect(path: str) -> socket.socket:
    """Returns a fresh connection to nixlab."""
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.connect(path)
    return connection
