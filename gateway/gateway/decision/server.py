"""The decision process: `python -m gateway decide`."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import signal
import time
from collections.abc import Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
import uvloop
from gemeengoed_kit.db import sever
from gemeengoed_kit.observe.told import tell
from gemeengoed_kit.supervise import Beat, supervise

from gateway.db import CHANGED
from gateway.decision.load import load
from gateway.decision.protocol import DecisionProtocol, Desk
from gateway.decision.route import Router
from gateway.decision.snapshot import HeldGrant, PeerView, Snapshot
from gateway.deployment import Deployment
from gateway.errors import FscError
from gateway.inway.decision import InwayDecision
from gateway.names import Domain
from gateway.observe.calls import Calls
from gateway.outway.decision import OutwayDecision
from gateway.token.fetch import TokenCache
from gateway.txlog.unused import UnusedWriter
from gateway.txlog.writer import LogWriter

log = logging.getLogger("gateway.decision")
_LISTEN_SECONDS = 1.0
_REFRESH_SECONDS = 0.05  # at most twenty reads of the database a second, however many calls are refused
_PREFETCHES = 4
_OLDEST_SECONDS = 15.0
"""So old may the picture be of which nobody knows whether it is current; then calls are refused."""
_BEAT_SECONDS = 1.0
_DRAIN_SECONDS = 10.0


class DecisionServer:
    """Keeps the snapshot up to date and answers nginx. While the database is unavailable, it has no snapshot and refuses every
    call."""

    def __init__(self, deployment: Deployment) -> None:
        settings = deployment.settings
        self._deployment = deployment
        self._snapshot: Snapshot | None = None
        self._log = LogWriter(settings.database_url, timeout=settings.log_timeout, meter=deployment.meter)
        self._chosen = UnusedWriter(settings.database_url, timeout=settings.log_timeout, meter=deployment.meter)
        self._router = Router(deployment.hosts, settings.database_url)
        self._tokens = TokenCache(deployment)
        self._inway = InwayDecision(self._router, group_id=deployment.rules.group_id, share=1 / settings.decide_processes)
        outway = OutwayDecision(self._tokens, self._router)
        self._desk = Desk(
            self._log,
            self._chosen,
            {Domain.OUTWAY: outway, Domain.INWAY: self._inway},
            self._view,
            self._refresh,
            Calls(deployment.meter, deployment.tracer),
        )
        deployment.meter.gauge("gateway_snapshot_age_seconds", self._snapshot_age)
        deployment.meter.gauge("gateway_log_ok", deployment.meter.log_ok)
        deployment.meter.gauge("gateway_snapshot_peers", lambda: len(self._snapshot) if self._snapshot is not None else 0)
        self._ready = asyncio.Event()
        self._fresh_since = self._current_at = 0.0
        self._refreshing = asyncio.Lock()
        self._warmed: set[tuple[str, str, str]] = set()
        self._certificates: dict[str, str] = {}
        self._signers: dict[str, frozenset[str]] = {}

    def _snapshot_age(self) -> float | None:
        """Seconds since the snapshot was last known to be up to date; None while there is none."""
        return time.monotonic() - self._current_at if self._snapshot is not None else None

    def _view(self, peer_id: str) -> PeerView | None:
        """The peer, or None: also while the picture is so old that a revocation may be missing in it."""
        if self._snapshot is None or time.monotonic() - self._current_at > _OLDEST_SECONDS:
            return None
        return self._snapshot.get(peer_id)

    async def run(self, path: Path, beat: Beat) -> None:
        """Serve at `path` until SIGTERM or SIGINT. Serving starts after the first snapshot, so nginx never asks a process
        without one."""
        path.unlink(missing_ok=True)
        _let_nginx_finish()
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop.set)
        telling = await tell(self._deployment.settings.run_dir, self._deployment.process, self._deployment.meter)
        tasks = [asyncio.create_task(work) for work in (self._chosen.run(), self._follow(), _beat(beat))]
        for task in tasks:
            task.add_done_callback(lambda ended: _end_of(ended, stop))
        serving = asyncio.create_task(self._serve(path))
        await stop.wait()
        serving.cancel()
        path.unlink(missing_ok=True)
        with suppress(TimeoutError):
            await asyncio.wait_for(self._desk.drain(), _DRAIN_SECONDS)
        for task in tasks:
            task.cancel()
        telling.close()

    async def _serve(self, path: Path) -> None:
        await self._ready.wait()
        gc.freeze()  # modules and first snapshot stay: garbage collection during a call skips them
        loop = asyncio.get_running_loop()
        server = await loop.create_unix_server(lambda: DecisionProtocol(self._desk), str(path), backlog=1024)
        path.chmod(0o600)
        async with server:
            await server.serve_forever()

    async def _follow(self) -> None:
        while True:
            connection = None
            try:
                connection = await asyncio.wait_for(
                    psycopg.AsyncConnection.connect(
                        self._deployment.settings.database_url, autocommit=True, application_name="gateway-decide"
                    ),
                    5,
                )
                await self._listen(connection)
            except (psycopg.Error, OSError, TimeoutError) as problem:
                self._snapshot = None
                log.error("database is away, every call is refused: %s", problem)
                if connection is not None:
                    sever(connection)
                await asyncio.sleep(0.2)
            except Exception:  # not the database: the picture is kept until it is too old (`_view`)
                log.exception("changes are not followed; trying again")
                self._deployment.meter.count("gateway_follow_failures")
                if connection is not None:
                    sever(connection)
                await asyncio.sleep(1)

    async def _listen(self, connection: psycopg.AsyncConnection) -> None:
        await self._within(connection, connection.execute(f"LISTEN {CHANGED}"))
        while True:
            await self._reload(connection)
            while not await self._changed(connection):
                await self._within(connection, connection.execute("SELECT 1"))
                self._current_at = time.monotonic()

    async def _reload(self, connection: psycopg.AsyncConnection) -> None:
        """Read the snapshot, and use it unless a newer one was read meanwhile."""
        started = time.monotonic()
        fresh = await self._within(connection, load(connection, fsc_port=self._deployment.settings.fsc_port))
        certificates = await asyncio.to_thread(self._outway_certificates, list(fresh))
        if started > self._fresh_since:
            self._adopt(fresh, certificates)
            self._fresh_since = self._current_at = started

    async def _refresh(self) -> None:
        """Wait for a snapshot that was read after this moment; without a database the calls stay refused."""
        asked = time.monotonic()
        async with self._refreshing:
            if self._fresh_since > asked or self._snapshot is None:
                return
            await asyncio.sleep(max(0.0, self._fresh_since + _REFRESH_SECONDS - asked))
            try:
                async with await asyncio.wait_for(
                    psycopg.AsyncConnection.connect(
                        self._deployment.settings.database_url, autocommit=True, application_name="gateway-decide"
                    ),
                    5,
                ) as one:
                    await self._reload(one)
            except (psycopg.Error, OSError, TimeoutError) as problem:
                log.warning("no newer state: %s", problem)

    async def _changed(self, connection: psycopg.AsyncConnection) -> bool:
        async for _ in connection.notifies(timeout=_LISTEN_SECONDS, stop_after=1):
            return True
        return False

    async def _within(self, connection: psycopg.AsyncConnection, work: Coroutine[Any, Any, Any]) -> Any:
        """The result of a query; a silent server is cut off after twice the log's timeout."""
        task = asyncio.ensure_future(work)
        done, _ = await asyncio.wait({task}, timeout=self._deployment.settings.log_timeout * 2)
        if not done:
            sever(connection)
        return await task

    def _adopt(self, fresh: Snapshot, certificates: dict[str, str]) -> None:
        signers = {peer_id: frozenset(view.certificates) for peer_id, view in fresh.items()}
        if signers != self._signers:
            self._inway.forget()
        self._snapshot, self._signers = fresh, signers
        self._ready.set()
        self._drop_tokens_of_renewed(certificates)
        now = self._deployment.clock.now().timestamp()
        wanted = [
            (view, held)
            for view in fresh.values()
            if view.peer_id in self._certificates
            for held in view.outgoing.values()
            if held.usable(now) and self._token_key(view, held) not in self._warmed
        ]
        if wanted:
            self._warmed.update(self._token_key(view, held) for view, held in wanted)
            self._router.in_background(self._warm(wanted))

    def _token_key(self, view: PeerView, held: HeldGrant) -> tuple[str, str, str]:
        return view.peer_id, held.grant.hash, self._certificates[view.peer_id]

    def _outway_certificates(self, peer_ids: list[str]) -> dict[str, str]:
        """Thumbprints of the Outways' certificates, read from disk; without those that are damaged."""
        pairs = {id_: self._deployment.keys.usable(id_, "outway") for id_ in peer_ids}
        return {id_: pair.certificate.thumbprint for id_, pair in pairs.items() if pair is not None}

    def _drop_tokens_of_renewed(self, current: dict[str, str]) -> None:
        for peer_id, old in self._certificates.items():
            if current.get(peer_id) != old:
                self._tokens.forget(peer_id, {old, current.get(peer_id, old)})
        self._certificates = current

    async def _warm(self, wanted: list[Any]) -> None:
        """Fetch tokens of new grants before the first call, and learn which Inways there are."""
        limit = asyncio.Semaphore(_PREFETCHES)

        async def one(view: PeerView, held: Any) -> None:
            async with limit:
                try:
                    token = await self._tokens.get(view, held, self._certificates[view.peer_id])
                    await self._router.remember(view.peer_id, *token.inway)
                except (FscError, psycopg.Error) as problem:
                    log.info("no token yet for %s: %s", held.grant.hash, problem)

        await asyncio.gather(*(one(view, held) for view, held in wanted))


def _let_nginx_finish() -> None:
    """Do not preempt the nginx that just asked (SCHED_BATCH, sched(7)). So nginx asks more at once, and those calls share one
    batch in the log. Does nothing on systems without this policy."""
    with suppress(AttributeError, OSError):
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))


def _end_of(task: asyncio.Task[None], stop: asyncio.Event) -> None:
    """A task that ends by itself ends the process, which is then started again; none dies unseen."""
    if not task.cancelled():
        log.critical("a task of the decision process ended", exc_info=task.exception())
        stop.set()


async def _beat(beat: Beat) -> None:
    while True:
        beat()
        await asyncio.sleep(_BEAT_SECONDS)


def serve(deployment: Deployment) -> None:
    """Serve until SIGTERM or SIGINT, with as many processes as the settings say."""
    settings = deployment.settings

    def work(number: int, beat: Beat) -> None:
        with deployment.as_process(f"decide-{number}"):
            uvloop.run(_decide(deployment, settings.decide_sockets[number - 1], beat))

    supervise("decide", settings.decide_processes, settings.run_dir, work)


async def _decide(deployment: Deployment, path: Path, beat: Beat) -> None:
    await DecisionServer(deployment).run(path, beat)
