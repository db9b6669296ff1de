"""Reading bank statements: real ones that nobody here wrote, and broken ones."""

from __future__ import annotations

import io
from datetime import date

import pytest
from abonnement_api.betaling import camt
from abonnement_api.betaling.afschrift import GEWOON, KOSTEN, RETOUR, Afschrift
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

GEEN_BEDRAG = {"Stmt.0.Ntry.1.Amt": "bedrag", "Stmt.0.Ntry.1.TxDtls.0.Amt": "bedrag"}
GEEN_DAG = {f"Stmt.0.{plaats}": "datum" for plaats in ("Bal.OPBD.Dt", "Bal.CLBD.Dt", "Ntry.0.BookgDt", "Ntry.1.BookgDt")}


def lees(inhoud: bytes) -> list[Afschrift]:
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
    een, twee = gelezen.posten
    assert (een.bedrag_cent, een.kenmerken, een.omschrijving, een.boekdatum) == (123_45, ("5000056789012345",), "", DAG)
    assert (een.naam, een.tegenrekening, een.bankreferentie) == ("Gemeente Een", "NL44RABO0123456789", "A-1-00001")
    assert (twee.kenmerken, twee.omschrijving) == ((), "factuur 2018-000002")


def test_afschrift_in_versie_02_met_verzamelpost_en_wat_geen_ontvangst_is():
    (gelezen,) = lees(V02.encode())
    assert [(o.bedrag_cent, o.bankreferentie, o.naam, o.omschrijving) for o in gelezen.posten] == [
        (1000, None, "Een", "2018- 000001"),
        (2000, None, None, ""),
        (-50, None, None, ""),
    ]
    assert gelezen.beginsaldo_cent == -500


@pytest.mark.parametrize("geen", ["", "NOTPROVIDED", "nonref", "NONREF ", "0000", "-", "Not provided"])
def test_wat_geen_referentie_is_telt_niet_als_referentie(geen):
    tekst = maak().replace("<AcctSvcrRef>A-1-00001<", f"<AcctSvcrRef>{geen}<")
    assert [post.bankreferentie for post in lees(tekst.encode())[0].posten] == [None, "A-1-00002"]


def test_referentie_die_meer_posten_hebben_is_van_geen():
    tekst = maak([POSTEN[0]] * 4)
    for nummer, referentie in enumerate(("X", "X", "X#2", "Y"), start=1):
        tekst = tekst.replace(f"<AcctSvcrRef>A-1-0000{nummer}<", f"<AcctSvcrRef>{referentie}<")
    posten = lees(tekst.encode())[0].posten
    assert [post.bankreferentie for post in posten] == [None, None, "X#2", "Y"]
    assert [post.saldo_voor_cent - BEGINSALDO_CENT for post in posten] == [0, 123_45, 246_90, 370_35]


def test_saldo_dat_niet_klopt_wordt_gemeld_en_niet_geweigerd():
    (gelezen,) = lees(maak().replace(">1123.46<", ">1123.47<").encode())
    assert gelezen.verschil_cent == 1 and len(gelezen.posten) == 2 and "niet het eindsaldo" in gelezen.opmerkingen[0]


def test_detail_van_nul_is_geen_ontvangst():
    (gelezen,) = lees(V02.replace(">10.00<", ">0.00<").replace(">20<", ">30<").encode())
    assert [o.bedrag_cent for o in gelezen.posten] == [3000, -50]


def test_onleesbare_xml_wordt_in_het_nederlands_geweigerd():
    with pytest.raises(OngeldigAfschrift, match=r"geen leesbare XML op regel 1, positie \d+\.$"):
        lees(b"<a><b></a>")


@given(st.lists(st.integers(1, 10**11), max_size=20))
def test_elke_bijschrijving_komt_met_haar_bedrag_terug(bedragen):
    posten = [Bijschrijving(bedrag, "x", "NL44RABO0123456789", None, "y") for bedrag in bedragen]
    (gelezen,) = lees(afschrift(posten, nummer="A", dag=DAG, eigen_iban=IBAN))
    assert [o.bedrag_cent for o in gelezen.posten] == bedragen
    assert len({o.bankreferentie for o in gelezen.posten}) == len(bedragen)


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
        ("OPBD", "INFO", {"Stmt.0.Bal.OPBD": "missing"}),
        ('Ccy="EUR">0.01', 'Ccy="USD">0.01', {"Stmt.0.Ntry.1.Amt": "valuta"}),
        ("<Ccy>EUR</Ccy>", "<Ccy>USD</Ccy>", {"Stmt.0.Acct.Ccy": "valuta"}),
        (">0.01<", ">0.011<", GEEN_BEDRAG),
        (">0.01<", ">-0.01<", GEEN_BEDRAG),
        (">0.01<", ">een<", GEEN_BEDRAG),
        (">0.01<", ">٠.٠١<", GEEN_BEDRAG),
        (">0.01<", ">99999999999.00<", GEEN_BEDRAG),
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
    assert set(fouten(tekst)) == {"Stmt.0.Id", "Stmt.0.Acct.Ccy", *GEEN_BEDRAG}


def test_details_die_niet_optellen_blijven_een_post_voor_een_mens():
    (gelezen,) = lees(V02.replace(">20<", ">21<").encode())
    post = gelezen.posten[0]
    assert post.bedrag_cent == 3000 and post.beletsel == "de details zijn samen € 31,00, de post is € 30,00"
    enkel = V02.replace('<TxDtls><AmtDtls><TxAmt><Amt Ccy="EUR">20</Amt></TxAmt></AmtDtls></TxDtls>', "")
    (gelezen,) = lees(enkel.encode())
    assert gelezen.posten[0].bedrag_cent == 3000 and gelezen.posten[0].beletsel


def test_kosten_die_op_een_post_zijn_ingehouden_zijn_een_eigen_afschrijving():
    kosten = "<Chrgs><Rcrd><Amt Ccy='EUR'>0.25</Amt></Rcrd></Chrgs><NtryDtls>"
    tekst = V02.replace(">20<", ">20.25<").replace("<NtryDtls>", kosten, 1)
    posten = lees(tekst.encode())[0].posten
    assert [(post.bedrag_cent, post.soort) for post in posten[:3]] == [(1000, GEWOON), (2025, GEWOON), (-25, KOSTEN)]


def test_tekst_van_een_verzamelpost_hoort_bij_geen_detail():
    tekst = V02.replace("</NtryDtls></Ntry>", "</NtryDtls><AddtlNtryInf>2018-000012</AddtlNtryInf></Ntry>", 1)
    assert all("000012" not in post.omschrijving for post in lees(tekst.encode())[0].posten)
    zonder = tekst.replace('<Amt Ccy="EUR">10.00</Amt>', "").replace('<Amt Ccy="EUR">20</Amt>', "")
    (post, _) = lees(zonder.encode())[0].posten
    assert post.bedrag_cent == 3000 and "zonder eigen bedragen" in str(post.beletsel)


@pytest.mark.parametrize(
    ("geschreven", "verwacht"),
    [
        ("2018-12-31T23:30:00.000Z", date(2019, 1, 1)),
        ("2018-12-31T23:30:00+02:00", date(2018, 12, 31)),
        ("2018-06-30T22:00:00.1234567Z", date(2018, 7, 1)),
        ("2018-12-31T23:30:00", date(2018, 12, 31)),
        ("2018-12-31+01:00", date(2018, 12, 31)),
        ("2018-12-31Z", date(2018, 12, 31)),
        ("2018-12-31", date(2018, 12, 31)),
    ],
)
def test_dag_is_een_nederlandse_dag(geschreven, verwacht):
    assert camt.dag(geschreven) == verwacht
    soort = "DtTm" if "T" in geschreven else "Dt"
    plat = "".join(regel.strip() for regel in maak().splitlines())
    tekst = plat.replace("<BookgDt><Dt>2018-02-15</Dt>", f"<BookgDt><{soort}>{geschreven}</{soort}>")
    (gelezen,) = lees(tekst.encode())
    assert {post.boekdatum for post in gelezen.posten} == {verwacht}


@given(st.integers(0, 10**11), st.integers(0, 30), st.sampled_from(["", "+"]), st.integers(0, 5))
def test_bedrag_telt_naar_waarde_en_niet_naar_notatie(cent, nullen, plus, staart):
    notatie = f"{plus}{'0' * nullen}{cent // 100}.{cent % 100:02d}{'0' * staart}"
    (gelezen,) = lees(maak([]).replace(">1000.00<", f">{notatie}<").encode())
    assert gelezen.beginsaldo_cent == gelezen.eindsaldo_cent == cent


def test_wat_nog_niet_is_geboekt_telt_niet_in_welke_valuta_ook():
    tekst = V02.replace('<Amt Ccy="EUR">99.00', '<Amt Ccy="USD">99.00')
    assert len(lees(tekst.encode())[0].posten) == 3
    geboekt = tekst.replace("<Sts>PDNG</Sts>", "<Sts>BOOK</Sts>")
    (gelezen,) = lees(geboekt.encode())
    assert len(gelezen.posten) == 3 and "andere valuta" in gelezen.opmerkingen[0]
    assert "valuta" in fouten(geboekt.replace(">24.50<", ">123.50<")).values()


def test_bladen_zonder_eigen_saldo_worden_een_afschrift():
    een = lees(V02.encode())[0]
    eerste, rest = V02.split("<Bal><Tp><CdOrPrtry><Cd>CLBD")
    ntry = rest.index("<Ntry>")
    slot = "<Bal><Tp><CdOrPrtry><Cd>CLBD" + rest[:ntry]
    tweede = rest[ntry:].index("</Ntry>") + ntry + len("</Ntry>")
    kop = "</Stmt><Stmt><Id>02-1</Id><Acct><Id><IBAN>NL69TEST0000000001</IBAN></Id></Acct>"
    gesplitst = eerste + rest[ntry:tweede] + kop + slot + rest[tweede:]
    assert [a.vingerafdruk for a in lees(gesplitst.encode())] == [een.vingerafdruk]


@pytest.mark.parametrize(
    "code", ["<RvslInd>true</RvslInd>", "<BkTxCd><Domn><Fmly><SubFmlyCd>RRTN</SubFmlyCd></Fmly></Domn></BkTxCd>"]
)
def test_richting_van_een_storno_is_die_van_de_post(code):
    tekst = V02.replace("<CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK", f"<CdtDbtInd>DBIT</CdtDbtInd>{code}<Sts>BOOK")
    assert [(post.bedrag_cent, post.soort) for post in lees(tekst.encode())[0].posten][-1] == (-50, RETOUR)


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
    assert [(o.bedrag_cent, o.omschrijving) for o in een.posten] == [(885, "Transaction Description 1")]
    assert [o.bedrag_cent for o in twee.posten] == [-700] and twee.eindsaldo_cent - twee.beginsaldo_cent == -700


def test_openbaar_voorbeeld_met_betalingskenmerk_wordt_gelezen(shared):
    (gelezen,) = lees((shared / "standards/einvoicing/reference/camt053-v08-betalingskenmerk.xml").read_bytes())
    assert [(o.bedrag_cent, o.kenmerken, o.naam) for o in gelezen.posten] == [
        (25000, ("5000056789012345",), "Gemeente Voorbeeld")
    ]


def test_openbaar_voorbeeld_met_partij_volgens_oude_versie_wordt_gelezen(shared):
    (gelezen,) = lees((shared / "data/bank/invalid-v08.query-farm.xml").read_bytes())
    assert gelezen.iban == "DE89370400440532013000" and [o.naam for o in gelezen.posten] == ["ACME CORP"]


def test_openbaar_voorbeeld_zonder_afschrift_wordt_geweigerd(shared):
    assert fouten((shared / "data/bank/invalid-v02.genkgo.xml").read_bytes()) == {"Stmt": "missing"}
