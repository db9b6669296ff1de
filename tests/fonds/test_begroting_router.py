"""A begroting from the paper to its adoption, by role, and what the database itself refuses."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from fonds_api.settings import Settings

from tests.fonds.begrotingen import CSV, SAMEN, WIE, XLSX, gedekt, papier, tabel, vraag, werkmap
from tests.fonds.besluiten import ALIAS, BESTUUR, LEDEN, NEGATIEF, START, Catalogus, catalogus, verwijs
from tests.fonds.besluiten import stel_vast as stel_zelf_vast
from tests.invariants.fonds import schendingen

GEEN = uuid.uuid4()


@pytest.fixture
def lees_in(client, als) -> Callable[..., Any]:
    def doe(inhoud: bytes, *, media: str = CSV, rol: str = "fondsbeheerder", **anders: Any) -> Any:
        return client.post(f"/v1/begrotingen?{vraag(**anders)}", content=inhoud, headers={**als(rol), "Content-Type": media})

    return doe


@pytest.fixture
def bron() -> Iterator[Catalogus]:
    with catalogus() as bron:
        yield bron


@pytest.fixture
def settings(settings: Settings, bron: Catalogus) -> Settings:
    return settings.model_copy(update={"outway_url": bron.url, "aliases": {"catalogus": ALIAS}})


@pytest.fixture
def stel_vast(client, als, context) -> Callable[..., Any]:
    """Ask for adoption by who adopts it, and run the job."""

    def doe(id: str, rol: str | None = None, **anders: Any) -> Any:
        if rol is None:
            begroting = client.get(f"/v1/begrotingen/{id}", headers=als("bestuur")).json()
            rol = "ledenvergadering" if begroting.get("soort") == "kaderbegroting" else "bestuur"
        antwoord = client.post(f"/v1/begrotingen/{id}/vaststellingen", json={**SAMEN, **anders}, headers=als(rol))
        context.jobs.run_waiting(context)
        return antwoord

    return doe


@pytest.fixture
def aanvaard(client, als) -> Callable[..., Any]:
    def doe(id: str, verschil: str, rol: str = "fondsbeheerder") -> Any:
        return client.post(f"/v1/begrotingen/{id}/aanvaardingen", json={"verschil": verschil, **WIE}, headers=als(rol))

    return doe


def soort(antwoord: Any, status: int = 409) -> str:
    assert antwoord.status_code == status, antwoord.text
    return antwoord.json()["type"].rpartition("/")[2]


def test_tabel_van_2020_van_stuk_tot_vaststelling(client, als, database, lees_in, stel_vast, aanvaard):
    antwoord = lees_in(papier(2020))
    assert antwoord.status_code == 201, antwoord.text
    begroting = antwoord.json()
    id, pad = begroting["id"], antwoord.headers["location"]
    assert pad == f"/v1/begrotingen/{id}" and begroting["status"] == "concept" and begroting["eenheidEuro"] == 1000
    assert begroting["openVerschillen"] == ["C2", "meerjarig"] and len(begroting["regels"]) == 62
    assert begroting["totalen"]["inclusief"] == begroting["totalen"]["tekort"] == 64_976
    c2 = next(rij for rij in begroting["regels"] if (rij["rij"], rij["prioriteit"]) == ("som", "C2"))
    assert (c2["bedrag"], c2["pagina"]) == (3561, 32), "what the source says stays"
    assert {(som["prioriteit"], som["bedrag"]) for som in begroting["sommen"] if som["budgetsoort"] is None} >= {
        ("A", 15_030),
        ("C", 9_737),
        (None, 53_689),
    }
    opnieuw = lees_in(papier(2020))
    assert opnieuw.status_code == 200 and opnieuw.json() == begroting
    verslag = client.get(f"{pad}/verschillen", headers=als("bestuur")).json()
    assert [(een["verschil"], een["bedrag"], een["afronding"]) for een in verslag["verschillen"]] == [
        ("C2", 61, False),
        ("D1", -1, True),
        ("meerjarig", 61, False),
        ("kortcyclisch", -1, True),
        ("inclusief-btw", 1, True),
    ]
    geweigerd = stel_vast(id)
    assert soort(geweigerd) == "verschillen-onverklaard" and geweigerd.json()["verschillen"] == ["C2", "meerjarig"]
    assert soort(aanvaard(id, "D1")) == soort(aanvaard(id, "C1")) == "onbekend-verschil"
    een = aanvaard(id, "C2")
    assert een.status_code == 201 and een.json()["aanvaarding"]["naam"] == WIE["naam"]
    assert soort(aanvaard(id, "C2", "bestuur")) == "verschil-al-aanvaard"
    assert stel_vast(id).json()["verschillen"] == ["meerjarig"]
    assert aanvaard(id, "meerjarig", "bestuur").status_code == 201
    gemeente = als("gemeente", gemeentecode="GM0344")
    for eind in ("", "/verschillen", "/veranderingen"):
        assert client.get(f"{pad}{eind}", headers=gemeente).status_code == 404
    vast = stel_vast(id)
    assert vast.status_code == 202 and vast.json()["status"] == vast.json()["vaststelling"]["status"] == "aangevraagd"
    assert vast.json()["vaststelling"]["gremium"] is None and vast.headers["location"] == pad
    klaar = client.get(pad, headers=als("bestuur")).json()
    assert klaar["status"] == "vastgesteld" and klaar["openVerschillen"] == []
    besluit = klaar["vaststelling"]
    assert (besluit["besluit"], besluit["gremium"], besluit["beslotenOp"]) == (SAMEN["besluit"], "ALV", "2017-11-29")
    assert soort(stel_vast(id)) == soort(aanvaard(id, "C2")) == "begroting-al-vastgesteld"
    for wie in (gemeente, als("administratie"), als("accountant")):
        assert client.get(pad, headers=wie).json() == client.get(pad, headers=als("bestuur")).json()
        assert client.get("/v1/begrotingen", headers=wie).json()["count"] == 1
    assert schendingen(database.url) == []


def test_tabel_van_2017_wordt_verbeterd_door_een_volgende_versie(client, als, lees_in, stel_vast):
    eerste = lees_in(werkmap(papier(2017)), media=XLSX, jaar=2017, eenheid=1).json()
    assert eerste["openVerschillen"] == ["structureel"] and eerste["totalen"]["exclusief"] == 50_752_000
    goed = papier(2017).replace(b"25452000", b"25542000")
    tweede = lees_in(goed, jaar=2017, eenheid=1).json()
    assert (tweede["versie"], tweede["openVerschillen"]) == (2, [])
    geweigerd = stel_vast(eerste["id"])
    assert soort(geweigerd) == "begroting-achterhaald" and geweigerd.json()["versie"] == 2
    assert stel_vast(tweede["id"]).status_code == 202
    kop = als("fondsbeheerder")
    anders = client.get(f"/v1/begrotingen/{tweede['id']}/veranderingen", headers=kop).json()
    assert anders["sinds"] == eerste["id"]
    assert [(een["rij"], een["budgetsoort"], een["verschilEuro"]) for een in anders["veranderingen"]] == [
        ("som", "structureel", 90_000)
    ]
    begin = client.get(f"/v1/begrotingen/{eerste['id']}/veranderingen", headers=kop).json()
    assert begin["sinds"] is None and len(begin["veranderingen"]) == 17
    terug = client.get(f"/v1/begrotingen/{eerste['id']}/veranderingen?sinds={tweede['id']}", headers=kop).json()
    assert [een["verschilEuro"] for een in terug["veranderingen"]] == [-90_000]
    # The version before it was never adopted: to others this is the first, and the other is not there to compare with.
    gemeente = als("gemeente", gemeentecode="GM0344")
    assert client.get(f"/v1/begrotingen/{tweede['id']}/veranderingen", headers=gemeente).json()["sinds"] is None
    verborgen = client.get(f"/v1/begrotingen/{tweede['id']}/veranderingen?sinds={eerste['id']}", headers=gemeente)
    assert soort(verborgen, 404) == "begroting-niet-gevonden"


def test_soorten_op_volgorde_met_dekking_en_vier_jaren(client, als, lees_in, stel_vast):
    kader, plan = (lees_in(gedekt(70_000), jaar=jaar).json() for jaar in (2021, 2022))
    assert stel_vast(kader["id"]).status_code == 202
    tekort = lees_in(gedekt(80_000, btw=100, dekking=79_000), jaar=2021, soort="jaarplan").json()
    antwoord = stel_vast(tekort["id"])
    assert soort(antwoord) == "dekking-ontoereikend" and antwoord.json()["tekort"] == 100
    antwoord = stel_vast(lees_in(gedekt(80_000), jaar=2021, soort="wijziging").json()["id"])
    assert soort(antwoord) == "soort-niet-aan-de-beurt" and antwoord.json()["aanDeBeurt"] == "jaarplan"
    for welke in ("jaarplan", "wijziging"):
        laatste = lees_in(gedekt(90_000), jaar=2021, soort=welke).json()
        assert stel_vast(laatste["id"]).status_code == 202

    def vier(eerste_jaar: int) -> Any:
        pad = f"/v1/meerjarenbegroting?fonds=ggu&eersteJaar={eerste_jaar}"
        return client.get(pad, headers=als("administratie")).json()

    samen = vier(2020)
    assert [jaar["jaar"] for jaar in samen["jaren"]] == [2020, 2021, 2022, 2023]
    assert [jaar["begroting"] and jaar["begroting"]["soort"] for jaar in samen["jaren"]] == [None, "wijziging", None, None]
    assert samen["inclusiefEuro"] == 90_000_000 == samen["jaren"][1]["inclusiefEuro"]
    assert stel_vast(plan["id"]).status_code == 202
    assert vier(2019)["inclusiefEuro"] == 160_000_000
    lijst = client.get(
        "/v1/begrotingen?jaar=2021&status=vastgesteld&soort=wijziging&fonds=ggu", headers=als("gemeente", gemeentecode="GM0344")
    )
    assert lijst.json()["count"] == 1 and lijst.json()["results"][0]["versie"] == samen["jaren"][1]["begroting"]["versie"]


def test_wie_wat_mag(client, als, lees_in, stel_vast, aanvaard):
    id = lees_in(papier(2020)).json()["id"]
    for rol in ("bestuur", "administratie", "gemeente", "aanbieder"):
        assert lees_in(papier(2020), rol=rol).status_code == 403
    for rol in ("fondsbeheerder", "administratie", "gemeente", "accountant", "bestuur"):
        assert stel_vast(id, rol).status_code == 403
    assert soort(stel_vast(id, "bestuur"), 403) == "gremium-niet-bevoegd"
    assert aanvaard(id, "C2", "administratie").status_code == aanvaard(id, "C2", "gemeente").status_code == 403
    assert soort(lees_in(papier(2020), fonds="geen")) == "onbekend-fonds"
    assert stel_vast(str(GEEN)).status_code == aanvaard(str(GEEN), "C2").status_code == 404
    assert soort(client.get("/v1/begrotingen", headers=als("gemeente")), 403) == "geen-gemeentecode"
    for pad in (f"/v1/begrotingen/{id}", "/v1/begrotingen", "/v1/meerjarenbegroting?fonds=ggu&eersteJaar=2020"):
        assert client.get(pad).status_code == 401 and client.get(pad, headers=als("aanbieder")).status_code == 403
    fouten = lees_in(tabel("regel,A1,vast,x,1.5,"))
    assert soort(fouten, 400) == "ongeldige-begroting"
    assert [een["name"] for een in fouten.json()["invalidParams"]] == ["rij 2, kolom budgetsoort", "rij 2, kolom bedrag"]
    assert client.get("/v1/begrotingen", headers=als("fondsbeheerder")).json()["count"] == 1
    for besluit in (
        {"bron": "fonds", "pad": SAMEN["besluit"]["pad"]},
        {"bron": "catalogus", "pad": "/v1/besluiten/1"},
        {"bron": "catalogus", "pad": SAMEN["besluit"]["pad"].upper()},
        {"bron": "catalogus", "pad": SAMEN["besluit"]["pad"] + "/"},
    ):
        assert stel_vast(id, besluit=besluit).status_code == 400


def tegelijk(*doen: Callable[[], Any]) -> list[int]:
    uit: list[int] = []
    draden = [threading.Thread(target=lambda een=een: uit.append(een().status_code)) for een in doen]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    return sorted(uit)


def test_twee_tegelijk_geven_een_uitkomst(client, als, context, database, lees_in, stel_vast, aanvaard):
    assert tegelijk(*[lambda: lees_in(papier(2020))] * 4) == [200, 200, 200, 201]
    id = client.get("/v1/begrotingen", headers=als("bestuur")).json()["results"][0]["id"]
    assert tegelijk(*[lambda: aanvaard(id, "C2")] * 3) == [201, 409, 409]
    assert aanvaard(id, "meerjarig").status_code == 201
    wie = als("ledenvergadering")
    vraag_aan = f"/v1/begrotingen/{id}/vaststellingen"
    assert tegelijk(*[lambda: client.post(vraag_aan, json=SAMEN, headers=wie)] * 3) == [200, 200, 202]
    # A job whose worker seemed dead may run twice.
    assert tegelijk(*[lambda: stel_zelf_vast(context, id) or client.get("/v1/problemen")] * 2) == [200, 200]
    assert client.get(f"/v1/begrotingen/{id}", headers=wie).json()["status"] == "vastgesteld"
    assert tegelijk(*[lambda n=n: lees_in(gedekt(n)) for n in (2000, 3000, 4000)]) == [201, 201, 201]
    versies = client.get("/v1/begrotingen", headers=als("bestuur")).json()["results"]
    assert [een["versie"] for een in versies] == [1, 2, 3, 4]
    assert schendingen(database.url) == []


NIEUW = (
    "INSERT INTO begroting VALUES ('{id}', 'ggu', 2020, {versie}, '{soort}', 1000, 't', 'b', repeat('0', 64), "
    "{aantal}, '{{}}', now())"
)
REGEL = "INSERT INTO begrotingsregel VALUES ('{id}', {nummer}, 'regel', 'A1', 'meerjarig', 'r{nummer}', 1, 1)"
VRAAG = "INSERT INTO vaststellingsaanvraag VALUES ('{id}', 'catalogus', '" + SAMEN["besluit"]["pad"] + "', 'aangevraagd', now())"
ALLEEN = (
    "INSERT INTO begrotingsvaststelling VALUES ('{id}', 'catalogus', '"
    + SAMEN["besluit"]["pad"]
    + "', 'ALV', '2017-01-01', now())"
)
VAST = f"{VRAAG}; {ALLEEN}; UPDATE vaststellingsaanvraag SET status = 'vastgesteld' WHERE begroting = '{{id}}'"


def sql(soort: str, versie: int, *, aantal: int = 1, regels: tuple[int, ...] = (1,), id: uuid.UUID | None = None) -> list[str]:
    id = id or uuid.uuid4()
    nieuw = NIEUW.format(id=id, versie=versie, soort=soort, aantal=aantal)
    return [nieuw, *(REGEL.format(id=id, nummer=nummer) for nummer in regels)]


def test_database_weigert_wat_nooit_mag(client, als, database, lees_in, stel_vast):
    concept = lees_in(papier(2020)).json()["id"]
    kan_niet = [
        [VAST.format(id=concept)],  # with differences that nobody accepted
        [*sql("kaderbegroting", 2, id=GEEN), ALLEEN.format(id=GEEN)],  # nobody asked for it
        [*sql("kaderbegroting", 2, id=GEEN), VRAAG.format(id=GEEN), ALLEEN.format(id=GEEN)],  # it waits still
        [*sql("kaderbegroting", 2, id=GEEN), VRAAG.format(id=GEEN), ALLEEN.format(id=GEEN).replace("ALV", "bestuur")],
        [*sql("kaderbegroting", 2, id=GEEN), VRAAG.format(id=GEEN).replace("aangevraagd'", "vastgesteld'")],
        [f"INSERT INTO begrotingsaanvaarding VALUES ('{concept}', 'D1', 'n', 'r', now())"],
        [REGEL.format(id=concept, nummer=63)],
        [REGEL.format(id=concept, nummer=62)],
        sql("kaderbegroting", 3),  # a gap
        sql("kaderbegroting", 1),
        sql("kaderbegroting", 2, aantal=2),  # a line is missing
        sql("kaderbegroting", 2, regels=(1, 2)),
        [*sql("jaarplan", 2, id=GEEN), VAST.format(id=GEEN)],  # not its turn
        [*sql("kaderbegroting", 2, id=GEEN), VAST.format(id=GEEN), f"UPDATE begroting SET jaar = 2021 WHERE id = '{GEEN}'"],
        [f"INSERT INTO begrotingsregel VALUES ('{concept}', 1, 'btw', 'A1', NULL, 'x', 1, NULL)"],
    ]
    for opdrachten in kan_niet:
        with (
            psycopg.connect(database.url) as db,
            pytest.raises((psycopg.errors.IntegrityError, psycopg.errors.InsufficientPrivilege)),
        ):
            for opdracht in opdrachten:
                db.execute(opdracht)
            db.commit()
    goed = lees_in(gedekt()).json()["id"]
    assert stel_vast(goed).status_code == 202
    achterhaald = [VAST.format(id=concept), f"INSERT INTO begrotingsaanvaarding VALUES ('{goed}', 'C2', 'n', 'r', now())"]
    for opdracht in achterhaald:
        with psycopg.connect(database.url) as db, pytest.raises(psycopg.errors.IntegrityError):
            db.execute(opdracht)
    for opdracht in ("UPDATE vaststellingsaanvraag SET status = 'aangevraagd'", "DELETE FROM vaststellingsaanvraag"):
        with (
            psycopg.connect(database.url) as db,
            pytest.raises((psycopg.errors.IntegrityError, psycopg.errors.InsufficientPrivilege)),
        ):
            db.execute(opdracht)
    for tabelnaam in ("begroting", "begrotingsregel", "begrotingsaanvaarding", "begrotingsvaststelling"):
        kolom = "verschil" if tabelnaam == "begrotingsaanvaarding" else "pad" if tabelnaam.endswith("stelling") else None
        kolom = kolom or ("titel" if tabelnaam == "begroting" else "omschrijving")
        for opdracht in (f"UPDATE {tabelnaam} SET {kolom} = 'x'", f"DELETE FROM {tabelnaam}", f"TRUNCATE {tabelnaam} CASCADE"):
            with psycopg.connect(database.url) as db, pytest.raises(psycopg.errors.InsufficientPrivilege):
                db.execute(opdracht)
            if tabelnaam != "begrotingsaanvaarding" or "TRUNCATE" in opdracht:  # of that there is no row to refuse
                with psycopg.connect(database.owner_url) as owner, pytest.raises(psycopg.errors.IntegrityConstraintViolation):
                    owner.execute(opdracht)
    assert schendingen(database.url) == []


def test_een_besluit_dat_het_niet_draagt_weigert_met_reden_en_daarna_kan_het_opnieuw(
    client, als, database, lees_in, stel_vast, bron
):
    id = lees_in(gedekt()).json()["id"]

    def stand() -> Any:
        begroting = client.get(f"/v1/begrotingen/{id}", headers=als("bestuur")).json()
        vaststelling = begroting["vaststelling"]
        return begroting["status"], vaststelling["status"], (vaststelling["probleem"] or {}).get("type"), vaststelling["probleem"]

    for nummer, deel in ((BESTUUR, "is van bestuur"), (NEGATIEF, "uitkomst is negatief"), (START, "geen kaderbesluit")):
        assert stel_vast(id, besluit=verwijs(nummer)).status_code == 202
        *rest, probleem = stand()
        assert rest == ["concept", "geweigerd", "besluit-draagt-niet"] and deel in probleem["detail"]
    assert stel_vast(id, besluit=verwijs(9)).status_code == 202
    assert stand()[:3] == ("concept", "geweigerd", "bron-weigert") and "404" in stand()[3]["detail"]
    assert client.get("/v1/begrotingen?status=concept", headers=als("bestuur")).json()["count"] == 1
    bron.status = 503
    assert stel_vast(id, besluit=verwijs(LEDEN)).status_code == 202
    assert stand()[:3] == ("aangevraagd", "aangevraagd", None)
    assert client.get("/v1/begrotingen?status=aangevraagd", headers=als("bestuur")).json()["count"] == 1
    ander = stel_vast(id, besluit=verwijs(BESTUUR))
    assert soort(ander) == "begroting-al-aangevraagd" and stel_vast(id, besluit=verwijs(LEDEN)).status_code == 200
    lees_in(gedekt(80_000))  # a later version, before catalogus answers
    bron.status = 200
    with psycopg.connect(database.owner_url) as db:
        db.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'")
    assert stel_vast(id, besluit=verwijs(LEDEN)).status_code == 409
    assert stand()[:3] == ("concept", "geweigerd", "begroting-achterhaald")
    assert schendingen(database.url) == []


def test_jaarplan_is_van_het_bestuur_of_van_de_leden(client, als, lees_in, stel_vast):
    assert stel_vast(lees_in(gedekt()).json()["id"]).status_code == 202
    plan = lees_in(gedekt(80_000), soort="jaarplan").json()["id"]
    assert soort(stel_vast(plan, "ledenvergadering"), 403) == "gremium-niet-bevoegd"
    assert stel_vast(plan, besluit=verwijs(BESTUUR)).status_code == 202
    wijziging = lees_in(gedekt(81_000), soort="wijziging").json()["id"]
    assert stel_vast(wijziging, besluit=verwijs(LEDEN)).status_code == 202
    for id, gremium in ((plan, "bestuur"), (wijziging, "ALV")):
        vaststelling = client.get(f"/v1/begrotingen/{id}", headers=als("bestuur")).json()["vaststelling"]
        assert (vaststelling["status"], vaststelling["gremium"]) == ("vastgesteld", gremium)
