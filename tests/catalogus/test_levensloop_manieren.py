"""Ways to bend the life of a voorziening past the code, as the service's own role."""

from __future__ import annotations

import psycopg
import pytest

from tests.manieren import RECHT, REGEL, Manier, doe, manier, parameters

NU = "now(), '00000099000000000005'"
HIER = "gewijzigd_op = now(), gewijzigd_door = '00000099000000000005'"
TABELLEN = (
    "faseovergang",
    "initiatief",
    "initiatief_versie",
    "pilot",
    "pilot_versie",
    "pilot_deelnemer",
    "steun",
    "impactanalyse",
)


def fase(code: str, naar: str, stap: str = "NULL") -> str:
    return f"UPDATE voorziening SET fase = {naar}, beheerstap = {stap}, {HIER} WHERE code = '{code}'"


def overgang(code: str, van: str, naar: str, gronden: str = "gebeurtenis", waarden: str = "'Test'", stap: str = "NULL") -> str:
    """The step to the version that holds."""
    return (
        f"INSERT INTO faseovergang (voorziening, versie, van, naar, beheerstap, datum, vastgelegd_op, vastgelegd_door, {gronden}) "
        f"SELECT code, versie, {van}, {naar}, {stap}, current_date, {NU}, {waarden} FROM voorziening WHERE code = '{code}'"
    )


def pilot(id: str = "{x}", code: str = "rijbewijzen") -> tuple[str, ...]:
    return (
        pilotversie(id, 1, "gepland"),
        f"INSERT INTO pilot VALUES ('{id}', '{code}', 1)",
        "COMMIT",
    )


def pilotversie(id: str, versie: int, status: str, geslaagd: str = "NULL", resultaat: str = "NULL", reden: str = "NULL") -> str:
    return (
        "INSERT INTO pilot_versie (id, versie, naam, doel, begin, eind, status, geslaagd, resultaat, reden, lessen, vastgelegd_op) "
        f"VALUES ('{id}', {versie}, 'x', 'x', '2017-01-01', '2017-02-01', '{status}', {geslaagd}, {resultaat}, {reden}, "
        "'{}', now())"
    )


DEELNEMER = "INSERT INTO pilot_deelnemer (pilot, gemeentecode, toegetreden_op) VALUES ('{x}', 'GM0344', now())"
LOOPT = (*pilot(), DEELNEMER, pilotversie("{x}", 2, "loopt"), "UPDATE pilot SET versie = 2 WHERE id = '{x}'")
AF = (*LOOPT, pilotversie("{x}", 3, "afgerond", "true", "'x'"), "UPDATE pilot SET versie = 3 WHERE id = '{x}'")
GEVOLG = '\'{"omvang": "klein"}\''


def analyse(conclusie: str = "positief", pilots: str = "ARRAY['{x}'::uuid]", versie: int = 1, code: str = "rijbewijzen") -> str:
    return (
        "INSERT INTO impactanalyse (voorziening, versie, datum, pilots, it, werkproces, veranderkundig, personeel, "
        f"kosten_en_baten, conclusie, onderbouwing, vastgelegd_op) VALUES ('{code}', {versie}, current_date, {pilots}, "
        f"{GEVOLG}, {GEVOLG}, {GEVOLG}, {GEVOLG}, 'x', '{conclusie}', 'x', now())"
    )


def besluit(soort: str = "opschaling", gremium: str = "BALV", uitkomst: str = "positief", code: str = "rijbewijzen") -> str:
    return (
        "INSERT INTO besluit (id, gremium, soort, datum, nauwkeurigheid, uitkomst, voorzieningen, titel, tekst, bronvermelding, "
        f"vindplaatsen, vastgelegd_op) VALUES ('{{y}}', '{gremium}', '{soort}', '2017-01-01', 'dag', '{uitkomst}', "
        f"ARRAY['{code}'], 'x', 'x', 'x', '[]', now())"
    )


ANALYSEERT = (
    *AF,
    fase("rijbewijzen", "'impactanalyse'"),
    overgang("rijbewijzen", "'pilot'", "'impactanalyse'", "pilot", "'{x}'"),
)
SCHAALT_OP = fase("rijbewijzen", "'opschaling'")


def op(gronden: str = "besluit, impactanalyse", waarden: str = "'{y}', 1") -> str:
    return overgang("rijbewijzen", "'impactanalyse'", "'opschaling'", gronden, waarden)


def idee(versie: int = 1, status: str = "ingediend", zicht: str = "aangesloten", titel: str = "x", wie: str = "GM0344") -> str:
    reden = "'x'" if status == "afgewezen" else "NULL"
    return (
        "INSERT INTO initiatief_versie (id, versie, titel, probleem, voorstel, domein, gemeentecode, status, zichtbaar_voor, "
        f"reden, vastgelegd_op) VALUES ('{{x}}', {versie}, '{titel}', 'x', 'x', 'generiek', '{wie}', '{status}', '{zicht}', "
        f"{reden}, now())"
    )


INITIATIEF = (idee(), "INSERT INTO initiatief VALUES ('{x}', 1)")
STEUN = "INSERT INTO steun (initiatief, gemeentecode, gegeven_op) VALUES ('{x}', 'GM0344', '2018-01-01')"
MANIEREN = [
    # A phase without its step, or a step without its phase.
    manier("zoals het hoort", None, *ANALYSEERT, analyse(), besluit(), SCHAALT_OP, op()),
    manier("fase zonder overgang", REGEL, fase("gibit", "'uitfasering'")),
    manier("fase weg", REGEL, fase("gibit", "NULL")),
    manier("stap zonder overgang", REGEL, fase("govroam", "'opschaling'", "'starten'")),
    manier("overgang zonder fase", REGEL, overgang("gibit", "'in beheer'", "'uitfasering'")),
    manier("overgang van een andere fase", REGEL, fase("gibit", "'gestopt'"), overgang("gibit", "'pilot'", "'gestopt'", "gebeurtenis, reden", "'x', 'x'")),
    manier("overgang zonder grond", REGEL, fase("gibit", "'uitfasering'"), overgang("gibit", "'in beheer'", "'uitfasering'", "reden", "'x'")),
    manier("overgang erna", REGEL, fase("gibit", "'uitfasering'"), "COMMIT", overgang("gibit", "'in beheer'", "'uitfasering'")),
    manier("gestopt zonder reden", REGEL, fase("gibit", "'gestopt'"), overgang("gibit", "'in beheer'", "'gestopt'")),
    manier("gestopt met reden", None, fase("gibit", "'gestopt'"), overgang("gibit", "'in beheer'", "'gestopt'", "gebeurtenis, reden", "'x', 'x'")),
    manier("fase die er niet is", REGEL, fase("ibd", "'klaar'"), overgang("ibd", "NULL", "'klaar'")),
    manier("terug", REGEL, fase("gibit", "'opschaling'"), overgang("gibit", "'in beheer'", "'opschaling'")),
    manier("als uit een stuk, van wat hier is gewijzigd", REGEL, fase("gibit", "'uitfasering'"),
           overgang("gibit", "'in beheer'", "'uitfasering'", "stuk", "'x'").replace("'00000099000000000005'", "NULL")),
    manier("als uit een stuk dat er niet is", REGEL, "UPDATE voorziening SET fase = 'pilot' WHERE code = 'ibd'",
           overgang("ibd", "NULL", "'pilot'", "stuk", "'x'").replace("'00000099000000000005'", "NULL")),
    manier("wijziging vergeten", REGEL, "UPDATE voorziening SET naam = 'x', gewijzigd_door = 'x' WHERE code = 'gibit'",
           "UPDATE voorziening SET gewijzigd_door = NULL WHERE code = 'gibit'"),
    # Steps without their grounds.
    manier("impactanalyse zonder pilot", REGEL, fase("rijbewijzen", "'impactanalyse'"), overgang("rijbewijzen", "'pilot'", "'impactanalyse'")),
    manier("impactanalyse op een pilot die loopt", REGEL, *LOOPT, fase("rijbewijzen", "'impactanalyse'"),
           overgang("rijbewijzen", "'pilot'", "'impactanalyse'", "pilot", "'{x}'")),
    manier("impactanalyse op een pilot van een ander", REGEL, *pilot("{x}", "gibit"), fase("rijbewijzen", "'impactanalyse'"),
           overgang("rijbewijzen", "'pilot'", "'impactanalyse'", "pilot", "'{x}'")),
    manier("opschaling zonder analyse", REGEL, *ANALYSEERT, besluit(), SCHAALT_OP, op("besluit", "'{y}'")),
    manier("opschaling op een negatieve analyse", REGEL, *ANALYSEERT, analyse("negatief"), besluit(), SCHAALT_OP, op()),
    manier("opschaling zonder besluit", REGEL, *ANALYSEERT, analyse(), SCHAALT_OP, op("impactanalyse", "1")),
    manier("opschaling op een negatief besluit", REGEL, *ANALYSEERT, analyse(), besluit(uitkomst="negatief"), SCHAALT_OP, op()),
    manier("opschaling op een ander besluit", REGEL, *ANALYSEERT, analyse(), besluit("in beheer nemen"), SCHAALT_OP, op()),
    manier("opschaling op een besluit over iets anders", REGEL, *ANALYSEERT, analyse(), besluit(code="gibit"), SCHAALT_OP, op()),
    manier("opschaling op een bestuursbesluit zonder advies", REGEL, *ANALYSEERT, analyse(), besluit(gremium="bestuur"), SCHAALT_OP, op()),
    manier("in beheer zonder besluit", REGEL, fase("govroam", "'in beheer'", "'continueren'"),
           overgang("govroam", "'opschaling'", "'in beheer'", stap="'continueren'")),
    manier("in beheer zonder stappen", REGEL, besluit("in beheer nemen", code="digitale-verhuisservice"),
           fase("digitale-verhuisservice", "'in beheer'", "'continueren'"),
           overgang("digitale-verhuisservice", "'opschaling'", "'in beheer'", "besluit", "'{y}'", "'continueren'")),
    manier("in beheer na de stappen", None, besluit("in beheer nemen", code="govroam"), fase("govroam", "'in beheer'", "'continueren'"),
           overgang("govroam", "'opschaling'", "'in beheer'", "besluit", "'{y}'", "'continueren'")),
    manier("stap die niet past", REGEL, fase("gibit", "'in beheer'", "'starten'"), overgang("gibit", "'in beheer'", "'in beheer'", stap="'starten'")),
    # Pilots and impactanalyses.
    manier("loopt zonder deelnemers", REGEL, *pilot(), pilotversie("{x}", 2, "loopt")),
    manier("meteen afgerond", REGEL, *pilot(), DEELNEMER, pilotversie("{x}", 2, "afgerond", "true", "'x'")),
    manier("afgerond zonder resultaat", REGEL, *LOOPT, pilotversie("{x}", 3, "afgerond", "true")),
    manier("afgebroken zonder reden", REGEL, *pilot(), pilotversie("{x}", 2, "afgebroken")),
    manier("na het einde verder", REGEL, *AF, pilotversie("{x}", 4, "loopt")),
    manier("versie overslaan", REGEL, *pilot(), pilotversie("{x}", 3, "gepland")),
    manier("pilot van een ander maken", RECHT, *pilot(), "UPDATE pilot SET voorziening = 'gibit'"),
    manier("twee keer tegelijk meedoen", REGEL, *pilot(), DEELNEMER, DEELNEMER),
    manier("weer meedoen als dezelfde", REGEL, *pilot(), DEELNEMER, "UPDATE pilot_deelnemer SET uitgetreden_op = now()",
           "UPDATE pilot_deelnemer SET uitgetreden_op = now() + interval '1 day'"),
    manier("analyse op een pilot die loopt", REGEL, *LOOPT, analyse()),
    manier("analyse zonder pilot", REGEL, analyse(pilots="'{}'")),
    manier("analyse op niets", REGEL, analyse(pilots="ARRAY[NULL]::uuid[]")),
    manier("analyse als de tweede", REGEL, *AF, analyse(versie=2)),
    manier("twee analyses tegelijk", REGEL, *AF, "COMMIT", analyse(), "B wacht: " + analyse("negatief"), "COMMIT"),
    # Initiatieven and steun.
    manier("initiatief en steun", None, *INITIATIEF, STEUN, "UPDATE steun SET ingetrokken_op = now()", STEUN),
    manier("twee keer steun", REGEL, *INITIATIEF, STEUN, STEUN),
    manier("steun verzetten", REGEL, *INITIATIEF, STEUN, "UPDATE steun SET ingetrokken_op = now()", "UPDATE steun SET ingetrokken_op = NULL"),
    manier("steun van een ander", RECHT, "UPDATE steun SET gemeentecode = 'GM0363'"),
    manier("steun terugzetten in de tijd", REGEL, *INITIATIEF, STEUN, "UPDATE steun SET ingetrokken_op = '2017-01-01'"),
    manier("ingediend verandert", REGEL, *INITIATIEF, idee(2, "in behandeling", titel="y")),
    manier("ander diende in", REGEL, *INITIATIEF, idee(2, "in behandeling", wie="GM0363")),
    manier("meteen afgewezen", REGEL, *INITIATIEF, idee(2, "afgewezen")),
    manier("verborgen", REGEL, *INITIATIEF, idee(2, "ingetrokken", "indiener")),
    manier("concept voor iedereen", REGEL, idee(status="concept", zicht="openbaar")),
    manier("aangenomen zonder voorziening", REGEL, *INITIATIEF, idee(2, "in behandeling"), idee(3, "aangenomen", "openbaar")),
    manier("versie terugzetten", REGEL, *INITIATIEF, idee(2, "in behandeling"), "UPDATE initiatief SET versie = 2", "UPDATE initiatief SET versie = 1"),
    *(manier(f"{tabel} wissen", RECHT, f"DELETE FROM {tabel}") for tabel in TABELLEN),
]  # fmt: skip


@pytest.mark.parametrize("wijze", parameters(MANIEREN))
def test_manier(database, wijze: Manier):
    doe(database.url, wijze, {})


def test_ook_de_eigenaar_wijzigt_de_geschiedenis_niet(database):
    with psycopg.connect(database.owner_url) as eigenaar:
        for opdracht in (
            "UPDATE faseovergang SET stuk = 'x'",
            "DELETE FROM faseovergang",
            *(f"TRUNCATE {t} CASCADE" for t in TABELLEN),
        ):
            with pytest.raises(psycopg.errors.IntegrityError, match="veranderen nooit"), eigenaar.transaction():
                eigenaar.execute(opdracht.encode())
