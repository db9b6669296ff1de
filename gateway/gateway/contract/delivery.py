"""Distribution of contracts and signatures to other Managers: the outbox's sender (Digikoppeling: back-off mandatory).

Leased with SKIP LOCKED, so several processes may send; nothing is called inside a transaction. A delivery that is
sent twice is harmless: the Manager API is idempotent.
"""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select, update

from gateway.contract import repository
from gateway.contract.models import Contract, Delivery
from gateway.deployment import Deployment
from gateway.manager.client import ManagerClient, RemoteProblem
from gateway.names import SignatureType
from gateway.peer import repository as peers
from gateway.peer.models import HostedPeer

log = logging.getLogger("gateway.delivery")
_BATCH = 16
_LEASE = timedelta(seconds=60)
_IDLE_SECONDS = 1.0


@dataclass(frozen=True)
class Errand:
    """One delivery with all it needs, taken out of the database."""

    delivery: Delivery
    owner: HostedPeer
    contract: Contract | None
    address: str | None
    directories: list[str]


class Distributor:
    """Sends what is due."""

    def __init__(self, deployment: Deployment, *, workers: int = 4) -> None:
        self._deployment = deployment
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="delivery")

    def run(self) -> None:
        """Send until the deployment stops; woken when something is signed here, else looks every second."""
        wake = self._deployment.wake
        while not wake.stopping.is_set():
            wake.deliver.clear()
            try:
                sent = self.run_once()
            except Exception:  # the database may be away for a while; the outbox waits
                log.exception("distribution failed; trying again")
                sent = 0
            if sent < _BATCH:
                wake.deliver.wait(_IDLE_SECONDS)
        self._pool.shutdown(cancel_futures=True)

    def run_once(self) -> int:
        """Lease and send one batch; the number that were due."""
        errands = self._lease()
        list(self._pool.map(self._carry, errands))
        return len(errands)

    def _lease(self) -> list[Errand]:
        now = self._deployment.now
        due = (
            select(Delivery.id)
            .where(
                Delivery.delivered_at.is_(None),
                Delivery.given_up_at.is_(None),
                Delivery.next_attempt_at <= now,
                Delivery.leased_until.is_(None) | (Delivery.leased_until < now),
            )
            .order_by(Delivery.next_attempt_at, Delivery.id)
            .limit(_BATCH)
            .with_for_update(skip_locked=True)
        )
        with self._deployment.transaction() as session:
            rows = session.scalars(
                update(Delivery)
                .where(Delivery.id.in_(due.scalar_subquery()))
                .values(leased_until=now + _LEASE)
                .returning(Delivery)
            ).all()
            errands = []
            for row in rows:
                owner = peers.hosted(session, row.owner_id)
                assert owner is not None
                contract = repository.get(session, row.owner_id, row.content_hash) if row.content_hash else None
                known = peers.known(session, row.owner_id, row.to_peer_id) if row.to_peer_id else None
                directories = [a.to_address for a in repository.announcements(session, row.owner_id) if a.to_address]
                errands.append(Errand(row, owner, contract, known.manager_address if known else row.to_address, directories))
        return errands

    def _carry(self, errand: Errand) -> None:
        try:
            with ManagerClient(self._deployment, errand.owner) as client:
                self._send(client, errand)
            problem = None
        except RemoteProblem as failed:
            problem = str(failed)
        except Exception as failed:  # a fault in one delivery must not keep the others from going out
            log.exception("delivery %s failed", errand.delivery.id)
            problem = f"interne fout: {type(failed).__name__}"
        self._record(errand, problem)

    def _send(self, client: ManagerClient, errand: Errand) -> None:
        row, contract = errand.delivery, errand.contract
        if row.kind == "announce":
            assert row.to_address is not None
            if row.to_peer_id is not None:
                client.announce(errand.address or row.to_address)
                return
            client.announce(row.to_address)
            peer_id, name = client.peer(row.to_address)
            self._remember(errand.owner.peer_id, peer_id, name, row.to_address)
            return
        assert contract is not None and row.to_peer_id is not None and row.jws is not None
        address = errand.address or self._look_up(client, errand)
        if row.kind == "submit":
            client.send_contract(address, contract.content, row.jws)
        else:
            client.send_signature(address, contract.content_hash, SignatureType(row.kind), contract.content, row.jws)

    def _look_up(self, client: ManagerClient, errand: Errand) -> str:
        """The address of a peer we do not know, from the Directories that we announced ourselves at."""
        wanted = errand.delivery.to_peer_id
        assert wanted is not None
        problems = []
        for directory in dict.fromkeys(errand.directories):
            try:
                found = [peer for peer in client.peers(directory, [wanted]) if peer.get("id") == wanted]
            except RemoteProblem as problem:
                problems.append(str(problem))
                continue
            if found:
                self._remember(errand.owner.peer_id, wanted, found[0]["name"], found[0]["manager_address"])
                return found[0]["manager_address"]
        raise RemoteProblem(
            f"het Manager-adres van peer {wanted} is onbekend; "
            + (
                "; ".join(problems)
                or ("geen Directory kent hem" if errand.directories else "meld je eerst aan bij een Directory")
            )
        )

    def _remember(self, owner_id: str, peer_id: str, name: str, address: str) -> None:
        with self._deployment.transaction() as session:
            peers.remember(session, owner_id, peer_id, name, address, now=self._deployment.now, announced=False)

    def _record(self, errand: Errand, problem: str | None) -> None:
        row = errand.delivery
        now = self._deployment.now
        values: dict[str, object] = {"attempts": row.attempts + 1, "leased_until": None, "last_error": problem}
        if problem is None:
            values["delivered_at"] = now
        elif errand.contract is not None and errand.contract.not_after <= now.timestamp():
            values["given_up_at"] = now  # a contract past its end is news to nobody
        else:
            wait = self._deployment.rules.backoff(row.attempts + 1)
            values["next_attempt_at"] = now + timedelta(seconds=wait)
            log.warning("delivery %s (%s) of peer %s failed, again in %s s: %s", row.id, row.kind, row.owner_id, wait, problem)
        with self._deployment.transaction() as session:
            session.execute(update(Delivery).where(Delivery.id == row.id).values(**values))
