"""Days that cannot be meant, texts that say nothing, and what the bank's own figures say of what we kept."""

from __future__ import annotations

from datetime import date

import pytest
from abonnement_api.betaling.rules import Saldo, nieuw_volgens_bank
from gemeengoed_lokaal.bank import afschrift

from tests.abonnement.test_tarief_router import anders
from tests.abonnement.wereld import DAG, IBAN, post

pytestmark = pytest.mark.usefixtures("klein")


def fout(antwoord) -> list[str]:
    return [param["name"] for param in antwoord.json()["invalidParams"]]


def test_verdeling_ver_vooruit_wordt_geweigerd_en_verdeelt_niets(wereld):
    wereld.gefactureerd()
    wereld.lees_in([post(1000, kenmerk=wereld.alle("/v1/facturen")[0]["betalingskenmerk"])])
    for tot in ("2019-01-17", "2081-02-28"):
        geweigerd = wereld.post("/v1/verdelingen", {"totEnMet": tot}, status=409)
        assert geweigerd.json()["type"].endswith("/datum-te-ver-vooruit") and fout(geweigerd) == ["totEnMet"]
    for tot in ("0001-01-01", "1999-12-31", "2101-01-01", "9999-12-31"):
        assert fout(wereld.post("/v1/verdelingen", {"totEnMet": tot}, status=400)) == ["totEnMet"]
    assert wereld.stand()["nogTeVerdelenCent"] == 1000
    wereld.post("/v1/verdelingen", {"totEnMet": "2019-01-16"}, status=201)


def test_afschrift_van_ver_vooruit_wordt_geweigerd(wereld):
    geweigerd = wereld.lees_in([post(1000)], dag=date(2019, 1, 17), status=409)
    assert geweigerd.json()["type"].endswith("/datum-te-ver-vooruit")
    wereld.lees_in([post(1000)], dag=date(1018, 2, 15), status=400)
    assert wereld.get("/v1/bankafschriften")["count"] == 0
    wereld.lees_in([post(1000)], dag=date(2019, 1, 16), status=201)


def test_besluit_van_ver_vooruit_zou_voor_altijd_het_laatste_zijn(wereld):
    assert (
        wereld.post("/v1/tariefbesluiten", anders(datum="2081-02-28"), status=409)
        .json()["type"]
        .endswith("/datum-te-ver-vooruit")
    )
    assert fout(wereld.post("/v1/tariefbesluiten", anders(datum="0001-01-01"), status=400)) == ["datum"]


@pytest.mark.parametrize("tekst", ["", "   ", "\u00a0", "\u200b", " x", "x ", "a\nb", "a\u0085b"])
def test_lege_en_vreemde_teksten_in_een_besluit_worden_geweigerd(wereld, tekst):
    besluit = anders(gremium=tekst, omschrijving=tekst)
    besluit["pakketten"][0]["naam"] = tekst
    assert fout(wereld.post("/v1/tariefbesluiten", besluit, status=400)) == ["gremium", "omschrijving", "pakketten.0.naam"]


@pytest.mark.parametrize(
    "vraag", ["jaar=2_018", "jaar=", "jaar=%2B2018", "jaar=2018.0", "openstaand=1", "openstaand=yes", "openstaand=", "page=1_0"]
)
def test_andere_notaties_in_een_vraag_worden_geweigerd(wereld, vraag):
    assert [f["name"] for f in wereld.get(f"/v1/facturen?{vraag}", status=400)["invalidParams"]] == [vraag.split("=")[0]]


def test_filter_dat_twee_keer_komt_wordt_geweigerd(wereld):
    antwoord = wereld.get("/v1/facturen?gemeentecode=GM0344&gemeentecode=GM0363", status=400)
    assert antwoord["invalidParams"] == [{"name": "gemeentecode", "code": "dubbel", "reason": "mag maar één keer voorkomen"}]


def test_id_in_een_andere_notatie_wordt_geweigerd(wereld):
    kaal = "8f7a52f67f0e4a578a1c0a8d1f8a4f22"
    for id in (kaal, f"urn:uuid:{kaal}", "{8f7a52f6-7f0e-4a57-8a1c-0a8d1f8a4f22}"):
        wereld.get(f"/v1/bankafschriften/{id}", status=400)
        wereld.get(f"/v1/betalingen?bankafschrift={id}", status=400)


def vervolg(posten, nummer: str, dag: date, *, van_cent: int) -> str:
    """A statement that begins with this balance."""
    bij = sum(p.bedrag_cent for p in posten)
    tekst = afschrift(posten, nummer=nummer, dag=dag, eigen_iban=IBAN).decode()
    einde = tekst.replace(f">{(100_000 + bij) / 100:.2f}<", f">{(van_cent + bij) / 100:.2f}<")
    return einde.replace(">1000.00<", f">{van_cent / 100:.2f}<")


def test_wat_de_bank_zegt_en_wat_is_vastgelegd_zijn_gelijk(wereld):
    wereld.lees_in([post(5000), post(700)])
    wereld.xml(vervolg([post(333)], "A-2", DAG, van_cent=105_700).encode(), status=201)
    stand = wereld.get("/v1/verantwoording/stand")
    assert (stand["ontvangenVolgensBankCent"], stand["verschilCent"], stand["ontvangenCent"]) == (6033, 0, 6033)
    for gelezen in wereld.get("/v1/bankafschriften")["results"]:
        assert gelezen["ontvangenVolgensBankCent"] == gelezen["ontvangenCent"] and gelezen["verschilCent"] == 0


def test_overlappend_afschrift_geeft_geen_verschil(wereld):
    wereld.lees_in([post(5000), post(700)])
    samen = afschrift([post(5000), post(700), post(9)], nummer="B-1", dag=DAG, eigen_iban=IBAN).decode()
    wereld.xml(samen.replace("<AcctSvcrRef>B-1-", "<AcctSvcrRef>A-1-").encode(), status=201)
    stand = wereld.get("/v1/verantwoording/stand")
    assert (stand["ontvangenVolgensBankCent"], stand["verschilCent"]) == (5709, 0)


def test_ontvangst_die_voor_een_bekende_is_aangezien_komt_als_verschil_aan_het_licht(wereld):
    """The bank uses a reference again, for as much on the same day: what is dropped shows in the bank's balances."""
    wereld.lees_in([post(5000)])
    tweede = vervolg([post(5000)], "A-2", DAG, van_cent=105_000).replace("A-2-00001", "A-1-00001")
    gelezen = wereld.xml(tweede.encode(), status=201).json()
    stand = wereld.get("/v1/verantwoording/stand")
    verwacht = 10_000 - wereld.get("/v1/betalingen")["ontvangenCent"]
    assert gelezen["verschilCent"] == stand["verschilCent"] == verwacht
    assert stand["ontvangenVolgensBankCent"] == 10_000


def test_afschrift_over_eerdere_dagen_van_een_leeggeroomde_rekening_geeft_geen_verschil(wereld):
    """Every balance is the same, so only the days say that the statement of the month covers what that of a day had."""
    begin = 100_000

    def leeg(nummer: str, van: date) -> str:
        tekst = afschrift([post(5000)], nummer=nummer, dag=DAG, eigen_iban=IBAN).decode()
        eruit = (
            '<Ntry><Amt Ccy="EUR">50.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>'
            f"<BookgDt><Dt>{DAG}</Dt></BookgDt></Ntry></Stmt>"
        )
        tekst = tekst.replace(">1050.00<", ">1000.00<").replace("</Stmt>", eruit).replace(f"{nummer}-00001", "bank-1")
        return tekst.replace(f"<Dt>{DAG}</Dt>", f"<Dt>{van}</Dt>", 1)

    dag = wereld.xml(leeg("D-1", DAG).encode(), status=201).json()
    maand = wereld.xml(leeg("M-1", DAG.replace(day=1)).encode(), status=201).json()
    assert (dag["eindsaldoCent"], maand["beginsaldoCent"], maand["alBekend"]) == (begin, begin, 1)
    stand = wereld.get("/v1/verantwoording/stand")
    assert (maand["verschilCent"], stand["verschilCent"], stand["ontvangenVolgensBankCent"]) == (0, 0, 5000)


def test_afschrift_dat_nooit_is_ingelezen_is_te_zien(wereld):
    wereld.xml(vervolg([post(10)], "A-2", DAG.replace(day=16), van_cent=105_700).encode(), status=201)
    assert wereld.get("/v1/verantwoording/stand")["aansluitend"] is True
    wereld.xml(vervolg([post(20)], "A-4", DAG.replace(day=18), van_cent=105_711).encode(), status=201)
    stand = wereld.get("/v1/verantwoording/stand")
    assert (stand["aansluitend"], stand["aantalGaten"], stand["verschilCent"]) == (False, 1, 0)
    wereld.lees_in([post(5000), post(700)])
    wereld.xml(vervolg([post(1)], "A-3", DAG.replace(day=17), van_cent=105_710).encode(), status=201)
    stand = wereld.get("/v1/verantwoording/stand")
    assert (stand["aansluitend"], stand["aantalGaten"]) == (True, 0)


def test_overlap_telt_niet_mee_tenzij_het_afschrift_aansluit():
    eerder, later = DAG, DAG.replace(day=16)
    for begin, vorig_eind, aansluitend in (
        (Saldo(100, None), None, False),
        (Saldo(100, later), Saldo(99, eerder), False),
        (Saldo(100, None), Saldo(100, None), True),
        (Saldo(100, None), Saldo(100, later), True),
        (Saldo(100, later), Saldo(100, None), True),
        (Saldo(100, later), Saldo(100, later), True),
        (Saldo(100, later), Saldo(100, eerder), True),
        (Saldo(100, eerder), Saldo(100, later), False),
    ):
        assert nieuw_volgens_bank(5000, 3000, begin, vorig_eind) == (5000 if aansluitend else 2000), (begin, vorig_eind)
