# Calls the methods of machines in turn, each as expectations.json has it.
import json
import operator
import re
from pathlib import Path


def snake(name):
    return re.sub("[A-Z]", lambda capital: "_" + capital.group().lower(), name)


def has(value, part):
    if not isinstance(part, dict):
        return value == part
    if isinstance(value, list):
        return any(has(element, part) for element in value)
    return isinstance(value, dict) and all(has(value.get(key), part[key]) for key in part)


def holds(value, expected):
    if "equals" in expected:
        return value == expected["equals"]
    return has(value, expected["has"]) if "has" in expected else re.search(expected["matches"], str(value))


def outcome(entry):
    machine = machines_by_name[entry.get("on", "a")]
    if "before" in entry:
        machine.succeed(entry["before"])
    given = entry.get("with", [])
    if entry["call"] == "waitForQmpEvent":
        name = given[0]
        given = [lambda event: event["event"] == name]
    named = {snake(key): value for key, value in entry.get("named", {}).items()}
    try:
        value = operator.attrgetter(snake(entry["call"]))(machine)(*given, **named)
    except Exception as failure:
        return None, str(failure)
    return dict(zip(("exitCode", "out"), value)) if isinstance(value, tuple) else value, None


machines_by_name = {machine.name: machine for machine in machines}
for machine in machines:
    machine.start(allow_reboot=True)
wrong = []
for entry in json.loads(Path("expectations.json").read_text()):
    with subtest(entry["call"]):
        value, failure = outcome(entry)
        if "fails" in entry:
            expected = failure and re.search(entry["fails"], failure)
        else:
            expected = failure is None and holds(value, entry.get("python", entry))
        if not expected:
            wrong.append(f"{entry} came to {value!r}, {failure!r}")
assert not wrong, "\n".join(wrong)
