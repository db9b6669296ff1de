"""For a gemeente: check that a log only grew since the last checkpoint that it signed, then cosign the newest.

It runs at the gemeente, with only what its own Outway gives: `python -m fonds_api.getuige.client --help`. Believe nothing that it
did not check: the service's key and the last checkpoint are in the gemeente's own file.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import sys
import time
from base64 import b64decode
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fonds_api.zegel import note, rules, sleutel
from fonds_api.zegel.note import MEDEONDERTEKENING, Checkpoint, Sleutel


class Onraad(Exception):
    """What the service says does not fit what this gemeente knows: do not cosign, keep the evidence, and tell the others."""


class Geweigerd(Exception):
    """The service refused, or did not answer."""


@dataclass
class Stand:
    """What the gemeente remembers of a log: the keys of the service that it trusts, and the last checkpoint that it signed."""

    sleutels: list[str] = field(default_factory=list)
    checkpoint: str | None = None

    @classmethod
    def lees(cls, pad: Path) -> Stand:
        return cls(**json.loads(pad.read_text(encoding="utf-8"))) if pad.exists() else cls()

    def schrijf(self, pad: Path) -> None:
        """Store it, whole or not at all."""
        klad = pad.with_name(pad.name + ".nieuw")
        with klad.open("w", encoding="utf-8") as bestand:
            json.dump({"sleutels": self.sleutels, "checkpoint": self.checkpoint}, bestand, indent=1, ensure_ascii=False)
            bestand.flush()
            os.fsync(bestand.fileno())
        os.replace(klad, pad)


class Getuige:
    """A witness of the log of one fonds.

    Args:
        http: client whose base URL is that of the fonds service at the gemeente's own Outway.
    """

    def __init__(self, http: httpx.Client, fonds: str, eigen: Ed25519PrivateKey, naam: str, stand: Path) -> None:
        self.http, self.fonds, self.eigen, self.naam, self.pad = http, fonds, eigen, naam, stand
        self.stand = Stand.lees(stand)

    @property
    def vkey(self) -> Sleutel:
        """The key that the gemeente makes known."""
        return Sleutel(self.naam, note.publiek(self.eigen), MEDEONDERTEKENING)

    def aanmelden(self, oin: str, gemeentecode: str, vorige: tuple[str, Ed25519PrivateKey] | None = None) -> None:
        """Make the key of the gemeente known; the key before it, if there is one, signs too."""
        tekst = note.aanmelding(self.vkey, oin, gemeentecode)
        regels = [note.onderteken(self.eigen, self.naam, tekst)]
        if vorige is not None:
            regels.append(note.onderteken(vorige[1], vorige[0], tekst))
        self._post("/v1/getuigen", {"sleutel": self.vkey.vkey, "handtekeningen": [str(regel) for regel in regels]})

    def medeondertekenen(self, nu: Callable[[], float] = time.time) -> Checkpoint:
        """Check the newest checkpoint, cosign it, remember it and hand it in; in this order, so that nothing that does not
        continue it is ever signed.

        Raises:
            Onraad: it is not signed by a key that is trusted, or does not continue the last one.
        """
        tekst, regels = note.lees_note(self._get(f"/v1/fondsen/{self.fonds}/checkpoint").text)
        nieuw = Checkpoint.lees(tekst)
        if not any(note.klopt_note(Sleutel.lees(vkey), tekst, regels) for vkey in self._vertrouwd()):
            raise Onraad(f"het checkpoint van {nieuw.grootte} bladen is niet ondertekend met een sleutel die u vertrouwt")
        if self.stand.checkpoint is not None:
            self._eisen_voortzetting(Checkpoint.lees(self.stand.checkpoint), nieuw)
        regel = note.onderteken_mede(self.eigen, self.naam, tekst, int(nu()))
        self.stand.checkpoint = tekst
        self.stand.schrijf(self.pad)
        self._post(f"/v1/fondsen/{self.fonds}/medeondertekeningen", {"tekst": tekst, "handtekeningen": [str(regel)]})
        return nieuw

    def _vertrouwd(self) -> list[str]:
        """The keys that are trusted: those of the file, and those that one of them handed over to. The first time, the newest."""
        bekend = self._get(f"/v1/fondsen/{self.fonds}/zegelsleutels?pageSize=500").json()["results"]
        if not self.stand.sleutels:
            self.stand.sleutels = [bekend[-1]["sleutel"]]
        for vorige, volgende in itertools.pairwise(bekend):
            oud, vkey, handtekening = Sleutel.lees(vorige["sleutel"]), Sleutel.lees(volgende["sleutel"]), volgende["overdracht"]
            if vorige["sleutel"] in self.stand.sleutels and volgende["sleutel"] not in self.stand.sleutels and handtekening:
                tekst = note.overdracht(vkey.naam.rpartition("/")[0], vkey.publiek)
                if oud.klopt(b64decode(handtekening), tekst.encode()):
                    self.stand.sleutels.append(volgende["sleutel"])
        return self.stand.sleutels

    def _eisen_voortzetting(self, oud: Checkpoint, nieuw: Checkpoint) -> None:
        if oud.oorsprong != nieuw.oorsprong:
            raise Onraad(f"dit is een ander logboek: {nieuw.oorsprong}, eerder {oud.oorsprong}")
        if nieuw.grootte < oud.grootte:
            raise Onraad(f"het logboek is kleiner geworden: {nieuw.grootte} bladen, eerder {oud.grootte}")
        vraag = {"van": str(oud.grootte), "tot": str(nieuw.grootte)}
        antwoord = self._get(f"/v1/fondsen/{self.fonds}/consistentie", vraag).json()
        pad = [b64decode(hash) for hash in antwoord["pad"]]
        if not rules.klopt_samenhang(oud.grootte, nieuw.grootte, oud.wortel, nieuw.wortel, pad):
            raise Onraad(f"het logboek van {nieuw.grootte} bladen gaat niet voort op dat van {oud.grootte}: het is herschreven")

    def _get(self, pad: str, vraag: dict[str, str] | None = None) -> httpx.Response:
        return self._goed(self.http.get(pad, params=vraag) if vraag else self.http.get(pad))

    def _post(self, pad: str, inhoud: dict[str, Any]) -> None:
        self._goed(self.http.post(pad, json=inhoud))

    def _goed(self, antwoord: httpx.Response) -> httpx.Response:
        if antwoord.status_code not in (200, 201):
            raise Geweigerd(
                f"{antwoord.request.method} {antwoord.request.url.path}: {antwoord.status_code} {antwoord.text[:500]}"
            )
        return antwoord


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line.

    Raises:
        SystemExit: with 1 when something does not fit (keep the files), 2 when the service refused or the input is wrong.
    """
    parser = argparse.ArgumentParser(prog="python -m fonds_api.getuige.client", description="witness of a fonds")
    parser.add_argument("wat", choices=["aanmelden", "medeondertekenen"])
    parser.add_argument("--adres", required=True, help="URL of the fonds service at your own Outway")
    parser.add_argument("--kop", action="append", default=[], help="a header for the Outway, as 'Name: value'")
    parser.add_argument("--fonds", required=True)
    parser.add_argument("--naam", required=True, help="name of your key, such as voorbeeldstad.example/getuige")
    parser.add_argument("--sleutel", required=True, type=Path, help="file of your private key; made when it is not there")
    parser.add_argument("--stand", required=True, type=Path, help="file with what you trust and signed last; keep it safe")
    parser.add_argument(
        "--vertrouw", help="vkey of the service, as you got it from elsewhere; otherwise the first answer is trusted"
    )
    parser.add_argument("--oin", help="for aanmelden: your OIN")
    parser.add_argument("--gemeentecode", help="for aanmelden: your gemeentecode")
    parser.add_argument("--vorige", type=Path, help="for aanmelden: file of the key that this one succeeds, under the same name")
    gegeven = parser.parse_args(arguments)
    koppen = dict(kop.split(": ", 1) for kop in gegeven.kop)
    try:
        eigen = sleutel.laad(gegeven.sleutel) if gegeven.sleutel.exists() else sleutel.maak(gegeven.sleutel)
        with httpx.Client(base_url=gegeven.adres, headers=koppen, timeout=30) as http:
            getuige = Getuige(http, gegeven.fonds, eigen, gegeven.naam, gegeven.stand)
            if gegeven.vertrouw and gegeven.vertrouw not in getuige.stand.sleutels:
                getuige.stand.sleutels.append(gegeven.vertrouw)
            if gegeven.wat == "aanmelden":
                if not (gegeven.oin and gegeven.gemeentecode):
                    parser.error("aanmelden needs --oin and --gemeentecode")
                vorige = (gegeven.naam, sleutel.laad(gegeven.vorige)) if gegeven.vorige else None
                getuige.aanmelden(gegeven.oin, gegeven.gemeentecode, vorige)
                print(f"Aangemeld: {getuige.vkey.vkey}")
            else:
                nieuw = getuige.medeondertekenen()
                print(f"Medeondertekend: {nieuw.oorsprong}, {nieuw.grootte} bladen")
    except Onraad as fout:
        print(f"NIET ONDERTEKEND: {fout}. Bewaar {gegeven.stand} en meld het.", file=sys.stderr)
        sys.exit(1)
    except (Geweigerd, sleutel.SleutelOnbruikbaar, httpx.HTTPError, ValueError, OSError) as fout:
        print(fout, file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
