"""Checks contracts, signatures, deliveries, announcements and aliases that need attention."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

from gateway.contract.content import Grant
from gateway.contract.models import Contract
from gateway.contract.rules import outway_fault
from gateway.controle.finding import Finding, fault, unexamined, warning
from gateway.controle.repository import Situation
from gateway.deployment import Deployment, from_unix

SOON = timedelta(days=30)
PATIENCE = timedelta(days=1)
"""How long others may take to sign before the doctor reports it."""


def check_contracts(deployment: Deployment, seen: Situation) -> Iterator[Finding]:
    """Contracts that wait for a signature, or that end soon."""
    now = deployment.now
    for one in seen.contracts:
        contract, accepted_until = one.contract, one.accepted_until
        missing = sorted(set(contract.parties) - one.accepted)
        if missing:
            yield from _check_waiting(deployment, contract, missing)
        elif from_unix(contract.not_after) < now + SOON:
            yield _problem(
                contract,
                "langer dan 30 dagen geldig",
                f"eindigt op {from_unix(contract.not_after):%Y-%m-%d}",
                "bied een nieuw contract aan",
            )
        elif accepted_until is not None and from_unix(accepted_until) < now + SOON:
            found = f"een handtekening telt tot {from_unix(accepted_until):%Y-%m-%d}: dan verloopt het certificaat erachter"
            advice = "wie tekende, vernieuwt zijn certificaat van de Manager en tekent daarmee opnieuw; hier gebeurt dat vanzelf"
            yield _problem(contract, "handtekeningen die langer gelden dan 30 dagen", found, advice)


def _check_waiting(deployment: Deployment, contract: Contract, missing: list[str]) -> Iterator[Finding]:
    if contract.owner_id in missing:
        yield _problem(
            contract,
            "een besluit van deze peer",
            "wacht op deze peer",
            f"gateway contract toon -p {contract.owner_id} {_short(contract)}, en dan aanvaard of wijs-af",
        )
    elif from_unix(contract.created_at) < deployment.now - PATIENCE:
        yield _problem(
            contract, "getekend door alle partijen", f"nog niet getekend door {', '.join(missing)}", "vraag die peer te tekenen"
        )


def check_grants(deployment: Deployment, seen: Situation) -> Iterator[Finding]:
    """Grants that do not fit the Outway's current certificate."""
    for row in seen.outgoing:
        pair = deployment.keys.usable(row.owner_id, "outway")
        if pair is None:
            continue
        certificate = pair.certificate
        try:
            grant = Grant(json.loads(row.data), row.grant_hash)
            reason = outway_fault(grant, key=certificate.public_key_thumbprint, names=certificate.dns_names)
        except (ValueError, LookupError, TypeError) as problem:
            yield unexamined(f"grant {row.grant_hash}", row.owner_id, problem)
            continue
        if reason is not None:
            yield fault(
                f"grant {row.grant_hash}",
                row.owner_id,
                expected="een grant voor de sleutel van de Outway",
                found=reason,
                advice="bied een nieuw contract aan: gateway contract bied-aan",
            )


def check_deliveries(seen: Situation) -> Iterator[Finding]:
    """Messages that other Managers did not receive yet, with the reason."""
    for row in seen.stuck:
        yield fault(
            f"bezorging ({row.kind})",
            row.owner_id,
            expected=f"gehoord door {row.to_peer_id or row.to_address}",
            found=f"{row.attempts} pogingen: {row.last_error}",
            advice="los de genoemde fout op; het wordt vanzelf opnieuw geprobeerd",
        )


def check_announcements(seen: Situation) -> Iterator[Finding]:
    """Peers that are not announced at any Directory."""
    for peer in seen.peers:
        if not peer.directory and peer.peer_id not in seen.announced:
            yield warning(
                "aanmelding",
                peer.peer_id,
                expected="aangemeld bij een Directory",
                found="geen Directory heeft deze peer gehoord",
                advice=f"gateway peer meld-aan -p {peer.peer_id} https://<Manager van de Directory>:8443",
            )


def check_aliases(seen: Situation) -> Iterator[Finding]:
    """Aliases whose grant cannot be used."""
    for row in seen.dead_aliases:
        yield warning(
            f"alias {row.alias}",
            row.peer_id,
            expected="wijst naar een grant die gebruikt kan worden",
            found=f"wijst naar {row.grant_hash}, waarvan het contract beëindigd of verlopen is",
            advice=f"gateway alias zet -p {row.peer_id} {row.alias} <grant>, of gateway alias verwijder",
        )


def _problem(contract: Contract, expected: str, found: str, advice: str) -> Finding:
    return warning(f"contract {_short(contract)}", contract.owner_id, expected=expected, found=found, advice=advice)


def _short(contract: Contract) -> str:
    return contract.content_hash.removeprefix("$1$1$")[:16]
