"""Besluiten over HTTP: who records what, what is refused, and what they permit."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from catalogus_api.besluit import service
from catalogus_api.besluit.rules import GRONDEN
from catalogus_api.toegang import GEPUBLICEERD
from gemeengoed_kit.audit import Actor, AuditRow
from sqlalchemy import select

from tests.catalogus.besluiten import PEERS, PUNTEN, ROLLEN, Gremia, besluit
from tests.contract.test_lijst_kost import geteld

CONCEPT = {
    "code": "geheim",
    "naam": "Geheim (test)",
    "soort": "app",
    "domein": "generiek",
    "omschrijving": "Test.",
    "bronvermelding": "Verzonnen (test)",
}


@pytest.fixture
def gremia(client, issuer) -> Gremia:
    return Gremia(client, issuer)


def soort(probleem: dict) -> str:
    return probleem["type"].rpartition("/")[2]


def fouten(probleem: dict) -> set[tuple[str, str]]:
    assert soort(probleem) == "besluit-klopt-niet", probleem
    return {(een["name"], een["code"]) for een in probleem["invalidParams"]}


def test_een_gremium_legt_zijn_eigen_besluiten_vast_en_het_beheer_die_van_elk(client, issuer, gremia):
    eigen = {
        gremium: ("advies" if gremium in ("Task Force", "College", "commissie") else "start initiatief") for gremium in ROLLEN
    }
    for gremium, wat in eigen.items():
        over = {"adviesOver": "start initiatief"} if wat == "advies" else {}
        for rol in PEERS:
            mag = rol in (ROLLEN[gremium], "catalogusbeheer")
            antwoord = gremia.stuur(wat, gremium, rol, **over)
            assert antwoord.status_code == (201 if mag else 403), (gremium, rol, antwoord.text)
            if mag:
                assert (antwoord.json()["vastgelegdAls"], antwoord.json()["vastgelegdDoor"]) == (rol, PEERS[rol])
            else:
                assert soort(antwoord.json()) == "ander-gremium"
    for kop, status in (({}, 401), (issuer.headers("1" * 20), 403), (issuer.headers("1" * 20, "gemeente"), 403)):
        assert client.post("/v1/besluiten", json=besluit(), headers=kop).status_code == status


def test_opschaling_volgt_een_advies_en_draagt_wat_erop_rust(client, context, gremia):
    advies = gremia.advies()
    antwoord = gremia.stuur("opschaling", advies=advies["id"], adviesGevolgd=True, **PUNTEN)
    genomen = antwoord.json()
    assert antwoord.status_code == 201 and antwoord.headers["location"] == genomen["pad"] == f"/v1/besluiten/{genomen['id']}"
    assert client.get(genomen["pad"]).json() == genomen
    assert (genomen["advies"], genomen["adviesGevolgd"], genomen["volgtOp"]) == (advies["id"], True, None)
    assert {naam: genomen[naam] for naam in PUNTEN} == PUNTEN
    grond = gremia.grondslag("opschaling")
    assert grond["toegestaan"] and [een["pad"] for een in grond["besluiten"]] == [genomen["pad"]]
    assert grond["uitleg"] == "Opschaling rust op: opschaling van bestuur, 2018-01-10."
    assert (grond["mateVanBinding"], grond["bindt"]) == ("vrijwillig maar niet vrijblijvend", "deelnemers")
    eerder = gremia.grondslag("opschaling", op="2018-01-09")
    assert not eerder["toegestaan"] and eerder["mateVanBinding"] is eerder["bindt"] is None
    assert "nog niet genomen" in eerder["uitleg"]
    assert {voor for voor in GRONDEN if gremia.grondslag(voor)["toegestaan"]} == {"verplichting", "opschaling", "deelname"}
    vandaag = client.get("/v1/voorzieningen/govroam/grondslag?voor=deelname").json()
    assert vandaag["op"] == "2018-01-15" and vandaag["toegestaan"]
    with context.sessions() as session:
        audit = session.scalars(select(AuditRow).where(AuditRow.onderwerp == genomen["pad"])).one()
    assert audit.handeling == "besluit.vastleggen" and audit.wijziging["adviesGevolgd"] is True


def test_bestuursbesluit_zonder_passend_advies_wordt_geweigerd(gremia):
    start, beheer = gremia.advies("start initiatief"), gremia.advies("in beheer nemen", uitkomst="negatief")
    ander = gremia.advies("in beheer nemen", voorzieningen=["gibit"])
    later = gremia.advies("in beheer nemen", datum="2018-01-12")
    raad = gremia.besluit("advies", "Task Force", adviesOver="in beheer nemen")

    def geweigerd(**anders) -> set:
        return fouten(gremia.besluit("in beheer nemen", status_code=409, **anders))

    assert geweigerd() == {("advies", "ontbreekt")}
    assert geweigerd(advies=start["id"], adviesGevolgd=True) == {("advies", "ander_onderwerp")}
    assert geweigerd(advies=beheer["id"], adviesGevolgd=True) == {("adviesGevolgd", "past_niet")}
    assert geweigerd(advies=beheer["id"]) == {("adviesGevolgd", "past_niet")}
    assert geweigerd(advies=ander["id"], adviesGevolgd=True) == {("advies", "andere_voorziening")}
    assert geweigerd(advies=later["id"], adviesGevolgd=True) == {("advies", "later")}
    assert geweigerd(advies=raad["id"], adviesGevolgd=True) == {("advies", "geen_advies")}
    weg = gremia.besluit("in beheer nemen", status_code=409, advies=str(uuid.uuid4()), adviesGevolgd=True)
    assert soort(weg) == "onbekend-besluit"
    assert gremia.besluit("in beheer nemen", advies=beheer["id"], adviesGevolgd=False)["adviesGevolgd"] is False
    nieuw = gremia.advies("in beheer nemen", datum="2018-01-09", volgtOp=beheer["id"])
    assert geweigerd(advies=beheer["id"], adviesGevolgd=False) == {("advies", "vervangen")}
    gremia.besluit("in beheer nemen", advies=nieuw["id"], adviesGevolgd=True)
    gremia.besluit("in beheer nemen", datum="2018-01-08", advies=beheer["id"], adviesGevolgd=False)  # before it was replaced


def test_alles_wat_niet_klopt_wordt_in_een_keer_genoemd(gremia):
    anders = {
        "datum": "2018-02-01",
        "uitkomst": "niet bekend",
        "voorzieningen": ["govroam", "govroam"],
        "nauwkeurigheid": "maand",
    }
    geweigerd = gremia.besluit("collectiviseringsvoorstel", status_code=409, **anders)
    assert fouten(geweigerd) == {
        ("soort", "niet_bevoegd"),
        ("datum", "toekomst"),
        ("datum", "niet_laatste_dag"),
        ("nauwkeurigheid", "onnauwkeurig"),
        ("uitkomst", "niet_bekend"),
        ("voorzieningen", "dubbel"),
    }
    assert fouten(gremia.besluit("opschaling", "bestuur", status_code=409)) == {
        ("advies", "ontbreekt"),
        *((naam, "ontbreekt") for naam in PUNTEN),
    }
    assert soort(gremia.besluit(status_code=409, voorzieningen=["geen"])) == "onbekende-voorziening-in-besluit"
    assert soort(gremia.besluit(status_code=400, voorzieningen=["Hoofdletter"])) == "ongeldige-invoer"


def test_een_besluit_wordt_alleen_opgevolgd_en_per_voorziening_eenmaal(client, gremia):
    twee = ["govroam", "gibit"]
    eerste = gremia.besluit(datum="2018-01-05", voorzieningen=twee)
    geweigerd = {
        "later": {"datum": "2018-01-04"},
        "andere_voorziening": {"voorzieningen": ["nlx"]},
        "andere_soort": {"soort": "kaderbesluit"},
    }
    for code, anders in geweigerd.items():
        assert fouten(gremia.besluit(status_code=409, volgtOp=eerste["id"], **anders)) == {("volgtOp", code)}
    lager = gremia.besluit("start initiatief", "Task Force", status_code=409, volgtOp=eerste["id"])
    assert fouten(lager) == {("volgtOp", "lager_gremium")}
    assert soort(gremia.besluit(status_code=409, volgtOp=str(uuid.uuid4()))) == "onbekend-besluit"

    weg = gremia.besluit(uitkomst="negatief", volgtOp=eerste["id"])  # about govroam alone
    assert not gremia.grondslag("verplichting")["toegestaan"] and gremia.grondslag("verplichting", op="2018-01-09")["toegestaan"]
    assert gremia.grondslag("verplichting", "gibit")["toegestaan"]
    nog_eens = gremia.besluit(status_code=409, volgtOp=eerste["id"], voorzieningen=twee)
    assert soort(nog_eens) == "al-opgevolgd" and "govroam" in nog_eens["detail"] and "gibit" not in nog_eens["detail"]
    ander = gremia.besluit("start initiatief", "ALV", volgtOp=eerste["id"], voorzieningen=["gibit"])
    assert client.get(eerste["pad"]).json() == {**eerste, "opgevolgdDoor": sorted([weg["id"], ander["id"]], key=uuid.UUID)}
    opnieuw = gremia.besluit(volgtOp=weg["id"])  # on the same day: the order is that of the chain
    assert [een["id"] for een in gremia.grondslag("verplichting")["besluiten"]] == [opnieuw["id"]]


def test_van_twee_gelijktijdige_opvolgers_gaat_er_een_door(gremia):
    eerste = gremia.besluit()
    with ThreadPoolExecutor(4) as pool:
        antwoorden = list(pool.map(lambda _: gremia.stuur(volgtOp=eerste["id"]), range(4)))
    assert sorted(antwoord.status_code for antwoord in antwoorden) == [201, 409, 409, 409]
    assert {soort(antwoord.json()) for antwoord in antwoorden if antwoord.status_code == 409} == {"al-opgevolgd"}


def test_beeindiging_haalt_de_grond_weg_tot_er_opnieuw_wordt_besloten(gremia):
    gremia.besluit(datum="2018-01-02")
    bindend = {"mateVanBinding": "algemeen bindend", "samenwerkingsvorm": "samen exploiteren"}
    gremia.besluit("collectiviseringsvoorstel", "ALV", datum="2018-01-03", **bindend)
    einde = gremia.besluit("beeindiging", datum="2018-01-04")
    grond = gremia.grondslag("deelname")
    assert grond["toegestaan"] and grond["bindt"] == "alle gemeenten"  # the bestuur does not end what the members decided
    niet = gremia.grondslag("beeindiging")
    assert not niet["toegestaan"] and "beëindiging van bestuur, 2018-01-04: niet van kracht naast" in niet["uitleg"]
    gremia.besluit("beeindiging", "BALV", datum="2018-01-05", volgtOp=einde["id"])
    assert gremia.grondslag("beeindiging")["toegestaan"]
    over = gremia.grondslag("deelname")
    assert not over["toegestaan"] and "collectiviseringsvoorstel van ALV, 2018-01-03: beëindigd" in over["uitleg"]
    gremia.besluit("start initiatief", "ALV", datum="2018-01-06")
    assert gremia.grondslag("verplichting")["toegestaan"] and not gremia.grondslag("deelname")["toegestaan"]


def test_een_besluit_ziet_wie_een_van_zijn_voorzieningen_ziet(client, issuer, gremia):
    assert client.post("/v1/voorzieningen", json=CONCEPT, headers=gremia.kop["catalogusbeheer"]).status_code == 201
    beheer = {"rol": "catalogusbeheer", "titel": "Over iets"}
    geheim = gremia.besluit(voorzieningen=["geheim"], **beheer)
    deels = gremia.besluit(voorzieningen=["geheim", "govroam"], volgtOp=geheim["id"], **beheer)
    kader = gremia.besluit("kaderbesluit", voorzieningen=[], **beheer)
    assert deels["voorzieningen"] == ["geheim", "govroam"] and deels["volgtOp"] == geheim["id"]
    assert soort(gremia.besluit(status_code=409, voorzieningen=["geheim"])) == "onbekende-voorziening-in-besluit"
    assert soort(gremia.besluit(status_code=409, volgtOp=geheim["id"])) == "onbekend-besluit"
    for kop in ({}, gremia.kop["bestuur"], issuer.headers("1" * 20, "gemeente")):
        assert client.get(geheim["pad"], headers=kop).status_code == 404
        gezien = client.get(deels["pad"], headers=kop).json()
        assert gezien["voorzieningen"] == ["govroam"] and gezien["volgtOp"] is None
        lijst = client.get("/v1/besluiten?vanaf=2018-01-10&tot=2018-01-11", headers=kop).json()
        assert {een["id"] for een in lijst["results"]} == {deels["id"], kader["id"]} and lijst["count"] == 2
        assert "geheim" not in client.get("/v1/besluiten?pageSize=500", headers=kop).text
        assert client.get("/v1/besluiten?voorziening=geheim", headers=kop).json()["results"] == []
        for pad in ("besluiten", "grondslag?voor=beheer"):
            assert client.get(f"/v1/voorzieningen/geheim/{pad}", headers=kop).status_code == 404
    alles = client.get("/v1/voorzieningen/geheim/besluiten", headers=gremia.kop["catalogusbeheer"]).json()
    assert {een["id"] for een in alles["results"]} == {geheim["id"], deels["id"]}
    assert client.get(geheim["pad"], headers=gremia.kop["catalogusbeheer"]).json()["opgevolgdDoor"] == [deels["id"]]


def test_filters_en_volgorde(client, gremia):
    gremia.besluit(datum="2018-01-10")
    gremia.besluit("start initiatief", "Task Force", datum="2018-01-11", uitkomst="negatief", voorzieningen=["nlx"])

    def gevonden(vraag: str) -> list[dict]:
        return client.get(f"/v1/besluiten?pageSize=500&{vraag}").json()["results"]

    alles = gevonden("")
    assert [een["datum"] for een in alles] == sorted((een["datum"] for een in alles), reverse=True)
    assert gevonden("sorteer=datum") == alles[::-1]
    for naam, waarde in (
        ("gremium", "Task Force"),
        ("soort", "start initiatief"),
        ("uitkomst", "negatief"),
        ("uitkomst", "niet bekend"),
    ):
        assert gevonden(f"{naam}={waarde}") == [een for een in alles if een[naam] == waarde] != []
    assert gevonden("voorziening=nlx") == [een for een in alles if "nlx" in een["voorzieningen"]] != []
    assert [een["datum"] for een in gevonden("vanaf=2018-01-10&tot=2018-01-11")] == ["2018-01-10"]
    assert client.get("/v1/voorzieningen/nlx/besluiten?soort=start initiatief").json()["results"] == gevonden("voorziening=nlx")
    assert client.get("/v1/voorzieningen/nlx/besluiten?soort=opschaling").json()["results"] == []
    assert client.get("/v1/voorzieningen/geen/besluiten").status_code == 404
    assert client.get(f"/v1/besluiten/{uuid.uuid4()}").status_code == 404


def test_wat_andere_onderdelen_vragen(context, gremia):
    """The functions that other features call."""
    bestuur = gremia.met_advies()
    alv = gremia.besluit("in beheer nemen", "ALV", datum="2018-01-12", mateVanBinding="algemeen bindend")
    with context.work(Actor()) as work:
        dag, soorten = date(2018, 1, 11), {"opschaling", "in beheer nemen"}
        van_kracht = service.van_kracht(work, "govroam", soorten, date(2018, 1, 12))
        assert [str(een.id) for een in van_kracht] == [alv["id"], bestuur["id"]]
        assert [str(een.id) for een in service.van_kracht(work, "govroam", soorten, dag)] == [bestuur["id"]]
        assert service.grondslag(work, "govroam", "beheer", dag) is None
        grond = service.grondslag(work, "govroam", "verplichting", date(2018, 1, 12))
        assert grond is not None and str(grond.id) == alv["id"]
        assert service.bindend(work, "govroam", dag) == "vrijwillig maar niet vrijblijvend"
        assert service.bindend(work, "govroam", date(2018, 1, 12)) == "algemeen bindend"
        assert service.bindend(work, "nlx", dag) is None
        over = service.besluiten_over(work, GEPUBLICEERD, "govroam")
        assert [str(een.id) for een in over][-2:] == [bestuur["id"], alv["id"]]
        assert [een.datum for een in over] == sorted(een.datum for een in over)
        assert service.besluiten_over(work, GEPUBLICEERD, "geen") == []
        assert str(service.get_besluit(work, GEPUBLICEERD, over[-1].id).id) == alv["id"]


def test_nog_eens_met_dezelfde_sleutel_is_hetzelfde_besluit(client, gremia):
    kop = {**gremia.kop["bestuur"], "Idempotency-Key": str(uuid.uuid4())}
    eerste, tweede = (client.post("/v1/besluiten", json=besluit(), headers=kop) for _ in range(2))
    assert eerste.json() == tweede.json() and eerste.headers["location"] == tweede.headers["location"]
    assert client.get("/v1/besluiten?voorziening=govroam&vanaf=2018-01-01").json()["count"] == 1


def test_expand_geeft_van_elke_voorziening_wat_zij_mag_zien(client, issuer, gremia):
    beheer = issuer.headers(PEERS["catalogusbeheer"], "catalogusbeheer")
    assert client.post("/v1/voorzieningen", json=CONCEPT, headers=beheer).status_code == 201
    oud = gremia.besluit(voorzieningen=["govroam"], datum="2018-01-05")["id"]
    samen = gremia.besluit(voorzieningen=["govroam", "geheim"], rol="catalogusbeheer")["id"]

    def erbij(pad: str, kop: dict | None = None) -> list[dict]:
        return client.get(f"/v1/voorzieningen/{pad}", headers=kop or {}).json()["uitgebreid"]["besluiten"]

    gevonden = erbij("govroam?expand=besluiten")
    lijst = client.get("/v1/voorzieningen/govroam/besluiten?sorteer=datum&pageSize=100").json()["results"]
    assert [een["id"] for een in gevonden][-2:] == [oud, samen] and sorted(map(str, gevonden)) == sorted(map(str, lijst))
    assert gevonden[-1]["voorzieningen"] == ["govroam"]
    assert erbij("geheim?expand=besluiten", beheer)[0]["voorzieningen"] == ["govroam", "geheim"]
    toen = client.get("/v1/voorzieningen/govroam?expand=besluiten&op=2018-01-15", headers=beheer).json()
    assert len(toen["uitgebreid"]["besluiten"]) == len(gevonden)
    pagina = "/v1/voorzieningen?expand=besluiten&pageSize="
    with geteld() as een:
        assert client.get(f"{pagina}1").status_code == 200
    with geteld() as veel:
        per = {rij["code"]: rij["uitgebreid"]["besluiten"] for rij in client.get(f"{pagina}100").json()["results"]}
    assert per["govroam"] == gevonden and len(veel) == len(een)
