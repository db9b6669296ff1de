"""A log under test: sealed as `work` does it, and looked at from outside with nothing but the answers of the API."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fonds_api.zegel import note, rules, tasks
from fonds_api.zegel.note import MEDEONDERTEKENING, Checkpoint, Sleutel
from gemeengoed_kit.context import Context
from starlette.testclient import TestClient

OORSPRONG = "gemeengoed-lokaal/00000099000000000001/fonds"


def verzegel(context: Context) -> None:
    """One pass of `work`."""
    tasks.zegelen(context)


def zegelpad(folder: Path) -> Path:
    return folder / "zegel" / "sleutel.pem"


def checkpoint(client: TestClient, fonds: str = "derdengelden", **vraag: int) -> Checkpoint:
    """The newest checkpoint, with its signature verified by the newest published key."""
    antwoord = client.get(f"/v1/fondsen/{fonds}/checkpoint", params=vraag)
    assert antwoord.status_code == 200, antwoord.text
    assert antwoord.headers["content-type"] == "text/plain; charset=utf-8"
    tekst, regels = note.lees_note(antwoord.text)
    sleutels = client.get(f"/v1/fondsen/{fonds}/zegelsleutels").json()["results"]
    assert any(note.klopt_note(Sleutel.lees(een["sleutel"]), tekst, regels) for een in sleutels)
    return Checkpoint.lees(tekst)


def bytes_van(tekst: str) -> bytes:
    return base64.b64decode(tekst, validate=True)


def klopt(bewijs: dict[str, Any], gezien: Checkpoint) -> bool:
    """Whether a proof holds against a checkpoint."""
    return rules.klopt_insluiting(
        rules.bladhash(bewijs["inhoud"].encode()),
        bewijs["index"],
        gezien.grootte,
        [bytes_van(hash) for hash in bewijs["pad"]],
        gezien.wortel,
    )


class Gemeente:
    """A gemeente that cosigns."""

    def __init__(self, client: TestClient, kop: dict[str, str], oin: str, code: str, naam: str) -> None:
        self.client, self.kop, self.oin, self.code, self.naam = client, kop, oin, code, naam
        self.sleutel = Ed25519PrivateKey.generate()

    @property
    def vkey(self) -> Sleutel:
        return Sleutel(self.naam, note.publiek(self.sleutel), MEDEONDERTEKENING)

    def aanmelding(self, *sleutels: Ed25519PrivateKey, **anders: Any) -> dict[str, Any]:
        """The body that makes its key known, signed by itself and by other keys."""
        tekst = note.aanmelding(self.vkey, self.oin, self.code)
        regels = [str(note.onderteken(een, self.naam, tekst)) for een in (self.sleutel, *sleutels)]
        return {"sleutel": self.vkey.vkey, "handtekeningen": regels, **anders}

    def meld(self, *sleutels: Ed25519PrivateKey, **anders: Any) -> Any:
        return self.client.post("/v1/getuigen", json=self.aanmelding(*sleutels, **anders), headers=self.kop)

    def regel(self, gezien: Checkpoint, tijdstip: int) -> str:
        return str(note.onderteken_mede(self.sleutel, self.naam, gezien.tekst, tijdstip))

    def teken(self, gezien: Checkpoint, tijdstip: int, fonds: str = "derdengelden", **anders: Any) -> Any:
        body = {"tekst": gezien.tekst, "handtekeningen": [self.regel(gezien, tijdstip)], **anders}
        return self.client.post(f"/v1/fondsen/{fonds}/medeondertekeningen", json=body, headers=self.kop)
