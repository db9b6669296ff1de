"""Statements of an account over HTTP: any page of them, folded or not, is what the lines say."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from itertools import accumulate

from fonds_api.zegel import service as zegel
from gemeengoed_kit.audit import Actor
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fonds.test_gelijktijdig import verstuur
from tests.invariants.fonds import schendingen

PAD = "/v1/fondsen/derdengelden/rekeningen/1300/afschrift"


def vouw(context) -> None:
    """Seal what waits, which folds it too."""
    with context.work(Actor()) as work:
        zegel.verzegelen(work, "derdengelden")


def test_afschrift_loopt_van_begin_naar_eindsaldo(client, als, boek, boeking, context):
    gemaakt = [
        boek(boeking(("1300", cent), ("2310", -cent), boekdatum=dag)).json()
        for dag, cent in [("2017-12-31", 100), ("2018-01-15", 20), ("2018-01-02", 3), ("2018-01-15", -4)]
    ]
    vragen = (f"{PAD}?vanaf=2018-01-01&tot=2018-02-01", PAD)
    los = [client.get(vraag, headers=als("administratie")).json() for vraag in vragen]
    vouw(context)
    for vraag, eerder in zip(vragen, los, strict=True):
        afschrift = client.get(vraag, headers=als("administratie")).json()
        assert afschrift == eerder and afschrift["count"] == 3
        assert (afschrift["beginsaldoCent"], afschrift["eindsaldoCent"]) == (100, 119)
        assert [(r["boekdatum"], r["bedragCent"], r["saldoCent"]) for r in afschrift["results"]] == [
            ("2018-01-02", 3, 103),
            ("2018-01-15", 20, 123),
            ("2018-01-15", -4, 119),
        ]
    eerste = afschrift["results"][1]
    assert eerste["boeking"] == f"/v1/boekingen/{gemaakt[1]['id']}" and eerste["bron"] == gemaakt[1]["bron"]
    assert (afschrift["vanaf"], afschrift["tot"], afschrift["naam"]) == ("2018-01-01", "2018-01-16", "Debiteuren gemeenten")


def test_afschrift_van_wat_er_niet_is(client, als):
    for pad, rol, status in (
        (PAD.replace("1300", "9999"), "administratie", 404),
        (PAD.replace("derdengelden", "ggu"), "administratie", 404),
        (PAD.replace("derdengelden", "ggu"), "fondsbeheerder", 200),
        (f"{PAD}?vanaf=2018-01-02&tot=2018-01-02", "administratie", 409),
        (f"{PAD}?vanaf=x", "administratie", 400),
        (PAD, "gemeente", 403),
    ):
        assert client.get(pad, headers=als(rol, gemeentecode="GM0344")).status_code == status


def test_dagen_van_een_afschrift_zonder_begin_of_eind(client, als, boek, boeking):
    """A day ahead without an end shows what lies ahead; an end in an earlier year without a beginning shows that year."""
    for cent, dag in ((1, "2017-06-01"), (2, "2018-01-15"), (4, "2018-03-01"), (8, "2019-01-10")):
        assert boek(boeking(("1300", cent), ("2310", -cent), boekdatum=dag)).status_code == 201
    for vraag, vanaf, tot, centen in (
        ("", "2018-01-01", "2018-01-16", [2]),
        ("?vanaf=2018-01-15", "2018-01-15", "2018-01-16", [2]),
        ("?vanaf=2018-01-16", "2018-01-16", "2019-01-17", [4, 8]),
        ("?vanaf=2100-12-31", "2100-12-31", "2102-01-01", []),
        ("?tot=2018-01-01", "2017-01-01", "2018-01-01", [1]),
        ("?tot=2000-01-01", "1999-01-01", "2000-01-01", []),
    ):
        afschrift = client.get(f"{PAD}{vraag}", headers=als("administratie"))
        assert afschrift.status_code == 200, afschrift.text
        gegeven = afschrift.json()
        assert (gegeven["vanaf"], gegeven["tot"], [r["bedragCent"] for r in gegeven["results"]]) == (vanaf, tot, centen), vraag


@settings(max_examples=8, derandomize=True)
@given(
    data=st.data(),
    dagen=st.lists(st.tuples(st.integers(0, 680), st.integers(-50, 50).filter(bool)), min_size=1, max_size=25),
    delen=st.lists(st.booleans(), min_size=25, max_size=25),
)
def _elke_bladzijde(omgeving, data, dagen, delen) -> None:
    """Whatever was folded when, each page is a part of the whole, and balances are sums of lines."""
    client, als, boek, boeking, context, geboekt = omgeving
    for (na, cent), nu in zip(dagen, delen, strict=False):
        dag = date(2017, 3, 1) + timedelta(days=na)
        assert boek(boeking(("1300", cent), ("2310", -cent), boekdatum=dag.isoformat())).status_code == 201
        geboekt.append((dag, len(geboekt), cent))
        if nu:
            vouw(context)
    vanaf = data.draw(st.dates(date(2017, 1, 1), date(2018, 12, 1)))
    tot = data.draw(st.dates(vanaf + timedelta(days=1), date(2019, 12, 31)))
    grootte = data.draw(st.integers(1, 7))
    verwacht = sorted(regel for regel in geboekt if vanaf <= regel[0] < tot)
    begin = sum(cent for dag, _, cent in geboekt if dag < vanaf)
    saldi = list(accumulate((cent for _, _, cent in verwacht), initial=begin))
    gezien, pad = [], f"{PAD}?vanaf={vanaf}&tot={tot}&pageSize={grootte}"
    while pad:
        pagina = client.get(pad, headers=als("administratie")).json()
        assert (pagina["beginsaldoCent"], pagina["eindsaldoCent"]) == (begin, saldi[-1])
        assert pagina["count"] == len(verwacht)
        gezien += [(r["boekdatum"], r["bedragCent"], r["saldoCent"]) for r in pagina["results"]]
        pad = pagina["next"]
    assert gezien == [(str(dag), cent, na) for (dag, _, cent), na in zip(verwacht, saldi[1:], strict=True)]
    balans = client.get(
        f"/v1/fondsen/derdengelden/saldibalans?datum={tot - timedelta(days=1)}", headers=als("administratie")
    ).json()
    assert {r["nummer"]: r["saldoCent"] for r in balans["rekeningen"]}["1300"] == saldi[-1]
    assert balans["aantalBoekingen"] == sum(dag < tot for dag, _, _ in geboekt)


def test_elke_bladzijde_is_een_deel_van_het_geheel(client, als, boek, boeking, context, database):
    _elke_bladzijde((client, als, boek, boeking, context, []))
    assert schendingen(database.url) == []


def test_vouwen_terwijl_er_wordt_geboekt_verandert_geen_saldo(context, database, als, boeking, client):
    """Folding and reading beside 16 bookers: at every moment the balances of a fonds add up to zero, and none is lost."""
    kop, klaar, gezien = als("administratie"), threading.Event(), []

    def beide() -> None:
        while not klaar.is_set() or len(gezien) < 4:  # also where booking is done before the fourth look
            vouw(context)
            balans = client.get("/v1/fondsen/derdengelden/saldibalans", headers=kop).json()
            assert balans["saldoTotaalCent"] == 0
            debiteuren = next(r for r in balans["rekeningen"] if r["nummer"] == "1300")
            gezien.append((balans["aantalBoekingen"], debiteuren["saldoCent"]))

    vouwer = threading.Thread(target=beide)
    vouwer.start()
    try:
        antwoorden = verstuur(
            context,
            [(boeking(("1300", 7), ("2310", -4), ("2320", -3)), {**kop, "Idempotency-Key": f"s-{n}"}) for n in range(400)],
        )
    finally:
        klaar.set()
        vouwer.join()
    assert {a.status_code for a in antwoorden} == {201}
    assert all(cent == 7 * aantal for aantal, cent in gezien) and gezien == sorted(gezien)
    vouw(context)
    eind = client.get("/v1/fondsen/derdengelden/saldibalans", headers=kop).json()
    assert eind["aantalBoekingen"] == 400 and schendingen(database.url) == []
