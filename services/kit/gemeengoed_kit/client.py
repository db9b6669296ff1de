"""The only way out: a call to another source, through the service's own Outway. For jobs, never in a transaction."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

import httpx

from gemeengoed_kit.source import Source

M = TypeVar("M", bound=Source)


class SourceError(Exception):
    """The call did not succeed.

    Attributes:
        status: HTTP status, or None when nothing answered.
        problem: the source's own problem document, or None when it gave none (a gateway component answered, or nobody).
        permanent: repeating the same call cannot help (the source itself refused its content).
        retry_after: seconds that the answer asks to wait, or None.
    """

    def __init__(
        self,
        source: str,
        path: str,
        status: int | None,
        detail: str,
        transaction_id: str | None = None,
        *,
        problem: Mapping[str, Any] | None = None,
        retry_after: float | None = None,
    ) -> None:
        where = f" (transactie {transaction_id})" if transaction_id else ""
        super().__init__(f"{source}{path}: {status or 'geen antwoord'}: {detail}{where}")
        self.source, self.path, self.status, self.detail = source, path, status, detail
        self.problem, self.retry_after = problem, retry_after
        self.permanent = problem is not None and status in (400, 405, 406, 409, 413, 415)


class BadAnswer(SourceError):
    """A 2xx that is not what was asked for."""


class OutwayClient:
    """Calls sources by the alias that their grant has at the own Outway."""

    def __init__(self, outway_url: str, aliases: Mapping[str, str], *, timeout: float = 30.0) -> None:
        self.aliases = dict(aliases)
        self.http = httpx.Client(base_url=outway_url, timeout=timeout)

    def get(self, source: str, path: str, params: Mapping[str, Any] | None = None) -> Any:
        """The JSON of one resource.

        Raises:
            SourceError: no answer, or none with status 2xx.
        """
        return self._send(source, "GET", path, params=params).json()

    def list(self, source: str, path: str, params: Mapping[str, Any] | None = None) -> Iterator[dict[str, Any]]:
        """Every item of a collection, page after page (`results` and `next`)."""
        page = self.get(source, path, params)
        while True:
            yield from page["results"]
            if not page["next"]:
                return
            page = self.get(source, page["next"])

    def read(self, source: str, path: str, model: type[M], params: Mapping[str, Any] | None = None) -> M:
        """One resource, as the model says that it is.

        Raises:
            BadAnswer: the answer is something else.
            SourceError: no answer, or none with status 2xx.
        """
        answer = self._send(source, "GET", path, params=params)
        try:
            return model.model_validate(answer.json())
        except ValueError as error:
            raise BadAnswer(source, path, answer.status_code, f"onleesbaar antwoord: {error}") from error

    def post(self, source: str, path: str, body: Any, *, idempotency_key: str, creates: str) -> str:
        """Post JSON; a repeat with the same key has no second effect.

        Args:
            creates: regular expression of the path of what the source makes of it.

        Returns:
            that path.

        Raises:
            BadAnswer: the answer has no such path.
            SourceError: no answer, or none with status 2xx.
        """
        answer = self._send(source, "POST", path, json=body, headers={"Idempotency-Key": idempotency_key})
        made = answer.headers.get("location", "")
        if not re.fullmatch(creates, made):
            raise BadAnswer(source, path, answer.status_code, f"zonder pad van wat is gemaakt: {made[:200]!r}")
        return made

    def _send(
        self, source: str, method: str, path: str, *, headers: Mapping[str, str] | None = None, **arguments: Any
    ) -> httpx.Response:
        try:
            answer = self.http.request(method, path, headers={"Host": self.aliases[source], **(headers or {})}, **arguments)
        except httpx.HTTPError as error:
            raise SourceError(source, path, None, f"de Outway gaf geen antwoord: {error}") from error
        if answer.is_success:
            return answer
        wait = answer.headers.get("retry-after", "")
        raise SourceError(
            source,
            path,
            answer.status_code,
            _explanation(answer),
            answer.headers.get("fsc-transaction-id"),
            problem=_problem(answer),
            retry_after=float(wait) if wait.isdecimal() else None,
        )


def _problem(answer: httpx.Response) -> Mapping[str, Any] | None:
    if "fsc-error-code" in answer.headers or answer.headers.get("content-type") != "application/problem+json":
        return None
    try:
        body = answer.json()
    except ValueError:
        return None
    return body if isinstance(body, dict) else None


def _explanation(answer: httpx.Response) -> str:
    """What a problem (of a service) or an FSC error (of a gateway component) says."""
    try:
        body = answer.json()
    except ValueError:
        return answer.text[:200]
    code = answer.headers.get("fsc-error-code")
    text = body.get("detail") or body.get("message") or answer.text[:200] if isinstance(body, dict) else str(body)[:200]
    return f"{code}: {text}" if code else text
