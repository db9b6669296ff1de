"""The Outway of fonds with decisions of catalogus behind it, for the jobs that ask for them."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from fonds_api.begroting import repository
from fonds_api.begroting import service as begrotingen
from fonds_api.besluit.schemas import BronBesluit
from gemeengoed_kit.audit import Actor
from gemeengoed_kit.context import Context

from tests.bron import Antwoord, HttpBron, Vraag

ALIAS = "catalogus.vng"


def nummer(van: int) -> str:
    return f"3f0c9a52-6d1e-4b7a-9c58-{van:012d}"


def pad(van: int) -> str:
    return f"/v1/besluiten/{nummer(van)}"


def verwijs(van: int) -> dict[str, str]:
    """The reference to a besluit."""
    return {"bron": "catalogus", "pad": pad(van)}


def kader(van: int, **anders: Any) -> dict[str, Any]:
    """A positive kaderbesluit of the members."""
    wat = {"gremium": "ALV", "soort": "kaderbesluit", "uitkomst": "positief", "datum": "2017-11-29", "titel": "Kader (test)"}
    return {"id": nummer(van), "pad": pad(van), **wat, **anders}


LEDEN, BESTUUR, NEGATIEF, START = 1, 2, 3, 4
BESLUITEN = {
    LEDEN: {},
    BESTUUR: {"gremium": "bestuur"},
    NEGATIEF: {"uitkomst": "negatief"},
    START: {"gremium": "bestuur", "soort": "start initiatief"},
}
MAG, MAG_NIET = "/v1/voorzieningen/govroam", "/v1/voorzieningen/gibit"


class Catalogus(HttpBron):
    """Answers `BESLUITEN`, and whether money may be committed for `MAG` and `MAG_NIET`; or a problem with `status` while that is
    not 200. While `open` is cleared, nothing is answered."""

    def __init__(self) -> None:
        self.besluiten = {pad(van): kader(van, **anders) for van, anders in BESLUITEN.items()}
        self.status = 200
        self.gevraagd: list[str] = []
        self.open = threading.Event()
        self.open.set()
        super().__init__()

    def antwoord(self, vraag: Vraag) -> Antwoord:
        self.gevraagd.append(vraag.pad)
        self.open.wait(30)
        if self.status != 200:
            return Antwoord(self.status, {"title": "Proef", "status": self.status, "detail": "de bron doet het niet"})
        if vraag.host == ALIAS and vraag.pad in self.besluiten:
            return Antwoord(200, self.besluiten[vraag.pad])
        voorziening, _, rest = vraag.pad.partition("/grondslag?")
        if vraag.host == ALIAS and voorziening in (MAG, MAG_NIET) and rest == "voor=verplichting":
            mag = voorziening == MAG
            waarop = [self.besluiten[pad(START)]] if mag else []
            uitleg = "Rust op een besluit (test)." if mag else "Er is geen besluit dat het draagt (test)."
            return Antwoord(200, {"toegestaan": mag, "uitleg": uitleg, "besluiten": waarop})
        return Antwoord(404, {"title": "Niet gevonden", "status": 404, "detail": f"{vraag.host} {vraag.pad}"})


def gegeven(van: int = LEDEN, op: str | None = None) -> BronBesluit:
    """A besluit as the job gets it, at another path if `op` is given."""
    return BronBesluit.model_validate(kader(van, **BESLUITEN[van]) | {"datum": "2017-11-29", "pad": op or pad(van)})


def stel_vast(context: Context, begroting: str, van: int = LEDEN) -> None:
    """Do what the job of an adoption does when catalogus has answered."""
    with context.work(Actor()) as work:
        aanvraag = repository.find_aanvraag(work.session, uuid.UUID(begroting))
        assert aanvraag is not None
        begrotingen.vaststellen(work, aanvraag.begroting, gegeven(van, aanvraag.pad))


@contextmanager
def catalogus() -> Iterator[Catalogus]:
    """The source while a test needs it."""
    bron = Catalogus()
    try:
        yield bron
    finally:
        bron.open.set()
        bron.stop()
