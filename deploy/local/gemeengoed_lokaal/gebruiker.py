"""An application that uses one service through its peer's Outway: what the journeys of the demo are made of."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from gemeengoed_lokaal.stack import Melding, Stack

WACHT_SECONDEN = 120


class Mislukt(RuntimeError):
    """A step of the demo failed; the message has the answer of the API."""


class Stopwatch:
    """Seconds per step."""

    def __init__(self) -> None:
        self.seconden: dict[str, float] = {}

    @contextmanager
    def meet(self, stap: str) -> Iterator[None]:
        begin = time.monotonic()
        yield
        self.seconden[stap] = round(time.monotonic() - begin, 2)


class Gebruiker:
    """An application of a peer that uses one service, through the peer's Outway.

    Attributes:
        peilingen: number of calls that only polled for progress; it depends on the clock, not on the work.
        aanroepen: number of all other calls.
    """

    def __init__(self, stack: Stack, deelnemer: str, alias: str) -> None:
        """`alias` names the grant at the Outway: with it goes the role in which the peer calls."""
        self.client = stack.client(deelnemer, alias)
        self.wie = f"{deelnemer}-{alias}"
        self.peilingen = self.aanroepen = 0
        self._nummer = itertools.count(1)

    def roep(self, methode: str, pad: str, **inhoud: Any) -> httpx.Response:
        """The answer to any call, whatever its status."""
        self.aanroepen += 1
        return self.client.request(methode, pad, **inhoud)

    def vraag(self, pad: str) -> dict[str, Any]:
        antwoord = _gelukt(self.roep("GET", pad))
        return antwoord.json()

    def alle(self, pad: str) -> list[dict[str, Any]]:
        """Every item of a collection, page after page."""
        gevonden: list[dict[str, Any]] = []
        volgende: str | None = pad
        while volgende:
            pagina = self.vraag(volgende)
            gevonden += pagina["results"]
            volgende = pagina["next"]
        return gevonden

    def bestand(self, pad: str, soort: str) -> bytes:
        """The content of a file in this media type."""
        return _gelukt(self.roep("GET", pad, headers={"Accept": soort})).content

    def doe(self, pad: str, **inhoud: Any) -> str:
        """POST that creates a resource; returns its path. Once per path: a repetition gets the first answer."""
        kop = {"Idempotency-Key": f"demo{pad.replace('/', '-')}", **inhoud.pop("headers", {})}
        antwoord = self.roep("POST", pad, headers=kop, **inhoud)
        if antwoord.status_code not in (201, 202):
            raise Mislukt(_verslag(antwoord))
        return antwoord.headers["location"]

    def zet(self, methode: str, pad: str, inhoud: Any = None, *, versie: int | None = None) -> dict[str, Any]:
        """A change by any method; returns the answer.

        Args:
            versie: of what is changed, as the caller saw it.
        """
        return _gelukt(self._zet(methode, pad, inhoud, versie)).json()

    def geweigerd(self, methode: str, pad: str, inhoud: Any = None, *, versie: int | None = None) -> list[str]:
        """A change that must be refused; returns everything that is wrong with it, in words."""
        antwoord = self._zet(methode, pad, inhoud, versie)
        if not antwoord.is_client_error or not antwoord.json().get("invalidParams"):
            raise Mislukt(f"was not refused: {_verslag(antwoord)}")
        return [fout["reason"] for fout in antwoord.json()["invalidParams"]]

    def volg(self, pad: str, klaar: str, toon_voortgang: Callable[[dict[str, Any]], None] = lambda _: None) -> dict[str, Any]:
        """Poll a resource until its status is `klaar`."""
        einde = time.monotonic() + WACHT_SECONDEN
        while True:
            stand = self.vraag(pad)
            self.aanroepen -= 1
            self.peilingen += 1
            toon_voortgang(stand)
            if stand["status"] == klaar:
                return stand
            if stand["status"] == "mislukt" or time.monotonic() > einde:
                raise Mislukt(f"{pad} did not get ready: {stand}")
            time.sleep(0.25)

    def volg_boeking(self, pad: str) -> None:
        """Poll a resource until its one entry is in fonds."""
        einde = time.monotonic() + WACHT_SECONDEN
        while self.vraag(pad)["boeking"] is None:
            if time.monotonic() > einde:
                raise Mislukt(f"{pad} was not booked")
            self.aanroepen -= 1
            self.peilingen += 1
            time.sleep(0.25)

    def volg_boekingen(self, pad: str, stap: str, meld: Melding) -> None:
        """Poll until fonds has every entry of this resource."""
        self.volg(pad, "geboekt", lambda stand: meld(stap, stand["voortgang"]["gedaan"], stand["voortgang"]["totaal"]))

    def _zet(self, methode: str, pad: str, inhoud: Any, versie: int | None) -> httpx.Response:
        kop = {"Idempotency-Key": f"demo-{self.wie}-{next(self._nummer)}"}
        if versie is not None:
            kop["If-Match"] = f'"{versie}"'
        if isinstance(inhoud, str):
            return self.roep(methode, pad, headers={**kop, "Content-Type": "text/csv"}, content=inhoud.encode())
        return self.roep(methode, pad, headers=kop, json=inhoud)


def _gelukt(antwoord: httpx.Response) -> httpx.Response:
    if not antwoord.is_success:
        raise Mislukt(_verslag(antwoord))
    return antwoord


def _verslag(antwoord: httpx.Response) -> str:
    vraag = antwoord.request
    return f"{vraag.method} {vraag.url.raw_path.decode()}: {antwoord.status_code} {antwoord.text}"
