"""The gateway's state from the database and the run directory: gauges of the whole gateway, not of one process."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator

from gemeengoed_kit.observe.exposition import Value
from sqlalchemy import ColumnElement, func, select, text
from sqlalchemy.orm import Session

from gateway.contract.models import ContractStatus, Delivery
from gateway.contract.repository import in_state
from gateway.deployment import Deployment
from gateway.names import State
from gateway.observe import health
from gateway.peer import repository as peers
from gateway.pki.keypair import COMPONENTS
from gateway.txlog.partitions import months_ahead

log = logging.getLogger("gateway.observe")
_STATEMENT_SECONDS = 5
_GENERATION = re.compile(r"^# Configuration (\d+)\.$", re.MULTILINE)


def values(deployment: Deployment) -> list[Value]:
    """Gauges by name and label values; without the database, only those that do not need it."""
    parts = health.parts(deployment)
    found: list[Value] = [("gateway_up", (part.name,), float(part.works)) for part in parts]
    found += _generation(deployment)
    if not all(part.works for part in parts if part.name == "database"):
        return found
    try:
        with deployment.transaction() as session:
            session.execute(text(f"SET LOCAL statement_timeout = '{_STATEMENT_SECONDS}s'"))
            found += [*_contracts(deployment, session), *_deliveries(deployment, session)]
            found.append(("gateway_log_months_ahead", (), float(months_ahead(session, deployment.now))))
            hosted = [peer.peer_id for peer in peers.all_hosted(session)]
    except Exception as problem:  # the metrics of the processes are useful without it
        log.warning("no metrics from the database: %s", problem)
        return found
    return [*found, *_certificates(deployment, hosted)]


def _generation(deployment: Deployment) -> Iterator[Value]:
    """The number in the configuration."""
    path = deployment.settings.run_dir / "nginx" / "nginx.conf"
    numbered = _GENERATION.search(path.read_text()) if path.exists() else None
    if numbered:
        yield "gateway_nginx_generation", (), float(numbered[1])


def _contracts(deployment: Deployment, session: Session) -> Iterator[Value]:
    def count(state: State) -> ColumnElement[int]:
        return func.count().filter(in_state(state, deployment.unix_now))

    for owner_id, *counts in session.execute(
        select(ContractStatus.owner_id, *map(count, State)).group_by(ContractStatus.owner_id)
    ):
        for state, number in zip(State, counts, strict=True):
            yield "gateway_contracts", (owner_id, state.value), float(number)


def _deliveries(deployment: Deployment, session: Session) -> Iterator[Value]:
    due, failing, oldest = session.execute(
        select(func.count(), func.count().filter(Delivery.attempts > 0), func.min(Delivery.created_at)).where(
            Delivery.delivered_at.is_(None), Delivery.given_up_at.is_(None)
        )
    ).one()
    yield "gateway_deliveries_due", (), float(due)
    yield "gateway_deliveries_failing", (), float(failing)
    yield "gateway_deliveries_oldest_seconds", (), (deployment.now - oldest).total_seconds() if oldest else 0.0


def _certificates(deployment: Deployment, hosted: list[str]) -> Iterator[Value]:
    for peer_id in hosted:
        for component in COMPONENTS:
            pair = deployment.keys.usable(peer_id, component)
            if pair is None:
                continue  # a peer without certificates yet, or whose files are damaged: the doctor reports it
            ends = pair.certificate.not_after
            yield "gateway_certificate_expiry_seconds", (peer_id, component), (ends - deployment.now).total_seconds()
