"""Ways to write the register past the code, as the service's own role: what an operation put down stays, and adds up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from gemeengoed_lokaal.databases import ServiceDatabase

from tests.catalogus.conftest import prepare
from tests.manieren import RECHT, REGEL, Manier, doe, manier, parameters

METEEN = "SET CONSTRAINTS ALL IMMEDIATE"
EINDE = "UPDATE gemeente SET einddatum = '2025-12-31', wijziging = '{x}' WHERE code = 'GM0307'"
NIEUW = "INSERT INTO gemeente VALUES ('GM9001', 'Proefstad', 'Utrecht', '2026-01-01', NULL, '{x}')"
VORIGE = "INSERT INTO gemeentenaam VALUES ('GM0344', '2025-12-31', 'Utrecht', '{x}')"
ANDERS = "UPDATE gemeente SET naam = 'Anders', wijziging = '{x}' WHERE code = 'GM0344'"
AMERSFOORT = "(SELECT aantal FROM inwonertal WHERE gemeentecode = 'GM0307' AND peildatum = '2025-01-01')"


def wijziging(id: str = "{x}", dag: str = "2026-01-01", peildatum: str = "'2025-01-01'", grondslag: str = "NULL") -> str:
    return f"INSERT INTO indelingswijziging VALUES ('{id}', '{dag}', {grondslag}, {peildatum}, now())"


def paar(
    inwoners: str = AMERSFOORT, naar: str = "GM0344", nieuw: str = "false", dag: str = "2026-01-01", id: str = "'{x}'"
) -> str:
    return (
        "INSERT INTO herindeling (oude_code, nieuwe_code, ingangsdatum, soort, nieuw_ingesteld, wijziging, inwoners) "
        f"VALUES ('GM0307', '{naar}', '{dag}', 'proef', {nieuw}, {id}, {inwoners})"
    )


HERINDELING = (wijziging(), EINDE, paar())
HERNOEMD = (wijziging(peildatum="NULL"), VORIGE, ANDERS)
VERBAND = "INSERT INTO samenwerkingsverband VALUES ('v', 'v', now())"
LID = "INSERT INTO lidmaatschap VALUES ('v', 'GM0307', '2020-01-01', '2020-12-31')"

MANIEREN = [
    manier("uitbreiding", None, *HERINDELING),
    manier("opdeling", None, wijziging(), NIEUW, EINDE, paar("5", naar="GM9001", nieuw="true"), paar(f"{AMERSFOORT} - 5")),
    manier("andere volgorde", None, wijziging(), paar(), EINDE),
    manier("een te weinig", REGEL, wijziging(), EINDE, paar(f"{AMERSFOORT} - 1")),
    manier("een deel zonder aantal", REGEL, wijziging(), NIEUW, EINDE, paar(naar="GM9001", nieuw="true"), paar("NULL")),
    manier("zonder aantal", REGEL, wijziging(), EINDE, paar("NULL")),
    manier("aantal zonder peildatum", REGEL, wijziging(peildatum="NULL"), EINDE, paar()),
    manier("peildatum zonder cijfer", None, wijziging(peildatum="'2025-06-01'"), EINDE, paar("NULL")),
    manier("deel later erbij", REGEL, *HERINDELING, "COMMIT", paar("1", naar="GM0363")),
    manier("deel later erbij, als uit het bestand", REGEL, *HERINDELING, "COMMIT", paar("NULL", naar="GM0363", id="NULL")),
    manier("einde zonder opvolger", REGEL, wijziging(), EINDE),
    manier("einde zonder opvolger, als uit het bestand", REGEL, "UPDATE gemeente SET einddatum = '2025-12-31' WHERE code = 'GM0307'"),
    manier("opvolger zonder einde", REGEL, wijziging(), paar()),
    manier("einde op een andere dag", REGEL, wijziging(), EINDE.replace("2025-12-31", "2025-12-30"), paar()),
    manier("wijziging van een andere dag", REGEL, wijziging(dag="2026-01-02"), EINDE, paar()),
    manier("opvolger die niet meer bestaat", REGEL, wijziging(), EINDE, paar(naar="GM0457")),
    manier("nieuw zonder begin", REGEL, wijziging(), EINDE, paar(nieuw="true")),
    manier("begin uit niets", REGEL, *HERINDELING, NIEUW),
    manier("wijziging zonder gevolgen", REGEL, wijziging()),
    manier("grondslag geen wet", REGEL, wijziging(grondslag="'https://krant.example/'"), EINDE, paar()),
    manier("einde vroeg gecontroleerd", REGEL, wijziging(), EINDE, METEEN, paar()),
    manier("nog eens eindigen", REGEL, *HERINDELING, "COMMIT", wijziging("{y}"), EINDE.replace("{x}", "{y}"), paar(naar="GM0363", id="'{y}'")),
    manier("einde verschuiven", REGEL, *HERINDELING, "COMMIT", "UPDATE gemeente SET einddatum = NULL WHERE code = 'GM0307'"),
    manier("wijziging vergeten", REGEL, *HERINDELING, "COMMIT", "UPDATE gemeente SET wijziging = NULL WHERE code = 'GM0307'"),
    manier("wie al eindigde, eindigt anders", REGEL, wijziging(), "UPDATE gemeente SET wijziging = '{x}' WHERE code = 'GM0457'"),
    manier("soort van een vastgelegd deel", REGEL, *HERINDELING, "COMMIT", "UPDATE herindeling SET soort = 'x' WHERE wijziging = '{x}'"),
    manier("inwoners van een deel", RECHT, "UPDATE herindeling SET inwoners = 1"),
    manier("deel verwijderen", RECHT, "DELETE FROM herindeling"),
    manier("wijziging wijzigen", RECHT, "UPDATE indelingswijziging SET grondslag = NULL"),
    manier("twee tegelijk, zelfde gemeente", REGEL, *HERINDELING, f"B: {wijziging('{y}')}",
           "B wacht: " + EINDE.replace("{x}", "{y}"), "COMMIT"),
    # Names.
    manier("naamswijziging", None, *HERNOEMD),
    manier("vorige naam niet bewaard", REGEL, wijziging(peildatum="NULL"), ANDERS),
    manier("andere vorige naam", REGEL, wijziging(peildatum="NULL"), VORIGE.replace("'Utrecht'", "'Trecht'"), ANDERS),
    manier("vorige naam van een andere dag", REGEL, wijziging(peildatum="NULL"), VORIGE.replace("12-31", "12-30"), ANDERS),
    manier("vorige naam zonder nieuwe", REGEL, wijziging(peildatum="NULL"), VORIGE),
    manier("naam zonder wijziging", REGEL, *HERNOEMD, "COMMIT", "UPDATE gemeente SET naam = 'x' WHERE code = 'GM0344'"),
    manier("nog een naam daarvoor", REGEL, *HERNOEMD, "COMMIT", wijziging("{y}", "2025-12-01", "NULL"),
           "INSERT INTO gemeentenaam VALUES ('GM0344', '2025-11-30', 'Anders', '{y}')",
           "UPDATE gemeente SET naam = 'Eerder', wijziging = '{y}' WHERE code = 'GM0344'"),
    manier("vorige naam verbeteren", RECHT, "UPDATE gemeentenaam SET naam = 'x'"),
    # Figures.
    manier("correctie", None, "UPDATE inwonertal SET aantal = 1, vastgelegd_op = now() WHERE gemeentecode = 'GM0344'"),
    manier("correctie zonder moment", REGEL, "UPDATE inwonertal SET aantal = 1, vastgelegd_op = NULL WHERE gemeentecode = 'GM0344'"),
    manier("geschiedenis verzinnen", RECHT, "INSERT INTO inwonertal_eerder (gemeentecode, peildatum, aantal, vervangen_op) VALUES ('GM0344', '2025-01-01', 1, now())"),
    manier("geschiedenis wissen", RECHT, "DELETE FROM inwonertal_eerder"),
    manier("cijfer verwijderen", RECHT, "DELETE FROM inwonertal"),
    manier("status verzinnen", REGEL, "UPDATE inwonertal SET status = 'misschien', vastgelegd_op = now()"),
    # Identifications.
    manier("oin", None, "INSERT INTO identificatie VALUES ('GM0344', 'oin', '00000099000000000004', 'x', '2026-01-01')"),
    manier("oin te kort", REGEL, "INSERT INTO identificatie VALUES ('GM0344', 'oin', '4', 'x', '2026-01-01')"),
    manier("onbekende soort", REGEL, "INSERT INTO identificatie VALUES ('GM0344', 'kvk', '12345678', 'x', '2026-01-01')"),
    manier("rsin van een ander", REGEL, "UPDATE identificatie SET waarde = '002564440' WHERE gemeentecode = 'GM0392' AND soort = 'rsin'"),
    # Samenwerkingsverbanden.
    manier("lid", None, VERBAND, LID),
    manier("lid komt terug", None, VERBAND, LID, LID.replace("2020", "2021")),
    manier("twee keer tegelijk lid", REGEL, VERBAND, LID, LID.replace("2020-01-01", "2020-12-31")),
    manier("lid zonder einde en nog eens", REGEL, VERBAND, LID.replace("'2020-12-31'", "NULL"), LID.replace("2020", "2021")),
    manier("lid dat niet bestaat", REGEL, VERBAND, LID.replace("GM0307", "GM0457").replace("2020", "2023")),
    manier("geeindigd lid langer", REGEL, VERBAND, LID, "UPDATE lidmaatschap SET tot_en_met = '2021-12-31'"),
    manier("ander begin", RECHT, "UPDATE lidmaatschap SET vanaf = '2019-01-01'"),
    manier("lid verwijderen", RECHT, "DELETE FROM lidmaatschap"),
]  # fmt: skip


@pytest.fixture
def eigen(templates) -> Iterator[ServiceDatabase]:
    made = templates.copy("catalogus", prepare)
    yield made
    templates.drop(made)


@pytest.mark.parametrize("wijze", parameters(MANIEREN))
def test_manier(wijze: Manier, eigen):
    doe(eigen.url, wijze, {})
