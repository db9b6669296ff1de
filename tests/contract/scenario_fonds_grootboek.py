"""What every document that is booked meets when the ledger does not take it: each request of the scenarios is first made while
accounts are blocked, while they may not move, and while the period is closed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from gemeengoed_kit.audit import Actor
from sqlalchemy import text

from tests.contract.proef import Proef

GEBOEKT = re.compile(
    r"/(afrekeningen|notarondes|notas/[^/]+/creditnotas|ontvangsten|ontvangsten/[^/]+/herroepingen|uitgaven|uitgaven/[^/]+/(betaling|storno)"
    r"|jaarafsluitingen|inkooptrajecten/[^/]+/(afrekeningen|sluiting|posten|posten/[^/]+/stornering))"
)
LAATSTE = "2018-12-31"
BLOKKEER = "UPDATE rekening SET geblokkeerd = true, versie = versie + 1 WHERE boekbaar AND NOT geblokkeerd"
DEBLOKKEER = "UPDATE rekening SET geblokkeerd = false, versie = versie + 1 WHERE geblokkeerd"
ZET_VAST = (
    "UPDATE rekening SET minimum_cent = stand_van(fonds, nummer), maximum_cent = stand_van(fonds, nummer), versie = versie + 1 "
    "WHERE boekbaar AND minimum_cent IS NULL AND maximum_cent IS NULL"
)
LAAT_LOS = "UPDATE rekening SET minimum_cent = NULL, maximum_cent = NULL, versie = versie + 1 WHERE minimum_cent = maximum_cent"


@contextmanager
def eerst_geweigerd(proef: Proef) -> Iterator[None]:
    """Each kind of document once: refused by the ledger in every way, and then made."""
    gezien: set[str] = set()
    perioden: set[str] = set()
    doe: Callable[..., Any] = proef.doe

    def opdracht(sql: str) -> None:
        assert proef.context is not None
        with proef.context.work(Actor()) as work:
            work.session.execute(text(sql))

    def gesloten(fonds: str, naar: str) -> None:
        if fonds not in perioden:
            perioden.add(fonds)
            doe("POST", f"/fondsen/{fonds}/perioden", 201, json={"totEnMet": LAATSTE})
        stap = {"naar": naar, "naam": "Proef", **({"reden": "Proef"} if naar == "open" else {})}
        doe("POST", f"/fondsen/{fonds}/perioden/{LAATSTE}/stappen", 200, json=stap, headers={"If-Match": "*"})

    def eerst(methode: str, pad: str, status: int, **inhoud: Any) -> Any:
        soort = re.sub(r"/[^/]*[0-9-][^/]*", "/{}", pad)
        if methode == "POST" and status < 300 and GEBOEKT.fullmatch(pad) and soort not in gezien:
            opdracht(BLOKKEER)
            antwoord = proef.client.post(f"/v1{pad}", json=inhoud["json"], headers=inhoud.get("als") or proef.kop())
            opdracht(DEBLOKKEER)
            if antwoord.status_code == status:
                return antwoord.json()  # nothing had to be booked
            assert antwoord.status_code == 409, antwoord.text
            gezien.add(soort)
            opdracht(ZET_VAST)
            doe(methode, pad, 409, **inhoud)
            opdracht(LAAT_LOS)
            fonds = pad.split("/")[2] if pad.startswith("/inkooptrajecten/") else "ggu"
            fonds = inhoud["json"].get("ronde", fonds).partition("-")[0] if pad == "/afrekeningen" else fonds
            gesloten(fonds, "voorlopig_gesloten")
            doe(methode, pad, 409, **inhoud)
            gesloten(fonds, "open")
        return doe(methode, pad, status, **inhoud)

    proef.doe = eerst  # type: ignore[method-assign]
    try:
        yield
    finally:
        del proef.doe  # type: ignore[misc]


def van_de_dienst(proef: Proef) -> None:
    """The entry of an uitgave is not reversed by hand."""
    boeking = next(
        een for een in proef.doe("GET", "/boekingen?fonds=ggu&pageSize=100", 200)["results"] if een["bron"]["bron"] == "fonds"
    )
    kop = {**proef.kop(), "Idempotency-Key": "van-de-dienst"}
    proef.doe(
        "POST", f"/boekingen/{boeking['id']}/storno", 409, als=kop, json={"boekdatum": "2018-01-15", "omschrijving": "Proef"}
    )
