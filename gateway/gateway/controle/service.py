"""Use case: examine the whole gateway, many checks at a time and within a time limit."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from functools import partial

from sqlalchemy.exc import SQLAlchemyError

from gateway.controle import certificates, contracts, reach, repository
from gateway.controle.finding import Finding, Severity, fault, fine, unexamined, warning
from gateway.controle.repository import Situation
from gateway.deployment import Deployment
from gateway.observe.health import parts

log = logging.getLogger("gateway.controle")
SECONDS = 25.0
"""How long an examination may take; a check without a result by then becomes a finding."""
_AT_A_TIME = 16
_ORDER = list(Severity)

Check = Callable[[], Iterable[Finding]]


def examine(deployment: Deployment) -> list[Finding]:
    """All findings, the worst first. Nothing is changed."""
    started = time.monotonic()
    try:
        with deployment.transaction() as session:
            seen = repository.read(session, deployment.now)
            session.expunge_all()
    except SQLAlchemyError as problem:
        return [
            fault(
                "database",
                None,
                expected="de database antwoordt",
                found=str(getattr(problem, "orig", problem)).splitlines()[0],
                advice="start PostgreSQL; zonder database worden alle aanroepen geweigerd. De rest is niet onderzocht.",
            )
        ]
    found = _run(_checks(deployment, seen), SECONDS - (time.monotonic() - started))
    return sorted(found, key=lambda one: (_ORDER.index(one.severity), one.peer_id or "", one.component))


def _checks(deployment: Deployment, seen: Situation) -> dict[str, list[Check]]:
    """The checks, each under the text that is reported when it finds nothing wrong."""
    owners = {peer.peer_id: peer for peer in seen.peers}
    apart = abs((seen.database_now - deployment.now).total_seconds())
    return {
        "processen": [partial(_parts, deployment)],
        "klok van de database": [
            partial(reach.check_clock, "database", apart, allowed=deployment.rules.clock_skew, peer_id=None)
        ],
        "transactielog": [partial(_months, seen)],
        "certificaten": [partial(certificates.check_peer, deployment, peer) for peer in seen.peers],
        "intrekkingslijsten": [partial(certificates.check_lists, deployment)],
        "FSC-poort": [partial(reach.check_fsc, deployment)],
        "Outways": [partial(reach.check_outway, peer) for peer in seen.peers],
        "services": [partial(reach.check_service, deployment, one) for one in seen.services],
        "Inways van anderen": [partial(reach.check_inway, deployment, one) for one in seen.inways],
        "Managers van anderen": [
            partial(reach.check_manager, deployment, owners[one.owner_id], one)
            for one in seen.known
            if deployment.keys.usable(one.owner_id, "manager") is not None
        ],
        "contracten": [partial(contracts.check_contracts, deployment, seen)],
        "grants": [partial(contracts.check_grants, deployment, seen)],
        "bezorgingen": [partial(contracts.check_deliveries, seen)],
        "aanmeldingen": [partial(contracts.check_announcements, seen)],
        "aliassen": [partial(contracts.check_aliases, seen)],
    }


def _run(checks: dict[str, list[Check]], seconds: float) -> Iterator[Finding]:
    pool = ThreadPoolExecutor(_AT_A_TIME, thread_name_prefix="controle")
    try:
        running = {name: [pool.submit(_all, one) for one in ones] for name, ones in checks.items()}
        wait([future for futures in running.values() for future in futures], timeout=seconds)
        for name, futures in running.items():
            yield from _gathered(name, [future.result() for future in futures if future.done()], len(futures))
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _all(check: Check) -> list[Finding]:
    """What a check finds. One that cannot be done, such as over a damaged row, becomes a finding itself."""
    found: list[Finding] = []
    try:
        found.extend(check())
    except Exception as problem:
        log.exception("a check could not be done")
        found.append(unexamined("onderzoek", _owner(getattr(check, "args", ())), problem))
    return found


def _owner(about: Iterable[object]) -> str | None:
    """The hosted peer that a check is about, if it is about one."""
    owners = (getattr(one, name, None) for one in about for name in ("owner_id", "peer_id"))
    return next((str(owner) for owner in owners if owner), None)


def _gathered(name: str, answers: list[list[Finding]], asked: int) -> Iterator[Finding]:
    found = [finding for answer in answers for finding in answer]
    late = asked - len(answers)
    yield from found
    if late:
        yield warning(
            name,
            None,
            expected=f"antwoord binnen {SECONDS:.0f} seconden",
            found=f"{late} van {asked} zijn niet op tijd onderzocht",
            advice="is er iets erg langzaam? Probeer het nog eens.",
        )
    if not found and not late:
        yield fine(name, f"{asked} onderzocht, niets mis")


def _parts(deployment: Deployment) -> Iterator[Finding]:
    for part in parts(deployment):
        if not part.works:
            yield fault(
                part.name,
                None,
                expected="werkt",
                found=part.explanation,
                advice="start het proces opnieuw en lees zijn log; zolang dit zo is, worden aanroepen geweigerd",
            )


def _months(seen: Situation) -> Iterator[Finding]:
    if seen.months_ahead < 2:
        say = fault if seen.months_ahead < 0 else warning
        yield say(
            "transactielog",
            None,
            expected="tabellen voor deze maand en de volgende twee",
            found="voor deze maand is er geen tabel"
            if seen.months_ahead < 0
            else f"er zijn er voor {seen.months_ahead} maanden vooruit",
            advice="gateway log-bewaren; draait er een control-proces dat dit dagelijks doet?",
        )
