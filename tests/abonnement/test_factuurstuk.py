"""The documents of invoices over HTTP, and against the official rules where those are at hand."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from abonnement_api.factuurstuk.beeld import epc_qr
from lxml import etree
from pypdf import PdfReader

from tests.abonnement.wereld import KLEIN
from tests.conftest import ROOT

REGELS = ROOT.parent / "shared/standards/einvoicing/validate.py"
VERKOPER = {
    "vanaf": "2018-01-01",
    "naam": "Administratiebureau (test)",
    "kvk": "99000001",
    "btwId": "NL123456782B90",
    "straat": "Teststraat 1",
    "postcode": "0000 AA",
    "plaats": "Voorbeeldstad",
    "email": "facturen@bureau.example",
}
VRIJ = {"vanaf": "2018-01-01", "categorie": "E", "tekst": "Vrijgesteld van btw (proef)", "bron": "aanname van de proef"}
DIENSTEN = ("vertrouwenswerk", "kindertelefoon", "luisterend-oor", "beheer-en-betaling")
NS = {
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
}


def afnemer(nummer: int, profiel: str = "peppol", **anders: str) -> dict[str, str]:
    adres = {"straat": "Teststraat 2", "postcode": "0000 AA", "plaats": "Voorbeeldstad", "naam": f"Gemeente Proef {nummer}"}
    return {"profiel": profiel, "oin": f"{9900000000 + nummer:020d}", "kenmerkAfnemer": f"KP-{nummer}", **adres, **anders}


def stel_in(wereld, btw: dict[str, str] = VRIJ) -> None:
    """A seller, its BTW, and what every gemeente of the small country wants."""
    assert wereld.put("/v1/aanbieders/administratiebureau/verkopergegevens", VERKOPER).status_code == 200
    for dienst in DIENSTEN:
        assert wereld.put(f"/v1/aanbieders/administratiebureau/btw/{dienst}", btw).status_code == 200
    profielen = ("peppol", "nlcius")
    gegevens = [{"gemeentecode": code, **afnemer(nummer, profielen[nummer % 2])} for nummer, code in enumerate(KLEIN)]
    assert wereld.post("/v1/factuurgegevens", {"gegevens": gegevens}, status=200).json() == {"aantal": len(KLEIN)}


def bytes_van(wereld, pad: str, headers=None) -> bytes:
    antwoord = wereld.client.get(pad, headers=headers or wereld.administratie())
    assert antwoord.status_code == 200, antwoord.text
    return antwoord.content


@pytest.mark.usefixtures("klein")
def test_elke_factuur_van_de_ronde_heeft_haar_documenten(wereld, database):
    stel_in(wereld)
    wereld.gefactureerd()
    for factuur in wereld.alle("/v1/facturen"):
        pad = f"/v1/facturen/{factuur['nummer']}"
        stuk = wereld.get(f"{pad}/stuk")
        assert (stuk["status"], stuk["belemmeringen"], stuk["controle"]["fouten"]) == ("opgemaakt", [], [])
        assert stuk["bewarenTot"] == "2026-01-01"
        ubl, pdf = bytes_van(wereld, f"{pad}/ubl"), bytes_van(wereld, f"{pad}/pdf")
        assert stuk["ublSha256"] == hashlib.sha256(ubl).hexdigest() and stuk["pdfSha256"] == hashlib.sha256(pdf).hexdigest()
        boom = etree.fromstring(ubl)
        assert boom.findtext("cbc:ID", None, NS) == factuur["nummer"]
        assert boom.findtext("cac:LegalMonetaryTotal/cbc:PayableAmount", None, NS) == f"{factuur['bedragCent'] / 100:.2f}"
        assert boom.findtext(".//cbc:PaymentID", None, NS) == factuur["betalingskenmerk"]
        tekst = PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
        assert factuur["nummer"] in tekst and f"Gemeente Proef {KLEIN.index(factuur['gemeentecode'])}" in tekst
    eigen = wereld.gemeente("GM0003")
    assert bytes_van(wereld, "/v1/facturen/2018-000001/ubl", eigen)
    for vorm in ("stuk", "ubl", "pdf"):
        wereld.get(f"/v1/facturen/2018-000002/{vorm}", eigen, status=404)
    tag = wereld.client.get("/v1/facturen/2018-000001/ubl", headers=eigen).headers["etag"]
    assert wereld.client.get("/v1/facturen/2018-000001/ubl", headers={**eigen, "If-None-Match": tag}).status_code == 304


@pytest.mark.usefixtures("klein")
def test_zonder_vastgestelde_btw_gaat_er_niets_uit_en_daarna_vanzelf(wereld):
    wereld.gefactureerd()
    pad = "/v1/facturen/2018-000001"
    stuk = wereld.get(f"{pad}/stuk")
    assert stuk["status"] == "niet-opgemaakt" and len(stuk["belemmeringen"]) == 3
    assert "niet vastgesteld" in stuk["belemmeringen"][2] and "Kindertelefoon" in stuk["belemmeringen"][2]
    fout = wereld.get(f"{pad}/ubl", status=409)
    assert fout["belemmeringen"] == stuk["belemmeringen"]
    stel_in(wereld, {"vanaf": "2018-01-01", "categorie": "niet-vastgesteld", "bron": "de inspecteur is gevraagd"})
    wereld.jobs()
    assert wereld.get(f"{pad}/stuk")["belemmeringen"][0].startswith("de behandeling van btw is niet vastgesteld")
    for dienst in DIENSTEN:
        wereld.put(f"/v1/aanbieders/administratiebureau/btw/{dienst}", VRIJ)
    wereld.jobs()
    eerst = bytes_van(wereld, f"{pad}/ubl")
    wereld.put("/v1/factuurgegevens/GM0003", afnemer(1, naam="Gemeente Anders"))
    wereld.jobs()
    assert bytes_van(wereld, f"{pad}/ubl") == eerst
    assert wereld.get("/v1/factuurgegevens/GM0003")["versie"] == 2


@pytest.mark.usefixtures("klein")
def test_een_teken_dat_niet_kan_houdt_alleen_die_factuur_tegen(wereld):
    stel_in(wereld)
    wereld.put("/v1/factuurgegevens/GM0003", afnemer(0, naam="Gemeente \ufffe Proef"))
    wereld.gefactureerd()
    standen = {f["nummer"]: wereld.get(f"/v1/facturen/{f['nummer']}/stuk") for f in wereld.alle("/v1/facturen")}
    assert [nummer for nummer, stuk in standen.items() if stuk["status"] != "opgemaakt"] == ["2018-000001"]
    assert "een teken dat niet in een e-factuur kan" in standen["2018-000001"]["belemmeringen"][0]
    wereld.put("/v1/factuurgegevens/GM0003", afnemer(0, naam="Gemeente Ђурђевац 東京 🙂"))
    wereld.jobs()
    assert "Ђурђевац 東京 🙂".encode() in bytes_van(wereld, "/v1/facturen/2018-000001/ubl")


def test_bedrag_dat_niet_in_de_betaalcode_past_heeft_er_geen():
    assert epc_qr("Bureau", "NL69TEST0000000001", 99_999_999_999, "5118000300000100")
    assert epc_qr("Bureau", "NL69TEST0000000001", 100_000_000_000, "5118000300000100") is None


def test_adres_is_een_adres_dat_in_een_mail_kan(wereld):
    for email in ("a,b@x.example", "<a@x.example", "é@x.example", "a@-x.example", "a..b@x.example", "a@x.example."):
        assert wereld.put("/v1/factuurgegevens/GM0003", {**afnemer(0), "email": email}).status_code == 400, email
    assert wereld.put("/v1/factuurgegevens/GM0003", {**afnemer(0), "email": "o'a+b.c@x-1.example"}).status_code == 200


@pytest.mark.skipif(not REGELS.exists(), reason="the official rules are not beside this repository (../shared)")
@pytest.mark.usefixtures("klein")
def test_steekproef_is_geldig_volgens_de_officiele_regels(wereld, tmp_path):
    stel_in(wereld)
    wereld.gefactureerd()
    per_profiel: dict[str, list[str]] = {"peppol": [], "nlcius": []}
    for factuur in wereld.alle("/v1/facturen"):
        pad = f"/v1/facturen/{factuur['nummer']}"
        bestand = tmp_path / f"{factuur['nummer']}.xml"
        bestand.write_bytes(bytes_van(wereld, f"{pad}/ubl"))
        per_profiel[wereld.get(f"{pad}/stuk")["profiel"]].append(str(bestand))
    controleer(per_profiel)


def controleer(per_profiel: dict[str, list[str]]) -> None:
    """Run the official rules; warnings fail too."""
    python = os.environ.get("EINV_PYTHON", sys.executable)
    if subprocess.run([python, "-c", "import saxonche"], capture_output=True).returncode:
        pytest.skip("saxonche is not installed; say with EINV_PYTHON which Python has it")
    for profiel, bestanden in per_profiel.items():
        opdracht = [python, str(Path(REGELS)), f"ubl-{profiel}", "--strict", *bestanden]
        gedaan = subprocess.run(opdracht, capture_output=True, text=True)
        assert gedaan.returncode == 0, gedaan.stdout[-3000:]
