"""Looks for mistakes in a test script without running any of it.

Started as `nixlab_driver` is, with the same file. It prints a list of JSON: what is wrong, and in which line. With the
word `grammar` behind the file it looks at no names. A name that the script binds anywhere counts as known everywhere.
"""

import ast
import builtins
import difflib
import json
import sys
from pathlib import Path
from typing import Any, Dict, Iterator, List, Set

from nixlab_driver import Driver, message
from nixlab_machine import Machine, camel


def bound(tree: ast.AST) -> Iterator[str]:
    """Gives all names that the script binds."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            for alias in node.names:
                yield alias.asname or alias.name.split(".")[0]
        elif isinstance(node, (ast.ExceptHandler,)) and node.name:
            yield node.name
        else:
            # What `case` binds has no context of its own (Python 3.10).
            for field in ("name", "rest"):
                if type(node).__name__.startswith("Match") and isinstance(getattr(node, field, None), str):
                    yield getattr(node, field)


def mistake(node: Any, what: str, name: str, known: Set[str]) -> Dict[str, Any]:
    near = difflib.get_close_matches(name, sorted(known), 1)
    hint = f"did you mean '{near[0]}'?" if near else ""
    return {"line": node.lineno, "message": what, "hint": hint}


def attributes(given: Any) -> Set[str]:
    return {name for name in dir(given) if not name.startswith("_")}


def mistakes(tree: ast.AST, symbols: Dict[str, Any], methods: List[str]) -> Iterator[Dict[str, Any]]:
    """Gives the names and attributes that nobody knows."""
    own = set(bound(tree))
    if "*" in own:
        # It may import anything.
        return
    known = own | set(symbols) | set(dir(builtins)) | {"__builtins__", "__doc__", "__name__"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id not in known:
            yield mistake(node, f"unknown name '{node.id}'", node.id, known)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            owner = symbols.get(node.value.id)
            if node.value.id in own or not isinstance(owner, (Driver, Machine)):
                continue
            has = attributes(owner)
            if isinstance(owner, Machine) and camel(node.attr) in methods or node.attr in has:
                continue
            yield mistake(node, f"'{node.value.id}' has no '{node.attr}'", node.attr, has)


def check(config: Dict[str, Any], names: bool) -> List[Dict[str, Any]]:
    text = Path(config["script"]).read_text("utf-8")
    try:
        tree = ast.parse(text, config["name"])
        compile(text, config["name"], "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as failure:
        return [{"line": getattr(failure, "lineno", 0) or 0, "message": message(failure), "hint": ""}]
    if not names:
        return []
    symbols = Driver(None, config).test_symbols()
    return sorted(mistakes(tree, symbols, config["methods"]), key=lambda each: each["line"])


if __name__ == "__main__":
    json.dump(check(json.loads(Path(sys.argv[1]).read_text("utf-8")), "grammar" not in sys.argv[2:]), sys.stdout)
