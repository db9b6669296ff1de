"""Besluiten to test with."""

from __future__ import annotations

from typing import Any

PEERS = {
    "catalogusbeheer": "00000099000000000005",
    "taskforce": "00000099000000000021",
    "college": "00000099000000000022",
    "bestuur": "00000099000000000023",
    "ledenvergadering": "00000099000000000024",
}
ROLLEN = {
    "Task Force": "taskforce",
    "College": "college",
    "commissie": "bestuur",
    "bestuur": "bestuur",
    "ALV": "ledenvergadering",
    "BALV": "ledenvergadering",
}
PUNTEN = {
    "uitrol": "In drie rondes (test).",
    "tijdpad": "Binnen twee jaar (test).",
    "mateVanBinding": "vrijwillig maar niet vrijblijvend",
    "samenwerkingsvorm": "samen exploiteren",
    "uitvoeringsstructuur": "landelijk",
}


def besluit(soort: str = "start initiatief", gremium: str = "bestuur", **anders: Any) -> dict[str, Any]:
    """A besluit as sent to the API."""
    return {
        "gremium": gremium,
        "soort": soort,
        "datum": "2018-01-10",
        "uitkomst": "positief",
        "voorzieningen": ["govroam"],
        "titel": f"Proef: {soort}",
        "tekst": "Om te proberen.",
        "bronvermelding": "Test",
        **anders,
    }


class Gremia:
    """Who decide, and who keeps the catalogus."""

    def __init__(self, client: Any, issuer: Any) -> None:
        self.client = client
        self.kop = {rol: issuer.headers(peer, rol) for rol, peer in PEERS.items()}

    def stuur(self, soort: str = "start initiatief", gremium: str = "bestuur", rol: str | None = None, **anders: Any) -> Any:
        """The answer to a besluit, by the role of its gremium unless another is given."""
        inhoud = besluit(soort, gremium, **anders)
        return self.client.post("/v1/besluiten", json=inhoud, headers=self.kop[rol or ROLLEN[gremium]])

    def besluit(
        self,
        soort: str = "start initiatief",
        gremium: str = "bestuur",
        *,
        status_code: int = 201,
        rol: str | None = None,
        **anders: Any,
    ) -> Any:
        antwoord = self.stuur(soort, gremium, rol, **anders)
        assert antwoord.status_code == status_code, antwoord.text
        return antwoord.json()

    def advies(self, over: str = "opschaling", **anders: Any) -> Any:
        """An advies of the College that goes into all that it must."""
        return self.besluit("advies", "College", adviesOver=over, **{"datum": "2018-01-08", **PUNTEN, **anders})

    def met_advies(self, soort: str = "opschaling", **anders: Any) -> Any:
        """A besluit of the bestuur that follows an advies of the College."""
        over = {naam: anders[naam] for naam in ("voorzieningen",) if naam in anders}
        punten = PUNTEN if soort == "opschaling" else {}
        return self.besluit(soort, advies=self.advies(soort, **over)["id"], adviesGevolgd=True, **{**punten, **anders})

    def grondslag(self, voor: str, code: str = "govroam", op: str = "2018-01-15") -> Any:
        antwoord = self.client.get(f"/v1/voorzieningen/{code}/grondslag?voor={voor}&op={op}")
        assert antwoord.status_code == 200, antwoord.text
        return antwoord.json()
