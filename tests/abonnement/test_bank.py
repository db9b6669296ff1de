"""Money in and out over HTTP: overlap, doubt, returns, matching by hand, and what came before its invoice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from gemeengoed_lokaal.bank import Bijschrijving, afschrift

from tests.abonnement.test_invoer import vervolg
from tests.abonnement.wereld import AANMELDING, DAG, IBAN, met_afschrijving, post

pytestmark = pytest.mark.usefixtures("klein")
RETOUR = "<RvslInd>true</RvslInd>"


@pytest.fixture
def facturen(wereld) -> list[dict]:
    wereld.gefactureerd()
    return wereld.alle("/v1/facturen?jaar=2018")


def zonder_referentie(tekst: bytes | str, geen: str = "NOTPROVIDED") -> bytes:
    kaal = tekst.decode() if isinstance(tekst, bytes) else tekst
    for nummer in range(1, 10):
        for naam in "ABCD":
            for volg in range(1, 4):
                kaal = kaal.replace(f"<AcctSvcrRef>{naam}-{volg}-0000{nummer}<", f"<AcctSvcrRef>{geen}<")
    return kaal.encode()


def klopt(wereld) -> dict:
    stand = wereld.get("/v1/verantwoording/stand")
    assert stand["verschilCent"] == 0
    return stand


def test_gelijke_betalingen_in_afschriften_die_op_elkaar_volgen_zijn_twee_betalingen(wereld):
    for van, nummer in ((100_000, "A-1"), (105_000, "A-2")):
        wereld.xml(zonder_referentie(vervolg([post(5000)], nummer, DAG, van_cent=van)), status=201)
    assert klopt(wereld)["ontvangenCent"] == 10_000
    assert wereld.get("/v1/betalingen?twijfel=true")["count"] == 0


def test_overlap_zonder_referenties_telt_een_keer_ook_in_een_andere_volgorde(wereld):
    a, b, c = post(10, tekst="a"), post(20, tekst="b"), post(30, tekst="c")
    wereld.xml(zonder_referentie(afschrift([a, b], nummer="A-1", dag=DAG, eigen_iban=IBAN)), status=201)
    later = wereld.xml(zonder_referentie(vervolg([b, c], "A-2", DAG, van_cent=100_010)), status=201).json()
    assert (later["alBekend"], later["ontvangenCent"], later["aantalTwijfel"]) == (1, 30, 0)
    om = wereld.xml(zonder_referentie(afschrift([c, b, a], nummer="A-3", dag=DAG, eigen_iban=IBAN)), status=201).json()
    assert (om["alBekend"], om["ontvangenCent"]) == (3, 0)
    assert klopt(wereld)["ontvangenCent"] == 60


def test_bij_twijfel_blijft_een_post_staan_en_is_dat_te_zien(wereld):
    """The same payment of the same day in two statements that do not adjoin: it may be another one."""
    wereld.xml(zonder_referentie(vervolg([post(5000)], "A-1", DAG, van_cent=100_000)), status=201)
    later = wereld.xml(zonder_referentie(vervolg([post(5000)], "A-2", DAG, van_cent=200_000)), status=201).json()
    assert (later["aantal"], later["aantalTwijfel"], later["sluitAan"]) == (1, 1, False)
    (twijfel,) = wereld.get("/v1/betalingen?twijfel=true")["results"]
    assert twijfel["nietGekoppeldCent"] == 5000 and "ander afschrift" in twijfel["twijfel"] == twijfel["reden"]


def test_afschriftnummer_komt_elk_jaar_terug(wereld, clock):
    wereld.xml(vervolg([post(100)], "A-1", DAG, van_cent=0).replace("A-1-00001", "R18").encode(), status=201)
    clock.moment += timedelta(days=365)
    tekst = vervolg([post(250)], "A-1", DAG.replace(year=2019), van_cent=100).replace("A-1-00001", "R19")
    assert wereld.xml(tekst.encode(), status=201).json()["sluitAan"] is True
    assert wereld.xml(tekst.encode(), status=200).json()["ontvangenCent"] == 250


def test_gat_in_saldo_of_nummer_is_te_zien_tot_het_is_gevuld(wereld):
    def genummerd(nummer: int, van: int) -> bytes:
        tekst = vervolg([post(10)], f"A-{nummer}", DAG.replace(day=14 + nummer), van_cent=van)
        return tekst.replace("<ElctrncSeqNb>1<", f"<ElctrncSeqNb>{nummer}<").encode()

    wereld.xml(genummerd(1, 1000), status=201)
    derde = wereld.xml(genummerd(3, 1010), status=201).json()
    assert derde["sluitAan"] is False and wereld.get("/v1/verantwoording/stand")["aantalGaten"] == 1
    tweede = genummerd(2, 1010).replace(b">1010.20<", b">10.10<")
    leeg = tweede.decode()
    begin, eind = leeg.index("<Ntry>"), leeg.index("</Ntry>") + len("</Ntry>")
    wereld.xml((leeg[:begin] + leeg[eind:]).replace(">10.20<", ">10.10<").encode(), status=201)
    assert wereld.get("/v1/verantwoording/stand")["aantalGaten"] == 0


def test_afschrift_dat_niet_optelt_is_ingelezen_en_dat_is_te_zien(wereld):
    tekst = afschrift([post(10)], nummer="A-1", dag=DAG, eigen_iban=IBAN).replace(b">1000.10<", b">1000.30<")
    gelezen = wereld.xml(tekst, status=201).json()
    assert gelezen["onverklaardCent"] == 20 and gelezen["opmerkingen"] and gelezen["ontvangenCent"] == 10


@pytest.mark.parametrize("verdeeld", [False, True])
def test_retour_maakt_ongedaan_wat_zij_terugstuurt(wereld, facturen, verdeeld):
    een = facturen[0]
    wereld.lees_in([post(een["bedragCent"], kenmerk=een["betalingskenmerk"])])
    if verdeeld:
        wereld.verdeeld()
    details = f"<RmtInf><Ustrd>retour {een['nummer']}</Ustrd></RmtInf>"
    wereld.xml(
        met_afschrijving([], een["bedragCent"], "A-2", van_cent=100_000 + een["bedragCent"], code=RETOUR, details=details),
        status=201,
    )
    assert wereld.get(f"/v1/facturen/{een['nummer']}")["openstaandCent"] == een["bedragCent"]
    stand = klopt(wereld)
    assert (stand["teruggegaanCent"], stand["nietGekoppeldCent"]) == (een["bedragCent"], 0)
    assert stand["nogTeVerdelenCent"] == (-een["bedragCent"] if verdeeld else 0)
    wereld.post("/v1/verdelingen", {"totEnMet": "2018-12-31"}, status=409)
    wereld.jobs()
    saldi = wereld.outway.saldi()
    assert saldi["1100"] == saldi["2900"] == 0 and saldi["1300"] == sum(f["bedragCent"] for f in facturen)
    # paid again: what came back is set off first
    wereld.xml(
        vervolg([post(een["bedragCent"] + 5, kenmerk=een["betalingskenmerk"])], "A-3", DAG, van_cent=100_000).encode(), status=201
    )
    if verdeeld:
        assert klopt(wereld)["nogTeVerdelenCent"] == 0
        wereld.post("/v1/verdelingen", {"totEnMet": "2018-12-31"}, status=409)
    else:
        assert wereld.verdeeld()["bedragCent"] == een["bedragCent"]


def test_terugbetaling_van_wat_te_veel_is_betaald_laat_de_factuur_betaald(wereld, facturen):
    een = facturen[0]
    gelezen = wereld.xml(
        met_afschrijving([post(een["bedragCent"] + 700, kenmerk=een["betalingskenmerk"])], 700), status=201
    ).json()
    (betaling,) = wereld.alle(gelezen["betalingen"])
    (af,) = wereld.alle("/v1/afschrijvingen?verklaard=false")
    pad = f"/v1/afschrijvingen/{af['id']}/koppelingen"
    fout = {"betaling": betaling["id"], "bedragCent": 701, "toelichting": "te veel"}
    assert wereld.post(pad, fout, status=409).json()["type"].endswith("/koppeling-past-niet")
    gemaakt = wereld.post(pad, {"betaling": betaling["id"], "toelichting": "te veel"}, status=201).json()
    assert (gemaakt["soort"], gemaakt["toewijzingen"], gemaakt["bedragCent"]) == ("terugbetaling", [], 700)
    assert wereld.get(f"/v1/facturen/{een['nummer']}")["openstaandCent"] == 0 == klopt(wereld)["nietGekoppeldCent"]
    assert wereld.get(f"/v1/betalingen/{betaling['id']}")["reden"] is None


def test_een_betaling_voor_veel_facturen_met_de_hand_en_weer_ongedaan(wereld, facturen):
    een, twee, drie, *_ = facturen
    som = een["bedragCent"] + twee["bedragCent"]
    gelezen = wereld.lees_in([post(som + 5, tekst=f"{een['nummer']} en {twee['nummer']}")]).json()
    (betaling,) = wereld.alle(gelezen["betalingen"])
    pad = f"/v1/betalingen/{betaling['id']}"
    wens = {"facturen": [{"factuur": f["nummer"]} for f in (een, twee)], "toelichting": "volgens bericht"}
    onbekend = {**wens, "facturen": [{"factuur": "2033-000001"}]}
    assert wereld.post(f"{pad}/koppelingen", onbekend, status=409).json()["type"].endswith("/onbekende-factuur")
    gemaakt = wereld.post(f"{pad}/koppelingen", wens, status=201)
    assert sum(deel["bedragCent"] for deel in gemaakt.json()["toewijzingen"]) == som
    assert wereld.get(gemaakt.headers["location"])["soort"] == "met_de_hand"
    assert wereld.post(f"{pad}/koppelingen", wens, status=409).json()["type"].endswith("/koppeling-past-niet")
    ongedaan = {"factuur": twee["nummer"], "toelichting": "toch niet"}
    wereld.post(f"{pad}/ontkoppelingen", ongedaan, status=201)
    assert wereld.post(f"{pad}/ontkoppelingen", ongedaan, status=409).json()["type"].endswith("/niet-gekoppeld")
    wereld.post(
        f"{pad}/koppelingen", {"facturen": [{"factuur": drie["nummer"], "bedragCent": 3}], "toelichting": "x"}, status=201
    )
    stand = wereld.get(pad)
    assert stand["nietGekoppeldCent"] == twee["bedragCent"] + 2
    assert {t["factuur"][-11:] for t in stand["toewijzingen"]} == {een["nummer"], drie["nummer"]}
    assert [k["soort"] for k in wereld.alle(f"/v1/koppelingen?betaling={betaling['id']}")] == [
        "met_de_hand",
        "ongedaan",
        "met_de_hand",
    ]
    wereld.jobs()
    assert wereld.outway.saldi()["2900"] == -stand["nietGekoppeldCent"] == -klopt(wereld)["nietGekoppeldCent"]


def test_voorstellen_gaan_over_rekening_naam_en_bedrag(wereld, facturen):
    een, twee, drie, *_ = facturen
    wereld.lees_in([post(een["bedragCent"] - 100, kenmerk=een["betalingskenmerk"])])
    zelfde = Bijschrijving(twee["bedragCent"], "Iemand", "NL02ABNA0123456789", None, "bijdrage")
    op_naam = Bijschrijving(drie["bedragCent"] - 1, f"Gemeente {drie['gemeentenaam']}", "NL02ABNA0123456789", None, "bijdrage")
    gelezen = wereld.xml(
        vervolg([post(100, tekst="rest"), zelfde, op_naam], "A-2", DAG, van_cent=100_000 + een["bedragCent"] - 100).encode(),
        status=201,
    ).json()
    rest, bedrag, naam = (wereld.get(f"/v1/betalingen/{b['id']}/voorstellen") for b in wereld.alle(gelezen["betalingen"]))
    assert rest["voorstellen"][0]["facturen"] == [{"factuur": f"/v1/facturen/{een['nummer']}", "bedragCent": 100}]
    assert bedrag["voorstellen"][0]["facturen"][0]["factuur"].endswith(twee["nummer"])
    assert naam["voorstellen"][0]["facturen"][0]["factuur"].endswith(drie["nummer"])
    assert klopt(wereld)["nietGekoppeldCent"] == 100 + twee["bedragCent"] + drie["bedragCent"] - 1


def test_betaling_van_voor_haar_factuur_wordt_gekoppeld_als_die_er_is(wereld):
    wereld.aangemeld(AANMELDING)
    wereld.lees_in([post(1234, tekst="voorschot factuur 2018-000001")], dag=date(2018, 1, 10))
    assert wereld.get("/v1/betalingen")["results"][0]["reden"] == "wat het noemt, hoort bij geen factuur"
    wereld.post("/v1/facturatierondes", {"jaar": 2018}, status=202)
    wereld.jobs()
    wereld.afgerond()
    assert wereld.get("/v1/facturen/2018-000001")["betaaldCent"] == 1234
    assert [k["soort"] for k in wereld.alle("/v1/koppelingen")] == ["later"]
    assert klopt(wereld)["nietGekoppeldCent"] == 0


MT940 = """:20:P1
:25:NL69TEST0000000001EUR
:28C:00000
:60F:C180214EUR1000,00
:61:1802150215C10,50NTRFNONREF//14237654096217
/TRCD/00100/
:86:/CNTP/NL44RABO0123456789/RABONL2U/Gemeente Voorbeeld///REMI/USTD//KENMERK/
:61:1802150215D5,NTRFNONREF
:86:Kosten
:62F:C180215EUR1005,50
-
"""


def test_mt940_wordt_ingelezen_en_gekoppeld(wereld, facturen):
    inhoud = MT940.replace("KENMERK", facturen[0]["betalingskenmerk"]).encode()
    kop = {**wereld.administratie(), "Content-Type": "application/octet-stream"}
    for status in (201, 200):
        antwoord = wereld.client.post("/v1/bankafschriften", content=inhoud, headers=kop)
        assert antwoord.status_code == status, antwoord.text
    gelezen = antwoord.json()
    assert (gelezen["gekoppeldCent"], gelezen["afgeschrevenCent"], gelezen["formaat"]) == (1050, 500, "mt940")
    assert klopt(wereld)["ontvangenCent"] == 1050


def test_witruimte_en_verzameltekst_kiezen_de_goede_factuur(wereld, facturen):
    een, twee, *_ = facturen
    kenmerk, nummer = een["betalingskenmerk"], een["nummer"]
    vier = [kenmerk[i : i + 4] for i in range(0, 16, 4)]
    teksten = [
        f"{vier[0]}\n{vier[1]}\t{vier[2]}\u00a0{vier[3]}",
        f"factuur {nummer[:5]}\n{nummer[5:]}",
        f"{nummer[:4]}/{nummer[5:]}",
    ]
    wereld.lees_in([post(1, tekst=tekst) for tekst in teksten])
    assert wereld.get(f"/v1/betalingen?factuur={nummer}")["count"] == 3
    verzameld = afschrift([post(30, tekst="x")], nummer="B-1", dag=DAG, eigen_iban=IBAN).decode()
    begin, eind = verzameld.index("<NtryDtls>"), verzameld.index("</NtryDtls>") + len("</NtryDtls>")
    deel = '<TxDtls><Amt Ccy="EUR">{}</Amt><RmtInf><Ustrd>{}</Ustrd></RmtInf></TxDtls>'
    details = f"<NtryDtls>{deel.format('0.10', een['nummer'])}{deel.format('0.20', 'zonder nummer')}</NtryDtls>"
    tekst = f"{verzameld[:begin]}{details}<AddtlNtryInf>WO FACTUUR {twee['nummer']}</AddtlNtryInf>{verzameld[eind:]}"
    gelezen = wereld.xml(tekst.encode(), status=201).json()
    assert [b["factuur"] for b in wereld.alle(gelezen["betalingen"])] == [f"/v1/facturen/{nummer}", None]
