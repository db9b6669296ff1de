"""Documents on their way to gemeenten: fetched, mailed, or by an access point; over HTTP, by a job, and past the code."""

from __future__ import annotations

import base64
import email
import email.policy
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.utils import getaddresses

import psycopg
import pytest
from abonnement_api.bezorging import rules
from abonnement_api.bezorging.bericht import SBDH, kern_van
from abonnement_api.eml import Bijlage, eml
from abonnement_api.settings import Settings
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from psycopg import errors

from tests.abonnement.outway import ALIASES, PROBLEEM, Outway
from tests.abonnement.test_factuurstuk import afnemer, bytes_van, stel_in
from tests.abonnement.wereld import ADMINISTRATIEBUREAU, IBAN
from tests.bron import Antwoord, Vraag

pytestmark = pytest.mark.usefixtures("klein")
EERSTE, TWEEDE, DERDE = (f"/v1/bezorgingen/2018-00000{nummer}" for nummer in (1, 2, 3))
GEEN = "/v1/bezorgingen/2033-000001"


def wil(wereld, code: str, wijze: str, vanaf: str = "2018-01-01") -> None:
    nieuw = {"wijzen": [{"gemeentecode": code, "vanaf": vanaf, "wijze": wijze}]}
    assert wereld.post("/v1/bezorgwijzen", nieuw, status=200).json() == {"aantal": 1}


def codes(wereld) -> list[str]:
    return [factuur["gemeentecode"] for factuur in wereld.alle("/v1/facturen")]


@pytest.fixture
def gefactureerd(wereld):
    stel_in(wereld)
    wereld.gefactureerd()
    return wereld


def test_eigen_ophalen_telt_de_eerste_keer_en_een_get_verandert_verder_niets(gefactureerd):
    wereld = gefactureerd
    eigen = wereld.gemeente("GM0003")
    begin = wereld.get(EERSTE, eigen)
    assert (begin["status"], begin["wijze"], begin["belemmeringen"], begin["stappen"]) == ("te-bezorgen", "ophalen", [], [])
    bytes_van(wereld, "/v1/facturen/2018-000001/ubl")  # the administratie looks: that delivers nothing
    assert wereld.get(EERSTE)["status"] == "te-bezorgen"
    bytes_van(wereld, "/v1/facturen/2018-000001/pdf", eigen)
    stand = wereld.get(EERSTE, eigen)
    assert stand["status"] == "bezorgd" and [s["kenmerk"] for s in stand["stappen"]] == ["opgehaald (pdf)"]
    assert stand["stappen"][0]["rol"] == "gemeente" and stand["bericht"]["id"] == begin["bericht"]["id"]
    for vorm in ("ubl", "pdf"):
        bytes_van(wereld, f"/v1/facturen/2018-000001/{vorm}", eigen)
    assert wereld.get(EERSTE) == stand
    wil(wereld, "GM0003", "toegangspunt")  # what was delivered stays so
    assert wereld.get(EERSTE) == stand
    wereld.get(TWEEDE, eigen, status=404)
    assert [b["nummer"] for b in wereld.get("/v1/bezorgingen", eigen)["results"]] == ["2018-000001"]
    weg = {"uitkomst": "geweigerd", "reden": "Ordernummer onbekend"}
    assert wereld.post(f"{EERSTE}/bezorgmeldingen", weg, headers=eigen).json()["status"] == "geweigerd"
    wereld.post(f"{TWEEDE}/bezorgmeldingen", weg, headers=eigen, status=404)
    again = wereld.post(f"{EERSTE}/pogingen", {"reden": "Ordernummer is nu bekend"}, status=200).json()
    assert again["wijze"] == "toegangspunt" and again["bericht"]["id"] != begin["bericht"]["id"]


def test_wat_tegenhoudt_blijft_zichtbaar(wereld):
    wereld.gefactureerd()
    lijst = wereld.get("/v1/bezorgingen?status=niet-opgemaakt")
    assert lijst["count"] == 7 and all(len(een["belemmeringen"]) == 3 for een in lijst["results"])
    assert wereld.get("/v1/bezorgingen?wijze=email")["count"] == 0
    wereld.post(f"{EERSTE}/aanbiedingen", {}, status=409)
    stel_in(wereld)
    wereld.jobs()
    wil(wereld, "GM0003", "email")
    stand = wereld.get(EERSTE)
    assert (stand["status"], stand["belemmeringen"]) == ("te-bezorgen", ["van de gemeente is geen e-mailadres vastgelegd"])
    for doe in (lambda: wereld.get(f"{EERSTE}/email", status=409), lambda: wereld.post(f"{EERSTE}/aanbiedingen", {}).json()):
        assert doe()["belemmeringen"] == stand["belemmeringen"]
    wereld.put("/v1/factuurgegevens/GM0003", {**afnemer(0), "email": "facturen@aa.example"})
    assert wereld.get(EERSTE)["belemmeringen"] == []
    dubbel = {"gemeentecode": "GM0003", "vanaf": "2018-01-01", "wijze": "email"}
    assert wereld.post("/v1/bezorgwijzen", {"wijzen": [dubbel] * 2}).status_code == 409


def test_de_wijze_van_de_dag_geldt_en_een_latere_nog_niet(gefactureerd, clock):
    wereld = gefactureerd
    wil(wereld, "GM0003", "toegangspunt", "2018-03-01")
    assert wereld.get(EERSTE)["wijze"] == "ophalen"
    clock.moment = datetime(2018, 2, 28, 23, 30, tzinfo=UTC)  # 1 March in Amsterdam
    assert wereld.get(EERSTE)["wijze"] == "toegangspunt"
    assert [w["versie"] for w in wereld.alle("/v1/bezorgwijzen", wereld.gemeente("GM0003"))] == [1]
    assert wereld.get("/v1/bezorgwijzen", wereld.gemeente("GM0344"))["count"] == 0


def test_mail_is_te_lezen_en_steeds_gelijk(gefactureerd):
    wereld = gefactureerd
    lang = (
        "Gemeente Súdwest-Fryslân, Dantumadiel, Noardeast-Fryslân en “Waadhoeke” (gezamenlijke debiteurenadministratie), "
        "afdeling 's-Gravenhage"
    )
    wereld.put("/v1/factuurgegevens/GM0088", {**afnemer(8, naam=lang), "email": "facturen@wad.example"})
    wil(wereld, "GM0088", "email")
    nummer = wereld.get("/v1/facturen?gemeentecode=GM0088")["results"][0]["nummer"]
    wereld.post(f"/v1/facturen/{nummer}/creditnotas", {"reden": "Vergissing"}, status=201)
    wereld.jobs()
    for stuk, soort in ((nummer, "Factuur"), ("2018-500001", "Creditnota")):
        ruw = bytes_van(wereld, f"/v1/bezorgingen/{stuk}/email")
        assert ruw == bytes_van(wereld, f"/v1/bezorgingen/{stuk}/email")
        bericht = gelezen(ruw)
        assert bericht["subject"] == f"{soort} {stuk} van Administratiebureau (test)"
        (aan,), (van,) = bericht["to"].addresses, bericht["from"].addresses
        assert aan.addr_spec == "facturen@wad.example" and van.addr_spec == "facturen@bureau.example"
        assert van.display_name == "Administratiebureau (test)"
        tekst = bericht.get_body().get_content()
        assert stuk in tekst and "Met vriendelijke groet" in tekst
        pdf, ubl = bericht.iter_attachments()
        waar = "creditnotas" if soort == "Creditnota" else "facturen"
        assert pdf.get_content() == bytes_van(wereld, f"/v1/{waar}/{stuk}/pdf") and pdf.get_filename() == f"{stuk}.pdf"
        assert ubl.get_content_type() == "application/xml"
        assert ubl.get_payload(decode=True) == bytes_van(wereld, f"/v1/{waar}/{stuk}/ubl")
    assert aan_wie(ruw) == [(lang, "facturen@wad.example")]
    aangeboden = wereld.post(f"/v1/bezorgingen/{nummer}/aanbiedingen", {"kenmerk": "map verzonden"}, status=200).json()
    assert aangeboden["status"] == "aangeboden"
    assert wereld.post(f"/v1/bezorgingen/{nummer}/aanbiedingen", {}, status=200).json() == aangeboden
    bytes_van(wereld, f"/v1/facturen/{nummer}/pdf", wereld.gemeente("GM0088"))  # who looks has not got its mail yet
    assert wereld.get(f"/v1/bezorgingen/{nummer}")["status"] == "aangeboden"
    wereld.post(f"/v1/bezorgingen/{nummer}/bezorgmeldingen", {"uitkomst": "bezorgd"}, status=200)
    assert wereld.get("/v1/bezorgingen?status=bezorgd")["count"] == 1


def gelezen(ruw: bytes):
    """A message without defects, all ASCII, in lines of a decent length that end with CRLF."""
    assert b"\n" not in ruw.replace(b"\r\n", b"") and all(len(regel) <= 78 for regel in ruw.decode("ascii").split("\r\n"))
    bericht = email.message_from_bytes(ruw, policy=email.policy.default)
    assert not bericht.defects and not any(deel.defects for deel in bericht.walk())
    assert not any(bericht[kop].defects for kop in ("from", "to", "subject", "date", "message-id"))
    return bericht


def aan_wie(ruw: bytes) -> list[tuple[str, str]]:
    """(name, address) of who gets it. The parser of `email.policy` keeps the space between two encoded words (RFC 2047, 6.2)."""
    kop = email.message_from_bytes(ruw)["to"]
    return [(str(make_header(decode_header(naam))), adres) for naam, adres in getaddresses([kop])]


NAAM = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=200).filter(
    lambda naam: naam == " ".join(naam.split()) and naam
)


@given(NAAM, NAAM, st.binary(max_size=200))
def test_elke_naam_komt_heel_over_en_blijft_een_adres(naam, onderwerp, inhoud):
    ruw = eml(
        van=(naam, "a@b.example"),
        aan=(naam, "lange.naam.van.een.afdeling@gemeente.example"),
        onderwerp=onderwerp,
        tekst=f"{naam}\n",
        op=datetime(2018, 1, 15, 9, tzinfo=UTC),
        id=uuid.UUID(int=7),
        bijlagen=[Bijlage("a.pdf", "application/pdf", inhoud)],
    )
    bericht = gelezen(ruw)
    assert aan_wie(ruw) == [(naam, "lange.naam.van.een.afdeling@gemeente.example")] and len(bericht["to"].addresses) == 1
    assert bericht["subject"] == onderwerp and next(bericht.iter_attachments()).get_content() == inhoud
    assert bericht.get_body().get_content() == f"{naam}\r\n"


def test_toegangspunt_ziet_alleen_zijn_werk_en_meldt_wat_ervan_werd(gefactureerd):
    wereld = gefactureerd
    punt = wereld.toegangspunt()
    assert wereld.get("/v1/bezorgingen", punt)["count"] == 0
    wereld.get(EERSTE, punt, status=404)
    wil(wereld, "GM0003", "toegangspunt")
    (taak,) = wereld.get("/v1/bezorgingen?status=te-bezorgen", punt)["results"]
    ubl = bytes_van(wereld, "/v1/facturen/2018-000001/ubl")
    bericht = wereld.get(EERSTE, punt)["bericht"]
    envelop = etree.fromstring(bytes_van(wereld, f"{EERSTE}/envelop", punt))
    ns = {"s": SBDH}
    ids = {e.findtext("s:Type", None, ns): e.findtext("s:InstanceIdentifier", None, ns) for e in envelop.iter(f"{{{SBDH}}}Scope")}
    assert ids == {"DOCUMENTID": bericht["documenttype"], "PROCESSID": bericht["proces"], "COUNTRY_C1": "NL"}
    assert envelop.findtext(".//s:DocumentIdentification/s:InstanceIdentifier", None, ns) == bericht["id"]
    assert envelop.findtext(".//s:Sender/s:Identifier", None, ns) == "0106:99000001"
    assert envelop.findtext(".//s:Receiver/s:Identifier", None, ns) == f"0190:{afnemer(0)['oin']}"
    assert bericht["ontvanger"] == {"schema": "0190", "nummer": afnemer(0)["oin"]}
    assert etree.tostring(envelop[1], method="c14n") == etree.tostring(etree.fromstring(ubl), method="c14n")
    assert ubl.partition(b"?>")[2].strip() in bytes_van(wereld, f"{EERSTE}/envelop", punt)
    assert bericht["documenttype"].startswith("urn:oasis:names:specification:ubl:schema:xsd:Invoice-2::Invoice##urn:cen.eu")
    meld = f"{EERSTE}/bezorgmeldingen"
    wereld.post(meld, {"uitkomst": "bezorgd"}, headers=punt, status=409)  # nothing was offered
    eerst = bytes_van(wereld, f"{EERSTE}/envelop", punt)
    assert wereld.post(f"{EERSTE}/aanbiedingen", {"kenmerk": "AP-1"}, headers=punt).json()["status"] == "aangeboden"
    assert bytes_van(wereld, f"{EERSTE}/envelop", punt) == eerst
    fout = {"uitkomst": "geweigerd", "reden": "ontvanger onbekend", "bericht": bericht["id"]}
    assert wereld.post(meld, fout, headers=punt, status=200).json()["status"] == "geweigerd"
    wereld.post(meld, fout, headers=punt, status=200)
    wereld.post(meld, {"uitkomst": "bezorgd", "bericht": bericht["id"]}, headers=punt, status=409)
    wereld.post(f"{EERSTE}/pogingen", {"reden": "OIN verbeterd"}, status=200)
    wereld.post(f"{EERSTE}/pogingen", {"reden": "OIN verbeterd"}, status=200)
    wereld.post(f"{EERSTE}/aanbiedingen", {}, headers=punt, status=200)
    wereld.post(meld, {"uitkomst": "bezorgd", "bericht": bericht["id"]}, headers=punt, status=409)  # of the first attempt
    nu = wereld.get(EERSTE, punt)
    klaar = {"uitkomst": "bezorgd", "bericht": nu["bericht"]["id"], "kenmerk": "AS4-1"}
    assert wereld.post(meld, klaar, headers=punt, status=200).json()["status"] == "bezorgd"
    assert [s["stap"] for s in wereld.get(EERSTE)["stappen"]] == ["aangeboden", "geweigerd", "opnieuw", "aangeboden", "bezorgd"]
    assert taak["nummer"] == "2018-000001"
    for pad, status in ((GEEN, 404), (TWEEDE, 404), (f"{TWEEDE}/envelop", 404), ("/v1/facturen", 403)):
        wereld.get(pad, punt, status=status)
    for pad, inhoud in (("aanbiedingen", {}), ("bezorgmeldingen", {"uitkomst": "bezorgd"})):
        wereld.post(f"{TWEEDE}/{pad}", inhoud, headers=punt, status=404)
    wereld.post(meld, {"uitkomst": "geweigerd"}, status=409)  # without a reason


def test_tegelijk_aanbieden_geeft_een_stap(gefactureerd):
    wereld = gefactureerd
    wil(wereld, "GM0003", "toegangspunt")
    punt = wereld.toegangspunt()
    with ThreadPoolExecutor(6) as draden:
        doen = [lambda: wereld.post(f"{EERSTE}/aanbiedingen", {}, headers=punt).status_code] * 6
        assert list(draden.map(lambda doe: doe(), doen)) == [200] * 6
        eigen = wereld.gemeente("GM0344")
        tweede = wereld.get("/v1/facturen", eigen)["results"][0]["nummer"]
        doen = [lambda: len(bytes_van(wereld, f"/v1/facturen/{tweede}/ubl", eigen)) > 0] * 6
        assert all(draden.map(lambda doe: doe(), doen))
    assert len(wereld.get(EERSTE)["stappen"]) == len(wereld.get(f"/v1/bezorgingen/{tweede}")["stappen"]) == 1


STATUSSEN = (rules.TE_BEZORGEN, rules.AANGEBODEN, rules.BEZORGD, rules.GEWEIGERD, rules.OPNIEUW)
BEGIN = {
    rules.TE_BEZORGEN: (),
    rules.AANGEBODEN: (rules.AANGEBODEN,),
    rules.BEZORGD: (rules.AANGEBODEN, rules.BEZORGD),
    rules.GEWEIGERD: (rules.AANGEBODEN, rules.GEWEIGERD),
    rules.OPNIEUW: (rules.AANGEBODEN, rules.OPNIEUW),
}


def test_database_laat_alleen_stappen_toe_die_volgen(gefactureerd, database):
    """The trigger and the rule say the same of every step after every status."""
    eerste, tweede = uuid.uuid4(), uuid.uuid4()

    def zet(verbinding, volgnummer: int, stap: str, wijze: str, bericht: uuid.UUID) -> None:
        reden = "x" if stap in (rules.GEWEIGERD, rules.OPNIEUW) else None
        rij = ("2018-000001", volgnummer, stap, wijze, bericht, reden)
        verbinding.execute(
            "INSERT INTO bezorgstap (nummer, volgnummer, stap, wijze, bericht, reden, op) VALUES (%s, %s, %s, %s, %s, %s, now())",
            rij,
        )

    for status in STATUSSEN:
        for stap in (rules.AANGEBODEN, rules.BEZORGD, rules.GEWEIGERD, rules.OPNIEUW):
            for wijze in (rules.OPHALEN, rules.EMAIL):
                if status in (rules.AANGEBODEN, rules.BEZORGD, rules.GEWEIGERD) and wijze == rules.OPHALEN:
                    continue  # under way by mail
                with psycopg.connect(database.url) as verbinding:
                    for plaats, eerder in enumerate(BEGIN[status], start=1):
                        zet(verbinding, plaats, eerder, rules.EMAIL, tweede if eerder == rules.OPNIEUW else eerste)
                    al = len(BEGIN[status])
                    nieuw = uuid.uuid4() if stap == rules.OPNIEUW else tweede if status == rules.OPNIEUW else eerste
                    try:
                        zet(verbinding, al + 1, stap, wijze, nieuw)
                        gelukt = True
                    except errors.IntegrityError:
                        gelukt = False
                    verbinding.rollback()
                assert gelukt == rules.mag(status, stap, wijze), (status, stap, wijze)
    with psycopg.connect(database.url) as verbinding:
        zet(verbinding, 1, rules.AANGEBODEN, rules.EMAIL, eerste)
    for opdracht in (
        "UPDATE bezorgstap SET kenmerk = 'x'",
        "DELETE FROM bezorgstap",
        "TRUNCATE bezorgstap",
        "UPDATE bezorgwijze SET wijze = 'email'",
    ):
        with pytest.raises(errors.InsufficientPrivilege), psycopg.connect(database.url) as verbinding:
            verbinding.execute(opdracht.encode())
    for volgnummer, wijze, bericht in ((3, rules.EMAIL, eerste), (2, rules.TOEGANGSPUNT, eerste), (2, rules.EMAIL, tweede)):
        with pytest.raises(errors.IntegrityError), psycopg.connect(database.url) as verbinding:
            zet(verbinding, volgnummer, rules.BEZORGD, wijze, bericht)


class Toegangspunt(Outway):
    """An access point besides: takes a message once per id, refuses those of one receiver."""

    def __init__(self) -> None:
        self.berichten: dict[str, dict] = {}
        self.posten = 0
        self.weigert = ""
        super().__init__()

    def antwoord(self, vraag: Vraag) -> Antwoord:
        if vraag.host != "toegangspunt.test":
            return super().antwoord(vraag)
        self.posten += 1
        if "toegangspunt" in self.storing:
            return Antwoord(self.storing["toegangspunt"], {"status": 503, "detail": "storing"}, PROBLEEM)
        if vraag.inhoud["ontvanger"]["nummer"] == self.weigert:
            return Antwoord(409, {"status": 409, "detail": "ontvanger is onbekend"}, PROBLEEM)
        assert vraag.sleutel == vraag.inhoud["id"]
        self.berichten.setdefault(vraag.sleutel, vraag.inhoud)
        return Antwoord(201, {}, {"Location": f"/v1/berichten/{vraag.sleutel}"})


@pytest.fixture
def met_punt():
    made = Toegangspunt()
    yield made
    made.stop()


class TestMetToegangspunt:
    @pytest.fixture
    def outway(self, met_punt):
        return met_punt

    @pytest.fixture
    def settings(self, database, met_punt):
        return Settings(
            database_url=database.url,
            peer_id=ADMINISTRATIEBUREAU,
            jwks_url="http://manager.test/jwks",
            outway_url=met_punt.url,
            aliases={**ALIASES, "toegangspunt": "toegangspunt.test"},
            rekening_iban=IBAN,
        )

    def test_job_biedt_aan_en_gaat_na_storing_en_kill_verder(self, gefactureerd, met_punt, clock):
        wereld = gefactureerd
        met_punt.storing["toegangspunt"] = 503
        met_punt.weigert = afnemer(1)["oin"]
        alle = codes(wereld)
        wijzen = [{"gemeentecode": code, "vanaf": "2018-01-01", "wijze": "toegangspunt"} for code in alle[:3]]
        wereld.post("/v1/bezorgwijzen", {"wijzen": wijzen}, status=200)
        wereld.jobs()
        assert met_punt.posten == 3 and wereld.get("/v1/bezorgingen?status=te-bezorgen&wijze=toegangspunt")["count"] == 3
        met_punt.storing.clear()
        # As if the worker was killed after the first was taken, before that was written down.
        bericht = wereld.get(EERSTE)["bericht"]
        met_punt.berichten[bericht["id"]] = {"eerste": "keer"}
        wereld.later(clock, minuten=1)
        stand = {b["nummer"]: b["status"] for b in wereld.get("/v1/bezorgingen?wijze=toegangspunt")["results"]}
        assert sorted(stand.values()) == ["aangeboden", "aangeboden", "geweigerd"]
        assert len(met_punt.berichten) == 2 and met_punt.berichten[bericht["id"]] == {"eerste": "keer"}
        assert wereld.get(EERSTE)["stappen"][0]["kenmerk"] == f"/v1/berichten/{bericht['id']}"
        (weg,) = wereld.get("/v1/bezorgingen?status=geweigerd")["results"]
        stap = wereld.get(f"/v1/bezorgingen/{weg['nummer']}")["stappen"][-1]
        assert "ontvanger is onbekend" in stap["reden"] and stap["rol"] is None
        ander = next(b for sleutel, b in met_punt.berichten.items() if sleutel != bericht["id"])
        assert kern_van(base64.b64decode(ander["ubl"])).nummer == ander["nummer"]
        posten = met_punt.posten
        wereld.jobs()
        assert met_punt.posten == posten
        met_punt.weigert = ""
        wereld.post(f"/v1/bezorgingen/{weg['nummer']}/pogingen", {"reden": "nu bekend"}, status=200)
        wereld.jobs()
        assert wereld.get(f"/v1/bezorgingen/{weg['nummer']}")["status"] == "aangeboden"
