"""Outcomes of the logs and their witnesses."""

from __future__ import annotations

import tempfile
import uuid
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fonds_api.settings import Settings
from fonds_api.zegel import beheer, note, tasks
from fonds_api.zegel.note import MEDEONDERTEKENING, Checkpoint, Sleutel

from tests.contract.proef import BELLER, GEMEENTE, Proef

GEHEIM = Path(tempfile.mkdtemp(prefix="gemeengoed-zegel-"))
"""Where the keys of this process are."""
CODE = "GM0599"


def verzegel(proef: Proef) -> None:
    """What `work` does, with a key of its own."""
    assert proef.context is not None and isinstance(proef.context.settings, Settings)
    if proef.context.settings.zegel_sleutel is None:
        proef.context.settings.zegel_sleutel = GEHEIM / f"{uuid.uuid4()}.pem"
    tasks.zegelen(proef.context)


def vervang(proef: Proef) -> None:
    """Another key signs from now on."""
    assert proef.context is not None and isinstance(proef.context.settings, Settings)
    settings = proef.context.settings
    vorige, settings.zegel_sleutel = settings.zegel_sleutel, GEHEIM / f"{uuid.uuid4()}.pem"
    beheer.zegelsleutel(settings, ["vervang", "--vorige", str(vorige)])


def aanmelding(sleutel: Ed25519PrivateKey, code: str, vorige: Ed25519PrivateKey | None = None) -> dict[str, Any]:
    vkey = Sleutel(f"getuige.example/{code}", note.publiek(sleutel), MEDEONDERTEKENING)
    tekst = note.aanmelding(vkey, BELLER, code)
    regels = [str(note.onderteken(een, vkey.naam, tekst)) for een in (sleutel, vorige) if een]
    return {"sleutel": vkey.vkey, "handtekeningen": regels}


def medeondertekening(proef: Proef, sleutel: Ed25519PrivateKey, code: str, fonds: str) -> dict[str, Any]:
    assert proef.context is not None
    tekst = note.lees_note(proef.doe("GET", f"/fondsen/{fonds}/checkpoint", 200))[0]
    nu = int(proef.context.clock.now().timestamp())
    return {"tekst": tekst, "handtekeningen": [str(note.onderteken_mede(sleutel, f"getuige.example/{code}", tekst, nu))]}


def zegel(proef: Proef) -> None:
    gemeente, ander = proef.kop("gemeente", gemeentecode=CODE), proef.kop("gemeente", gemeentecode=GEMEENTE)
    for eind in ("checkpoint", "consistentie?van=0", "medeondertekend-checkpoint"):
        proef.doe("GET", f"/fondsen/derdengelden/{eind}", 404)
    boeking = proef.doe("GET", "/boekingen?fonds=derdengelden", 200)["results"][0]["id"]
    proef.doe("GET", f"/boekingen/{boeking}/bewijs", 409)
    verzegel(proef)
    for eind in ("checkpoint", "consistentie?van=0", "bladen", "zegelsleutels", "medeondertekeningen"):
        proef.doe("GET", f"/fondsen/derdengelden/{eind}", 200)
        proef.doe("GET", f"/fondsen/geen/{eind}", 404)
        proef.doe("GET", f"/fondsen/X/{eind}", 400)
    proef.doe("GET", f"/boekingen/{boeking}/bewijs", 200)
    proef.doe("GET", f"/boekingen/{boeking}/bewijs?grootte=99", 404)
    proef.doe("GET", f"/boekingen/{uuid.uuid4()}/bewijs", 404)
    proef.doe("GET", "/boekingen/x/bewijs", 400)
    proef.doe("GET", "/fondsen/derdengelden/consistentie?van=0&tot=9999", 409)
    proef.doe("GET", "/fondsen/derdengelden/medeondertekend-checkpoint", 404)
    proef.doe("GET", "/fondsen/geen/medeondertekend-checkpoint", 404)
    proef.doe("GET", "/fondsen/X/medeondertekend-checkpoint", 400)
    eerste, tweede = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    mede, pad = medeondertekening(proef, eerste, CODE, "derdengelden"), "/fondsen/derdengelden/medeondertekeningen"
    assert proef.doe("POST", pad, 409, als=gemeente, json=mede)["type"] == "/v1/problemen/geen-getuige"
    gemeld = proef.doe("POST", "/getuigen", 201, als=gemeente, json=aanmelding(eerste, CODE))
    proef.doe("POST", "/getuigen", 200, als=gemeente, json=aanmelding(eerste, CODE))
    proef.doe("POST", "/getuigen", 409, als=gemeente, json=aanmelding(tweede, CODE))
    proef.doe("POST", "/getuigen", 409, als=ander, json=aanmelding(eerste, GEMEENTE))
    proef.doe("POST", "/getuigen", 400, als=gemeente, json={})
    for waar, inhoud in (("/getuigen", aanmelding(eerste, CODE)), (pad, mede)):
        proef.doe("POST", waar, 403, als=proef.kop("gemeente"), json=inhoud)
    proef.doe("GET", "/getuigen", 200)
    proef.doe("GET", "/getuigen?page=0", 400)
    proef.doe("GET", f"/getuigen/{gemeld['id']}", 200)
    proef.doe("GET", "/getuigen/2147483647", 404)
    proef.doe("GET", "/getuigen/x", 400)
    proef.doe("POST", pad, 201, als=gemeente, json=mede)
    proef.doe("POST", pad, 200, als=gemeente, json=mede)
    proef.doe("POST", pad, 409, als=gemeente, json={**mede, "tekst": Checkpoint("x", 1, b"1" * 32).tekst})
    proef.doe("POST", pad, 409, als=gemeente, json=medeondertekening(proef, tweede, CODE, "derdengelden"))
    proef.doe("POST", "/fondsen/geen/medeondertekeningen", 404, als=gemeente, json=mede)
    proef.doe("POST", pad, 400, als=gemeente, json={})
    proef.doe("GET", "/fondsen/derdengelden/medeondertekend-checkpoint", 200)
    intrekking = {"reden": "Verloren.", "naam": "A. Voorbeeld"}
    proef.doe("POST", f"/getuigen/{gemeld['id']}/intrekkingen", 201, json=intrekking)
    proef.doe("POST", f"/getuigen/{gemeld['id']}/intrekkingen", 409, json=intrekking)
    proef.doe("POST", "/getuigen/2147483647/intrekkingen", 404, json=intrekking)
    proef.doe("POST", "/getuigen/x/intrekkingen", 400, json=intrekking)


def vul(proef: Proef) -> None:
    """Two keys, two checkpoints per fonds, and two witnesses that cosigned the logs."""
    verzegel(proef)
    vervang(proef)
    for code in ("GM0599", "GM0344"):
        sleutel, kop = Ed25519PrivateKey.generate(), proef.kop("gemeente", gemeentecode=code)
        proef.doe("POST", "/getuigen", 201, als=kop, json=aanmelding(sleutel, code))
        for fonds in [een["code"] for een in proef.doe("GET", "/fondsen", 200)["results"]]:
            mede = medeondertekening(proef, sleutel, code, fonds)
            proef.doe("POST", f"/fondsen/{fonds}/medeondertekeningen", 201, als=kop, json=mede)
