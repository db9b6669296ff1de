"""Files that went wrong in other products, and variations of them: money is not dropped, not doubled, and nothing is a 500.

Each with the public report after which it was made, where there is one.
"""

from __future__ import annotations

import io
import threading
import uuid
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from abonnement_api.betaling import mt940, rules
from abonnement_api.betaling.afschrift import Afschrift, Post, in_centen, voltooid
from abonnement_api.betaling.errors import OngeldigAfschrift
from abonnement_api.betaling.lezen import lees
from gemeengoed_lokaal.bank import afschrift
from hypothesis import given
from hypothesis import strategies as st

from tests.abonnement.wereld import AANMELDING, DAG, IBAN, post

VOOR, NA = "0.00", "10.00"


def camt(posten: str, begin: str = VOOR, eind: str = NA, *, versie: str = "02", kop: str = "") -> str:
    def saldo(soort: str, bedrag: str) -> str:
        return (
            f'<Bal><Tp><CdOrPrtry><Cd>{soort}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{bedrag}</Amt>'
            "<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2018-02-15</Dt></Dt></Bal>"
        )

    return (
        f'{kop}<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{versie}"><BkToCstmrStmt><Stmt><Id>S-1</Id>'
        f"<Acct><Id><IBAN>{IBAN}</IBAN></Id></Acct>{saldo('OPBD', begin)}{saldo('CLBD', eind)}{posten}</Stmt>"
        "</BkToCstmrStmt></Document>"
    )


def ntry(
    bedrag: str = "10.00",
    richting: str = "CRDT",
    *,
    stand: str = "BOOK",
    dag: str = "<Dt>2018-02-15</Dt>",
    meer: str = "",
    om: str = "",
) -> str:
    return (
        f'<Ntry><Amt Ccy="EUR">{bedrag}</Amt><CdtDbtInd>{richting}</CdtDbtInd>{om}<Sts>{stand}</Sts>'
        f"<BookgDt>{dag}</BookgDt>{meer}</Ntry>"
    )


def een(tekst: str | bytes) -> Afschrift:
    (gelezen,) = lees(io.BytesIO(tekst.encode() if isinstance(tekst, str) else tekst))
    return gelezen


def centen(tekst: str | bytes) -> list[int]:
    return [gelezen.bedrag_cent for gelezen in een(tekst).posten]


def codes(tekst: str | bytes) -> set[str]:
    with pytest.raises(OngeldigAfschrift) as fout:
        een(tekst)
    return {param.code for param in fout.value.invalid_params}


def detail(bedrag: str | None, tekst: str = "", richting: str = "", kosten: str = "") -> str:
    eigen = f'<Amt Ccy="EUR">{bedrag}</Amt>' if bedrag else ""
    wijst = f"<CdtDbtInd>{richting}</CdtDbtInd>" if richting else ""
    return f"<TxDtls>{eigen}{wijst}{kosten}<RmtInf><Ustrd>{tekst}</Ustrd></RmtInf></TxDtls>"


@given(st.integers(0, 10**12 - 1), st.integers(0, 25), st.integers(0, 25), st.sampled_from(["", "+"]))
def test_een_bedrag_telt_naar_waarde_hoe_het_ook_is_geschreven(cent, voor, na, plus):
    assert in_centen(f"{plus}{'0' * voor}{cent // 100}.{cent % 100:02d}{'0' * na}") == cent
    assert in_centen(f"{cent // 100}.{cent % 100:02d}{'0' * na}1") is None
    assert in_centen(f"{cent + 10**12}{'0' * na}") is None


@pytest.mark.parametrize("bedrag", ["1" * 28, "9" * 40, "10." + "0" * 30 + "1", "-10.00", "1E1", "INF", "10,00", "\u0661\u0660"])
def test_bedrag_dat_geen_bedrag_is_wordt_geweigerd_hoe_lang_ook(bedrag):
    assert codes(camt(ntry(bedrag))) == {"bedrag"}


def test_terugdraaiing_in_de_richting_van_wat_zij_terugdraait():
    """OCA/bank-statement-import 375: some banks let the indicator turn the sign, others give the sign that it has."""
    om = "<RvslInd>true</RvslInd>"
    af, terug = ntry("10.00", "DBIT"), ntry("10.00", "DBIT", om=om)
    gekeerd = een(camt(af + terug, "50.00", "50.00"))
    assert [p.bedrag_cent for p in gekeerd.posten] == [-1000, 1000] and "RvslInd" in gekeerd.opmerkingen[0]
    assert centen(camt(af + ntry("10.00", "CRDT", om=om), "50.00", "50.00")) == [-1000, 1000]
    bij = een(camt(ntry() + ntry("10.00", om=om), "50.00", "50.00"))
    assert ([p.bedrag_cent for p in bij.posten], bij.verschil_cent) == ([1000, -1000], 0)
    anders = een(camt(af + terug, "50.00", "49.00"))  # the balances say neither: as it stands, and that is shown
    assert ([p.bedrag_cent for p in anders.posten], anders.verschil_cent) == ([-1000, -1000], 1900)


def test_alleen_wat_zeker_niet_is_geboekt_telt_niet_mee():
    for stand in ("PDNG", "INFO", "<Cd>FUTR</Cd>"):
        assert centen(camt(ntry() + ntry("99.00", stand=stand))) == [1000]
    for stand in ("book", "BOOKED", "<Prtry>GEBOEKT</Prtry>"):
        assert codes(camt(ntry() + ntry("99.00", stand=stand))) == {"status"}


def test_dag_van_een_post():
    """Without a booking day the value date; a moment is a Dutch day, also where that is in a year that is not."""
    zonder = ntry().replace("<BookgDt><Dt>2018-02-15</Dt></BookgDt>", "<ValDt><Dt>2018-02-14</Dt></ValDt>")
    assert een(camt(zonder)).posten[0].boekdatum.isoformat() == "2018-02-14"
    for tekst, dag in (
        ("2018-12-31T23:30:00Z", "2019-01-01"),
        ("2018-07-31T22:30:00.123456789Z", "2018-08-01"),
        ("2019-01-01T00:30:00+05:00", "2018-12-31"),
        ("2018-12-31T23:59:59", "2018-12-31"),
        ("2018-03-25T01:59:59+01:00", "2018-03-25"),
    ):
        assert een(camt(ntry(dag=f"<DtTm>{tekst}</DtTm>"))).posten[0].boekdatum.isoformat() == dag
    for tekst in ("2100-12-31T23:30:00Z", "2000-01-01T00:30:00+05:00", "2018-02-30T00:00:00Z"):
        assert codes(camt(ntry(dag=f"<DtTm>{tekst}</DtTm>"))) == {"datum"}


@pytest.mark.parametrize(
    ("details", "verwacht"),
    [
        # OCA/bank-statement-import 157: each detail has its own amount, not that of the whole
        (detail("4.00") + detail("6.00"), [400, 600]),
        # 976: with charges the details are not the entry
        (detail("11.00", kosten='<Chrgs><Rcrd><Amt Ccy="EUR">1.00</Amt></Rcrd></Chrgs>'), [1100, -100]),
        # genkgo/camt 120: more than one Chrgs, without Rcrd
        (
            detail("12.50", kosten='<Chrgs><Amt Ccy="EUR">1.00</Amt></Chrgs><Chrgs><Amt Ccy="EUR">1.50</Amt></Chrgs>'),
            [1250, -250],
        ),
        (detail("12.00", richting="CRDT") + detail("2.00", richting="DBIT"), [1200, -200]),
        (detail("9.99", "2018-000001"), [1000]),
        (detail("4.00") + detail(None), [1000]),
        (detail(None) + detail(None), [1000]),
        (detail("0.00") + detail("10.00"), [1000]),
    ],
)
def test_details_zijn_samen_de_post(details, verwacht):
    gelezen = een(camt(ntry(meer=f"<NtryDtls>{details}</NtryDtls>")))
    assert [p.bedrag_cent for p in gelezen.posten] == verwacht and gelezen.verschil_cent == 0
    if verwacht == [1000] and "0.00" not in details.replace("10.00", ""):
        assert gelezen.posten[0].beletsel


@pytest.mark.parametrize(
    "hoe",
    [
        lambda x: b"\xef\xbb\xbf" + x.encode(),
        lambda x: ('<?xml version="1.0" encoding="UTF-16"?>' + x).encode("utf-16"),
        lambda x: ('<?xml version="1.0" encoding="ISO-8859-1"?>' + x).encode("latin-1"),
        lambda x: ('<?xml version="1.0" encoding="windows-1252"?>' + x).encode("cp1252"),
    ],
)
def test_elke_codering_die_een_bank_gebruikt(hoe: Callable[[str], bytes]):
    gelezen = een(hoe(camt(ntry(meer="<AddtlNtryInf>caf\u00e9</AddtlNtryInf>"))))
    assert (gelezen.posten[0].bedrag_cent, gelezen.posten[0].omschrijving) == (1000, "caf\u00e9")


@pytest.mark.parametrize(
    "vijandig",
    [
        camt(ntry(meer="<AddtlNtryInf>&c;</AddtlNtryInf>"), kop='<!DOCTYPE D [<!ENTITY c SYSTEM "file:///etc/hostname">]>'),
        camt(ntry(), kop='<!DOCTYPE D [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'),
        camt(ntry(), kop='<!DOCTYPE D SYSTEM "http://127.0.0.1:9/x.dtd">'),
        camt("<a>" * 300 + "</a>" * 300 + ntry()),
        camt(ntry(meer="<AddtlNtryInf>&#0;</AddtlNtryInf>")),
        camt(ntry(meer="<AddtlNtryInf>&#xD800;</AddtlNtryInf>")),
        camt(ntry(meer=f"<AddtlNtryInf>{'x' * 10_001}</AddtlNtryInf>")),
        camt(ntry(meer=f"<NtryDtls><TxDtls><RltdPties><Dbtr><Nm>{'x' * 10_001}</Nm></Dbtr></RltdPties></TxDtls></NtryDtls>")),
        "\0" * 100,
        "<",
        "",
    ],
)
def test_vijandige_xml_wordt_geweigerd(vijandig):
    assert codes(vijandig)


def swift(regels: str, eind: str = "1010,00", *, kop: str = f":20:P1\n:25:{IBAN}EUR\n:28C:00000\n") -> str:
    return f"{kop}:60F:C180214EUR1000,00\n{regels}\n:62F:C180215EUR{eind}\n-\n"


@pytest.mark.parametrize(
    ("regel", "dag", "cent"),
    [
        # wolph/mt940 121 and 17, a-fas/mt940js 52, programmersdigest/MT940Parser 4: the year of the booking day
        ("1812310102C10,00NTRFNONREF", "2019-01-02", 1000),
        ("1901011231C10,00NTRFNONREF", "2018-12-31", 1000),
        # fruitl00p/php-mt940 66: the value date of a returned collection is weeks earlier
        ("1801150215D10,00NRTINONREF", "2018-02-15", -1000),
        # wolph/mt940 130: the reversal of a credit takes money out
        ("1802150215RC10,00NTRFNONREF", "2018-02-15", -1000),
        ("1802150215RD10,00NTRFNONREF", "2018-02-15", 1000),
        ("180215CR10,NTRFNONREF", "2018-02-15", 1000),
        ("1802150215C10N426NONREF", "2018-02-15", 1000),
    ],
)
def test_regel_van_mt940(regel, dag, cent):
    (gelezen,) = een(swift(f":61:{regel}\n:86:x")).posten
    assert (gelezen.boekdatum.isoformat(), gelezen.bedrag_cent) == (dag, cent)
    assert gelezen.soort == ("retour" if any(teken in regel for teken in ("RC", "RD", "NRTI")) else "gewoon")


def test_bedrag_met_punt_verliest_geen_centen():
    """The library reads 10 of 10.50, and the rest as a reference."""
    assert codes(swift(":61:1802150215C10.50NTRFNONREF\n:86:x")) == {"veld"}


def test_tweede_afschrift_zonder_begin_is_een_tweede():
    los = swift(":61:180215C10,00NTRFNONREF\n:86:x").replace(":20:P1\n", "")
    gelezen = lees(io.BytesIO((los + los.replace("1010,00", "1020,00").replace("1000,00", "1010,00")).encode()))
    assert [(a.beginsaldo_cent, a.eindsaldo_cent, a.verschil_cent) for a in gelezen] == [(100000, 101000, 0), (101000, 102000, 0)]


def test_te_veel_velden_of_tekst_wordt_geweigerd(monkeypatch):
    monkeypatch.setattr(mt940, "_MEESTE_VELDEN", 50)
    assert codes(swift("\n".join([":61:180215C1,00NTRFNONREF"] * 50))) == {"omvang"}
    assert codes(swift(f":61:180215C10,00NTRFNONREF\n:86:{'x' * 10_001}")) == {"te_lang"}


ZELFDE = (":61:1802150215C10,00NTRFNONREF//B1\n:86:een", ":61:1802150215C5,00NTRFNONREF//B2\n:86:twee")


def stuur(wereld, inhoud: str, status: int = 201) -> dict:
    soort = "application/xml" if inhoud.startswith("<") else "application/octet-stream"
    antwoord = wereld.client.post(
        "/v1/bankafschriften", content=inhoud.encode(), headers={**wereld.administratie(), "Content-Type": soort}
    )
    assert antwoord.status_code == status, antwoord.text
    return antwoord.json()


def ontvangen(wereld) -> tuple[int, int]:
    stand = wereld.get("/v1/verantwoording/stand")
    return stand["ontvangenCent"], stand["verschilCent"]


def referentie(naam: str) -> str:
    return f"<AcctSvcrRef>{naam}</AcctSvcrRef>"


def test_hetzelfde_afschrift_in_beide_formaten_telt_een_keer(wereld):
    """Their references and texts are others; their balances and amounts are the same."""
    in_camt = camt(ntry(meer=referentie("C1")) + ntry("5.00", meer=referentie("C2")), "1000.00", "1015.00")
    in_camt = in_camt.replace("<Dt>2018-02-15</Dt></Dt></Bal><Bal>", "<Dt>2018-02-14</Dt></Dt></Bal><Bal>", 1)
    assert stuur(wereld, in_camt)["aantal"] == 2
    nog_eens = stuur(wereld, swift("\n".join(ZELFDE), "1015,00"))
    assert (nog_eens["aantal"], nog_eens["alBekend"]) == (0, 2) and ontvangen(wereld) == (1500, 0)


def test_andere_referentie_op_dezelfde_plaats_is_twijfel(wereld):
    """Another export of the same days: other references, other texts, one post more. Nothing is matched twice by itself."""
    stuur(wereld, camt(ntry(meer=referentie("C1")), "1000.00", "1010.00"))
    later = stuur(
        wereld,
        camt(ntry(meer=referentie("X1")) + ntry("5.00", meer=referentie("X2")), "1000.00", "1015.00").replace("S-1", "S-2"),
    )
    assert (later["aantal"], later["aantalTwijfel"]) == (2, 1)
    (twijfel,) = wereld.get("/v1/betalingen?twijfel=true")["results"]
    assert (twijfel["bedragCent"], twijfel["nietGekoppeldCent"]) == (1000, 1000)


def test_gelijke_betalingen_in_beide_formaten_na_elkaar_zijn_twee(wereld):
    stuur(wereld, camt(ntry(meer=referentie("C1")), "990.00", "1000.00"))
    assert stuur(wereld, swift(":61:1802150215C10,00NTRFNONREF//B1\n:86:x"))["aantal"] == 1
    assert ontvangen(wereld) == (2000, 0)


def test_tegelijk_ingelezen_telt_een_keer(wereld):
    """The same file, and one that overlaps it, six at once."""
    een_, twee = post(1000, tekst="a"), post(2000, tekst="b")
    bestanden = [
        afschrift([een_], nummer="A-1", dag=DAG, eigen_iban=IBAN),
        afschrift([een_, twee], nummer="A-2", dag=DAG, eigen_iban=IBAN),
    ]
    bestanden[1] = bestanden[1].replace(b"A-2-00001", b"A-1-00001")
    gelezen: list[int] = []

    def lees_in(inhoud: bytes) -> None:
        gelezen.append(wereld.xml(inhoud).status_code)

    draden = [threading.Thread(target=lees_in, args=(inhoud,)) for inhoud in bestanden * 3]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert sorted(gelezen) == [200] * 4 + [201] * 2
    assert ontvangen(wereld) == (3000, 0) and wereld.get("/v1/betalingen")["count"] == 2


POSTEN = st.tuples(st.integers(0, 2), st.sampled_from([5, -5, 7]), st.sampled_from("ab"), st.booleans())


@given(
    st.lists(POSTEN, min_size=1, max_size=7), st.lists(st.tuples(st.integers(0, 6), st.integers(1, 7)), min_size=1, max_size=4)
)
def test_geen_geld_valt_weg_in_welke_volgorde_ook_gelezen(grootboek, stukken):
    """Statements that the bank counts, of any part of an account, in any order: payments that come back and are made again, the
    same day, at the same balance, with or without a reference. Every one of them is stored."""
    rijen, saldi, dag = [], [1000], date(2018, 1, 1)
    for nummer, (verder, cent, tekst, met) in enumerate(grootboek):
        dag += timedelta(days=verder)
        rijen.append(Post(dag, cent, bankreferentie=f"R{nummer}" if met else None, omschrijving=tekst))
        saldi.append(saldi[-1] + cent)
    eerder: list[rules.Eerder] = []
    perioden: dict[tuple[int, int], rules.Periode] = {}
    for van, tot in stukken:
        van, tot = min(van, len(rijen) - 1), min(tot, len(rijen))
        if van >= tot or (van, tot) in perioden:
            continue
        begin, eind = rules.Saldo(saldi[van], rijen[van].boekdatum), rules.Saldo(saldi[tot], rijen[tot - 1].boekdatum)
        nummer = 10 * van + tot + 1
        gelezen = voltooid(
            Afschrift(
                "camt.053", IBAN, f"S{nummer}", nummer, 1, begin.cent, eind.cent, begin.dag, eind.dag, tuple(rijen[van:tot])
            )
        )
        rakend = [p for p in perioden.values() if p.eind.dag >= begin.dag and p.begin.dag <= eind.dag]
        bekend = [stuk for stuk in eerder if stuk.afschrift in {p.id for p in rakend}]
        oordelen = rules.herken(gelezen, bekend, rakend)
        perioden[van, tot] = rules.Periode(uuid.uuid4(), begin, eind, "camt.053", (nummer, 1))
        eerder += [
            rules.Eerder(
                perioden[van, tot].id,
                post.boekdatum,
                post.bedrag_cent,
                post.bankreferentie,
                post.saldo_voor_cent,
                rules.inhoud(None, None, None, post.omschrijving),
            )
            for post, oordeel in zip(gelezen.posten, oordelen, strict=True)
            if oordeel != rules.BEKEND
        ]
    gelezen_posten = {n for van, tot in perioden for n in range(van, tot)}
    er = Counter((rijen[n].boekdatum, rijen[n].bedrag_cent) for n in gelezen_posten)
    assert er <= Counter((stuk.boekdatum, stuk.bedrag_cent) for stuk in eerder)


@pytest.mark.parametrize("map_", ["02", "03", "04", "05", "14", "15"])
def test_wat_misging_gaat_goed(wereld, clock, shared, map_):
    """Inputs on which the product went wrong, as they came."""
    (bestanden,) = [sorted(p.glob("*.xml")) for p in (shared / "faults").iterdir() if p.name.startswith(map_)]
    clock.moment += timedelta(days=400)
    meeste = 12 if map_ == "05" else 1
    wereld.outway.gemeenten = wereld.outway.gemeenten[:meeste]
    wereld.aangemeld({**AANMELDING, "uitzonderingen": []})
    assert wereld.ronde(2018, factuurdatum="2018-01-15")["status"] == "geboekt"
    gelezen = [wereld.xml(bestand.read_bytes(), status=201).json() for bestand in bestanden]
    betalingen = wereld.alle("/v1/betalingen")
    stand = wereld.get("/v1/verantwoording/stand")
    assert stand["verschilCent"] == 0 and all(een["aantalTwijfel"] == 0 == een["onverklaardCent"] for een in gelezen)
    per = [(b["bedragCent"], b["boekdatum"], (b["factuur"] or "")[-11:]) for b in betalingen]
    assert (
        per
        == {
            "02": [(5000, "2018-02-15", ""), (5000, "2018-02-15", ""), (5100, "2018-02-15", "")],
            "03": [(10000, "2018-02-15", ""), (25000, "2019-02-15", "")],
            "04": [(2000, "2018-02-15", "")],
            "05": [(1000, "2018-02-15", "2018-000011"), (2000, "2018-02-15", "")],
            "14": [(500, "2019-01-01", "")],
            "15": [(100, "2018-02-15", "2018-000001")] * 4,
        }[map_]
    )
    assert [wereld.xml(bestand.read_bytes(), status=200).json()["aantal"] for bestand in bestanden] == [
        een["aantal"] for een in gelezen
    ]
