"""Ways to write deelnames past the code, as the service's own role: what happened stays, and each day has one deelname."""

from __future__ import annotations

import psycopg
import pytest

from tests.manieren import RECHT, REGEL, Manier, doe, manier, parameters

VOORWAARDEN = (
    "INSERT INTO deelnamevoorwaarden VALUES ('govroam', 1, '2020-01-01', false, 'x', 3, 'einde maand', 'x', NULL, 'x', now())"
)
EINDE = (
    "INSERT INTO deelnamevoorwaarden (voorziening, versie, vanaf, einde, bronvermelding, vastgelegd_op) "
    "VALUES ('govroam', 2, '2021-01-01', true, 'x', now())"
)


def begin(id: str = "{x}", vanaf: str = "2020-06-01", gemeente: str = "GM0344") -> str:
    return (
        "INSERT INTO deelname (id, voorziening, gemeentecode, inkoopgrond, zichtbaarheid, vanaf, vastgelegd_op) "
        f"VALUES ('{id}', 'govroam', '{gemeente}', 'geen', 'gemeenten', '{vanaf}', now())"
    )


def stap(
    nummer: int, naar: str, datum: str, *, id: str = "{x}", einde: str = "NULL", versie: str = "NULL", naar_id: str = "NULL"
) -> str:
    return (
        "INSERT INTO deelnameovergang (deelname, volgnummer, naar, datum, einddatum, voorwaarden_versie, opvolger, rol, vastgelegd_op) "
        f"VALUES ('{id}', {nummer}, '{naar}', '{datum}', {einde}, {versie}, {naar_id}, 'x', now())"
    )


AANGEMELD = (VOORWAARDEN, begin(), stap(1, "aangemeld", "2020-06-01", versie="1"))
IN_GEBRUIK = (*AANGEMELD, stap(2, "in implementatie", "2020-07-01"), stap(3, "in gebruik", "2020-08-01"))
BEEINDIGD = (*IN_GEBRUIK, stap(4, "beëindigd", "2020-09-01", einde="'2020-12-31'"))
TWEEDE = (begin("{y}", "2021-01-01"), stap(1, "belangstelling", "2021-01-01", id="{y}"))

MANIEREN = [
    manier("heel de weg", None, *BEEINDIGD, *TWEEDE),
    manier("zonder stap", REGEL, VOORWAARDEN, begin()),
    manier("stap op een andere dag dan het begin", REGEL, VOORWAARDEN, begin(), stap(1, "belangstelling", "2020-06-02")),
    manier("begin in gebruik", REGEL, VOORWAARDEN, begin(), stap(1, "in gebruik", "2020-06-01", versie="1")),
    manier("begin met een einde", REGEL, VOORWAARDEN, begin(), stap(1, "beëindigd", "2020-06-01", einde="'2020-06-01'")),
    manier("aangemeld zonder voorwaarden", REGEL, VOORWAARDEN, begin(), stap(1, "aangemeld", "2020-06-01")),
    manier("voorwaarden die er niet zijn", REGEL, VOORWAARDEN, begin(), stap(1, "aangemeld", "2020-06-01", versie="2")),
    manier("voorwaarden die nog niet gelden", REGEL, VOORWAARDEN, begin(vanaf="2019-01-01"), stap(1, "aangemeld", "2019-01-01", versie="1")),
    manier("belangstelling met voorwaarden", REGEL, VOORWAARDEN, begin(), stap(1, "belangstelling", "2020-06-01", versie="1")),
    manier("een stap overslaan", REGEL, *AANGEMELD, stap(2, "in gebruik", "2020-07-01")),
    manier("een volgnummer overslaan", REGEL, *AANGEMELD, stap(3, "in implementatie", "2020-07-01")),
    manier("terug in de tijd", REGEL, *AANGEMELD, stap(2, "in implementatie", "2020-05-01")),
    manier("terug naar belangstelling", REGEL, *AANGEMELD, stap(2, "belangstelling", "2020-07-01")),
    manier("nog eens eindigen", REGEL, *BEEINDIGD, stap(5, "beëindigd", "2020-10-01", einde="'2021-12-31'")),
    manier("verder na het einde", REGEL, *AANGEMELD, stap(2, "beëindigd", "2020-07-01", einde="'2020-12-31'"), stap(3, "in implementatie", "2020-08-01")),
    manier("einde zonder dag", REGEL, *AANGEMELD, stap(2, "beëindigd", "2020-07-01")),
    manier("overgaan in niets", REGEL, *AANGEMELD, stap(2, "overgegaan", "2020-07-01")),
    manier("overgaan in zichzelf", REGEL, *AANGEMELD, stap(2, "overgegaan", "2020-07-01", naar_id="'{x}'")),
    manier("overgaan in iets anders", REGEL, *AANGEMELD, begin("{y}", gemeente="GM0363").replace("govroam", "gibit"),
           stap(1, "belangstelling", "2020-06-01", id="{y}"), stap(2, "overgegaan", "2020-07-01", naar_id="'{y}'")),
    manier("nog eens opzeggen voor het overgaan", REGEL, *IN_GEBRUIK, begin("{y}", gemeente="GM0363"),
           stap(1, "belangstelling", "2020-06-01", id="{y}"), stap(4, "overgegaan", "2021-01-01", naar_id="'{y}'"),
           stap(5, "beëindigd", "2020-09-01", einde="'2020-12-31'"), stap(6, "beëindigd", "2020-09-01", einde="'2020-12-31'")),
    manier("opvolger zonder overgaan", REGEL, *BEEINDIGD, *TWEEDE, stap(2, "aangemeld", "2021-02-01", id="{y}", versie="1", naar_id="'{x}'")),
    manier("twee tegelijk", REGEL, *IN_GEBRUIK, *TWEEDE),
    manier("tweede voor het einde van de eerste", REGEL, *BEEINDIGD, begin("{y}", "2020-12-31")),
    manier("twee tegelijk, door twee", REGEL, VOORWAARDEN, "COMMIT", begin(), stap(1, "belangstelling", "2020-06-01"),
           "B wacht: " + begin("{y}"), "COMMIT"),
    manier("twee gemeenten door twee", None, VOORWAARDEN, "COMMIT", begin(), stap(1, "belangstelling", "2020-06-01"),
           "B: " + begin("{y}", gemeente="GM0363"), "B: " + stap(1, "belangstelling", "2020-06-01", id="{y}")),
    manier("een gemeente die niet bestaat", REGEL, VOORWAARDEN, begin(vanaf="2023-06-01", gemeente="GM0457")),
    manier("oneindig", REGEL, VOORWAARDEN, begin(vanaf="infinity")),
    manier("zelf de dagen verzinnen", RECHT, *AANGEMELD, "UPDATE deelname SET gebruik_op = '2020-06-01'"),
    manier("zelf het einde verzinnen", RECHT, *AANGEMELD, "UPDATE deelname SET tot = '2020-06-01'"),
    manier("zelf de voorwaarden kiezen", RECHT, *AANGEMELD, "UPDATE deelname SET voorwaarden_versie = NULL"),
    manier("een andere gemeente", RECHT, *AANGEMELD, "UPDATE deelname SET gemeentecode = 'GM0363'"),
    manier("zichtbaarheid", None, *AANGEMELD, "UPDATE deelname SET zichtbaarheid = 'iedereen', inkoopgrond = 'aanbesteed'"),
    manier("zichtbaarheid die niet bestaat", REGEL, *AANGEMELD, "UPDATE deelname SET zichtbaarheid = 'niemand'"),
    manier("deelname weg", RECHT, *AANGEMELD, "DELETE FROM deelname"),
    manier("stap anders", RECHT, *AANGEMELD, "UPDATE deelnameovergang SET datum = '2020-06-02'"),
    manier("stap weg", RECHT, *AANGEMELD, "DELETE FROM deelnameovergang"),
    manier("stappen legen", RECHT, *AANGEMELD, "TRUNCATE deelnameovergang"),
    manier("tellen naar wens", RECHT, *IN_GEBRUIK, "UPDATE dekkingscel SET begin = '{}'"),
    manier("telling verzinnen", RECHT, "INSERT INTO dekkingscel VALUES ('generiek', 'GM0344', 'gemeenten')"),
    manier("aanbod verzinnen", RECHT, "INSERT INTO dekkingsaanbod VALUES ('gibit', 'generiek', '2020-01-01')"),
    manier("zelf laten tellen", RECHT, "SELECT tel_cel('generiek', 'GM0344', 'gemeenten')"),
    manier("alles opnieuw laten tellen", RECHT, "SELECT tel_dekking_opnieuw()"),
    # Conditions.
    manier("voorwaarden anders", RECHT, VOORWAARDEN, "UPDATE deelnamevoorwaarden SET kosten = 'niets'"),
    manier("voorwaarden weg", RECHT, VOORWAARDEN, "DELETE FROM deelnamevoorwaarden"),
    manier("versie overslaan", REGEL, VOORWAARDEN, VOORWAARDEN.replace("1, '2020", "3, '2022")),
    manier("eerder dan de vorige", REGEL, VOORWAARDEN, VOORWAARDEN.replace("1, '2020", "2, '2019")),
    manier("voorwaarden zonder kosten", REGEL, VOORWAARDEN.replace("'x', 3", "NULL, 3")),
    manier("einde", None, VOORWAARDEN, EINDE),
    manier("einde van niets", REGEL, EINDE.replace("2, ", "1, ")),
    manier("einde met deelnemers", REGEL, *IN_GEBRUIK, EINDE),
    manier("einde na de laatste deelnemer", None, *BEEINDIGD, EINDE),
    manier("verder na het einde van de voorwaarden", REGEL, VOORWAARDEN, EINDE, VOORWAARDEN.replace("1, '2020", "3, '2022")),
    manier("aanmelden na het einde", REGEL, VOORWAARDEN, EINDE, begin(vanaf="2021-06-01"), stap(1, "aangemeld", "2021-06-01", versie="2")),
    manier("einde wacht op wie zich aanmeldt", REGEL, VOORWAARDEN, "COMMIT", begin(), stap(1, "aangemeld", "2020-06-01", versie="1"),
           "B wacht: " + EINDE, "COMMIT"),
]  # fmt: skip


@pytest.mark.parametrize("wijze", parameters(MANIEREN))
def test_manier(wijze: Manier, database):
    doe(database.url, wijze, {})


def test_ook_de_eigenaar_wijzigt_geen_stap_en_geen_voorwaarden(database):
    with psycopg.connect(database.owner_url) as eigenaar:
        id = "8f7a52f6-7f0e-4a57-8a1c-0a8d1f8a4f22"
        for opdracht in IN_GEBRUIK:
            eigenaar.execute(opdracht.replace("{x}", id).encode())
        eigenaar.commit()
        for opdracht in (
            "UPDATE deelnameovergang SET datum = '2020-06-02'",
            "DELETE FROM deelnamevoorwaarden",
            "DELETE FROM deelname",
            "TRUNCATE deelnameovergang",
        ):
            with pytest.raises(psycopg.errors.IntegrityError, match="veranderen nooit"):
                eigenaar.execute(opdracht.encode())
            eigenaar.rollback()


def test_wie_tegelijk_in_gebruik_neemt_wordt_allebei_geteld(database):
    """Both are of one gemeente and domein, so of one count."""
    ander = [opdracht.replace("govroam", "gibit").replace("{x}", "{y}") for opdracht in IN_GEBRUIK]
    laatste, ander_laatste = IN_GEBRUIK[-1], ander[-1]
    doe(
        database.url,
        manier("twee", None, *IN_GEBRUIK[:-1], *ander[:-1], "COMMIT", laatste, f"B wacht: {ander_laatste}", "COMMIT"),
        {},
    )
    with psycopg.connect(database.url) as lezer:
        geteld = lezer.execute("SELECT cardinality(begin) FROM dekkingscel WHERE gemeentecode = 'GM0344'").fetchall()
    assert geteld == [(2,), (2,)], "of its domein, and of all together"
