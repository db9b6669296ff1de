"""Query parameters of manager.yaml: cursor, limit, order, comma-separated lists."""

from __future__ import annotations

import base64
import binascii
import json
import re
from dataclasses import dataclass
from typing import Any

from fastapi import Request

from gateway.errors import malformed

_DEFAULT_LIMIT = 100
_MOST_IDS = 100


@dataclass(frozen=True)
class Page:
    """Where to continue, in which order, and the maximum number of items."""

    after: list[Any] | None
    limit: int
    descending: bool


def read_page(request: Request) -> Page:
    """The paging parameters; newest first unless asked otherwise (manager.yaml, sortOrder).

    Raises:
        ManagerError: 400, a value outside manager.yaml, or a cursor that we did not issue.
    """
    cursor = request.query_params.get("cursor") or None
    return Page(_open(cursor) if cursor else None, limit_of(request, _DEFAULT_LIMIT), is_descending(request))


def read_ids(request: Request, name: str) -> list[str] | None:
    """The ids or hashes in parameter `name`; with it, all other parameters are ignored (manager.yaml). None when absent.

    Raises:
        ManagerError: 400, not a `comma_list`, or too many ids, since the answer has no pages.
    """
    ids = comma_list(request, name)
    if ids is not None and len(ids) > _MOST_IDS:
        raise malformed(f"{name} noemt er meer dan {_MOST_IDS}; vraag ze in delen op.")
    return ids


def limit_of(request: Request, default: int) -> int:
    """The maximum number of items.

    Raises:
        ManagerError: 400, a value outside manager.yaml.
    """
    text = request.query_params.get("limit", str(default))
    if not re.fullmatch("[0-9]{1,4}", text, re.ASCII) or not 1 <= int(text) <= 1000:
        raise malformed("limit is een geheel getal van 1 tot 1000.")
    return int(text)


def is_descending(request: Request) -> bool:
    """Newest first, unless asked otherwise (manager.yaml, sortOrder).

    Raises:
        ManagerError: 400, another order.
    """
    order = request.query_params.get("sort_order", "SORT_ORDER_DESCENDING")
    if order not in ("SORT_ORDER_ASCENDING", "SORT_ORDER_DESCENDING"):
        raise malformed("sort_order is SORT_ORDER_ASCENDING of SORT_ORDER_DESCENDING.")
    return order == "SORT_ORDER_DESCENDING"


def make_cursor(*key: Any) -> str:
    """An opaque cursor that continues after `key`."""
    return base64.urlsafe_b64encode(json.dumps(key).encode()).rstrip(b"=").decode()


def _open(cursor: str) -> list[Any]:
    try:
        key = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except (ValueError, binascii.Error) as problem:
        raise malformed("Deze cursor is niet van deze Manager.") from problem
    if not isinstance(key, list):
        raise malformed("Deze cursor is niet van deze Manager.")
    return key


def typed(after: list[Any] | None, *kinds: type) -> tuple[Any, ...] | None:
    """The cursor's key, after checking that it has the parts by which this list is sorted.

    Raises:
        ManagerError: 400, a cursor of another list.
    """
    if after is None:
        return None
    if (
        len(after) != len(kinds)
        or not all(type(part) is kind for part, kind in zip(after, kinds, strict=True))
        or any("\0" in part for part in after if isinstance(part, str))
        or any(abs(part) > 2**53 for part in after if isinstance(part, int))
    ):
        raise malformed("Deze cursor hoort bij een andere lijst.")
    return tuple(after)


def text_filter(request: Request, name: str) -> str | None:
    """A text parameter; None when absent or empty.

    Raises:
        ManagerError: 400, it has a NUL (PostgreSQL does not allow that in text).
    """
    value = request.query_params.get(name) or None
    if value is not None and "\0" in value:
        raise malformed(f"{name} bevat een teken dat niet mag.")
    return value


def comma_list(request: Request, name: str) -> list[str] | None:
    """A list parameter of style form, explode false; None when absent or empty.

    Raises:
        ManagerError: 400, it has a NUL, or only commas.
    """
    value = text_filter(request, name)
    if value is None:
        return None
    parts = [part for part in value.split(",") if part]
    if not parts:
        raise malformed(f"{name} is een lijst waarin niets staat.")
    return parts
