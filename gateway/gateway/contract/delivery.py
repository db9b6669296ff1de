"""Delivers contracts and signatures to other Managers: the sender of the outbox (Digikoppeling: backoff is mandatory).

A delivery is leased with SKIP LOCKED, so several processes may send at once. No request is made inside a transaction. Sending a
delivery twice is harmless: the Manager API is idempotent.
"""

from __future__ import annotations

import logging
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from threading import Lock

from sqlalchemy import update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from gateway.contract import repository
from gateway.contract.models import Contract, Delivery
from gateway.deployment import Deployment
from gateway.manager.client import ManagerClient, NotThere, RemoteProblem
from gateway.manager.lookup import look_up, remember
from gateway.names import SignatureType
from gateway.peer import repository as peers
from gateway.peer.models import HostedPeer

log = logging.getLogger("gateway.delivery")
_WORKERS = 8
_AT_ONCE = 2
_LEASE = timedelta(seconds=60)
_IDLE_SECONDS = 1.0


@dataclass(frozen=True)
class Errand:
    """One delivery with everything that it needs, read from the database."""

    delivery: Delivery
    owner: HostedPeer
    contract: Contract | None
    address: str | None


class Distributor:
    """Sends what is due, with at most two requests at a time per destination, so that a hanging peer delays no other peer."""

    def __init__(self, deployment: Deployment) -> None:
        self._deployment = deployment
        self._pool = ThreadPoolExecutor(_WORKERS, thread_name_prefix="delivery")
        self._guard = Lock()
        self._under_way: Counter[str] = Counter()

    def run(self) -> None:
        """Send until the deployment stops. Wakes when something is signed here or a delivery ends, else checks every second."""
        wake = self._deployment.wake
        while not wake.stopping.is_set():
            wake.deliver.clear()
            try:
                for errand in self._lease():
                    with self._guard:
                        self._under_way[_destination(errand.delivery)] += 1
                    self._pool.submit(self._carry, errand)
            except OperationalError as problem:
                log.warning("the database is away, the outbox waits: %s", problem.orig)
            except Exception:
                log.exception("distribution failed; trying again")
            wake.deliver.wait(_IDLE_SECONDS)
        self._pool.shutdown(cancel_futures=True)

    def _lease(self) -> list[Errand]:
        now = self._deployment.now
        with self._guard:
            free = _WORKERS - self._under_way.total()
            crowded = [destination for destination, count in self._under_way.items() if count >= _AT_ONCE]
        if free <= 0:
            return []
        with self._deployment.transaction() as session:
            rows = repository.lease(session, now=now, until=now + _LEASE, limit=free, per_destination=_AT_ONCE, leave_out=crowded)
            return [self._errand(session, row) for row in rows]

    def _errand(self, session: Session, row: Delivery) -> Errand:
        owner = peers.hosted(session, row.owner_id)
        assert owner is not None
        contract = repository.get(session, row.owner_id, row.content_hash) if row.content_hash else None
        known = peers.known(session, row.owner_id, row.to_peer_id) if row.to_peer_id else None
        return Errand(row, owner, contract, known.manager_address if known else row.to_address)

    def _carry(self, errand: Errand) -> None:
        try:
            problem = self._attempt(errand)
            with self._guard:
                self._deployment.meter.count("gateway_deliveries", "failed" if problem else "delivered")
            self._record(errand, problem)
        except Exception:  # the result is not recorded: the lease expires, and the delivery is sent again
            log.exception("delivery %s is not recorded", errand.delivery.id)
        finally:
            with self._guard:
                self._under_way[_destination(errand.delivery)] -= 1
                self._under_way += Counter()  # removes counts of zero
            self._deployment.wake.deliver.set()

    def _attempt(self, errand: Errand) -> str | None:
        """Send the delivery. Returns what went wrong, in Dutch, or None after success."""
        row = errand.delivery
        try:
            with self._deployment.span(
                f"delivery {row.kind}", peer_id=row.owner_id, to=row.to_peer_id, content_hash=row.content_hash
            ):
                self._send(ManagerClient(self._deployment, errand.owner), errand)
        except RemoteProblem as failed:
            return str(failed)
        except Exception as failed:  # an error in one delivery must not stop the others
            log.exception("delivery failed", extra={"delivery": row.id, "peer": row.owner_id})
            return f"interne fout: {type(failed).__name__}"
        return None

    def _send(self, client: ManagerClient, errand: Errand) -> None:
        row = errand.delivery
        if row.to_peer_id is None:
            assert row.to_address is not None
            client.announce(row.to_address)
            peer_id, name = client.peer(row.to_address)
            remember(self._deployment, errand.owner.peer_id, peer_id, name, row.to_address)
            return
        address = errand.address or look_up(self._deployment, client, row.to_peer_id)
        try:
            _tell(client, errand, row.to_peer_id, address)
        except NotThere as problem:
            try:
                moved = look_up(self._deployment, client, row.to_peer_id, stale=address)
            except RemoteProblem as unknown:
                raise RemoteProblem(f"{problem}; {unknown}") from problem
            _tell(client, errand, row.to_peer_id, moved)

    def _record(self, errand: Errand, problem: str | None) -> None:
        row = errand.delivery
        now = self._deployment.now
        values: dict[str, object] = {"attempts": row.attempts + 1, "leased_until": None, "last_error": problem}
        if problem is None:
            values["delivered_at"] = now
        elif errand.contract is not None and errand.contract.not_after <= now.timestamp():
            values["given_up_at"] = now  # after a contract's end, nobody needs to hear of it
        else:
            wait = self._deployment.rules.backoff(row.attempts + 1)
            values["next_attempt_at"] = now + timedelta(seconds=wait)
            known = {"delivery": row.id, "peer": row.owner_id, "content_hash": row.content_hash}
            log.warning("delivery (%s) failed, again in %s s: %s", row.kind, wait, problem, extra=known)
        with self._deployment.transaction() as session:
            session.execute(update(Delivery).where(Delivery.id == row.id).values(**values))


def _tell(client: ManagerClient, errand: Errand, peer_id: str, address: str) -> None:
    row, contract = errand.delivery, errand.contract
    if row.kind == "announce":
        client.announce(address, peer_id)
        return
    assert contract is not None and row.jws is not None
    if row.kind == "submit":
        client.send_contract(address, peer_id, contract.content, row.jws)
    else:
        client.send_signature(address, peer_id, contract.content_hash, SignatureType(row.kind), contract.content, row.jws)


def _destination(row: Delivery) -> str:
    return row.to_peer_id or row.to_address or ""
