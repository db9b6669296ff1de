"""Reading MT940: the habits of each bank, and what may not be lost."""

from __future__ import annotations

import io

import pytest
from abonnement_api.betaling import mt940
from abonnement_api.betaling.afschrift import KOSTEN, RETOUR
from abonnement_api.betaling.errors import OngeldigAfschrift
from abonnement_api.betaling.lezen import lees
from hypothesis import given
from hypothesis import strategies as st

KENMERK = "5000056789012345"


def bestand(*regels: str, begin: int = 0, eind: int = 0) -> bytes:
    return "\r\n".join(
        [
            *(":20:P1", ":25:NL69TEST0000000001EUR", ":28C:12/1", f":60F:C180214EUR{begin // 100},{begin % 100:02d}", *regels),
            *(f":62F:C180215EUR{eind // 100},{eind % 100:02d}", "-}"),
        ]
    ).encode()


@pytest.mark.parametrize(
    "tekst",
    [
        f"/CNTP/NL44RABO0123456789/RABONL2U/Gemeente A///REMI/STRD/CUR/{KENMERK}/",
        f"/EREF/E1/ORDP//NAME/Gemeente A/REMI//CDTRREFTP//CD/SCOR/ISSR/CUR/CDTRREF/{KENMERK}",
        f"/TRTP/SEPA OVERBOEKING/IBAN/NL44RABO0123456789/BIC/RABONL2U/NAME/Gemeente A/REMI/ISSUER: CUR   REF: {KENMERK}/EREF/E1",
        "SEPA ACCEPTGIROBETALING          IBAN: NL44RABO0123456789\nBIC: RABONL2U                    NAAM: Gemeente A\n"
        f"BETALINGSKENM.: {KENMERK}",
    ],
)
def test_gestructureerd_kenmerk_van_elke_bank(tekst):
    gevonden = mt940.lees_omschrijving(tekst)
    assert (gevonden.kenmerken, gevonden.naam) == ([KENMERK], "Gemeente A")


@pytest.mark.parametrize("snede", range(1, 70))
def test_afgebroken_regel_breekt_geen_code_of_nummer(snede):
    tekst = f"/CNTP/NL44RABO0123456789/RABONL2U/Gemeente A///REMI/USTD//{KENMERK}/"
    gevonden = mt940.lees_omschrijving(f"{tekst[:snede]}\n{tekst[snede:]}")
    assert gevonden.tegenrekening == "NL44RABO0123456789" and "".join(gevonden.omschrijving.split()) == KENMERK


@given(st.lists(st.integers(-(10**9), 10**9).filter(bool), max_size=8))
def test_elke_post_komt_met_haar_bedrag_terug_ook_zonder_code(bedragen):
    regels = [f":61:1802150215{'C' if cent > 0 else 'D'}{abs(cent) // 100},{abs(cent) % 100:02d}" for cent in bedragen]
    eind = 10**10 + sum(bedragen)
    (gelezen,) = lees(io.BytesIO(bestand(*regels, begin=10**10, eind=eind)))
    assert [post.bedrag_cent for post in gelezen.posten] == bedragen and gelezen.verschil_cent == 0


def test_storno_kosten_en_boekdag_over_de_jaarwisseling():
    regels = (":61:1812310102RD5,NTRFNONREF", ":61:1801010101RC5,00NTRFEREF", ":61:180215D1,NCHGNONREF//X1")
    af, retour, kosten = lees(io.BytesIO(bestand(*regels, begin=100)))[0].posten
    assert (af.bedrag_cent, af.boekdatum.isoformat(), af.soort) == (500, "2019-01-02", RETOUR)
    assert (retour.bedrag_cent, retour.soort, retour.bankreferentie) == (-500, RETOUR, None)
    assert (kosten.bedrag_cent, kosten.soort, kosten.bankreferentie) == (-100, KOSTEN, "X1")


@pytest.mark.parametrize(
    ("van", "naar", "code"),
    [
        (":62F:", ":64:", "missing"),
        ("EUR1,00", "USD1,00", "valuta"),
        (":61:180215", ":61:180230", "datum"),
        ("C1,00", "C1,001", "bedrag"),
        ("C1,00", "C\u0661,00", "veld"),
        ("C1,00", "C1.00", "veld"),
        ("C1,00", "C" + "9" * 40 + ",00", "veld"),
        ("C1,00", "1,00", "veld"),
    ],
)
def test_wat_niet_klopt_wordt_met_zijn_plaats_geweigerd(van, naar, code):
    tekst = bestand(":61:180215C1,00NTRFNONREF", begin=100, eind=200).decode()
    assert van in tekst
    with pytest.raises(OngeldigAfschrift) as fout:
        lees(io.BytesIO(tekst.replace(van, naar).encode()))
    assert code in {param.code for param in fout.value.invalid_params}


@pytest.mark.parametrize(
    "naam",
    [
        "abnamro-structured.zilverline.sta",
        "ing-iban.zilverline.sta",
        "knab-kenmerk-in-text.zilverline.sta",
        "rabobank-structured.zilverline.swi",
    ],
)
def test_openbaar_voorbeeld_wordt_gelezen(shared, naam):
    inhoud = (shared / "data/bank" / naam).read_bytes()
    gelezen = lees(io.BytesIO(inhoud))
    assert sum(len(afschrift.posten) for afschrift in gelezen) == inhoud.count(b":61:")
