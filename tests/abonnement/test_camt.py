"""Reading bank statements: real ones that nobody here wrote, and broken ones."""

from __future__ import annotations

import io
from datetime import date

import pytest
from abonnement_api.betaling import camt
from abonnement_api.betaling.errors import OngeldigAfschrift
from gemeengoed_lokaal.bank import BEGINSALDO_CENT, Bijschrijving, afschrift
from hypothesis import given
from hypothesis import strategies as st

from tests.abonnement.wereld import IBAN

DAG = date(2018, 2, 15)
POSTEN = [
    Bijschrijving(123_45, "Gemeente Een", "NL44RABO0123456789", "5000056789012345", None),
    Bijschrijving(1, "Gemeente Twee", "NL44RABO0123456789", None, "factuur 2018-000002"),
]
V02 = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><GrpHdr><MsgId>M</MsgId></GrpHdr><Stmt>
<Id>02-1</Id><Acct><Id><IBAN>NL69TEST0000000001</IBAN></Id></Acct>
<Bal><Tp><CdOrPrtry><Cd>PRCD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">5.00</Amt><CdtDbtInd>DBIT</CdtDbtInd></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">24.50</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
<Ntry><Amt Ccy="EUR">30.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><DtTm>2018-02-15T12:00:00</DtTm></BookgDt>
  <AcctSvcrRef>B1</AcctSvcrRef><NtryDtls>
  <TxDtls><AmtDtls><TxAmt><Amt Ccy="EUR">10.00</Amt></TxAmt></AmtDtls><RltdPties><Dbtr><Nm>Een</Nm></Dbtr></RltdPties>
    <RmtInf><Ustrd>2018-</Ustrd><Ustrd>000001</Ustrd></RmtInf></TxDtls>
  <TxDtls><AmtDtls><TxAmt><Amt Ccy="EUR">20</Amt></TxAmt></AmtDtls></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="EUR">0.50</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2018-02-15</Dt></BookgDt></Ntry>
<Ntry><Amt Ccy="EUR">99.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>PDNG</Sts></Ntry>
</Stmt></BkToCstmrStmt></Document>"""

GEEN_DAG = {f"Stmt.0.{plaats}": "datum" for plaats in ("Bal.OPBD.Dt", "Bal.CLBD.Dt", "Ntry.0.BookgDt", "Ntry.1.BookgDt")}


def lees(inhoud: bytes) -> list[camt.Afschrift]:
    return camt.lees(io.BytesIO(inhoud))


def maak(posten=POSTEN) -> str:
    return afschrift(posten, nummer="A-1", dag=DAG, eigen_iban=IBAN).decode()


def fouten(tekst: str | bytes) -> dict[str, str]:
    with pytest.raises(OngeldigAfschrift) as weigering:
        lees(tekst.encode() if isinstance(tekst, str) else tekst)
    assert weigering.value.invalid_params
    return {f.name: f.code for f in weigering.value.invalid_params}


def test_afschrift_in_versie_08():
    (gelezen,) = lees(maak().encode())
    assert (gelezen.iban, gelezen.nummer) == (IBAN, "A-1")
    assert gelezen.eindsaldo_cent - gelezen.beginsaldo_cent == 123_46 and gelezen.beginsaldo_cent == BEGINSALDO_CENT
    een, twee = gelezen.ontvangsten
    assert (een.bedrag_cent, een.kenmerken, een.omschrijving, een.boekdatum) == (123_45, ("5000056789012345",), "", DAG)
    assert (een.naam, een.tegenrekening, een.bankreferentie) == ("Gemeente Een", "NL44RABO0123456789", "A-1-00001")
    assert (twee.kenmerken, twee.omschrijving) == ((), "factuur 2018-000002")


def test_afschrift_in_versie_02_met_verzamelpost_en_wat_geen_ontvangst_is():
    (gelezen,) = lees(V02.encode())
    assert [(o.bedrag_cent, o.bankreferentie, o.naam, o.omschrijving) for o in gelezen.ontvangsten] == [
        (1000, "B1", "Een", "2018- 000001"),
        (2000, "B1#2", None, ""),
    ]
    assert gelezen.beginsaldo_cent == -500


def test_zonder_bankreferentie_onderscheidt_de_inhoud_en_zijn_dezelfde_betalingen_twee_betalingen():
    tekst = maak([POSTEN[0], POSTEN[0], POSTEN[1]])
    for nummer in (1, 2, 3):
        tekst = tekst.replace(f"<AcctSvcrRef>A-1-0000{nummer}</AcctSvcrRef>", "")
    referenties = [o.bankreferentie for o in lees(tekst.encode())[0].ontvangsten]
    assert len(set(referenties)) == 3 and referenties[1] == f"{referenties[0]}#2"
    anders = tekst.replace("A-1", "A-2")
    assert [o.bankreferentie for o in lees(anders.encode())[0].ontvangsten] == referenties


def test_referenties_van_de_bank_botsen_nooit_met_de_eigen_nummering():
    tekst = maak([POSTEN[0]] * 4)
    for nummer, referentie in enumerate(("X", "X", "X#2", "X"), start=1):
        tekst = tekst.replace(f"<AcctSvcrRef>A-1-0000{nummer}<", f"<AcctSvcrRef>{referentie}<")
    assert len({o.bankreferentie for o in lees(tekst.encode())[0].ontvangsten}) == 4


def test_detail_van_nul_is_geen_ontvangst():
    (gelezen,) = lees(V02.replace(">10.00<", ">0.00<").replace(">20<", ">30<").encode())
    assert [o.bedrag_cent for o in gelezen.ontvangsten] == [3000]


def test_onleesbare_xml_wordt_in_het_nederlands_geweigerd():
    with pytest.raises(OngeldigAfschrift, match=r"geen leesbare XML op regel 1, positie \d+\.$"):
        lees(b"<a><b></a>")


@given(st.lists(st.integers(1, 10**11), max_size=20))
def test_elke_bijschrijving_komt_met_haar_bedrag_terug(bedragen):
    posten = [Bijschrijving(bedrag, "x", "NL44RABO0123456789", None, "y") for bedrag in bedragen]
    (gelezen,) = lees(afschrift(posten, nummer="A", dag=DAG, eigen_iban=IBAN))
    assert [o.bedrag_cent for o in gelezen.ontvangsten] == bedragen
    assert len({o.bankreferentie for o in gelezen.ontvangsten}) == len(bedragen)


def test_vingerafdruk_gaat_over_de_inhoud_en_niet_over_het_bestand_eromheen():
    eerste = lees(maak().encode())[0].vingerafdruk
    assert lees(maak().replace("TEST-A-1", "ander bericht").replace("\n", "\n\n").encode())[0].vingerafdruk == eerste
    assert lees(maak().replace("factuur 2018-000002", "factuur 2018-000003").encode())[0].vingerafdruk != eerste


@pytest.mark.parametrize(
    ("van", "naar", "verwacht"),
    [
        ("camt.053.001.08", "camt.053.001.13", {"Document": "naamruimte"}),
        ("camt.053.001.08", "camt.052.001.08", {"Document": "naamruimte"}),
        ("<Id>A-1</Id>", "", {"Stmt.0.Id": "missing"}),
        ("OPBD", "ITBD", {"Stmt.0.Bal.OPBD": "missing"}),
        ('<Amt Ccy="EUR">1123.46</Amt>', '<Amt Ccy="EUR">1123.47</Amt>', {"Stmt.0.Bal": "saldo"}),
        ('Ccy="EUR">0.01', 'Ccy="USD">0.01', {"Stmt.0.Ntry.1.Amt": "valuta"}),
        ("<Ccy>EUR</Ccy>", "<Ccy>USD</Ccy>", {"Stmt.0.Acct.Ccy": "valuta"}),
        (">0.01<", ">0.011<", {"Stmt.0.Ntry.1.Amt": "bedrag"}),
        (">0.01<", ">-0.01<", {"Stmt.0.Ntry.1.Amt": "bedrag"}),
        (">0.01<", ">een<", {"Stmt.0.Ntry.1.Amt": "bedrag"}),
        (">0.01<", ">٠.٠١<", {"Stmt.0.Ntry.1.Amt": "bedrag"}),
        (">0.01<", ">99999999999.00<", {"Stmt.0.Ntry.1.Amt": "bedrag"}),
        ("<Id>A-1</Id>", f"<Id>{'A' * 141}</Id>", {"Stmt.0.Id": "te_lang"}),
        ("<AcctSvcrRef>A-1-00001<", f"<AcctSvcrRef>{'A' * 141}<", {"Stmt.0.Ntry.0.AcctSvcrRef": "te_lang"}),
        ("<Dt>2018-02-15</Dt>", "<Dt>2018-W07-4</Dt>", GEEN_DAG),
        ("<Dt>2018-02-15</Dt>", "<Dt>20180215</Dt>", GEEN_DAG),
        ("<Dt>2018-02-15</Dt>", "<Dt>2018-02-30</Dt>", GEEN_DAG),
        ("<Dt>2018-02-15</Dt>", "<Dt>0001-01-01</Dt>", GEEN_DAG),
        ("<Dt>2018-02-15</Dt>", "<Dt>9999-12-31</Dt>", GEEN_DAG),
        (
            "<CdtDbtInd>CRDT</CdtDbtInd>",
            "<CdtDbtInd>BOTH</CdtDbtInd>",
            {
                "Stmt.0.Bal.OPBD.CdtDbtInd": "richting",
                "Stmt.0.Bal.CLBD.CdtDbtInd": "richting",
                "Stmt.0.Ntry.0.CdtDbtInd": "richting",
                "Stmt.0.Ntry.1.CdtDbtInd": "richting",
            },
        ),
    ],
)
def test_elke_fout_wordt_bij_zijn_plaats_genoemd(van, naar, verwacht):
    tekst = maak()
    assert van in tekst
    gevonden = fouten(tekst.replace(van, naar))
    assert gevonden == verwacht


def test_alle_fouten_in_een_keer():
    tekst = maak().replace("<Id>A-1</Id>", "").replace(">0.01<", ">x<").replace("<Ccy>EUR</Ccy>", "<Ccy>USD</Ccy>")
    assert set(fouten(tekst)) == {"Stmt.0.Id", "Stmt.0.Ntry.1.Amt", "Stmt.0.Acct.Ccy"}


def test_details_die_niet_optellen_worden_geweigerd():
    assert fouten(V02.replace(">20<", ">21<")) == {"Stmt.0.Ntry.0.TxDtls": "som"}


@pytest.mark.parametrize(
    "inhoud",
    [
        b"",
        b"{",
        b"geen xml",
        b"<Document>",
        "<Document/>".encode("utf-16"),
        b"\x00\xff",
        b"<Document/>",
        b"<a xmlns='urn:iso:std:iso:20022:tech:xsd:camt.053.001.08'/>",
    ],
)
def test_wat_geen_camt_is_wordt_geweigerd(inhoud):
    assert set(fouten(inhoud)) == {"Document"}


def test_entiteiten_worden_niet_uitgevoerd(tmp_path):
    geheim = tmp_path / "geheim"
    geheim.write_text("geheim")
    for doctype in (
        f'<!DOCTYPE d [<!ENTITY x SYSTEM "{geheim.as_uri()}">]>',
        '<!DOCTYPE d SYSTEM "http://127.0.0.1:9/x.dtd">',
        '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY x "&a;&a;&a;&a;">]>',
    ):
        tekst = maak().replace("?>", f"?>{doctype}", 1).replace("factuur 2018-000002", "&x;" if "ENTITY" in doctype else "x")
        assert fouten(tekst) == {"Document": "doctype"}


def test_openbaar_voorbeeld_met_twee_afschriften_wordt_gelezen(shared):
    een, twee = lees((shared / "data/bank/two-statements-v02.genkgo.xml").read_bytes())
    assert (een.nummer, een.beginsaldo_cent, een.eindsaldo_cent) == ("253EURNL26VAYB8060476890", 1815, 2700)
    assert [(o.bedrag_cent, o.omschrijving) for o in een.ontvangsten] == [(885, "Transaction Description 1")]
    assert twee.ontvangsten == () and twee.eindsaldo_cent - twee.beginsaldo_cent == -700


def test_openbaar_voorbeeld_met_betalingskenmerk_wordt_gelezen(shared):
    (gelezen,) = lees((shared / "standards/einvoicing/reference/camt053-v08-betalingskenmerk.xml").read_bytes())
    assert [(o.bedrag_cent, o.kenmerken, o.naam) for o in gelezen.ontvangsten] == [
        (25000, ("5000056789012345",), "Gemeente Voorbeeld")
    ]


def test_openbaar_voorbeeld_met_partij_volgens_oude_versie_wordt_gelezen(shared):
    (gelezen,) = lees((shared / "data/bank/invalid-v08.query-farm.xml").read_bytes())
    assert gelezen.iban == "DE89370400440532013000" and [o.naam for o in gelezen.ontvangsten] == ["ACME CORP"]


def test_openbaar_voorbeeld_zonder_afschrift_wordt_geweigerd(shared):
    assert fouten((shared / "data/bank/invalid-v02.genkgo.xml").read_bytes()) == {"Stmt": "missing"}
