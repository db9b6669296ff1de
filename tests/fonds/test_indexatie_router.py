"""Indexatie over HTTP: figures, clauses, what they give, the chain of a tariff, by role, together, and past the service."""

from __future__ import annotations

import threading
import uuid
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from fonds_api.app import service as dienst
from fonds_api.indexatie import service
from fonds_api.settings import Settings
from gemeengoed_kit.audit import Actor
from gemeengoed_kit.testing import make_client, make_test_context
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test
from psycopg.types.json import Jsonb

from tests.fonds.conftest import CLOCK, PEER, prepare
from tests.fonds.indexaties import DORDRECHT, JEUGD, LEDENBRIEF, VNG_CIJFER, cijfer, clausule, indexatie, reeks, toepassing
from tests.invariants.fonds import schendingen

GEEN = uuid.uuid4()


@pytest.fixture
def post(client, als) -> Callable[..., Any]:
    def doe(pad: str, inhoud: dict[str, Any], rol: str = "fondsbeheerder") -> Any:
        return client.post(f"/v1{pad}", json=inhoud, headers=als(rol))

    return doe


@pytest.fixture
def maak(post) -> Callable[..., Any]:
    """POST what must be stored."""

    def doe(pad: str, inhoud: dict[str, Any]) -> Any:
        antwoord = post(pad, inhoud)
        assert antwoord.status_code == 201, antwoord.text
        return antwoord.json()

    return doe


def soort(antwoord: Any, status: int = 409) -> str:
    assert antwoord.status_code == status, antwoord.text
    return antwoord.json()["type"].rpartition("/")[2]


def nagerekend(context) -> list[str]:
    with context.work(Actor()) as work:
        return service.narekenen(work)


def test_contributie_van_de_vng_van_2020_tot_tarief(client, als, context, maak, post):
    maak("/indexreeksen", reeks("cpb", naam="Loon- en prijsontwikkeling", uitgever="CPB", onderwerp="beide"))
    eerste = maak("/indexcijfers", cijfer("cpb", 2023, "3.4", "raming", vindplaats=VNG_CIJFER))
    maak("/indexcijfers", cijfer("cpb", 2024, "5.10", "raming", vindplaats=VNG_CIJFER))
    assert eerste["waarde"] == "3.4" and eerste["versie"] == 1
    zo = clausule("vng", {"cpb": "100"}, opslag="1.0", bronvermelding=LEDENBRIEF, aankondigenVoor="12-31")
    vast = maak("/indexclausules", zo)
    assert vast["opslag"] == "1" and vast["onderdelen"] == [{"reeks": "cpb", "aandeel": "100"}] and vast["basis"] is None
    in_2023, in_2024 = (maak("/indexaties", indexatie("vng", jaar)) for jaar in (2023, 2024))
    assert [(een["percentage"], een["factor"], een["stand"]) for een in (in_2023, in_2024)] == [
        ("4.4", "1.044", "voorlopig"),
        ("6.1", "1.061", "voorlopig"),
    ]
    assert in_2023["gegevens"][0]["doel"] == f"/v1/indexcijfers/{eerste['id']}"
    vraag = client.get(f"/v1/indexaties/{in_2024['id']}/berekening?bedrag=1.81", headers=als("administratie"))
    assert vraag.status_code == 200 and vraag.json()["prijs"] == "1.92", "what the source prints for 2024"
    assert [stap["stap"] for stap in vraag.json()["stappen"]] == ["oud", "factor", "product", "nieuw", "prijs"]
    schakel = maak("/indexatietoepassingen", toepassing(in_2024["id"], "1.81"))
    assert (schakel["nieuw"], schakel["vorige"], schakel["verschil"]) == ("1.92", None, None)
    assert schakel["onderwerp"] == {"bron": "abonnement", "pad": "/v1/tarieven/proef"}
    lijst = client.get("/v1/indexaties?clausule=vng&jaar=2024", headers=als("administratie")).json()
    assert lijst["count"] == 1 and lijst["results"] == [in_2024]
    assert nagerekend(context) == []


def test_jeugdwet_en_wmo_2025_verrekent_2024_en_dordrecht_twee_jaren(context, maak, post):
    for code, maat in (("ova", "mutatie"), ("ppc", "mutatie")):
        maak("/indexreeksen", reeks(code, maat))
    for code, jaar, waarde in (("ova", 2024, "4.94"), ("ppc", 2024, "2.51"), ("ova", 2025, "4.18"), ("ppc", 2025, "1.82")):
        maak("/indexcijfers", cijfer(code, jaar, waarde, "voorlopig", vindplaats=JEUGD))
    verrekent = {"nacalculatie": "verhouding", "nacalculatieJaren": 1, "percentageDecimalen": 2}
    maak("/indexclausules", clausule("jeugd", {"ova": "90", "ppc": "10"}, **verrekent, bronvermelding=JEUGD))
    assert maak("/indexaties", indexatie("jeugd", 2024))["percentage"] == "4.7"
    for code, waarde in (("ova", "6.00"), ("ppc", "3.10")):
        assert maak("/indexcijfers", cijfer(code, 2024, waarde, vindplaats=JEUGD))["versie"] == 2
    samen = maak("/indexaties", indexatie("jeugd", 2025))
    assert (samen["percentage"], samen["stand"], len(samen["gegevens"])) == ("4.91", "voorlopig", 4)
    assert [een["overJaar"] for een in samen["gegevens"] if een["oudDoel"]] == [2024, 2024]
    # What was settled in 2025 is not settled again in 2026; a year that was never indexed is not settled at all.
    for code, waarde in (("ova", "4.18"), ("ppc", "1.82")):
        maak("/indexcijfers", cijfer(code, 2026, waarde, vindplaats="Verzonnen (test)"))
    assert maak("/indexaties", indexatie("jeugd", 2026))["percentage"] == "3.94"

    maak("/indexreeksen", reeks())
    terug = {"nacalculatie": "verschil", "nacalculatieJaren": 2, "bronvermelding": DORDRECHT}
    maak("/indexclausules", clausule("dordrecht", **terug))
    for jaar, waarde in ((2018, "1.8"), (2019, "2.4"), (2020, "1.5")):
        maak("/indexcijfers", cijfer("cpi", jaar, waarde, "raming", vindplaats=DORDRECHT))
        if jaar < 2020:
            assert maak("/indexaties", indexatie("dordrecht", jaar))["percentage"] == waarde
    for jaar, waarde in ((2018, "1.7"), (2019, "2.3")):
        maak("/indexcijfers", cijfer("cpi", jaar, waarde, "voorlopig", vindplaats=DORDRECHT))
    assert maak("/indexaties", indexatie("dordrecht", 2020))["percentage"] == "1.3"
    assert nagerekend(context) == []


def test_keten_sluit_aan_en_een_beter_cijfer_laat_zien_wat_te_verrekenen_is(client, als, context, maak, post):
    maak("/indexreeksen", reeks())
    maak("/indexclausules", clausule(ketenDecimalen=4))
    for jaar in (2018, 2019):
        maak("/indexcijfers", cijfer("cpi", jaar, "2", "voorlopig"))
    eerste = maak("/indexaties", indexatie(jaar=2018))
    assert post("/indexaties", indexatie(jaar=2018)).status_code == 200
    assert soort(post("/indexatietoepassingen", toepassing(eerste["id"]))) == "keten-sluit-niet-aan"
    begin = maak("/indexatietoepassingen", toepassing(eerste["id"], "10"))
    maak("/indexcijfers", cijfer("cpi", 2018, "2.5"))
    beter = maak("/indexaties", indexatie(jaar=2018))
    assert (beter["versie"], beter["stand"], beter["percentage"]) == (2, "definitief", "2.5")
    assert soort(post("/indexatietoepassingen", toepassing(eerste["id"], "10"))) == "keten-sluit-niet-aan"
    volgend = maak("/indexaties", indexatie(jaar=2019))
    antwoord = post("/indexatietoepassingen", toepassing(volgend["id"]))
    assert soort(antwoord) == "keten-sluit-niet-aan", "first the last version of the year before"
    nog = maak("/indexatietoepassingen", toepassing(beter["id"], "10"))
    assert (begin["prijs"], nog["prijs"], nog["verschil"], nog["vorige"]) == ("10.2", "10.25", "0.05", None)
    anders = post("/indexatietoepassingen", toepassing(volgend["id"], "10"))
    assert soort(anders) == "keten-sluit-niet-aan" and anders.json()["verwacht"] == "10.25"
    schakel = maak("/indexatietoepassingen", toepassing(volgend["id"], "10.25"))
    assert (schakel["oud"], schakel["nieuw"]) == ("10.25", "10.455")
    assert schakel["vorige"] == f"/v1/indexatietoepassingen/{nog['id']}"
    for indexatie_ in (volgend, beter):
        assert soort(post("/indexatietoepassingen", toepassing(indexatie_["id"]))) == "keten-sluit-niet-aan"
    assert soort(post("/indexaties", indexatie(jaar=2018, op="2018-01-02"))) == "indexatie-achterhaald"
    kop = als("gemeente", gemeentecode="GM0344")
    lijst = client.get("/v1/indexatietoepassingen?onderwerpPad=/v1/tarieven/proef&jaar=2018", headers=kop).json()
    assert [een["verschil"] for een in lijst["results"]] == [None, "0.05"]
    een = client.get(f"/v1/indexatietoepassingen?indexatie={beter['id']}", headers=kop).json()["results"]
    assert een == [nog] == [client.get(f"/v1/indexatietoepassingen/{nog['id']}", headers=kop).json()]
    assert nagerekend(context) == []


def test_narekenen_vindt_wat_achteraf_is_veranderd(database, context, maak):
    maak("/indexreeksen", reeks())
    maak("/indexclausules", clausule())
    for jaar in (2018, 2019):
        maak("/indexcijfers", cijfer("cpi", jaar, "2"))
    eerste, tweede = (maak("/indexaties", indexatie(jaar=jaar)) for jaar in (2018, 2019))
    begin = maak("/indexatietoepassingen", toepassing(eerste["id"], "10"))
    verder = maak("/indexatietoepassingen", toepassing(tweede["id"]))
    assert nagerekend(context) == []
    in_indexatie, in_begin, in_verder = (
        f"/v1/indexaties/{eerste['id']}",
        *(f"/v1/indexatietoepassingen/{een['id']}" for een in (begin, verder)),
    )
    for tabel, zet, id, gevonden in (
        ("indexatie", "percentage = 3", eerste["id"], {in_indexatie, in_begin}),
        ("indexatie", "stappen = '[]'", eerste["id"], {in_indexatie}),
        ("indexcijfer", "waarde = 5", eerste["gegevens"][0]["doel"].rpartition("/")[2], {in_indexatie}),
        ("indexatietoepassing", "nieuw = 11", begin["id"], {in_begin, in_verder}),
        ("indexatietoepassing", "prijs = 11", verder["id"], {in_verder}),
    ):
        with psycopg.connect(database.owner_url) as owner:
            owner.execute(f"ALTER TABLE {tabel} DISABLE TRIGGER USER")
            owner.execute(f"UPDATE {tabel} SET {zet} WHERE id = %s", [id])
            owner.commit()
            assert set(nagerekend(context)) == gevonden, (tabel, zet)
            oud = {"percentage": "2", "waarde": "2", "nieuw": "10.2", "prijs": verder["prijs"]}
            naam = zet.partition(" ")[0]
            if naam == "stappen":
                owner.execute("UPDATE indexatie SET stappen = %s WHERE id = %s", [Jsonb(eerste["stappen"]), id])
            else:
                owner.execute(f"UPDATE {tabel} SET {naam} = {oud[naam]} WHERE id = %s", [id])
            owner.execute(f"ALTER TABLE {tabel} ENABLE TRIGGER USER")
    assert nagerekend(context) == []


def test_wat_niet_past_wordt_geweigerd(maak, post):
    maak("/indexreeksen", reeks())
    maak("/indexreeksen", reeks("niveau", "niveau"))
    assert soort(post("/indexreeksen", reeks())) == "code-vergeven"
    assert soort(post("/indexcijfers", cijfer("geen", 2018, "1"))) == "onbekende-indexreeks"
    for waarde, code in (("-100", "cpi"), ("0", "niveau"), ("-1", "niveau")):
        assert soort(post("/indexcijfers", cijfer(code, 2018, waarde))) == "indexcijfer-past-niet"
    assert soort(post("/indexcijfers", cijfer("cpi", 2018, "1", gepubliceerdOp="2030-01-01"))) == "datum-te-ver-vooruit"
    maak("/indexcijfers", cijfer("cpi", 2018, "1"))
    assert soort(post("/indexcijfers", cijfer("cpi", 2018, "1", "raming"))) == "indexcijfer-past-niet"
    fout = post("/indexclausules", clausule("fout", {"niveau": "60", "geen": "41"}, nacalculatieJaren=1))
    assert soort(fout) == "clausule-tegenstrijdig"
    assert [een["name"] for een in fout.json()["invalidParams"]] == [
        "onderdelen.1.reeks",
        "onderdelen",
        "basis",
        "nacalculatieJaren",
    ]
    maak("/indexclausules", clausule(aankondigenVoor="10-01"))
    assert soort(post("/indexclausules", clausule())) == "code-vergeven"
    maand = {"doel": {"jarenTerug": 1, "maand": 9}, "basis": {"jarenTerug": 2, "maand": 9}}
    maak("/indexclausules", clausule("maand", {"niveau": "100"}, **maand))
    mist = post("/indexaties", indexatie("maand"))
    assert soort(mist) == "indexcijfers-ontbreken" and mist.json()["ontbreekt"] == ["niveau 2016-09", "niveau 2017-09"]
    for periode, waarde in (("2016-09", "100"), ("2017-09", "101.5")):
        maak("/indexcijfers", cijfer("niveau", periode, waarde))
    assert maak("/indexaties", indexatie("maand"))["percentage"] == "1.5"
    assert soort(post("/indexaties", indexatie("geen"))) == "onbekende-indexclausule"
    laat = post("/indexaties", indexatie(op="2017-10-02"))
    assert soort(laat) == "te-laat-aangekondigd" and laat.json()["uiterlijk"] == "2017-10-01"
    op_tijd = maak("/indexaties", indexatie(op="2017-10-01"))
    assert soort(post("/indexaties", indexatie(op="2030-10-01"))) == "datum-te-ver-vooruit"
    assert soort(post("/indexatietoepassingen", toepassing(str(GEEN), "1"))) == "onbekende-indexatie"
    maak("/indexcijfers", cijfer("cpi", 2018, "1001"))
    assert soort(post("/indexaties", indexatie(op="2017-10-01"))) == "uitkomst-onmogelijk"
    assert post("/indexatietoepassingen", toepassing(op_tijd["id"], "9999999999.99")).status_code == 201
    for waarde in ("1,5", "1e3", "", "+1", "01", "1.", "NaN", "1" * 30, 1.5, None):
        assert post("/indexcijfers", {**cijfer("cpi", 2017, "1"), "waarde": waarde}).status_code == 400
    for dag in ("02-29", "04-31", "13-01", "1-1"):
        assert post("/indexclausules", clausule("dag", aankondigenVoor=dag)).status_code == 400


def test_wie_wat_mag(client, als, maak, post):
    maak("/indexreeksen", reeks())
    maak("/indexclausules", clausule())
    eigen = maak("/indexcijfers", cijfer("cpi", 2018, "1"))
    een = maak("/indexaties", indexatie())
    keten = maak("/indexatietoepassingen", toepassing(een["id"], "1"))
    schrijven = {
        "/indexreeksen": reeks("b"),
        "/indexclausules": clausule("b"),
        "/indexcijfers": cijfer("cpi", 2019, "1"),
        "/indexaties": indexatie(),
        "/indexatietoepassingen": toepassing(een["id"]),
    }
    paden = ["/indexreeksen/cpi", "/indexclausules/proef", f"/indexcijfers/{eigen['id']}", f"/indexaties/{een['id']}"]
    paden += [f"/indexaties/{een['id']}/berekening?bedrag=1", f"/indexatietoepassingen/{keten['id']}", *schrijven]
    for rol in ("administratie", "bestuur", "accountant", "gemeente", "aanbieder"):
        for pad, inhoud in schrijven.items():
            assert post(pad, inhoud, rol).status_code == 403, (rol, pad)
    for pad in paden:
        assert client.get(f"/v1{pad}").status_code == 401 and client.get(f"/v1{pad}", headers=als("aanbieder")).status_code == 403
        assert soort(client.get(f"/v1{pad}", headers=als("gemeente")), 403) == "geen-gemeentecode"
        gezien = {
            client.get(f"/v1{pad}", headers=als(rol, gemeentecode="GM0344")).text
            for rol in ("fondsbeheerder", "administratie", "bestuur", "accountant", "gemeente")
        }
        assert len(gezien) == 1, "what is published is the same for everybody"
    for pad, wat in (
        ("/indexreeksen/x", "indexreeks"),
        ("/indexclausules/x", "indexclausule"),
        (f"/indexcijfers/{GEEN}", "indexcijfer"),
        (f"/indexaties/{GEEN}", "indexatie"),
        (f"/indexaties/{GEEN}/berekening?bedrag=1", "indexatie"),
        (f"/indexatietoepassingen/{GEEN}", "indexatietoepassing"),
    ):
        assert soort(client.get(f"/v1{pad}", headers=als("administratie")), 404) == f"{wat}-niet-gevonden"


def tegelijk(*doen: Callable[[], Any]) -> list[int]:
    uit: list[int] = []
    draden = [threading.Thread(target=lambda een=een: uit.append(een().status_code)) for een in doen]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    return sorted(uit)


def test_tegelijk_geeft_geen_gat_en_geen_dubbel(client, als, context, database, maak, post):
    assert tegelijk(*[lambda: post("/indexreeksen", reeks())] * 4) == [201, 409, 409, 409]
    assert tegelijk(*[lambda n=n: post("/indexcijfers", cijfer("cpi", 2018, str(n))) for n in range(6)]) == [201] * 6
    versies = client.get("/v1/indexcijfers?reeks=cpi&periode=2018", headers=als("bestuur")).json()["results"]
    assert [een["versie"] for een in versies] == [1, 2, 3, 4, 5, 6]
    assert tegelijk(*[lambda: post("/indexclausules", clausule())] * 4) == [201, 409, 409, 409]
    assert tegelijk(*[lambda: post("/indexaties", indexatie())] * 5) == [200, 200, 200, 200, 201]
    (een,) = client.get("/v1/indexaties", headers=als("bestuur")).json()["results"]
    assert tegelijk(*[lambda: post("/indexatietoepassingen", toepassing(een["id"], "5"))] * 4) == [201, 409, 409, 409]
    maak("/indexcijfers", cijfer("cpi", 2019, "3"))
    volgend = maak("/indexaties", indexatie(jaar=2019))
    doen = [lambda: post("/indexatietoepassingen", toepassing(volgend["id"]))] * 3
    assert tegelijk(*doen, lambda: post("/indexatietoepassingen", toepassing(een["id"], "5"))) == [201, 409, 409, 409]
    assert nagerekend(context) == [] and schendingen(database.url) == []


CIJFER = (
    "INSERT INTO indexcijfer VALUES ('{id}', '{reeks}', '2018', {versie}, '{stand}', {waarde}, "
    "'p', '2018-01-01', 'v', NULL, now())"
)
CLAUSULE = (
    "INSERT INTO indexclausule VALUES ('x', 'n', 'b', 't', {delen}, 0, NULL, NULL, NULL, 0, NULL, NULL, "
    "1, 'half-omhoog', 2, 'half-omhoog', 2, 'half-omhoog', 'geen', 0, NULL, now())"
)
DEEL = "INSERT INTO indexclausuleonderdeel VALUES ('x', {nummer}, '{reeks}', {aandeel})"
INDEXATIE = "INSERT INTO indexatie VALUES ('{id}', 'proef', {jaar}, {versie}, '{stand}', 2, '2018-01-01', {aantal}, '[]', now())"
GEGEVEN = "INSERT INTO indexatiegegeven VALUES ('{id}', {nummer}, {jaar}, 'cpi', '{doel}', NULL, {oud}, NULL)"
SCHAKEL = (
    "INSERT INTO indexatietoepassing (id, bron, pad, indexatie, jaar, vorige, oud, nieuw, prijs, stappen, vastgelegd_op) "
    "VALUES (gen_random_uuid(), 'abonnement', '/v1/tarieven/proef', '{indexatie}', {jaar}, {vorige}, {oud}, 1, 1, '[]', now())"
)
TABELLEN = (
    *("indexreeks", "indexcijfer", "indexclausule", "indexclausuleonderdeel"),
    *("indexatie", "indexatiegegeven", "indexatietoepassing"),
)


def test_database_weigert_wat_nooit_mag(database, maak):
    for code, maat in (("cpi", "mutatie"), ("niveau", "niveau")):
        maak("/indexreeksen", reeks(code, maat))
    maak("/indexclausules", clausule())
    vast = maak("/indexcijfers", cijfer("cpi", 2018, "1"))["id"]
    voorlopig = maak("/indexcijfers", cijfer("cpi", 2019, "1", "voorlopig"))["id"]
    eerste, tweede = (maak("/indexaties", indexatie(jaar=jaar))["id"] for jaar in (2018, 2019))
    schakel = maak("/indexatietoepassingen", toepassing(tweede, "10"))["id"]

    def sql(vorm: str, **anders: Any) -> str:
        gewoon = {"id": uuid.uuid4(), "reeks": "cpi", "versie": 1, "stand": "definitief", "waarde": 1, "delen": 1, "nummer": 1}
        gewoon |= {"aandeel": 100, "jaar": 2020, "aantal": 1, "doel": vast, "oud": "NULL", "vorige": "NULL", "indexatie": tweede}
        return vorm.format(**{**gewoon, **anders})

    def geheel(**anders: Any) -> list[str]:
        id = uuid.uuid4()
        return [sql(INDEXATIE, id=id, **{"jaar": 2020, **anders}), sql(GEGEVEN, id=id, **anders)]

    kan_niet = [
        [sql(CIJFER, versie=3)],
        [sql(CIJFER, versie=1)],
        [sql(CIJFER, versie=2, stand="raming")],
        [sql(CIJFER, reeks="niveau", waarde=0)],
        [sql(CIJFER, versie=2, waarde=-100)],
        [sql(CLAUSULE)],
        [sql(CLAUSULE), sql(DEEL, aandeel=99)],
        [sql(CLAUSULE), sql(DEEL), sql(DEEL, nummer=2, reeks="niveau", aandeel=1)],
        [sql(DEEL.replace("'x'", "'proef'"), nummer=2, reeks="niveau", aandeel=1)],
        geheel(versie=2),
        geheel(jaar=2017),
        geheel(aantal=2),
        geheel(stand="voorlopig"),
        geheel(doel=voorlopig),
        [sql(INDEXATIE), sql(GEGEVEN, id=eerste, nummer=2)],
        [sql(GEGEVEN, id=eerste, nummer=1, jaar=2017, oud=f"'{vast}'")],
        [geheel()[0]],
        [sql(SCHAKEL, jaar=2019, oud=10)],  # the same once more
        [sql(SCHAKEL, indexatie=eerste, jaar=2018, oud=10)],  # a later year was applied
        [sql(SCHAKEL, indexatie=eerste, jaar=2020, oud=10, vorige=f"'{schakel}'")],  # not its year
    ]
    for opdrachten in kan_niet:
        with psycopg.connect(database.url) as db, pytest.raises(psycopg.errors.IntegrityError):
            for opdracht in opdrachten:
                db.execute(opdracht)
            db.commit()
    with psycopg.connect(database.url) as db:
        for opdracht in geheel():
            db.execute(opdracht)
        derde = db.execute("SELECT id FROM indexatie WHERE jaar = 2020").fetchone()[0]
        for vorige, oud in ((f"'{schakel}'", 11), ("NULL", 10), (f"'{schakel}'", "9.9999999999")):
            with pytest.raises(psycopg.errors.IntegrityError), db.transaction():
                db.execute(sql(SCHAKEL, indexatie=derde, vorige=vorige, oud=oud))
        db.execute(sql(SCHAKEL, indexatie=derde, vorige=f"'{schakel}'", oud="10.1"))
    for tabel in TABELLEN:
        kolom = "reeks" if tabel == "indexatiegegeven" else "nummer" if tabel == "indexclausuleonderdeel" else "vastgelegd_op"
        for opdracht in (f"UPDATE {tabel} SET {kolom} = {kolom}", f"DELETE FROM {tabel}", f"TRUNCATE {tabel} CASCADE"):
            with psycopg.connect(database.url) as db, pytest.raises(psycopg.errors.InsufficientPrivilege):
                db.execute(opdracht)
            with psycopg.connect(database.owner_url) as owner, pytest.raises(psycopg.errors.IntegrityConstraintViolation):
                owner.execute(opdracht)


class Keten(RuleBasedStateMachine):
    """A series, a clause that settles one year back, and a tariff: any order of figures, indexations and applications gives what
    a model predicts, and a definitive tariff is as if everything had been known, but for rounding."""

    templates: Any
    bereikt: Counter[str]

    @initialize()
    def begin(self) -> None:
        self.database = self.templates.copy("fonds", prepare)
        instellingen = Settings(
            database_url=self.database.url, peer_id="00000099000000000001", jwks_url="http://manager.test/jwks"
        )
        self.context, issuer = make_test_context(dienst, instellingen, CLOCK)
        self.client = make_client(dienst, self.context)
        self.kop = issuer.headers(PEER, "fondsbeheerder")
        self.cijfers: dict[int, Decimal] = {}
        self.gebruikt: dict[int, Decimal] = {}
        self.laatste, self.versie, self.tarief, self.vorig = 2018, 0, None, Decimal(1000)
        self.post("/indexreeksen", reeks(), 201)
        terug = {"nacalculatie": "verhouding", "nacalculatieJaren": 1, "percentageDecimalen": 8, "ketenDecimalen": 10}
        self.post("/indexclausules", clausule(**terug), 201)

    def post(self, pad: str, inhoud: dict[str, Any], *status: int) -> Any:
        antwoord = self.client.post(f"/v1{pad}", json=inhoud, headers=self.kop)
        assert antwoord.status_code in status, antwoord.text
        return antwoord.json()

    @rule(jaar=st.integers(2018, 2021), procent=st.decimals(-5, 9, places=1))
    def publiceer(self, jaar: int, procent: Decimal) -> None:
        self.post("/indexcijfers", cijfer("cpi", jaar, str(procent)), 201)
        self.cijfers[jaar] = procent

    @rule(verder=st.booleans())
    def indexeer(self, verder: bool) -> None:
        jaar = self.laatste + (1 if verder and self.versie and self.tarief else 0)
        if jaar not in self.cijfers:
            self.post("/indexaties", indexatie(jaar=jaar), 409)
            self.bereikt["ontbreekt"] += 1
            return
        antwoord = self.post("/indexaties", indexatie(jaar=jaar), 200, 201)
        factor = 1 + self.cijfers[jaar] / 100
        if jaar - 1 in self.gebruikt:
            factor += (100 + self.cijfers[jaar - 1]) / (100 + self.gebruikt[jaar - 1]) - 1
            self.bereikt["verrekend"] += self.cijfers[jaar - 1] != self.gebruikt[jaar - 1]
        assert abs(Decimal(antwoord["factor"]) - factor) <= Decimal("1e-10"), (antwoord, factor)
        if jaar > self.laatste:
            self.vorig, self.tarief, self.versie = self.tarief, None, 0
        self.laatste, self.gebruikt[jaar] = jaar, self.cijfers[jaar]
        if antwoord["versie"] > self.versie:
            self.bereikt["volgende versie" if self.versie else "eerste jaar"] += 1
            self.versie, self.id, self.factor, self.tarief = antwoord["versie"], antwoord["id"], antwoord["factor"], None

    @precondition(lambda self: self.versie)
    @rule()
    def pas_toe(self) -> None:
        begin = {"oud": "1000"} if self.laatste == 2018 else {}
        inhoud = {**toepassing(self.id), **begin}
        if self.tarief is not None:
            self.post("/indexatietoepassingen", inhoud, 409)
            self.bereikt["al toegepast"] += 1
            return
        antwoord = self.post("/indexatietoepassingen", inhoud, 201)
        self.bereikt["toegepast"] += 1
        self.tarief = Decimal(antwoord["nieuw"])
        assert abs(self.tarief - self.vorig * Decimal(self.factor)) <= Decimal("5e-11")

    def teardown(self) -> None:
        if hasattr(self, "database"):
            try:
                assert nagerekend(self.context) == [] and schendingen(self.database.url) == []
            finally:
                self.context.close()
                self.templates.drop(self.database)


def test_elke_volgorde_geeft_wat_het_model_voorspelt(templates):
    Keten.templates, Keten.bereikt = templates, Counter()
    run_state_machine_as_test(
        Keten,
        settings=settings(
            max_examples=10, stateful_step_count=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
        ),
    )
    print(dict(Keten.bereikt))
    assert set(Keten.bereikt) == {"ontbreekt", "eerste jaar", "verrekend", "volgende versie", "toegepast", "al toegepast"}
