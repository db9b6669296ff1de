"""The only way out: a call to another source, through the service's own Outway. For jobs, never in a transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import httpx


class SourceError(Exception):
    """The call did not succeed.

    Attributes:
        status: HTTP status, or None when nothing answered.
        permanent: repeating the same call cannot help (the source refused its content).
    """

    def __init__(self, source: str, path: str, status: int | None, detail: str, transaction_id: str | None = None) -> None:
        where = f" (transactie {transaction_id})" if transaction_id else ""
        super().__init__(f"{source}{path}: {status or 'geen antwoord'}: {detail}{where}")
        self.source, self.path, self.status, self.detail = source, path, status, detail
        self.permanent = status in (400, 405, 406, 409, 413, 415)


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

    def post(self, source: str, path: str, body: Any, *, idempotency_key: str) -> httpx.Response:
        """Post JSON; a repeat with the same key has no second effect.

        Raises:
            SourceError: no answer, or none with status 2xx.
        """
        return self._send(source, "POST", path, json=body, headers={"Idempotency-Key": idempotency_key})

    def _send(
        self, source: str, method: str, path: str, *, headers: Mapping[str, str] | None = None, **arguments: Any
    ) -> httpx.Response:
        try:
            answer = self.http.request(method, path, headers={"Host": self.aliases[source], **(headers or {})}, **arguments)
        except httpx.HTTPError as error:
            raise SourceError(source, path, None, f"de Outway gaf geen antwoord: {error}") from error
        if answer.is_success:
            return answer
        raise SourceError(source, path, answer.status_code, _explanation(answer), answer.headers.get("fsc-transaction-id"))


def _explanation(answer: httpx.Response) -> str:
    """What a problem (of a service) or an FSC error (of a gateway component) says."""
    try:
        body = answer.json()
    except ValueError:
        return answer.text[:200]
    code = answer.headers.get("fsc-error-code")
    text = body.get("detail") or body.get("message") or answer.text[:200] if isinstance(body, dict) else str(body)[:200]
    return f"{code}: {text}" if code else text
