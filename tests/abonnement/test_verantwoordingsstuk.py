"""What foundations account for: who submits, who decides, who reads, and what can never change."""

from __future__ import annotations

import hashlib
import threading
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from abonnement_api.verantwoordingsstuk import rules
from hypothesis import given
from hypothesis import strategies as st

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer <<>>\nstartxref\n9\n%%EOF\n"
KIND, SENSOOR = "stichting-kindertelefoon", "stichting-sensoor"
STUKKEN = "/v1/verantwoordingsstukken"


def stuur_in(
    wereld, aanbieder: str = KIND, inhoud: bytes = PDF, als: dict[str, str] | None = None, soort: str = "application/pdf"
):
    kop = {**(wereld.administratie() if als is None else als), "Content-Type": soort}
    return wereld.client.post(f"/v1/aanbieders/{aanbieder}/verantwoordingsdocumenten", content=inhoud, headers=kop)


def stuk(wereld, aanbieder: str = KIND, **anders: Any) -> dict[str, Any]:
    dienst = {KIND: "kindertelefoon", SENSOOR: "luisterend-oor"}[aanbieder]
    document = stuur_in(wereld, aanbieder).json()["id"]
    bedragen = [{"dienst": dienst, "bedragCent": 383_000_000}]
    return {"aanbieder": aanbieder, "soort": "begroting", "jaar": 2018, "document": document, "bedragen": bedragen, **anders}


def dien_in(wereld, aanbieder: str = KIND, als: dict[str, str] | None = None, **anders: Any) -> str:
    """The path of a submission."""
    return wereld.post(STUKKEN, stuk(wereld, aanbieder, **anders), status=201, headers=als).headers["location"]


def besluit(uitkomst: str = "vastgesteld", **anders: Any) -> dict[str, Any]:
    return {"uitkomst": uitkomst, "commissie": "Commissie (test)", "datum": "2018-01-15", **anders}


def stel_vast(wereld, pad: str) -> None:
    wereld.post(f"{pad}/besluit", besluit(), status=201, headers=wereld.commissie())


def test_van_indiening_tot_open_voor_gemeenten(wereld):
    zelf, gemeente = wereld.aanbieder(KIND), wereld.gemeente("GM0344")
    ingestuurd = stuur_in(wereld, als=zelf)
    assert ingestuurd.status_code == 201
    document = ingestuurd.json()
    assert document["sha256"] == hashlib.sha256(PDF).hexdigest() and document["grootte"] == len(PDF)
    assert wereld.get(ingestuurd.headers["location"], zelf) == document
    assert stuur_in(wereld).json() == document and stuur_in(wereld, soort="application/octet-stream").status_code == 200
    pad = dien_in(wereld, als=zelf, toelichting="Eerste.")
    een = wereld.get(pad, wereld.commissie())
    assert (een["versie"], een["status"], een["besluit"], een["totaalCent"]) == (1, "ingediend", None, 383_000_000)
    for vorm in ("", "/document.pdf"):
        assert wereld.client.get(pad + vorm, headers=gemeente).status_code == 404
    assert wereld.get(STUKKEN, gemeente)["count"] == 0
    antwoord = wereld.post(f"{pad}/besluit", besluit(), status=201, headers=wereld.commissie())
    assert antwoord.headers["location"] == pad
    een = wereld.get(pad, gemeente)
    assert een["status"] == een["besluit"]["uitkomst"] == "vastgesteld" and een["besluit"]["datum"] == "2018-01-15"
    bestand = wereld.client.get(een["document"], headers=gemeente)
    assert bestand.content == PDF and bestand.headers["content-type"] == "application/pdf"
    assert bestand.headers["content-disposition"] == 'attachment; filename="begroting-2018-stichting-kindertelefoon-1.pdf"'
    kop = {**gemeente, "If-None-Match": bestand.headers["etag"]}
    assert wereld.client.get(een["document"], headers=kop).status_code == 304
    for wie in (wereld.administratie(), wereld.fiatteur(), wereld.accountant(), wereld.commissie(), zelf, gemeente):
        assert wereld.get(STUKKEN, wie)["count"] == 1
    ander = wereld.aanbieder(SENSOOR)
    assert wereld.get(STUKKEN, ander)["count"] == 0
    assert wereld.client.get(een["document"], headers=ander).status_code == 404
    assert wereld.client.get(ingestuurd.headers["location"], headers=ander).status_code == 404


def test_een_nieuwe_versie_vervangt_wat_wacht_en_wat_is_vastgesteld_blijft_te_lezen(wereld):
    eerste, tweede = dien_in(wereld), dien_in(wereld)
    assert [een["status"] for een in wereld.get(STUKKEN)["results"]] == ["ingediend", "vervangen"]
    assert wereld.post(f"{eerste}/besluit", besluit(), headers=wereld.commissie()).json()["type"].endswith("/nieuwere-versie")
    terug = besluit("teruggestuurd")
    assert wereld.post(f"{tweede}/besluit", terug, headers=wereld.commissie()).json()["type"].endswith("/reden-ontbreekt")
    wereld.post(f"{tweede}/besluit", {**terug, "reden": "Reserve ontbreekt."}, status=201, headers=wereld.commissie())
    assert wereld.get(tweede)["besluit"]["reden"] == "Reserve ontbreekt."
    derde = dien_in(wereld)
    stel_vast(wereld, derde)
    assert wereld.post(f"{derde}/besluit", besluit(), headers=wereld.commissie()).json()["type"].endswith("/al-besloten")
    vierde = dien_in(wereld)
    gemeente = wereld.gemeente("GM0344")
    assert [een["versie"] for een in wereld.get(STUKKEN, gemeente)["results"]] == [3]
    stel_vast(wereld, vierde)
    assert [een["versie"] for een in wereld.get(STUKKEN, gemeente)["results"]] == [4, 3]
    assert wereld.get(f"{STUKKEN}?status=teruggestuurd")["count"] == 1
    assert wereld.get(f"{STUKKEN}?status=teruggestuurd", gemeente)["count"] == 0


def test_wat_niet_kan_wordt_geweigerd_met_alle_fouten(wereld, clock):
    zelf = wereld.aanbieder(KIND)
    for inhoud in (b"", b"zomaar", PDF[:-7], PDF.replace(b"<<>>\nstart", b"<< /Encrypt 5 0 R >>\nstart")):
        assert stuur_in(wereld, inhoud=inhoud).json()["type"].endswith("/geen-pdf")
    assert stuur_in(wereld, inhoud=PDF + b" " * rules.GROOTSTE).status_code == 413
    assert stuur_in(wereld, soort="application/xml").status_code == 415
    assert stuur_in(wereld, "geen").status_code == 404
    assert stuur_in(wereld, SENSOOR, als=zelf).json()["type"].endswith("/andere-aanbieder")
    goed = stuk(wereld)
    dubbel = [goed["bedragen"][0], goed["bedragen"][0], {"dienst": "luisterend-oor", "bedragCent": 1}]
    van_ander = stuk(wereld, SENSOOR)
    for soort, inhoud, wie in (
        ("andere-aanbieder", van_ander, zelf),
        ("onbekende-aanbieder", {**goed, "aanbieder": "geen"}, None),
        ("onbekend-verantwoordingsdocument", {**goed, "document": van_ander["document"]}, None),
        ("bedragen-kloppen-niet", {**goed, "bedragen": []}, None),
        ("bedragen-kloppen-niet", {**goed, "bedragen": dubbel}, zelf),
    ):
        gezegd = wereld.post(STUKKEN, inhoud, headers=wie)
        assert gezegd.json()["type"].endswith(f"/{soort}") and gezegd.status_code in (403, 409)
    assert [een["name"] for een in gezegd.json()["invalidParams"]] == ["bedragen.1.dienst", "bedragen.2.dienst"]
    wereld.post(STUKKEN, {**goed, "soort": "jaarplan", "bedragen": []}, status=201)
    pad = dien_in(wereld)
    for datum in ("2018-01-14", "2018-01-16"):
        gezegd = wereld.post(f"{pad}/besluit", besluit(datum=datum), headers=wereld.commissie()).json()
        assert gezegd["type"].endswith("/onmogelijke-besluitdatum")
    clock.moment += timedelta(days=3)
    wereld.post(f"{pad}/besluit", besluit(datum="2018-01-16"), status=201, headers=wereld.commissie())


def test_wie_indiende_besluit_niet(wereld):
    """Also not in another role under the same contract, which no issuer gives but a database row might have."""
    pad = dien_in(wereld, als=wereld.aanbieder(KIND))
    for wie in (
        wereld.administratie(),
        wereld.fiatteur(),
        wereld.aanbieder(KIND),
        wereld.accountant(),
        wereld.gemeente("GM0344"),
    ):
        assert wereld.post(f"{pad}/besluit", besluit(), headers=wie).status_code == 403
    with wereld.context.sessions.begin() as session, pytest.raises(Exception, match="zo niet te besluiten"):
        session.connection().exec_driver_sql(
            "INSERT INTO verantwoordingsbesluit SELECT id, 'vastgesteld', 'x', '2018-01-15', NULL, now(), peer_id, rol, 'ander' "
            "FROM verantwoordingsstuk"
        )


def test_twee_besluiten_tegelijk_een_wint(wereld):
    pad, antwoorden = dien_in(wereld), []

    def doe(uitkomst: str) -> None:
        inhoud = besluit(uitkomst, reden="Daarom.")
        antwoorden.append(wereld.post(f"{pad}/besluit", inhoud, headers=wereld.commissie()).status_code)

    draden = [threading.Thread(target=doe, args=(een,)) for een in ("vastgesteld", "teruggestuurd") * 2]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert sorted(antwoorden) == [201, 409, 409, 409]


def test_de_database_bewaakt_wat_is_ingediend(wereld, database):
    pad = dien_in(wereld)
    stel_vast(wereld, pad)
    id = pad.rpartition("/")[2]
    kolommen = "peer_id, rol, contract) VALUES"
    for opdracht in (
        "UPDATE verantwoordingsstuk SET jaar = 2019",
        "DELETE FROM verantwoordingsbesluit",
        "TRUNCATE verantwoordingsdocument CASCADE",
        f"INSERT INTO verantwoordingsbesluit (stuk, uitkomst, commissie, datum, vastgelegd_op, {kolommen} ('{id}', "
        "'vastgesteld', 'x', '2018-01-15', now(), 'p', 'r', 'c')",
        f"INSERT INTO verantwoordingsstuk (id, aanbieder, soort, jaar, versie, document, bedragen, ingediend_op, {kolommen} "
        f"(gen_random_uuid(), '{KIND}', 'begroting', 2018, 3, (SELECT id FROM verantwoordingsdocument), "
        "'{\"kindertelefoon\": 1}', now(), 'p', 'r', 'c')",
        f"INSERT INTO verantwoordingsstuk (id, aanbieder, soort, jaar, versie, document, bedragen, ingediend_op, {kolommen} "
        f"(gen_random_uuid(), '{KIND}', 'begroting', 2018, 2, (SELECT id FROM verantwoordingsdocument), "
        "'{\"luisterend-oor\": 1}', now(), 'p', 'r', 'c')",
        f"INSERT INTO verantwoordingsdocument (id, aanbieder, sha256, inhoud, grootte, ontvangen_op, {kolommen} "
        f"(gen_random_uuid(), '{KIND}', encode(sha256('%PDF-x'), 'hex'), '%PDF-y', 6, now(), 'p', 'r', 'c')",
    ):
        with psycopg.connect(database.url) as verbinding, pytest.raises(psycopg.Error) as fout:
            verbinding.execute(opdracht)
        assert isinstance(fout.value, psycopg.errors.InsufficientPrivilege | psycopg.errors.IntegrityError), (
            opdracht,
            fout.value,
        )


@given(st.lists(st.sampled_from(["a", "b", "c", "x"]), max_size=6), st.sampled_from(["jaarplan", "begroting"]))
def test_bedragen_zijn_goed_als_elke_dienst_eigen_is_en_een_keer_voorkomt(diensten, soort):
    fouten = rules.fouten_in_bedragen(soort, diensten, {"a", "b", "c"})
    goed = set(diensten) <= {"a", "b", "c"} and len(set(diensten)) == len(diensten) and (bool(diensten) or soort == "jaarplan")
    assert (not fouten) == goed
    assert len(fouten) == (1 if not diensten and not goed else sum(d == "x" or d in diensten[:n] for n, d in enumerate(diensten)))
