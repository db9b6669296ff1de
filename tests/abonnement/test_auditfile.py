"""The audit file: valid, in balance, and exactly what was ordered of fonds; the customers add up to their account."""

from __future__ import annotations

import tracemalloc
from collections import defaultdict
from datetime import date, timedelta

import psycopg
import pytest
from abonnement_api.auditfile import rules
from abonnement_api.auditfile.rules import Regel
from gemeengoed_kit import xaf
from lxml import etree
from sqlalchemy import text

from tests.abonnement.wereld import post
from tests.fonds.test_auditfile import NS, centen, eisen_geldig, eisen_sluitend, getal, schema

__all__ = ["schema"]
PAD = "/v1/rapportages/auditfile.xaf"


@pytest.fixture
def boom(wereld, klein, clock):
    """The file of a small year with everything in it, parsed."""
    wereld.gefactureerd()
    eerste, tweede, derde, *_ = wereld.alle("/v1/facturen")
    wereld.lees_in(
        [
            post(eerste["bedragCent"], kenmerk=eerste["betalingskenmerk"]),
            post(tweede["bedragCent"] + 5, kenmerk=tweede["betalingskenmerk"]),
            post(4321, tekst="zomaar"),
        ]
    )
    betaling = wereld.alle("/v1/betalingen")[0]
    wereld.post(f"/v1/betalingen/{betaling['id']}/ontkoppelingen", {"factuur": eerste["nummer"], "toelichting": "x"}, status=201)
    wereld.post("/v1/verdelingen", {"totEnMet": "2018-02-28"}, status=201)
    clock.moment += timedelta(days=380)
    wereld.post(f"/v1/facturen/{derde['nummer']}/creditnotas", {"reden": "volgend jaar", "datum": "2019-01-20"}, status=201)

    def lees(jaar: int) -> etree._Element:
        antwoord = wereld.client.get(f"{PAD}?jaar={jaar}", headers=wereld.accountant())
        assert antwoord.status_code == 200 and antwoord.headers["content-type"] == "application/xml"
        assert antwoord.headers["content-disposition"].endswith(f'"auditfile-abonnement-{jaar}.xaf"')
        return etree.fromstring(antwoord.content)

    return lees


def besteld(wereld, jaar: int | None) -> dict[str, dict[str, int]]:
    """Document to its lines, as they were ordered of fonds."""
    with wereld.context.sessions.begin() as session:
        rijen = session.execute(text("SELECT onderwerp, inhoud FROM outbox WHERE bron = 'fonds'")).all()
    gevonden: dict[str, dict[str, int]] = {}
    for onderwerp, inhoud in rijen:
        if jaar is None or inhoud["boekdatum"].startswith(str(jaar)):
            gevonden[onderwerp] = {een["rekening"]: een["bedragCent"] for een in inhoud["regels"]}
    return gevonden


def test_auditfile_is_wat_aan_fonds_is_opgedragen(wereld, boom):
    for jaar in (2018, 2019):
        van = boom(jaar)
        eisen_sluitend(van)
        gevonden = {
            een.findtext("x:Source", namespaces=NS): {
                regel.findtext("x:accID", namespaces=NS): centen(regel) for regel in een.iterfind("x:trLine", NS)
            }
            for een in van.iterfind(".//x:transaction", NS)
        }
        assert gevonden == besteld(wereld, jaar) != {}
    standen: dict[str, int] = defaultdict(int)
    for regels in besteld(wereld, None).values():
        for rekening, cent in regels.items():
            standen[rekening] += cent
    eind = eisen_sluitend(boom(2019))
    assert {k: v for k, v in eind.items() if v} == {k: v for k, v in standen.items() if v}
    dagboeken = [
        (een.findtext("x:jrnID", namespaces=NS), een.findtext("x:jrnTp", namespaces=NS))
        for een in boom(2018).iterfind(".//x:journal", NS)
    ]
    assert dagboeken == [("bank", "B"), ("memoriaal", "M"), ("verkoop", "S")]


def test_debiteuren_zijn_samen_hun_rekening_en_elke_regel_van_een_gemeente_noemt_haar(wereld, boom):
    for jaar in (2018, 2019):
        van = boom(jaar)

        def som(wat: str, van: etree._Element = van) -> int:
            return sum(
                getal(een, f"{wat}BalDesc") * (1 if een.findtext(f"x:{wat}BalTp", namespaces=NS) == "D" else -1)
                for een in van.iterfind(".//x:customerSupplier", NS)
            )

        begin = {een.findtext("x:accID", namespaces=NS): centen(een) for een in van.iterfind(".//x:obLine", NS)}
        assert som("op") == begin.get("1300", 0) and som("cl") == eisen_sluitend(van)["1300"]
    assert begin["1300"] > 0
    bekend = {een.text for een in van.iterfind(".//x:custSupID", NS)}
    for een in boom(2018).iterfind(".//x:trLine", NS):
        debiteur = een.findtext("x:accID", namespaces=NS) == "1300"
        assert (een.findtext("x:custSupID", namespaces=NS) in bekend) == debiteur == (een.find("x:invRef", NS) is not None)


def test_auditfile_is_geldig_ook_van_een_jaar_zonder_iets(wereld, boom, schema):
    wereld.put(
        "/v1/aanbieders/administratiebureau/verkopergegevens",
        {
            **{"vanaf": "2018-01-01", "naam": "Bureau & <Co> (test)", "kvk": "99000001", "oin": None, "iban": None},
            **{"btwId": None, "straat": "Teststraat 1", "postcode": "0000 AA", "plaats": "Teststad", "email": "a@b.example"},
        },
    )
    for jaar in (2017, 2018, 2019):
        eisen_geldig(schema, etree.tostring(boom(jaar)))
    assert boom(2018).findtext(".//x:taxRegIdent", namespaces=NS) == xaf.UNKNOWN
    assert boom(2018).findtext(".//x:companyName", namespaces=NS) == "Bureau & <Co> (test)"
    for wie in (wereld.gemeente("GM0344"), wereld.aanbieder("stichting-sensoor"), wereld.commissie()):
        assert wereld.client.get(f"{PAD}?jaar=2018", headers=wie).status_code == 403


def test_het_journaal_schrijft_alleen_een_opdracht_en_het_blijft(wereld, klein, database):
    wereld.gefactureerd()
    with wereld.context.sessions.begin() as session:
        voor = session.execute(text("SELECT count(*) FROM journaalregel")).scalar_one()
    assert voor == sum(map(len, besteld(wereld, None).values()))
    with psycopg.connect(database.owner_url) as verbinding:  # a body that is old enough goes
        verbinding.execute("ALTER TABLE outbox DISABLE TRIGGER USER")
        verbinding.execute(
            "UPDATE outbox SET ontstaan_op = now() - interval '2 years', verzonden_op = now() - interval '2 years'"
        )
        verbinding.execute("ALTER TABLE outbox ENABLE TRIGGER USER")
        assert verbinding.execute("SELECT vergeet_berichten(400, 100)").fetchone()[0] > 0
    van = etree.fromstring(wereld.client.get(f"{PAD}?jaar=2018", headers=wereld.accountant()).content)
    assert int(van.findtext(".//x:transactions/x:linesCount", namespaces=NS)) == voor
    for opdracht in (
        "INSERT INTO journaalpost (onderwerp, boekdatum, omschrijving) VALUES ('x', '2018-01-01', 'x')",
        "INSERT INTO journaalregel VALUES ((SELECT min(onderwerp) FROM journaalpost), 9, '1100', 1)",
        "UPDATE journaalregel SET bedrag_cent = 1",
        "DELETE FROM journaalpost",
        "CREATE TEMP TABLE t (x int); CREATE TRIGGER g AFTER INSERT ON t EXECUTE FUNCTION schrijf_journaal()",
    ):
        with psycopg.connect(database.url) as verbinding, pytest.raises(psycopg.Error) as fout:
            verbinding.execute(opdracht)
        assert isinstance(fout.value, psycopg.errors.InsufficientPrivilege), (opdracht, fout.value)


def test_geheugen_groeit_niet_met_het_aantal_regels():
    def regels(aantal: int):
        for nummer in range(aantal):
            for plaats, cent in enumerate((100, -100)):
                yield Regel(
                    "verkoop", nummer, f"/v1/facturen/{nummer}", date(2018, 1, 15), "x", plaats, "1300", cent, "GM0344", "f"
                )

    def piek(aantal: int) -> int:
        tracemalloc.start()
        lengte = sum(len(stuk) for stuk in rules.dagboeken(regels(aantal), "1100", "1300"))
        hoogste = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert lengte > aantal * 100
        return hoogste

    piek(10)
    assert piek(20_000) < 2 * piek(200) + 20_000
