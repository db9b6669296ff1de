"""What commands print: a table for people, JSON for scripts."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Sequence
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

_STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
"""What steers a terminal, or the order in which it shows text (bidirectional and invisible characters); not a newline."""


def visible(text: str) -> str:
    """Text with what steers a terminal written out: `\\u001b`. Other organisations write part of what commands show."""
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def say(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Print text. Everything that commands print goes through here, or through a table."""
    click.echo(visible(text), err=err, nl=nl)


def print_json(value: Any) -> None:
    """Print the answer as it came from the API; what steers a terminal is escaped, as JSON allows."""
    say(json.dumps(value, ensure_ascii=False, indent=2))


def print_table(headings: Sequence[str], rows: Iterable[Sequence[Any]], *, empty: str) -> None:
    """Print a table, or `empty` when it has no rows. Cells are never cut off, so that hashes can be copied."""
    filled = [[escape(_cell(value)) for value in row] for row in rows]
    if not filled:
        say(empty)
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in headings:
        table.add_column(heading, overflow="fold", no_wrap=not _is_terminal())
    for row in filled:
        table.add_row(*row)
    _console(filled).print(table)


def print_fields(pairs: Iterable[tuple[str, Any]]) -> None:
    """Print one thing, one line per field; empty fields are left out."""
    shown = [(name, _cell(value)) for name, value in pairs if value not in (None, "", [])]
    width = max((len(name) for name, _ in shown), default=0)
    for name, value in shown:
        say(f"{name:<{width}}  {value}")


def quoted(grant_hash: str) -> str:
    """A hash that can be pasted into a shell or compose file: single quotes keep its `$` from being expanded."""
    return f"'{grant_hash}'"


def moment(text: str | None) -> str:
    """A time from the API, to the minute, in UTC."""
    return f"{text[:10]} {text[11:16]}Z" if text else ""


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, list | tuple | set):
        return visible(", ".join(map(str, value))).replace("\n", "\\n")
    return "" if value is None else visible(str(value)).replace("\n", "\\n")


def _is_terminal() -> bool:
    return sys.stdout.isatty()


def _console(rows: list[list[str]]) -> Console:
    """A console as wide as the terminal; in a pipe, lines are as wide as they need to be."""
    if _is_terminal():
        return Console(highlight=False)
    return Console(highlight=False, width=max(sum(len(cell) + 4 for cell in row) for row in rows) + 200)
