"""The only way out: calls to another source, through the service's own Outway. For jobs, never inside a transaction.

An answer is accepted only when its status, media type, JSON, model, pages and Location are as expected. Only the source
itself can refuse for good. After an error of a gateway component, or of anything else on the way, the call is retried later.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from ssl import SSLContext
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode

import httpcore
from pydantic import ValidationError

from gemeengoed_kit.problem import invalid_input
from gemeengoed_kit.source import Source, parse_json, shown

M = TypeVar("M", bound=Source)
MAX_ANSWER_BYTES = 16 * 2**20
PAGE_SIZE = 500
"""The largest page that our own APIs give."""
KEEP_ALIVE_SECONDS = 5.0
"""How long an idle connection is kept. Servers keep it longer, so none closes it while we send a request."""
REFUSALS = frozenset({400, 404, 405, 406, 409, 410, 413, 414, 415, 422})
"""Statuses with which a source refuses the content, or names a state that a retry does not change. Other statuses may go
away: 401 and 403 with a contract or a token; 408, 425, 429 and 5xx with time."""
_WRITE_BYTES = 16 * 2**10
_FAULTS_SHOWN = 10
_PATH = re.compile(r"(/[A-Za-z0-9._~!$&'()*+,;=:@%-]+)+")
_NOTHING_CAME = (
    httpcore.ConnectionNotAvailable,
    httpcore.ProxyError,
    httpcore.UnsupportedProtocol,
    httpcore.ProtocolError,
    httpcore.TimeoutException,
    httpcore.NetworkError,
)


class SourceError(Exception):
    """The call did not succeed.

    Attributes:
        status: HTTP status; None when there was no complete answer.
        permanent: the source itself refused, with a problem whose status is in REFUSALS: a retry cannot succeed.
        problem: the problem (RFC 9457) that the source itself sent, whatever its status; None when it sent none.
        retry_after: number of seconds after which the answer asks to retry.
        transaction_id: id of the call in the transaction logs.
    """

    def __init__(
        self,
        source: str,
        path: str,
        status: int | None,
        detail: str,
        transaction_id: str | None = None,
        *,
        permanent: bool = False,
        problem: Mapping[str, Any] | None = None,
        retry_after: float | None = None,
    ) -> None:
        where = f" (transactie {transaction_id})" if transaction_id else ""
        super().__init__(f"{source}{path}: {status or 'geen antwoord'}: {detail}{where}")
        self.source, self.path, self.status, self.detail = source, path, status, detail
        self.transaction_id, self.permanent, self.problem, self.retry_after = transaction_id, permanent, problem, retry_after


class BadAnswer(SourceError):
    """The source answered, but not with what was asked for. Never final: the source has a fault or is being changed."""


@dataclass(frozen=True)
class _Answer:
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        """The value of a header; the first one when the header occurs more than once."""
        return next((value for given, value in self.headers if given == name), None)

    def single(self, name: str) -> str:
        """The value of a header that must occur exactly once.

        Raises:
            ValueError: it is missing, or occurs more than once.
        """
        values = [value for given, value in self.headers if given == name]
        if len(values) != 1:
            raise ValueError(f"header {name} staat er {len(values)} keer, niet één keer")
        return values[0]

    def json(self, media_type: str) -> Any:
        """The body, parsed.

        Raises:
            ValueError: it has another media type, or is not JSON.
        """
        given, _, parameters = self.single("content-type").partition(";")
        if given.strip().lower() != media_type or parameters.replace(" ", "").lower() not in (
            "",
            "charset=utf-8",
            'charset="utf-8"',
        ):
            raise ValueError(f"geen {media_type} maar {shown(self.single('content-type'))!r}")
        if (encoding := self.header("content-encoding") or "identity").lower() != "identity":
            raise ValueError(f"ongevraagd gecodeerd met {shown(encoding)!r}")
        return parse_json(self.body)


class OutwayClient:
    """Calls sources by the alias that their grant has at our own Outway. Thread-safe.

    Args:
        timeout: seconds for one whole exchange, from connecting to the last byte.
    """

    def __init__(self, outway_url: str, aliases: Mapping[str, str], *, timeout: float = 30.0) -> None:
        self.aliases, self.timeout = dict(aliases), timeout
        self._outway = httpcore.URL(outway_url)
        self._pool = httpcore.ConnectionPool(max_connections=100, keepalive_expiry=KEEP_ALIVE_SECONDS, network_backend=_Backend())

    def read(self, source: str, path: str, model: type[M], params: Mapping[str, Any] | None = None) -> M:
        """Read one resource.

        Raises:
            BadAnswer: the answer is not such a resource.
            SourceError: there is no answer, or its status is not success.
        """
        answer = self._call(source, "GET", path, params)
        try:
            return model.model_validate(_resource(answer))
        except ValidationError as error:
            raise _bad(source, path, answer, "; ".join(_faults(error))) from error
        except ValueError as error:
            raise _bad(source, path, answer, str(error)) from error

    def pages(
        self, source: str, path: str, model: type[M], params: Mapping[str, Any] | None = None, *, key: Callable[[M], str]
    ) -> Iterator[M]:
        """Read every item of a collection, with one page in memory at a time. Read it to the end, outside any transaction.

        Pages are requested by number. The `next` of each answer must agree, but is not followed. Only a caller that reads to the
        end knows that the list was complete.

        Args:
            key: the sort key of the collection. The keys must be strictly ascending, so no item occurs twice.

        Raises:
            BadAnswer: a page is invalid, an item is invalid (all invalid items of a page are named), or the pages do not form one
                list of `count` items in order.
            SourceError: there is no answer, or its status is not success.
        """
        asked = {name: str(value) for name, value in {**(params or {}), "pageSize": PAGE_SIZE}.items()}
        number, seen, count, last, more = 1, 0, None, None, True
        while more:
            answer = self._call(source, "GET", path, asked if number == 1 else {**asked, "page": str(number)})
            try:
                page = _Page.read(_resource(answer))
                count = page.count if count is None else count
                seen += len(page.results)
                more = page.next is not None
                page.check(count=count, seen=seen)
                if page.next is not None:
                    _check_next(page.next, path, asked, number + 1)
                items = _items(model, page.results)
                for item in items:
                    this = key(item)
                    if last is not None and this <= last:
                        raise ValueError(f"{shown(this)} komt na {shown(last)}: dubbel, of niet op volgorde")
                    last = this
            except ValueError as error:
                raise _bad(source, path, answer, f"pagina {number}: {error}") from error
            yield from items
            number += 1

    def post_for(self, source: str, path: str, body: Any, model: type[M], *, idempotency_key: str) -> M:
        """Post JSON and read what it answers; a repeat with the same key has no second effect.

        Raises:
            BadAnswer: success, but the answer is not such a resource. What was asked may have been done or not.
            SourceError: there is no answer, or its status is not success.
        """
        answer = self._call(source, "POST", path, body=body, headers={"Idempotency-Key": idempotency_key})
        try:
            if answer.status not in (200, 201):
                raise ValueError("geen 200 of 201")
            return model.model_validate(answer.json("application/json"))
        except ValidationError as error:
            raise _bad(source, path, answer, "; ".join(_faults(error))) from error
        except ValueError as error:
            raise _bad(source, path, answer, str(error)) from error

    def post(self, source: str, path: str, body: Any, *, idempotency_key: str, creates: str) -> str:
        """Post JSON; a repeat with the same key has no second effect.

        Args:
            creates: regular expression for the path of the created resource.

        Returns:
            the path of the created resource.

        Raises:
            BadAnswer: success, but without JSON or without such a path. The resource may exist or not.
            SourceError: there is no answer, or its status is not success.
        """
        answer = self._call(source, "POST", path, body=body, headers={"Idempotency-Key": idempotency_key})
        try:
            if answer.status not in (200, 201, 202):
                raise ValueError("geen 200, 201 of 202")
            answer.json("application/json")
            location = answer.single("location")
            if not _PATH.fullmatch(location) or {".", ".."} & set(location.split("/")) or not re.fullmatch(creates, location):
                raise ValueError(f"Location {shown(location)!r} is niet het pad van wat hier ontstaat")
            return location
        except ValueError as error:
            raise _bad(source, path, answer, str(error)) from error

    def _call(
        self,
        source: str,
        method: str,
        path: str,
        params: Mapping[str, Any] | None = None,
        *,
        body: Any = None,
        headers: Mapping[str, str] | None = None,
    ) -> _Answer:
        """The answer, if its status is success.

        The alias is sent in Fsc-Grant-Hash. The Outway refuses an unknown alias there. With an unknown Host it may use the
        client's default grant instead, and so call another source.
        """
        alias = self.aliases.get(source)
        if not alias or not alias.isascii():
            raise SourceError(source, path, None, f"er is geen (bruikbare) alias ingesteld voor bron {source}")
        content = None if body is None else _written(body)
        given = {
            "Fsc-Grant-Hash": alias,
            "Accept": "application/json, application/problem+json",
            "Accept-Encoding": "identity",
            **({} if content is None else {"Content-Type": "application/json"}),
            **(headers or {}),
        }
        answer = self._exchange(source, method, path, urlencode(params or {}), given, content)
        code = answer.header("fsc-error-code")
        if 200 <= answer.status < 300 and code is None:
            return answer
        if 300 <= answer.status < 400 and code is None:
            raise _bad(source, path, answer, "een verwijzing, en die wordt niet gevolgd")
        problem = None if code is not None else _problem(answer)
        raise SourceError(
            source,
            path,
            answer.status,
            _explanation(answer, code, problem),
            _transaction_id(answer),
            permanent=problem is not None and answer.status in REFUSALS,
            problem=problem,
            retry_after=_retry_after(answer),
        )

    def _exchange(
        self, source: str, method: str, path: str, query: str, headers: Mapping[str, str], content: bytes | None
    ) -> _Answer:
        target = self._outway.target.rstrip(b"/") + path.encode("ascii") + (f"?{query}".encode("ascii") if query else b"")
        url = httpcore.URL(scheme=self._outway.scheme, host=self._outway.host, port=self._outway.port, target=target)
        deadline = _deadline.set(time.monotonic() + self.timeout)
        try:
            with self._pool.stream(
                method, url, headers=[*headers.items()], content=content, extensions={"timeout": {"pool": self.timeout}}
            ) as response:
                answered = tuple((name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in response.headers)
                answer = _Answer(response.status, answered, b"")
                try:
                    return _Answer(response.status, answered, _bounded(answer, response.iter_stream()))
                except _TooLarge as error:
                    raise _bad(source, path, answer, str(error)) from None
        except _NOTHING_CAME as error:
            told = str(error) or type(error).__name__
            raise SourceError(source, path, None, f"de Outway gaf geen (heel) antwoord: {shown(told)}") from error
        finally:
            _deadline.reset(deadline)


def _written(body: Any) -> bytes:
    """JSON that is always the same bytes: a source recognises a repeat by them, also of a request from an earlier release."""
    return json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


@dataclass(frozen=True)
class _Page:
    count: int
    next: str | None
    results: list[Any]

    @classmethod
    def read(cls, value: Any) -> _Page:
        """Parse a page; its items are not checked yet. Raises ValueError when it is not a page."""
        if not isinstance(value, dict):
            raise ValueError("geen object")
        count, next, results = value.get("count"), value.get("next"), value.get("results")
        if type(count) is not int or count < 0:
            raise ValueError(f"count is geen aantal: {_excerpt(count)}")
        if "next" not in value or not (next is None or isinstance(next, str)):
            raise ValueError(f"next is geen pad en niet null: {_excerpt(next)}")
        if not isinstance(results, list):
            raise ValueError(f"results is geen lijst: {_excerpt(results)}")
        return cls(count, next, results)

    def check(self, *, count: int, seen: int) -> None:
        """Raises ValueError unless this can be a page of a list of `count` items, where `seen` items end with this page."""
        if self.count != count:
            raise ValueError(f"count is nu {self.count}, en was {count}")
        if len(self.results) > PAGE_SIZE:
            raise ValueError(f"{len(self.results)} resultaten, en gevraagd zijn er {PAGE_SIZE}")
        if seen > count:
            raise ValueError(f"tot en met hier {seen} resultaten, en count is {count}")
        if self.next is None and seen < count:
            raise ValueError(f"de laatste, na {seen} resultaten, en count is {count}")
        if self.next is not None and (seen == count or not self.results):
            raise ValueError(f"niet de laatste, na {seen} van {count} resultaten, waarvan hier {len(self.results)}")


def _check_next(next: str, path: str, asked: Mapping[str, str], number: int) -> None:
    """Raises ValueError unless it is the path of page `number` of the same query; the pageSize may differ."""
    where, _, query = next.partition("?")
    found = [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if name != "pageSize"]
    wanted = {**{name: value for name, value in asked.items() if name != "pageSize"}, "page": str(number)}
    if where != path or len(found) != len(wanted) or dict(found) != wanted:
        raise ValueError(f"next is niet pagina {number} van wat gevraagd is: {shown(next)!r}")


def _items(model: type[M], values: list[Any]) -> list[M]:
    """The items of a page. Raises ValueError, which names the first ten invalid items and what is wrong with each."""
    found, wrong = [], []
    for value in values:
        try:
            found.append(model.model_validate(value))
        except ValidationError as error:
            wrong.append(f"{_excerpt(value)}: {', '.join(_faults(error))}")
    if wrong:
        rest = f"; en nog {len(wrong) - _FAULTS_SHOWN}" if len(wrong) > _FAULTS_SHOWN else ""
        raise ValueError(f"{len(wrong)} onbruikbare resultaten: {'; '.join(wrong[:_FAULTS_SHOWN])}{rest}")
    return found


def _faults(error: ValidationError) -> list[str]:
    """What is wrong, in texts such as `inwoners.aantal moet een geheel getal zijn`."""
    params = invalid_input([{**fault, "loc": ("", *fault["loc"])} for fault in error.errors()]).invalid_params or []
    return [f"{shown(param.name)} {param.reason}".strip() for param in params]


def _excerpt(value: Any) -> str:
    text = shown(json.dumps(value, ensure_ascii=False))
    return text if len(text) <= 80 else f"{text[:80]}…"


def _resource(answer: _Answer) -> Any:
    if answer.status != 200:
        raise ValueError("geen 200")
    return answer.json("application/json")


def _bad(source: str, path: str, answer: _Answer, detail: str) -> BadAnswer:
    return BadAnswer(source, path, answer.status, detail, _transaction_id(answer), retry_after=_retry_after(answer))


def _problem(answer: _Answer) -> dict[str, Any] | None:
    """The problem that the source answered; None for any other answer."""
    try:
        problem = answer.json("application/problem+json")
    except ValueError:
        return None
    if not isinstance(problem, dict) or problem.get("status", answer.status) != answer.status:
        return None
    texts = [problem.get(name, "") for name in ("type", "title", "detail")]
    return problem if all(isinstance(text, str) for text in texts) else None


def _explanation(answer: _Answer, code: str | None, problem: dict[str, Any] | None) -> str:
    """One line of text from a problem (of a source), an FSC error (of a gateway component) or any other answer."""
    if problem is not None:
        said = [problem.get(name, "") for name in ("title", "detail")]
        return shown(": ".join(text for text in said if text)) or "zonder uitleg"
    text = answer.body[:1000].decode(errors="replace")
    try:
        body = parse_json(answer.body)
    except ValueError:
        body = None
    if isinstance(body, dict):
        told = [body.get(name) for name in ("detail", "message")]
        text = next((said for said in told if isinstance(said, str) and said), text)
    text = shown(text.strip()) or "zonder uitleg"
    return f"{shown(code)}: {text}" if code is not None else text


def _transaction_id(answer: _Answer) -> str | None:
    id = answer.header("fsc-transaction-id")
    return shown(id) if id else None


def _retry_after(answer: _Answer) -> float | None:
    """Seconds until the answer asks to retry; a date is compared with the answer's own Date header."""
    asked, now = answer.header("retry-after") or "", answer.header("date") or ""
    if re.fullmatch(r"[0-9]{1,9}", asked):
        return float(asked)
    try:
        return max(0.0, (parsedate_to_datetime(asked) - parsedate_to_datetime(now)).total_seconds())
    except (ValueError, TypeError):
        return None


class _TooLarge(Exception):
    pass


def _bounded(answer: _Answer, parts: Iterator[bytes]) -> bytes:
    told = answer.header("content-length") or "0"
    if told.isdigit() and int(told) > MAX_ANSWER_BYTES:
        raise _TooLarge(f"een antwoord van {told} bytes, en {MAX_ANSWER_BYTES} is het meeste")
    body = bytearray()
    for part in parts:
        body += part
        if len(body) > MAX_ANSWER_BYTES:
            raise _TooLarge(f"een antwoord van meer dan {MAX_ANSWER_BYTES} bytes")
    return bytes(body)


# The timeouts of httpcore are per read or write: a server that sends a byte now and then could keep a call open for ever.
_deadline: ContextVar[float] = ContextVar("deadline")


def _left() -> float:
    left = _deadline.get() - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("het duurde te lang")
    return left


class _Backend(httpcore.NetworkBackend):
    def __init__(self) -> None:
        self._inner = httpcore.SyncBackend()

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, *args: Any, **options: Any) -> _Stream:
        return _Stream(self._inner.connect_tcp(host, port, _left(), *args, **options))


class _Stream(httpcore.NetworkStream):
    """A connection on which every read and write ends at the deadline of the current exchange."""

    def __init__(self, inner: httpcore.NetworkStream) -> None:
        self._inner = inner

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        for start in range(0, len(buffer), _WRITE_BYTES):
            self._inner.write(buffer[start : start + _WRITE_BYTES], _left())

    def close(self) -> None:
        self._inner.close()

    def start_tls(self, ssl_context: SSLContext, server_hostname: str | None = None, timeout: float | None = None) -> _Stream:
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, _left()))

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
