"""Fondsen and their charts of accounts over HTTP."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from fonds_api.boeking.rules import Regel
from fonds_api.boeking.service import EigenBoeking, boeken_eigen
from fonds_api.fonds import service
from fonds_api.rekening.errors import RekeningKanNiet
from fonds_api.rekening.schemas import NieuweRekening
from gemeengoed_kit.audit import Actor
from sqlalchemy import text

NIEUW = {
    "code": "inkoop-proef-2021",
    "naam": "Inkoop proef 2021 (test)",
    "omschrijving": "Voorfinanciering en afrekening.",
    "bronvermelding": "Verzonnen (test)",
    "boekingsrollen": ["fondsbeheerder"],
}
GGU = "/v1/fondsen/ggu/rekeningen"


@pytest.fixture
def doe(client, als):
    def vraag(methode: str, pad: str, status: int, *, rol: str = "fondsbeheerder", versie: int | None = None, **inhoud):
        kop = als(rol) | ({"If-Match": f'"{versie}"'} if versie else {})
        antwoord = client.request(methode, pad, headers=kop, **inhoud)
        assert antwoord.status_code == status, f"{methode} {pad}: {antwoord.status_code} {antwoord.text}"
        return antwoord

    return vraag


def codes(antwoord) -> list[tuple[str, str]]:
    return [(een["name"], een["code"]) for een in antwoord.json()["invalidParams"]]


def soort(antwoord) -> str:
    return antwoord.json()["type"].rpartition("/")[2]


def test_fonds_oprichten_en_wijzigen(doe, client, als, context):
    gemaakt = doe("POST", "/v1/fondsen", 201, json=NIEUW)
    pad = gemaakt.headers["location"]
    assert pad == "/v1/fondsen/inkoop-proef-2021" and gemaakt.headers["etag"] == '"1"'
    assert doe("GET", pad, 200).json() == gemaakt.json() == {**NIEUW, "versie": 1, "vierOgenVanafCent": None, "vierOgenVrij": []}
    assert soort(doe("POST", "/v1/fondsen", 409, json=NIEUW)) == "fonds-bestaat-al"
    for rol in ("administratie", "bestuur", "accountant", "ledenvergadering"):
        doe("POST", "/v1/fondsen", 403, rol=rol, json={**NIEUW, "code": "anders"})
    doe("GET", pad, 404, rol="administratie")
    wijziging = {naam: NIEUW[naam] for naam in NIEUW if naam != "code"} | {"boekingsrollen": ["fondsbeheerder", "administratie"]}
    doe("PUT", pad, 428, json=wijziging)
    doe("PUT", pad, 412, versie=2, json=wijziging)
    zonder = doe("PUT", pad, 409, versie=1, json={**wijziging, "boekingsrollen": ["administratie", "administratie"]})
    assert codes(zonder) == [("boekingsrollen", "ontbreekt"), ("boekingsrollen", "dubbel")]
    assert doe("PUT", pad, 200, versie=1, json=wijziging).headers["etag"] == '"2"'
    doe("GET", pad, 200, rol="administratie")
    doe("PUT", "/v1/fondsen/geen", 404, versie=1, json=wijziging)
    assert client.get(pad, headers={**als("fondsbeheerder"), "If-None-Match": '"2"'}).status_code == 304
    for code in ("Inkoop", "1a", "-a", "a" * 41, ""):
        doe("POST", "/v1/fondsen", 400, json={**NIEUW, "code": code})
    with context.sessions() as session:
        gedaan = session.scalars(text("SELECT handeling FROM audit ORDER BY id")).all()
    assert gedaan == ["fonds.oprichten", "fonds.wijzigen"]


def test_rekening_toevoegen_en_wijzigen(doe):
    nieuw = {"nummer": "1320", "naam": "Voorschotten", "soort": "activa", "minimumCent": 0}
    gemaakt = doe("POST", GGU, 201, json=nieuw)
    assert gemaakt.headers["location"] == f"{GGU}/1320"
    assert gemaakt.json() == {
        "fonds": "ggu",
        **nieuw,
        "normaleZijde": "debet",
        "verzamelrekening": False,
        "boven": None,
        "maximumCent": None,
        "geblokkeerd": False,
        "beheerd": False,
        "prioriteit": None,
        "budgetsoort": None,
        "versie": 1,
    }
    assert soort(doe("POST", GGU, 409, json=nieuw)) == "rekening-bestaat-al"
    contra = doe("POST", GGU, 201, json={"nummer": "0190", "naam": "Afschrijving", "soort": "activa", "normaleZijde": "credit"})
    assert contra.json()["normaleZijde"] == "credit"
    wijziging = {"naam": "Voorschotten aan leveranciers", "maximumCent": 500}
    doe("PUT", f"{GGU}/1320", 428, json=wijziging)
    doe("PUT", f"{GGU}/1320", 412, versie=9, json=wijziging)
    na = doe("PUT", f"{GGU}/1320", 200, versie=1, json=wijziging).json()
    assert (na["naam"], na["minimumCent"], na["maximumCent"], na["versie"]) == (wijziging["naam"], None, 500, 2)
    doe("PUT", f"{GGU}/9999", 404, versie=1, json=wijziging)
    doe("POST", "/v1/fondsen/geen/rekeningen", 404, json=nieuw)
    for rol in ("administratie", "bestuur", "accountant", "gemeente"):
        doe("POST", GGU, 403, rol=rol, json=nieuw)
        doe("PUT", f"{GGU}/1320", 403, rol=rol, json=wijziging)
    doe("GET", f"{GGU}/1320", 404, rol="administratie")
    assert doe("GET", f"{GGU}/1320", 200, rol="accountant").json() == na


def test_optellen_kent_geen_kringen(doe, boek, boeking, context):
    assert codes(doe("POST", GGU, 409, json={"nummer": "1320", "naam": "x", "soort": "activa", "boven": "1300"})) == [
        ("boven", "geen_verzamelrekening")
    ]
    top = {"nummer": "1000", "naam": "Vlottend", "soort": "activa", "verzamelrekening": True}
    doe("POST", GGU, 201, json=top)
    doe("POST", GGU, 201, json={**top, "nummer": "1010", "boven": "1000"})
    doe("PUT", f"{GGU}/1300", 200, versie=1, json={"naam": "Debiteuren gemeenten", "boven": "1010"})
    for nummer, boven in (("1000", "1010"), ("1000", "1000")):
        kring = doe("PUT", f"{GGU}/{nummer}", 409, versie=1, json={"naam": "Vlottend", "boven": boven})
        assert codes(kring) == [("boven", "kring")]
    grens = doe("PUT", f"{GGU}/1000", 409, versie=1, json={"naam": "x", "minimumCent": 0, "geblokkeerd": True})
    assert codes(grens) == [("minimumCent", "verzamelrekening"), ("geblokkeerd", "verzamelrekening")]
    assert boek(boeking(("1000", 5), ("8000", -5), fonds="ggu"), rol="fondsbeheerder").status_code == 409
    boek(boeking(("1300", 700), ("8000", -700), fonds="ggu"), rol="fondsbeheerder")
    zelf = boek(boeking(("1300", -200), ("4011", 200), fonds="ggu"), rol="fondsbeheerder")
    assert zelf.json()["type"].endswith("/onbekende-rekening") and doe("GET", f"{GGU}/4011", 200).json()["beheerd"]
    with context.work(Actor()) as work:
        regels = [Regel("1300", -200), Regel("4011", 200)]
        boeken_eigen(work, [EigenBoeking("ggu", date(2018, 1, 10), "Besteed (test)", "/v1/proef", regels)])
    balans = doe("GET", "/v1/fondsen/ggu/saldibalans", 200).json()
    per = {een["nummer"]: (een["debetCent"], een["creditCent"], een["saldoCent"]) for een in balans["rekeningen"]}
    assert per["1000"] == per["1010"] == per["1300"] == (700, 200, 500) and balans["saldoTotaalCent"] == 0
    assert per["4000"] == per["4010"] == per["4011"] == (200, 0, 200) and per["4020"] == (0, 0, 0)
    lijst = {}
    for pagina in range(1, 40):
        stuk = doe("GET", f"/v1/rekeningen?fonds=ggu&pageSize=2&page={pagina}", 200).json()
        lijst |= {een["nummer"]: (een["debetCent"], een["creditCent"], een["saldoCent"]) for een in stuk["results"]}
    assert lijst == per


def test_grens_die_het_saldo_niet_haalt_en_blokkeren(doe, boek, boeking):
    boek(boeking(("1100", 700), ("8000", -700), fonds="ggu"), rol="fondsbeheerder")
    bank = {"naam": "Bank"}
    te_hoog = doe("PUT", f"{GGU}/1100", 409, versie=1, json={**bank, "minimumCent": 701})
    assert codes(te_hoog) == [("minimumCent", "saldo")] and "€ 7,00" in te_hoog.json()["invalidParams"][0]["reason"]
    assert codes(doe("PUT", f"{GGU}/1100", 409, versie=1, json={**bank, "maximumCent": 699})) == [("maximumCent", "saldo")]
    doe("PUT", f"{GGU}/1100", 200, versie=1, json={**bank, "minimumCent": 0, "maximumCent": 700, "geblokkeerd": True})
    dicht = boek(boeking(("1100", -5), ("8000", 5), fonds="ggu"), rol="fondsbeheerder")
    assert dicht.status_code == 409 and soort(dicht) == "onbekende-rekening"
    assert codes(dicht) == [("regels.0.rekening", "onbekend")]
    doe("PUT", f"{GGU}/1100", 200, versie=2, json=bank)
    assert boek(boeking(("1100", -5), ("8000", 5), fonds="ggu"), rol="fondsbeheerder").status_code == 201


def test_gelijktijdige_wijzigingen_maken_geen_kring_en_geen_500(client, als, doe):
    for nummer in ("2000", "2010"):
        doe("POST", GGU, 201, json={"nummer": nummer, "naam": nummer, "soort": "passiva", "verzamelrekening": True})
    uit: list[int] = []

    def zet(nummer: str, boven: str) -> None:
        kop = {**als("fondsbeheerder"), "If-Match": "*"}
        uit.append(client.put(f"{GGU}/{nummer}", headers=kop, json={"naam": nummer, "boven": boven}).status_code)

    paren = [("2000", "2010"), ("2010", "2000")] * 4
    draden = [threading.Thread(target=zet, args=paar) for paar in paren]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert set(uit) == {200, 409} and uit.count(200) == 4


def test_oprichten_met_rekeningen_is_een_geheel(context):
    rekeningen = [NieuweRekening(nummer="1100", naam="Bank", soort="activa", minimumCent=0)]
    wie = {naam: NIEUW[naam] for naam in ("naam", "omschrijving", "bronvermelding", "boekingsrollen")}
    with context.work(Actor("proef")) as work:
        service.oprichten(work, "inkoop-a", **wie, rekeningen=rekeningen)
    fout = [*rekeningen, NieuweRekening(nummer="1200", naam="x", soort="activa", boven="1100")]
    with pytest.raises(RekeningKanNiet), context.work(Actor("proef")) as work:
        service.oprichten(work, "inkoop-b", **wie, rekeningen=fout)
    with context.sessions() as session:
        codes = session.scalars(text("SELECT code FROM fonds ORDER BY code")).all()
        assert codes == ["derdengelden", "ggu", "inkoop-a"]
        assert session.scalar(text("SELECT count(*) FROM rekening WHERE fonds = 'inkoop-a'")) == 1
