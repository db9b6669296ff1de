"""That the suite is whole: every official id is one test, and nothing else calls itself official."""

from __future__ import annotations

import ast
from pathlib import Path

FOLDER = Path(__file__).parent


def official_ids() -> list[str]:
    lines = (FOLDER / "cases.txt").read_text().splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def official_tests() -> dict[str, str | None]:
    """Names of the tests in this folder that carry an id, with their docstrings."""
    found: dict[str, str | None] = {}
    for path in FOLDER.glob("test_*.py"):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and node.name[:6] in {"test_M", "test_I", "test_O"}:
                assert node.name not in found, f"{node.name} is there twice"
                found[node.name] = ast.get_docstring(node)
    return found


def test_every_official_case_is_a_test_with_the_case_in_one_sentence() -> None:
    ids, tests = official_ids(), official_tests()
    assert len(ids) == len(set(ids)) == 84
    for case in ids:
        prefix = f"test_{case.replace('-', '_')}_"
        named = [name for name in tests if name.startswith(prefix) and not name[len(prefix) :][:1].isdigit()]
        assert len(named) == 1, f"{case}: {named}"
        docstring = tests.pop(named[0])
        assert docstring and docstring.endswith(".") and "\n\n" not in docstring, f"{case} does not say what the case is"
    assert tests == {}, f"tests with an id that the suite does not have: {sorted(tests)}"
