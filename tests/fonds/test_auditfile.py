"""The audit file and the journal: valid, complete, in balance, of one moment, and for who may read single entries."""

from __future__ import annotations

import asyncio
import csv
import gc
import io
import threading
import tracemalloc
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from fonds_api.app import service as fonds_service
from fonds_api.auditfile import rules
from fonds_api.verloop.service import Regel, Rekening
from gemeengoed_kit import files, xaf
from gemeengoed_kit.app import application
from gemeengoed_kit.errors import Unavailable
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.fonds.verslagen import JAAR, boek, gevuld, losse

NS = {"x": xaf.NAMESPACE}
PAD = "/v1/fondsen/ggu/auditfile.xaf"
TEKST = st.text(st.characters(exclude_categories=["Cs"]), max_size=400)
KOP = rules.Kop("ggu", "Fonds (test)", 2020, "123456789", date(2021, 3, 1), ("Gemeengoed", "1"))


@pytest.fixture(scope="module")
def schema(shared) -> etree.XMLSchema:
    """The official XSD; it lies beside the project, not in it."""
    pad = shared / "standards/einvoicing/artefacts/xaf/XmlAuditfileFinancieel4.0.xsd"
    if not pad.is_file():
        pytest.skip(f"the official XSD of the audit file does not lie at {pad.relative_to(shared.parent)}")
    return etree.XMLSchema(etree.parse(pad))


def eisen_geldig(schema: etree.XMLSchema, inhoud: bytes) -> etree._Element:
    boom = etree.fromstring(inhoud)
    assert schema.validate(boom), schema.error_log
    return boom


def getal(deel: etree._Element, naam: str) -> int:
    tekst = deel.findtext(f"x:{naam}", namespaces=NS)
    cent = Decimal(tekst) * 100
    assert cent == int(cent)
    return int(cent)


def centen(regel: etree._Element) -> int:
    bedrag = getal(regel, "amnt")
    assert bedrag >= 0
    return bedrag if regel.findtext("x:amntTp", namespaces=NS) == "D" else -bedrag


def eisen_sluitend(boom: etree._Element) -> dict[str, int]:
    """What the heads say is what is in it, and each transaction is in balance; returns the balance per account at the end."""
    standen: dict[str, int] = defaultdict(int)
    bekend = [een.text for een in boom.iterfind(".//x:ledgerAccount/x:accID", NS)]
    assert len(bekend) == len(set(bekend))
    for deel, regels in ((boom.find(".//x:openingBalance", NS), "x:obLine"), (boom.find(".//x:transactions", NS), ".//x:trLine")):
        gevonden = [(een.findtext("x:accID", namespaces=NS), centen(een)) for een in deel.iterfind(regels, NS)]
        assert int(deel.findtext("x:linesCount", namespaces=NS)) == len(gevonden)
        assert getal(deel, "totalDebit") == sum(cent for _, cent in gevonden if cent > 0) == getal(deel, "totalCredit")
        assert sum(cent for _, cent in gevonden) == 0
        for rekening, cent in gevonden:
            assert rekening in bekend
            standen[rekening] += cent
    perioden = {
        een.findtext("x:periodNumber", namespaces=NS): [
            een.findtext(f"x:{wat}DatePeriod", namespaces=NS) for wat in ("start", "end")
        ]
        for een in boom.iterfind(".//x:period", NS)
    }
    for een in boom.iterfind(".//x:transaction", NS):
        assert sum(centen(regel) for regel in een.iterfind("x:trLine", NS)) == 0
        eerste, laatste = perioden[een.findtext("x:periodNumber", namespaces=NS)]
        assert eerste <= een.findtext("x:trDt", namespaces=NS) <= laatste
    return standen


def test_auditfile_van_een_jaar_is_geldig_sluit_en_komt_uit_op_het_grootboek(client, context, als, schema):
    gevuld(client, context, als)
    antwoord = client.get(f"{PAD}?jaar=2020", headers=als("accountant"))
    assert antwoord.status_code == 200 and antwoord.headers["content-type"] == "application/xml"
    assert antwoord.headers["content-disposition"] == 'attachment; filename="auditfile-ggu-2020.xaf"'
    assert int(antwoord.headers["content-length"]) == len(antwoord.content)
    boom = eisen_geldig(schema, antwoord.content)
    standen = eisen_sluitend(boom)
    saldi = client.get("/v1/fondsen/ggu/saldibalans?datum=2020-12-31", headers=als("fondsbeheerder")).json()
    assert {nummer: cent for nummer, cent in standen.items() if cent} == {
        een["nummer"]: een["saldoCent"] for een in losse(saldi["rekeningen"]) if een["saldoCent"]
    }
    assert [een.findtext("x:jrnID", namespaces=NS) for een in boom.iterfind(".//x:journal", NS)] == ["fonds"]
    nummers = [een.findtext("x:nr", namespaces=NS) for een in boom.iterfind(".//x:transaction", NS)]
    assert len(nummers) == len(set(nummers)) == 11
    post = next(een for een in boom.iterfind(".//x:trLine", NS) if een.findtext("x:accID", namespaces=NS) == "4073")
    assert [post.findtext(f"x:{naam}", namespaces=NS) for naam in ("cost", "product")] == ["C2", "kortcyclisch"]
    assert boom.findtext(".//x:taxRegIdent", namespaces=NS) == xaf.UNKNOWN


def test_elke_bron_heeft_een_dagboek_met_haar_boekingen(client, context, als, schema, boeking):
    boek(context, [("2018-06-01", ("1100", 12), ("8100", -12)), ("2018-05-01", ("1100", 7), ("8100", -7))])
    for dag in ("2018-12-31", "2018-01-01"):
        regels = (("1100", 5), ("8100", -5))
        ander = boeking(*regels, fonds="ggu", boekdatum=dag)
        antwoord = client.post("/v1/boekingen", json=ander, headers={**als("fondsbeheerder"), "Idempotency-Key": dag})
        assert antwoord.status_code == 201
    boom = eisen_geldig(schema, client.get(f"{PAD}?jaar=2018", headers=als("accountant")).content)
    assert eisen_sluitend(boom) == {"1100": 29, "8100": -29}
    gevonden = [
        (
            dagboek.findtext("x:jrnID", namespaces=NS),
            [
                (een.findtext("x:trDt", namespaces=NS), len(een.findall("x:trLine", NS)))
                for een in dagboek.iterfind("x:transaction", NS)
            ],
        )
        for dagboek in boom.iterfind(".//x:journal", NS)
    ]
    assert gevonden == [
        ("abonnement", [("2018-01-01", 2), ("2018-12-31", 2)]),
        ("fonds", [("2018-05-01", 2), ("2018-06-01", 2)]),
    ]


def test_leeg_jaar_en_fonds_zonder_baten_zijn_ook_geldig(client, als, schema):
    for fonds, jaar in (("derdengelden", 2019), ("ggu", 2000), ("ggu", 2099)):
        antwoord = client.get(f"/v1/fondsen/{fonds}/auditfile.xaf?jaar={jaar}", headers=als("accountant"))
        assert eisen_sluitend(eisen_geldig(schema, antwoord.content)) == {}


@settings(max_examples=25)
@given(st.data())
def test_elke_tekst_en_elk_bedrag_geeft_een_geldige_auditfile(schema, data):
    teksten = data.draw(st.lists(TEKST, min_size=1, max_size=5))
    bronnen = sorted(data.draw(st.lists(st.from_regex(r"\A[a-z][a-z0-9-]{0,49}\Z"), min_size=1, max_size=3, unique=True)))
    rekeningen = [Rekening(f"{n:04}", tekst, "activa", None, True, None, None) for n, tekst in enumerate(teksten)]
    regels: list[Regel] = []
    for bron in bronnen:
        volgnummer, cent = len(regels) + 1, data.draw(st.integers(1, 10**15))
        dag, pad = data.draw(st.dates(date(2020, 1, 1), date(2020, 12, 31))), "/v1/x/" + "p" * 240
        for nummer, bedrag in ((1, cent), (2, -cent)):
            regels.append(Regel(volgnummer, dag, datetime(2020, 1, 1, tzinfo=UTC), teksten[0], bron, pad, nummer, "0000", bedrag))
    debet = sum(een.cent for een in regels if een.cent > 0)
    stukken = rules.auditfile(KOP, rekeningen, [], xaf.Totals(len(regels), debet, debet), iter(regels))
    boom = eisen_geldig(schema, "".join(stukken).encode())
    eisen_sluitend(boom)
    codes = [een.findtext("x:jrnID", namespaces=NS) for een in boom.iterfind(".//x:journal", NS)]
    assert len(codes) == len(set(codes)) == len(bronnen)


def test_geheugen_groeit_niet_met_het_aantal_regels():
    dag, op = date(2020, 5, 5), datetime(2020, 5, 5, tzinfo=UTC)

    def regels(aantal: int) -> Iterator[Regel]:
        for n in range(aantal):
            yield Regel(n // 2, dag, op, "Proef", "fonds", f"/v1/proeven/{n // 2}", n % 2 + 1, "1100", 100 if n % 2 else -100)

    def piek(aantal: int) -> tuple[int, int]:
        tracemalloc.start()
        lengte = sum(len(stuk) for stuk in rules.auditfile(KOP, [], [], xaf.Totals(aantal, 0, 0), regels(aantal)))
        hoogste = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return hoogste, lengte

    (klein, kort), (groot, lang) = piek(50), piek(5_000)
    assert lang > 80 * kort and groot < klein + 20_000


def test_journaal_heeft_elke_regel_in_volgorde(client, context, als):
    boek(context, JAAR)
    antwoord = client.get("/v1/fondsen/ggu/journaal.csv?vanaf=2020-01-01&tot=2021-01-01", headers=als("bestuur"))
    assert antwoord.headers["content-disposition"] == 'attachment; filename="journaal-ggu-2020-01-01-2021-01-01.csv"'
    gelezen = list(csv.DictReader(io.StringIO(antwoord.text)))
    verwacht = sorted((dag, rekening, cent) for dag, *regels in JAAR if dag[:4] == "2020" for rekening, cent in regels)
    assert (
        sorted((rij["boekdatum"], rij["rekening"], int(rij["debetCent"]) - int(rij["creditCent"])) for rij in gelezen) == verwacht
    )
    volgorde = [(rij["boekdatum"], int(rij["volgnummer"]), int(rij["regel"])) for rij in gelezen]
    assert volgorde == sorted(volgorde) and gelezen[0]["naam"] == "Debiteuren gemeenten"
    assert gelezen[0]["geboektOp"] == "2018-01-15T09:00:00.000Z"


def test_grootboekkaart_loopt_van_beginsaldo_naar_eindsaldo(client, context, als):
    boek(context, JAAR)
    kaart = "/v1/fondsen/ggu/rekeningen/1600/grootboekkaart.csv?vanaf=2020-04-01&tot=2020-10-01"
    gelezen = list(csv.DictReader(io.StringIO(client.get(kaart, headers=als("accountant")).text)))
    saldi = [int(rij["saldoCent"]) for rij in gelezen]
    assert saldi[0] == -181_500_000 and gelezen[0]["omschrijving"] == "Beginsaldo" and len(gelezen) == 6
    for vorig, saldo, rij in zip(saldi, saldi[1:], gelezen[1:], strict=False):
        assert saldo == vorig + int(rij["debetCent"]) - int(rij["creditCent"])
    eind = client.get("/v1/fondsen/ggu/saldibalans?datum=2020-09-30", headers=als("fondsbeheerder")).json()["rekeningen"]
    assert saldi[-1] == next(een["saldoCent"] for een in eind if een["nummer"] == "1600")


def test_wie_losse_boekingen_mag_lezen(client, als):
    paden = (
        f"{PAD}?jaar=2020",
        "/v1/fondsen/ggu/journaal.csv?vanaf=2020-01-01&tot=2021-01-01",
        "/v1/fondsen/ggu/rekeningen/1100/grootboekkaart.csv?vanaf=2020-01-01&tot=2021-01-01",
    )
    for pad in paden:
        for rol, status in (
            *((rol, 200) for rol in ("fondsbeheerder", "bestuur", "ledenvergadering", "accountant")),
            *(("administratie", 404), ("gemeente", 403), ("onbekend", 403)),
        ):
            assert client.get(pad, headers=als(rol, gemeentecode="GM0344")).status_code == status, (pad, rol)
        assert client.get(pad).status_code == 401
        assert client.get(pad.replace("/ggu/", "/geen/"), headers=als("accountant")).status_code == 404
    onbekend = paden[2].replace("1100", "9999")
    antwoord = client.get(onbekend, headers=als("accountant"))
    assert antwoord.status_code == 404 and antwoord.json()["type"].endswith("/rekening-niet-gevonden")


def test_tekst_wordt_in_een_rekenblad_geen_formule(boek, boeking, client, als):
    formule = '=HYPERLINK("http://x.example","a")'
    assert boek(boeking(omschrijving=formule)).status_code == 201
    antwoord = client.get("/v1/fondsen/derdengelden/journaal.csv?vanaf=2018-01-01&tot=2019-01-01", headers=als("administratie"))
    assert {rij["omschrijving"] for rij in csv.DictReader(io.StringIO(antwoord.text))} == {f"'{formule}"}


def test_fiscaal_nummer_komt_uit_de_instellingen(client, context, als):
    context.settings.fiscaal_nummer = "123456789"
    assert "<taxRegIdent>123456789</taxRegIdent>" in client.get(f"{PAD}?jaar=2020", headers=als("accountant")).text


def test_niet_meer_bestanden_tegelijk_dan_er_plaatsen_zijn(client, als, monkeypatch):
    plaatsen = threading.BoundedSemaphore(2)
    monkeypatch.setattr(files, "_places", plaatsen)
    kop, pad = als("accountant"), f"{PAD}?jaar=2020"
    for _ in range(3):
        assert client.get(pad, headers=kop).status_code == 200, "a place comes free when the file has been sent"
    with files.scratch() as een, files.scratch() as ander:
        for vol in (pad, "/v1/fondsen/ggu/journaal.csv?vanaf=2020-01-01&tot=2021-01-01"):
            antwoord = client.get(vol, headers=kop)
            assert (antwoord.status_code, antwoord.headers["retry-after"]) == (503, "10")
            assert antwoord.json()["type"].endswith("/te-druk")
        assert client.get("/v1/fondsen/ggu/realisatie?jaar=2020", headers=kop).status_code == 200, "other work goes on"
        een.close()
        assert client.get(pad, headers=kop).status_code == 200
    een.close()
    ander.close()
    with pytest.raises(ZeroDivisionError), files.scratch():
        1 / 0  # noqa: B018
    with pytest.raises(Unavailable), files.scratch():
        raise OSError("No space left on device")
    files.scratch().__enter__()  # nobody keeps it
    gc.collect()
    assert plaatsen.acquire(blocking=False) and plaatsen.acquire(blocking=False), "all places are free again"


def test_trage_lezer_houdt_geen_verbinding_vast_en_wie_weg_is_geen_plaats(context, als, monkeypatch):
    """A reader that takes nothing, one that is gone halfway, and one that goes on for ever: the database is free meanwhile,
    and the place of the file afterwards."""
    plaatsen = threading.BoundedSemaphore(2)
    monkeypatch.setattr(files, "_places", plaatsen)
    monkeypatch.setattr(files, "SEND_SECONDS", 0.2)
    app = application(fonds_service.api, context)
    kop = {**als("accountant"), "Host": "fonds.test"}
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "GET",
        "path": PAD,
        "raw_path": PAD.encode(),
        "query_string": b"jaar=2020",
        "root_path": "",
        "scheme": "http",
        "server": ("fonds.test", 80),
        "client": ("127.0.0.1", 1),
        "headers": [(naam.lower().encode(), waarde.encode()) for naam, waarde in kop.items()],
    }

    async def receive() -> dict:
        return {"type": "http.request", "body": b"", "more_body": False}

    bezet: list[int] = []

    async def leest_niets(bericht: dict) -> None:
        if bericht["type"] == "http.response.body":
            bezet.append(context.engine.pool.checkedout())
            await asyncio.sleep(30)

    async def is_weg(bericht: dict) -> None:
        if bericht["type"] == "http.response.body":
            raise OSError("connection reset by peer")

    async def alles() -> None:
        for lezer in (leest_niets, is_weg, is_weg, leest_niets):
            with suppress(TimeoutError, OSError):
                await app(dict(scope), receive, lezer)
        met = asyncio.create_task(app(dict(scope), receive, leest_niets))  # the server ends it: its client has gone
        while len(bezet) < 3:
            await asyncio.sleep(0.01)
        met.cancel()
        with suppress(asyncio.CancelledError):
            await met

    asyncio.run(alles())
    assert bezet == [0, 0, 0] and context.engine.pool.checkedout() == 0
    assert plaatsen.acquire(blocking=False) and plaatsen.acquire(blocking=False), "both places are free again"
