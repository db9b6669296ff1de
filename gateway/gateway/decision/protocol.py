"""HTTP between nginx and the decision process. It is kept minimal, since every call passes here twice."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Protocol

from gateway.decision.answers import INTRODUCE, Asker, Pass, Question, UnknownCertificate, log_failure, refused, used_before
from gateway.decision.snapshot import PeerView
from gateway.errors import FscError
from gateway.names import Domain
from gateway.observe.calls import Calls
from gateway.txlog.unused import UnusedWriter
from gateway.txlog.writer import LogWriter

log = logging.getLogger("gateway.decision")
_DRAIN_LOOK_SECONDS = 0.02
_DOMAINS = {"inway": Domain.INWAY, "outway": Domain.OUTWAY}
_ASKERS = 10_000  # each reload of nginx adds new ones
_METHOD, _VERSION = len(b"GET "), len(b" HTTP/1.0")


class Decision(Protocol):
    """Inway or Outway."""

    def decide(self, view: PeerView, question: Question) -> Pass | Awaitable[Pass]: ...


class _Asked(Question):
    """A question that is being answered; `started` is when it arrived (perf_counter)."""

    __slots__ = ("_calls", "_reply", "decision", "outcome", "started")

    def __init__(
        self, asker: Asker, headers: dict[bytes, bytes], decision: Decision, calls: Calls, reply: Callable[[bytes], None]
    ) -> None:
        Question.__init__(self, asker, headers)
        self.started = time.perf_counter()
        self.decision, self._calls, self._reply = decision, calls, reply
        self.outcome: Pass | None = None

    def written(self, durable: bool) -> None:
        """Answer now that the record is in the log, or could not be written. Called once."""
        outcome = self.outcome
        if durable and outcome is not None:
            self._reply(outcome.answer)
            self._calls.passed(self, outcome.record, self.started)
        else:
            self.refuse(self.log_failure())

    def refuse(self, error: FscError) -> None:
        self._reply(refused(error, self.transaction_id))
        self._calls.refused(self, error, self.started)

    def introduce(self) -> None:
        """Let nginx ask again, with the client's certificate."""
        self._reply(INTRODUCE)

    def log_failure(self) -> FscError:
        return log_failure(self.asker.domain, f"De gateway van peer {self.asker.peer_id}")


class Desk:
    """Answers questions: finds the peer, lets the Inway or Outway decide, writes the record, and only then lets the call pass."""

    def __init__(
        self,
        log: LogWriter,
        chosen: UnusedWriter,
        decisions: dict[Domain, Decision],
        view: Callable[[str], PeerView | None],
        refresh: Callable[[], Awaitable[None]],
        calls: Calls,
    ) -> None:
        self._log, self._chosen, self._decisions = log, chosen, decisions
        self._view, self._refresh, self._calls = view, refresh, calls
        self._askers: dict[bytes, Asker] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self.connections: set[DecisionProtocol] = set()
        self.draining = False

    async def drain(self) -> None:
        """Answer what was already asked, then close the connections: nginx then asks another process."""
        self.draining = True
        for connection in list(self.connections):
            connection.close_when_idle()
        while self.connections:
            await asyncio.sleep(_DRAIN_LOOK_SECONDS)

    def ask(self, path: bytes, headers: dict[bytes, bytes], reply: Callable[[bytes], None]) -> None:
        """Answer one question by calling `reply` once, now or later.

        Raises:
            KeyError, ValueError: the question does not come from our nginx.
        """
        asker = self._askers.get(path) or self._asker(path)
        asked = _Asked(asker, headers, self._decisions[asker.domain], self._calls, reply)
        view = self._view(asker.peer_id)
        if view is None:
            self._later(self._once_more(asked), asked)
            return
        try:
            outcome = asked.decision.decide(view, asked)
        except UnknownCertificate:
            asked.introduce()
        except FscError as error:
            if error.dated:
                self._later(self._once_more(asked), asked)
            else:
                asked.refuse(error)
        else:
            if isinstance(outcome, Pass):
                self._record(outcome, asked)
            else:
                self._later(outcome, asked)

    def _asker(self, path: bytes) -> Asker:
        if len(self._askers) >= _ASKERS:
            self._askers.clear()
        asker = self._askers[path] = read_asker(path)
        return asker

    async def _once_more(self, asked: _Asked) -> Pass:
        """Decide again on the newest state, so that what was signed a moment ago counts."""
        await self._refresh()
        view = self._view(asked.asker.peer_id)
        if view is None:
            raise asked.log_failure()
        outcome = asked.decision.decide(view, asked)
        return outcome if isinstance(outcome, Pass) else await outcome

    def _later(self, outcome: Awaitable[Pass], asked: _Asked) -> None:
        task = asyncio.create_task(self._finish(outcome, asked))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _finish(self, outcome: Awaitable[Pass], asked: _Asked) -> None:
        try:
            self._record(await outcome, asked)
        except UnknownCertificate:
            asked.introduce()
        except FscError as error:
            asked.refuse(error)
        except Exception:  # on a bug of ours, refuse the call instead of leaving nginx waiting
            log.exception("no decision for peer %s", asked.asker.peer_id)
            asked.refuse(asked.log_failure())

    def _record(self, outcome: Pass, asked: _Asked) -> None:
        asked.outcome = outcome
        if outcome.chosen is None:
            self._log.add(outcome.record, asked.written)
            return
        used = used_before(outcome.chosen[1])
        self._chosen.add(outcome.record, outcome.chosen, asked.written, lambda: asked.refuse(used))


def read_asker(path: bytes) -> Asker:
    """The asker, from the path in peer.conf.j2: /inway/<Peer ID>/<generation> or /outway/…/<generation>/<thumbprint>.

    Raises:
        KeyError, ValueError: another path.
    """
    where, peer_id, generation, *certificate = path.decode("ascii").removeprefix("/").split("/", 3)
    return Asker(_DOMAINS[where], peer_id, int(generation), *certificate)


class DecisionProtocol(asyncio.Protocol):
    """One connection of an nginx worker. Per connection, nginx sends one GET without a body at a time.

    Our own nginx.conf determines what nginx sends, so no general HTTP parser is needed: a line with the path, then `Name:
    value` lines. nginx allows no line end in a header's value; on anything else we close the connection.
    """

    __slots__ = ("_asked", "_desk", "_got", "_transport")

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._got = b""
        self._asked = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._desk.connections.add(self)

    def connection_lost(self, _: Exception | None) -> None:
        self._desk.connections.discard(self)

    def close_when_idle(self) -> None:
        """Close now, or after the answer that is in progress."""
        if not self._asked:
            self._transport.close()

    def data_received(self, data: bytes) -> None:
        if self._got:
            data = self._got + data
        if not data.endswith(b"\r\n\r\n"):
            self._got = data
            return
        self._got = b""
        try:
            first, *lines = data[:-4].split(b"\r\n")
            self._asked = True
            self._desk.ask(first[_METHOD:-_VERSION], dict([line.split(b": ", 1) for line in lines]), self._reply)
        except (KeyError, ValueError):
            self._transport.close()

    def _reply(self, answer: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(answer)  # type: ignore[attr-defined]
        self._asked = False
        if self._desk.draining:
            self._transport.close()
