"""Ways to falsify what was decided, as the service's own role."""

from __future__ import annotations

import psycopg
import pytest
from catalogus_api.besluit.rules import BEVOEGD, Gremium, Soort
from psycopg import errors

from tests.manieren import RECHT, REGEL, Manier, doe, manier, parameters

KOLOMMEN = {
    "id": "'{v}'",
    "gremium": "'bestuur'",
    "soort": "'start initiatief'",
    "datum": "'2018-01-10'",
    "nauwkeurigheid": "'dag'",
    "uitkomst": "'positief'",
    "voorzieningen": "'{govroam,gibit}'",
    "titel": "'x'",
    "tekst": "'x'",
    "bronvermelding": "'x'",
    "vindplaatsen": "'[]'",
    "vastgelegd_op": "now()",
}


def nieuw(**anders: str) -> str:
    rij = {**KOLOMMEN, **anders}
    return f"INSERT INTO besluit ({', '.join(rij)}) VALUES ({', '.join(rij.values())})"


def opvolger(id: str, **anders: str) -> str:
    return nieuw(**{"id": f"'{{{id}}}'", "volgt_op": "'{v}'", **anders})


ALLEEN_GOVROAM = {"voorzieningen": "'{govroam}'"}
MANIEREN = [
    manier("zoals het hoort", None, nieuw(), opvolger("x"), opvolger("y", volgt_op="'{x}'")),
    manier("elk een eigen voorziening", None, nieuw(), opvolger("x", **ALLEEN_GOVROAM), opvolger("y", voorzieningen="'{gibit}'")),
    manier("twee opvolgers", REGEL, nieuw(), opvolger("x"), opvolger("y")),
    manier("twee opvolgers tegelijk", REGEL, nieuw(), "COMMIT", opvolger("x"), "B wacht: " + opvolger("y")),
    manier("twee opvolgers, deels", REGEL, nieuw(), opvolger("x", **ALLEEN_GOVROAM), opvolger("y")),
    manier("over iets anders", REGEL, nieuw(**ALLEEN_GOVROAM), opvolger("x", voorzieningen="'{gibit}'")),
    manier("terug in de tijd", REGEL, nieuw(), opvolger("x", datum="'2018-01-09'")),
    manier("volgt zichzelf", REGEL, nieuw(volgt_op="'{v}'")),
    manier("volgt niets", REGEL, opvolger("x")),
    manier("advies dat niet bestaat", REGEL, nieuw(advies="'{x}'", advies_gevolgd="true")),
    manier("advies gevolgd zonder advies", REGEL, nieuw(advies_gevolgd="true")),
    manier("advies zonder of het is gevolgd", REGEL, nieuw(id="'{x}'"), nieuw(advies="'{x}'")),
    manier("advies over niets", REGEL, nieuw(soort="'advies'")),
    manier("onbekende voorziening", REGEL, nieuw(voorzieningen="'{geen}'")),
    manier("voorziening twee keer", REGEL, nieuw(voorzieningen="'{govroam,govroam}'")),
    manier("voorziening null", REGEL, nieuw(voorzieningen="'{NULL}'")),
    manier("over niets", REGEL, nieuw(voorzieningen="'{}'")),
    manier("kader over niets", None, nieuw(voorzieningen="'{}'", soort="'kaderbesluit'")),
    manier("onbekend gremium", REGEL, nieuw(gremium="'raad'")),
    manier("onbekende binding", REGEL, nieuw(mate_van_binding="'half'")),
    manier("niet de laatste dag van de maand", REGEL, nieuw(nauwkeurigheid="'maand'")),
    manier("niet de laatste dag van het jaar", REGEL, nieuw(nauwkeurigheid="'jaar'", datum="'2017-11-30'")),
    manier("laatste dag van het jaar", None, nieuw(nauwkeurigheid="'jaar'", datum="'2017-12-31'")),
    manier("oneindige dag", REGEL, nieuw(datum="'infinity'")),
    manier("oneindig moment", REGEL, nieuw(vastgelegd_op="'-infinity'")),
    manier("vindplaatsen als object", REGEL, nieuw(vindplaatsen="'{}'")),
    manier("wijzigen", RECHT, nieuw(), "UPDATE besluit SET uitkomst = 'negatief'"),
    manier("wissen", RECHT, "DELETE FROM besluit"),
    manier("legen", RECHT, "TRUNCATE besluit CASCADE"),
    manier("voorziening erbij", RECHT, nieuw(**ALLEEN_GOVROAM),
           "INSERT INTO besluit_voorziening VALUES ('{v}', '2018-01-10', 'gibit')"),
    manier("voorziening eraf", RECHT, "DELETE FROM besluit_voorziening"),
    manier("andere voorganger", RECHT, "UPDATE besluit_voorziening SET volgt_op = NULL"),
    manier("trigger uit", RECHT, "ALTER TABLE besluit DISABLE TRIGGER USER"),
    manier("functie op een eigen tabel", RECHT, "CREATE TEMP TABLE t AS SELECT * FROM besluit",
           "CREATE TRIGGER t AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION public.besluit_over_voorzieningen()"),
]  # fmt: skip


@pytest.mark.parametrize("wijze", parameters(MANIEREN))
def test_manier(database, wijze: Manier):
    doe(database.url, wijze, {})
    with psycopg.connect(database.owner_url) as eigenaar:
        verschil = eigenaar.execute(
            "SELECT count(*) FROM besluit b WHERE ARRAY(SELECT unnest(voorzieningen) ORDER BY 1) IS DISTINCT FROM "
            "ARRAY(SELECT voorziening FROM besluit_voorziening v WHERE v.besluit = b.id ORDER BY 1)"
        ).fetchone()
    assert verschil == (0,)


def test_ook_de_eigenaar_wijzigt_niets_en_de_woorden_zijn_die_van_de_regels(database):
    for opdracht in (
        "UPDATE besluit SET titel = 'x'",
        "DELETE FROM besluit",
        "TRUNCATE besluit CASCADE",
        "UPDATE besluit_voorziening SET volgt_op = NULL",
        "DELETE FROM besluit_voorziening",
        "TRUNCATE besluit_voorziening",
    ):
        with psycopg.connect(database.owner_url) as eigenaar, pytest.raises(errors.IntegrityError, match="veranderen nooit"):
            eigenaar.execute(opdracht.encode())
    with psycopg.connect(database.url) as verbinding:
        for soort, gremia in BEVOEGD.items():
            for gremium in gremia:
                over = {"advies_over": "'opschaling'"} if soort == "advies" else {}
                verbinding.execute(nieuw(id="gen_random_uuid()", soort=f"'{soort}'", gremium=f"'{gremium}'", **over).encode())
    assert set(BEVOEGD) == set(Soort.__args__) and set().union(*BEVOEGD.values()) == set(Gremium.__args__)
