"""Mijlpalen to test with."""

from __future__ import annotations

from typing import Any

BEHEERDER = "00000099000000000005"


def mijlpaal(id: str = "proef", **anders: Any) -> dict[str, Any]:
    """A mijlpaal as sent to the API."""
    return {
        "id": id,
        "naam": f"Proef {id}",
        "soort": "mijlpaal",
        "begin": "2019-04-01",
        "nauwkeurigheid": "maand",
        "status": "voorgenomen",
        "publicatiestatus": "gepubliceerd",
        "omschrijving": "Om te proberen.",
        "bronvermelding": "Test",
        **anders,
    }


class Beheer:
    """Who keeps the catalogus."""

    def __init__(self, client: Any, issuer: Any) -> None:
        self.client, self.kop = client, issuer.headers(BEHEERDER, "catalogusbeheer")

    def maak(self, id: str = "proef", *, status_code: int = 201, **anders: Any) -> Any:
        antwoord = self.client.post("/v1/mijlpalen", json=mijlpaal(id, **anders), headers=self.kop)
        assert antwoord.status_code == status_code, antwoord.text
        return antwoord.json()

    def wijzig(self, id: str, versie: int | None, *, status_code: int = 200, **wijziging: Any) -> Any:
        kop = self.kop if versie is None else {**self.kop, "If-Match": f'"{versie}"'}
        antwoord = self.client.patch(f"/v1/mijlpalen/{id}", json=wijziging, headers=kop)
        assert antwoord.status_code == status_code, antwoord.text
        return antwoord.json()

    def zie(self, pad: str) -> Any:
        antwoord = self.client.get(f"/v1{pad}", headers=self.kop)
        assert antwoord.status_code == 200, antwoord.text
        return antwoord.json()
