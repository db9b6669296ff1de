"""An independent verifier: Go, with the libraries of its checksum database (x/mod) and of transparency-dev, on answers alone."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest
from fonds_api.boeking import service as boekingen
from fonds_api.boeking.rules import Regel
from gemeengoed_kit.audit import Actor

from tests.clients.gereedschap import draai, haal, nodig
from tests.clients.versies import GO_ZEGEL
from tests.fonds.zegels import Gemeente, checkpoint, verzegel, zegelpad

HIER = Path(__file__).parent / "zegel_go"
AANTAL = 300


@pytest.fixture
def settings(settings, tmp_path):
    return settings.model_copy(update={"zegel_sleutel": zegelpad(tmp_path)})


@pytest.fixture
def nagaan(tmp_path):
    """Builds the verifier; gives what it finds wrong in answers."""
    nodig("go")
    shutil.copy(HIER / "main.go", tmp_path)
    draai(tmp_path, "go", "mod", "init", "zegel")
    haal(tmp_path, "go", "get", *(f"{module}@{versie}" for module, versie in GO_ZEGEL.items()))
    draai(tmp_path, "go", "vet", ".")
    draai(tmp_path, "go", "build", "-o", "nagaan", ".")

    def doe(antwoorden: dict[str, Any]) -> list[str]:
        uitkomst = subprocess.run(
            [tmp_path / "nagaan"], input=json.dumps(antwoorden), capture_output=True, text=True, timeout=60, check=True
        )
        *fouten, slot = uitkomst.stdout.splitlines()
        assert slot == "nagegaan"
        return fouten

    return doe


def test_go_gaat_alles_na_en_vindt_elke_vervalsing(client, context, als, clock, server, database, nagaan):
    with context.work(Actor("proef")) as work:
        posten = [
            boekingen.EigenBoeking(
                "derdengelden",
                date(2018, 1, 1),
                f'Post {n} \\ "€😀"',
                f"/v1/p/{n}",
                [Regel("1300", 5 + n), Regel("2310", -5 - n)],
            )
            for n in range(AANTAL)
        ]
        ids = boekingen.boeken_eigen(work, posten[:77])
    verzegel(context)
    bewaard = client.get("/v1/fondsen/derdengelden/checkpoint").text
    with context.work(Actor("proef")) as work:
        ids += boekingen.boeken_eigen(work, posten[77:])
    verzegel(context)
    getuigen = [
        Gemeente(client, als("gemeente", gemeentecode=code), "00000099000000000002", code, f"getuige.example/{code}")
        for code in ("GM0344", "GM0363")
    ]
    for een in getuigen:
        een.meld()
        assert een.teken(checkpoint(client), int(clock.now().timestamp())).status_code == 201
    kop = als("administratie")

    def antwoorden() -> dict[str, Any]:
        bladen, pad = [], "/v1/fondsen/derdengelden/bladen?pageSize=100"
        while pad:
            pagina = client.get(pad, headers=kop).json()
            bladen, pad = bladen + pagina["results"], pagina["next"]
        return {
            "sleutel": client.get("/v1/fondsen/derdengelden/zegelsleutels").json()["results"][-1]["sleutel"],
            "checkpoint": client.get("/v1/fondsen/derdengelden/checkpoint").text,
            "medeondertekend": client.get("/v1/fondsen/derdengelden/medeondertekend-checkpoint").text,
            "getuigen": [een["sleutel"] for een in client.get("/v1/getuigen").json()["results"]],
            "bewijzen": [
                client.get(f"/v1/boekingen/{id}/bewijs", headers=kop).json() for id in (ids[0], ids[5], ids[256], ids[-1])
            ],
            "bladen": bladen,
            "samenhang": [
                client.get("/v1/fondsen/derdengelden/consistentie", params={"van": van}).json() for van in (1, 77, 256, 299, 300)
            ],
            "bewaard": bewaard,
        }

    goed = antwoorden()
    assert nagaan(goed) == []
    # Answers that were tampered with on the way, or by who serves them.
    for plaats, waarde in (("checkpoint", goed["checkpoint"].replace("\n300\n", "\n301\n")), ("sleutel", goed["getuigen"][0])):
        if plaats == "checkpoint":
            assert any(een.startswith("checkpoint: ") for een in nagaan({**goed, plaats: waarde}))
    anders = [{**goed["bewijzen"][0], "inhoud": goed["bewijzen"][0]["inhoud"].replace('"Post 0', '"Post O')}]
    assert nagaan({**goed, "bewijzen": anders})[0].startswith(f"bewijs van /v1/boekingen/{ids[0]}")
    assert nagaan({**goed, "bladen": goed["bladen"][:-1]})[0].startswith("bladen: 299 bladen geven een andere wortel")
    wissel = [*goed["bladen"][:3], {**goed["bladen"][4], "nummer": 3}, {**goed["bladen"][3], "nummer": 4}, *goed["bladen"][5:]]
    assert nagaan({**goed, "bladen": wissel}) == ["bladen: 300 bladen geven een andere wortel dan het checkpoint van 300"]
    # The database itself, changed by a superuser: what is served does not hold any more.
    with psycopg.connect(server.database_url(database.name)) as breker:
        breker.execute("SET session_replication_role = replica")
        breker.execute("UPDATE boeking SET omschrijving = 'anders' WHERE id = %s", [ids[5]])
    fouten = nagaan(antwoorden())
    assert any(een.startswith(f"bewijs van /v1/boekingen/{ids[5]}") for een in fouten)
    assert any(een.startswith(f"blad van /v1/boekingen/{ids[5]}") for een in fouten)
    with psycopg.connect(server.database_url(database.name)) as breker:
        breker.execute("SET session_replication_role = replica")
        breker.execute("UPDATE blad SET hash = sha256('x') WHERE boeking = %s", [ids[70]])
    assert "bewaard checkpoint: de wortel van 77 bladen is nu een andere" in nagaan(antwoorden())
