"""The management API as the commands use it. Every refusal says what to do."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import quote

import click
import httpx

from gateway.cli.output import visible

_TIMEOUT = 60


class Refused(click.ClickException):
    """The gateway refused the request; exit code 1."""

    exit_code = 1

    def format_message(self) -> str:
        return visible(self.message)


def from_environment() -> Api:
    """The API at GATEWAY_BEHEER_URL, else at GATEWAY_BEHEER_LISTEN.

    Raises:
        click.UsageError: there is no token.
    """
    token = os.environ.get("GATEWAY_BEHEER_TOKEN")
    if not token:
        raise click.UsageError("Zet GATEWAY_BEHEER_TOKEN op het token van de beheer-API.")
    url = os.environ.get("GATEWAY_BEHEER_URL") or f"http://{os.environ.get('GATEWAY_BEHEER_LISTEN', '127.0.0.1:9080')}"
    return Api(url.removesuffix("/").removesuffix("/v1"), token)


def path(*parts: str) -> str:
    """A path of the API. Every part is quoted, since hashes contain `$`."""
    return "/v1/" + "/".join(quote(part, safe="") for part in parts)


class Api:
    """One management API."""

    def __init__(self, url: str, token: str) -> None:
        self.url = url
        self._http = httpx.Client(base_url=url, timeout=_TIMEOUT, trust_env=False, headers={"Authorization": f"Bearer {token}"})

    def get(self, where: str, **query: Any) -> Any:
        """Read one resource; values of None in `query` are left out."""
        return self._send("GET", where, params={key: value for key, value in query.items() if value is not None})

    def all(self, where: str, **query: Any) -> list[Any]:
        """Every result of a list, page after page."""
        found: list[Any] = []
        page = self.get(where, **query)
        while True:
            found.extend(page["results"])
            if not page.get("next"):
                return found
            page = self._send("GET", page["next"])

    def post(self, where: str, body: Any = None) -> Any:
        return self._send("POST", where, json=body) if body is not None else self._send("POST", where)

    def put(self, where: str, body: Any) -> Any:
        return self._send("PUT", where, json=body)

    def patch(self, where: str, body: Any) -> Any:
        return self._send("PATCH", where, json=body)

    def delete(self, where: str) -> Any:
        return self._send("DELETE", where)

    def _send(self, method: str, where: str, **more: Any) -> Any:
        try:
            answer = self._http.request(method, where, **more)
        except httpx.HTTPError as problem:
            raise Refused(
                f"De beheer-API op {self.url} antwoordt niet ({problem or type(problem).__name__}). "
                "Draait `gateway control`, en klopt GATEWAY_BEHEER_URL of GATEWAY_BEHEER_LISTEN?"
            ) from problem
        if answer.is_error:
            raise Refused(_told(answer))
        return answer.json() if answer.content else None


def _told(answer: httpx.Response) -> str:
    """A problem (RFC 9457) as text for people: what is wrong, all faults in the input, and how to find it in the log."""
    try:
        problem = answer.json()
    except ValueError:
        return f"De beheer-API gaf {answer.status_code}: {answer.text[:300]}"
    lines = [f"{problem.get('title', answer.status_code)}: {problem.get('detail', '')}"]
    lines += [f"  {fault['name']}: {fault['reason']}" for fault in problem.get("invalidParams", [])]
    if "fscCode" in problem:
        lines.append(f"  FSC-foutcode: {problem['fscCode']}")
    if answer.status_code == 401:
        lines.append("  Klopt GATEWAY_BEHEER_TOKEN met dat van de gateway?")
    trace = answer.headers.get("traceparent") or answer.headers.get("trace-id")
    return "\n".join([*lines, *([f"  trace: {trace}"] if trace else [])])
