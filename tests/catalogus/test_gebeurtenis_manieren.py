"""Ways to falsify what happened, as the service's own role."""

from __future__ import annotations

import psycopg
import pytest

from tests.manieren import RECHT, REGEL, Manier, doe, manier, parameters

NIEUW = (
    "INSERT INTO gebeurtenis (id, type, onderwerp, tijd, data, zichtbaar_voor{k}) VALUES "
    "('{v}', 'nl.gemeengoed.catalogus.proef.gemaakt', '/v1/proeven/1', now(), '{d}', '{}'{w})"
)


def nieuw(kolommen: str = "", waarden: str = "", **anders: str) -> str:
    opdracht = NIEUW.replace("{k}", kolommen).replace("{w}", waarden).replace("{d}", anders.pop("data", "{}"))
    for van, naar in anders.items():
        opdracht = opdracht.replace(van, naar)
    return opdracht


MANIEREN = [
    manier("zoals het hoort", None, nieuw()),
    manier("nummer kiezen", RECHT, nieuw(", volgnummer", ", 7")),
    manier("schrijfmoment kiezen", RECHT, nieuw(", geschreven_op", ", '2001-01-01'")),
    manier("nummer pakken", RECHT, "SELECT nextval('gebeurtenis_volgnummer_seq')"),
    manier("nummers opnieuw laten beginnen", RECHT, "SELECT setval('gebeurtenis_volgnummer_seq', 1)"),
    manier("oneindig", REGEL, nieuw().replace("now()", "'infinity'")),
    manier("data als lijst", REGEL, nieuw(data="[]")),
    manier("ander type", REGEL, nieuw().replace("nl.gemeengoed.catalogus", "com.example")),
    manier("onderwerp elders", REGEL, nieuw().replace("/v1/proeven/1", "https://elders.example/")),
    manier("niemand als kring", REGEL, nieuw().replace("'{}')", "'{NULL}')")),
    manier("wijzigen", RECHT, "UPDATE gebeurtenis SET zichtbaar_voor = '{iedereen}'"),
    manier("wissen", RECHT, "DELETE FROM gebeurtenis"),
    manier("legen", RECHT, "TRUNCATE gebeurtenis"),
    manier("anders tellen", RECHT, "UPDATE gebeurtenis_telling SET aantal = 0"),
    manier("trigger uit", RECHT, "ALTER TABLE gebeurtenis DISABLE TRIGGER USER"),
    manier("functie op een eigen tabel", RECHT, "CREATE TEMP TABLE t AS SELECT * FROM gebeurtenis",
           "CREATE TRIGGER t AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION public.nummer_gebeurtenis()"),
    manier("nummer meteen, en dan wachten", None, "SET CONSTRAINTS ALL IMMEDIATE", nieuw(), "B wacht: SET CONSTRAINTS ALL IMMEDIATE; " + nieuw().replace("{v}", "{x}")),
]  # fmt: skip
GETELD = "SELECT blok, type, zichtbaar_voor, aantal FROM gebeurtenis_telling"
GEBEURD = "SELECT volgnummer / 10000, type, zichtbaar_voor, count(*) FROM gebeurtenis GROUP BY 1, 2, 3"
ZONDER_NUMMER = "SELECT count(*) FROM gebeurtenis WHERE volgnummer IS NULL"


@pytest.mark.parametrize("wijze", parameters(MANIEREN))
def test_wat_er_gebeurde_blijft_zoals_het_is_opgeschreven(database, wijze: Manier):
    with psycopg.connect(database.owner_url) as eigenaar:
        eerder = eigenaar.execute("SELECT * FROM gebeurtenis").fetchall()
        eigenaar.commit()
        doe(database.url, wijze, {})
        later = eigenaar.execute("SELECT * FROM gebeurtenis").fetchall()
        assert set(map(str, eerder)) <= set(map(str, later)) and eerder
        assert eigenaar.execute(ZONDER_NUMMER).fetchone() == (0,)
        assert sorted(eigenaar.execute(GETELD)) == sorted(eigenaar.execute(GEBEURD))


@pytest.mark.parametrize(
    "opdracht",
    [
        "UPDATE gebeurtenis SET data = '{}'",
        "UPDATE gebeurtenis SET volgnummer = volgnummer + 1",
        "UPDATE gebeurtenis SET volgnummer = NULL",
        "DELETE FROM gebeurtenis",
        "TRUNCATE gebeurtenis",
    ],
)
def test_ook_de_eigenaar_wijzigt_niet_wat_er_gebeurde(database, opdracht):
    with psycopg.connect(database.owner_url) as eigenaar, pytest.raises(psycopg.errors.IntegrityError, match="veranderen nooit"):
        eigenaar.execute(opdracht.encode())
