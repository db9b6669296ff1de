"""The page for suppliers does what it says: every block of it is run, in order, against a running suite."""

from __future__ import annotations

import re
import shutil
import sys
from typing import NamedTuple

import pytest
from gemeengoed_lokaal.deelnemers import DIENSTEN
from gemeengoed_lokaal.stack import Stack

from tests.clients import versies
from tests.clients.gereedschap import draai, haal, nodig
from tests.conftest import ROOT

pytestmark = pytest.mark.xdist_group("clients")
PAGINA = (ROOT / "services" / "README.md").read_text(encoding="utf-8")
TAAL = {"npm": ("node", "npm"), "java": ("java",), "go": ("go",)}
"""Which programs a block needs that begins with this word."""
GRENS = "=== blok"


class Blok(NamedTuple):
    soort: str
    tekst: str

    @property
    def nodig(self) -> tuple[str, ...]:
        return TAAL.get(self.tekst.split()[0], ()) if self.soort == "sh" else ()

    @property
    def opdracht(self) -> str:
        """A shell block as it stands; another as the file that its first line names."""
        if self.soort == "sh":
            return self.tekst
        naam = self.tekst.split()[1]
        return f"cat > {naam} <<'EINDE_VAN_BLOK'\n{self.tekst}EINDE_VAN_BLOK\n"


BLOKKEN = [Blok(*gevonden) for gevonden in re.findall(r"^```(\w+)\n(.*?)^```$", PAGINA, re.MULTILINE | re.DOTALL)]


@pytest.fixture(scope="module")
def uitvoer(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What each shell block printed, by its first line; blocks of a toolchain that is not here are left out."""
    map_ = tmp_path_factory.mktemp("leverancier")
    werkmap = map_ / "var" / "oefening"
    werkmap.mkdir(parents=True)
    (map_ / "var" / "stack.json").symlink_to(stack.json)
    (map_ / ".venv").symlink_to(sys.prefix)
    if shutil.which("npm"):
        typen = [f"{naam}@{versies.NPM[naam]}" for naam in ("typescript", "@types/node")]
        haal(werkmap, "npm", "install", "--no-save", "--prefer-offline", "--no-audit", "--no-fund", *typen)
    blokken = [blok for blok in BLOKKEN if all(map(shutil.which, blok.nodig))]
    script = "".join(f"echo '{GRENS}'\n{blok.opdracht}" for blok in blokken)
    (map_ / "pagina.sh").write_text(f"set -euo pipefail\nexec 2>&1\n{script}", encoding="utf-8")
    delen = draai(map_, "bash", "pagina.sh").split(f"{GRENS}\n")[1:]
    return {blok.tekst.splitlines()[0]: deel for blok, deel in zip(blokken, delen, strict=True) if blok.soort == "sh"}


def van(uitvoer: dict[str, str], begin: str) -> str:
    """What the block that begins so printed."""
    return next(deel for regel, deel in uitvoer.items() if regel.startswith(begin))


def antwoorden(deel: str) -> list[str]:
    """The answers that `curl -i` printed one after the other, from their status on."""
    return deel.split("HTTP/1.1 ")[1:]


def test_elk_blok_van_de_pagina_is_een_opdracht_of_een_bestand():
    assert PAGINA.count("```") == 2 * len(BLOKKEN)
    assert {blok.soort for blok in BLOKKEN} == {"sh", "python", "typescript", "java", "go"}
    assert len({blok.tekst.splitlines()[0] for blok in BLOKKEN}) == len(BLOKKEN)
    assert re.findall(r"typescript@(\S+) @types/node@(\S+)", PAGINA) == [(versies.NPM["typescript"], versies.NPM["@types/node"])]


def test_rollen_op_de_pagina_zijn_die_van_de_diensten():
    regels = re.findall(r"^\| `(\w+)` \| `(\w+)` \| (nodig|niet nodig) \|", PAGINA, re.MULTILINE)
    verwacht = {
        (naam, rol, "nodig" if "gemeengoed.gemeentecode" in wijze else "niet nodig")
        for naam, dienst in DIENSTEN.items()
        for wijze in dienst.eigenschappen
        for rol in wijze["gemeengoed.rol"]
    }
    assert set(regels) == verwacht


def test_contract_dat_niet_past_wordt_niet_aangeboden(uitvoer):
    assert "gemeengoed.gemeentecode (bijvoorbeeld GM0200)" in van(uitvoer, "export GATEWAY_PEER")
    geweigerd = van(uitvoer, "gateway contract bied-aan")
    assert "verwacht in een contract" in geweigerd and "403" in geweigerd and "Contract  " not in geweigerd


def test_eerste_aanroep_leest_eigen_facturen_en_een_gemeente(uitvoer):
    beide = van(uitvoer, "curl -sf -H 'Fsc-Grant-Hash: abonnement'")
    assert '"count":0' in beide and '"naam":"Apeldoorn"' in beide
    assert '"count":0' in van(uitvoer, "curl -sf -H 'Host")


@pytest.mark.parametrize(
    ("begin", "gelezen"),
    [
        ("python3 eerste.py", "0 facturen\n403 Niet toegestaan: De rol gemeente"),
        ("npm install", "0 facturen\n403 Niet toegestaan: De rol gemeente"),
        ("go run", "0 facturen\n403 Niet toegestaan: De rol gemeente"),
        ("java Eerste.java", '"title":"Niet toegestaan"'),
    ],
)
def test_eerste_aanroep_in_elke_taal_leest_en_begrijpt_de_weigering(uitvoer, begin, gelezen):
    nodig(*TAAL.get(begin.split()[0], ()))
    assert gelezen in van(uitvoer, begin)


def test_fout_van_de_dienst_en_fout_van_de_gateway_zijn_uit_elkaar_te_houden(uitvoer):
    dienst, gateway = antwoorden(van(uitvoer, "curl -si"))
    assert "application/problem+json" in dienst and '"invalidParams"' in dienst and "fsc-error-code" not in dienst.lower()
    assert "fsc-error-code: unknown_grant_hash_in_header" in gateway.lower() and '"ERROR_DOMAIN_OUTWAY"' in gateway


def test_herhaalde_sleutel_boekt_een_keer_en_een_nieuwe_wordt_geweigerd(uitvoer):
    eerste, tweede = antwoorden(van(uitvoer, "cat > boeking.json"))
    assert eerste.startswith("201") and "idempotency-replayed" not in eerste.lower()
    assert tweede.startswith("201") and "idempotency-replayed: true" in tweede.lower()
    assert eerste.split("\n\n")[1] == tweede.split("\n\n")[1]
    (ander,) = antwoorden(van(uitvoer, "boek oefening-2"))
    assert ander.startswith("409") and "/brondocument-al-geboekt" in ander


def test_bladeren_haalt_alle_gemeenten_op(uitvoer):
    assert van(uitvoer, "python3 bladeren.py") == "380 van 380 gemeenten\n"
