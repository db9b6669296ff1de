"""Sets up peers and contracts through the gateway's management API, as an operator would.

Every contract is really negotiated: one Manager offers it, sends it to the others over mTLS, and each accepts it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import quote

import httpx
from gateway.publication.rules import WANTED_PROPERTY

from gemeengoed_lokaal.deelnemers import AANSLUITINGEN, DEELNEMERS, DIENSTEN, DIRECTORY, Aansluiting, Deelnemer

GELDIGHEID = timedelta(days=365)
WACHT_SECONDEN = 30


class Beheer:
    """Client of the management API."""

    def __init__(self, url: str, token: str) -> None:
        self.http = httpx.Client(base_url=f"{url}/v1", headers={"Authorization": f"Bearer {token}"}, timeout=30)

    def gezond(self) -> bool:
        try:
            return self.http.get("/health").is_success
        except httpx.HTTPError:
            return False

    def vraag(self, methode: str, pad: str, inhoud: Any = None, **parameters: Any) -> Any:
        """Send a request; returns the JSON of the answer.

        Raises:
            RuntimeError: the management API refused; the message has its explanation.
        """
        antwoord = self.http.request(methode, pad, json=inhoud, params=parameters or None)
        if not antwoord.is_success:
            raise RuntimeError(f"{methode} {pad}: {antwoord.status_code} {antwoord.text}")
        return antwoord.json() if antwoord.content else None


def wacht_tot(klaar: Callable[[], bool], wat: str, seconden: float = WACHT_SECONDEN) -> None:
    """Poll until a condition is true.

    Raises:
        TimeoutError: it did not become true in time.
    """
    einde = time.monotonic() + seconden
    while not klaar():
        if time.monotonic() > einde:
            raise TimeoutError(f"not ready within {seconden:.0f} s: {wat}")
        time.sleep(0.1)


def maak_deelnemers(beheer: Beheer, adres: str) -> None:
    """Create the peers (development PKI) on this gateway; the Directory accepts publications automatically."""
    for deelnemer in DEELNEMERS.values():
        beheer.vraag(
            "POST",
            "/peers",
            {
                "peerId": deelnemer.oin,
                "naam": deelnemer.naam,
                "managerHost": deelnemer.host("manager"),
                "inwayHost": deelnemer.host("inway"),
                "outwayHost": deelnemer.host("outway"),
                "outwayListen": f"{adres}:{deelnemer.outway_poort}",
                "directory": deelnemer.code == DIRECTORY,
            },
        )


def meld_aan(beheer: Beheer, fsc_poort: int) -> None:
    """Announce every peer at the Directory, and register the address of each service."""
    directory = DEELNEMERS[DIRECTORY]
    for deelnemer in DEELNEMERS.values():
        beheer.vraag(
            "POST",
            f"/peers/{deelnemer.oin}/announcements",
            {"managerAddress": f"https://{directory.host('manager')}:{fsc_poort}"},
        )


def registreer_diensten(beheer: Beheer, adres: str) -> None:
    for dienst in DIENSTEN.values():
        beheer.vraag(
            "POST",
            f"/peers/{DEELNEMERS[dienst.aanbieder].oin}/services",
            {"naam": dienst.naam, "url": f"http://{adres}:{dienst.poort}"},
        )


def sluit_contracten(beheer: Beheer, meld: Callable[[int, int], None]) -> dict[Aansluiting, str]:
    """Offer and accept every publication and connection; wait until all are valid.

    Args:
        meld: called with the number of valid contracts and the total.

    Returns:
        grant hash by connection.
    """
    nu = datetime.now(UTC)
    geldig = {"notBefore": (nu - timedelta(minutes=1)).isoformat(), "notAfter": (nu + GELDIGHEID).isoformat()}
    aangeboden: list[tuple[Deelnemer, set[str], str]] = []
    hashes: dict[Aansluiting, str] = {}
    for dienst in DIENSTEN.values():
        aanbieder, directory = DEELNEMERS[dienst.aanbieder], DEELNEMERS[DIRECTORY]
        contract = beheer.vraag(
            "POST", f"/peers/{aanbieder.oin}/contracts", {**geldig, "grants": [{"data": _publicatie(dienst.naam)}]}
        )
        aangeboden.append((aanbieder, {directory.oin} - {aanbieder.oin}, contract["contentHash"]))
    for aansluiting in AANSLUITINGEN:
        afnemer = DEELNEMERS[aansluiting.afnemer]
        contract = beheer.vraag(
            "POST",
            f"/peers/{afnemer.oin}/contracts",
            {**geldig, "grants": [{"data": _verbinding(beheer, aansluiting), "alias": aansluiting.alias}]},
        )
        hashes[aansluiting] = contract["grants"][0]["hash"]
        aangeboden.append((afnemer, _partijen(aansluiting) - {afnemer.oin}, contract["contentHash"]))
    for _, anderen, contenthash in aangeboden:
        for oin in sorted(anderen):
            _aanvaard(beheer, oin, contenthash)
    for nummer, (aanbieder, _, contenthash) in enumerate(aangeboden, start=1):
        try:
            wacht_tot(partial(_is_geldig, beheer, aanbieder.oin, contenthash), "a valid contract")
        except TimeoutError as fout:
            raise RuntimeError(f"a contract did not become valid: {_contract(beheer, aanbieder.oin, contenthash)}") from fout
        meld(nummer, len(aangeboden))
    return hashes


def _partijen(aansluiting: Aansluiting) -> set[str]:
    codes = {aansluiting.afnemer, DIENSTEN[aansluiting.dienst].aanbieder, aansluiting.namens}
    return {DEELNEMERS[code].oin for code in codes if code}


def _aanvaard(beheer: Beheer, oin: str, contenthash: str) -> None:
    pad = f"/peers/{oin}/contracts/{quote(contenthash, safe='')}"
    wacht_tot(lambda: beheer.http.get(pad).is_success, f"{oin} has received contract {contenthash}")
    beheer.vraag("POST", f"{pad}/accept")


def _is_geldig(beheer: Beheer, oin: str, contenthash: str) -> bool:
    return _contract(beheer, oin, contenthash)["state"] == "VALID"


def _contract(beheer: Beheer, oin: str, contenthash: str) -> dict[str, Any]:
    return beheer.vraag("GET", f"/peers/{oin}/contracts/{quote(contenthash, safe='')}")


def _publicatie(naam: str) -> dict[str, Any]:
    dienst = DIENSTEN[naam]
    grant: dict[str, Any] = {
        "type": "GRANT_TYPE_SERVICE_PUBLICATION",
        "directory": {"peer_id": DEELNEMERS[DIRECTORY].oin},
        "service": {"peer_id": DEELNEMERS[dienst.aanbieder].oin, "name": naam, "protocol": "PROTOCOL_TCP_HTTP_1.1"},
    }
    if dienst.eigenschappen:
        grant["properties"] = {WANTED_PROPERTY: list(dienst.eigenschappen)}
    return grant


def _verbinding(beheer: Beheer, aansluiting: Aansluiting) -> dict[str, Any]:
    afnemer = DEELNEMERS[aansluiting.afnemer]
    peer = beheer.vraag("GET", f"/peers/{afnemer.oin}")
    grant: dict[str, Any] = {
        "type": "GRANT_TYPE_SERVICE_CONNECTION",
        "outway": {"peer_id": afnemer.oin, "public_key_thumbprint": peer["outwayPublicKeyThumbprint"]},
        "service": {
            "type": "SERVICE_TYPE_SERVICE",
            "peer_id": DEELNEMERS[DIENSTEN[aansluiting.dienst].aanbieder].oin,
            "name": aansluiting.dienst,
        },
        "properties": aansluiting.eigenschappen,
    }
    if aansluiting.namens:
        grant |= {"type": "GRANT_TYPE_DELEGATED_SERVICE_CONNECTION", "delegator": {"peer_id": DEELNEMERS[aansluiting.namens].oin}}
    return grant
