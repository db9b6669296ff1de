"""What is decided, invoiced or booked never changes: proven with the service's own role, past its code."""

from __future__ import annotations

from datetime import timedelta

import psycopg
import pytest
from gemeengoed_lokaal import bank
from psycopg import errors

from tests.abonnement.aanbiedingen import BETALER, aangeboden, antwoord
from tests.abonnement.test_aansluiting import verzonnen
from tests.abonnement.test_factuurstuk import VERKOPER, stel_in
from tests.abonnement.test_verrekening import twee_jaar
from tests.abonnement.test_voorvertoning import GRENZEN
from tests.abonnement.wereld import met_afschrijving, post

pytestmark = pytest.mark.usefixtures("klein")
BEVROREN = (
    "tariefbesluit",
    "pakket",
    "pakketdienst",
    "verdeelsleutel",
    "abonnement",
    "factuur",
    "factuurregel",
    "bankafschrift",
    "betaling",
    "betalingstoewijzing",
    "afschrijving",
    "koppeling",
    "verdeling",
    "verdelingsregel",
    "verdeelde_toewijzing",
    "audit",
    "verkopergegevens",
    "btw_behandeling",
    "factuurgegevens",
    "factuurstuk",
    "creditnota",
    "creditnotaregel",
    "verkoopwijze",
    "bezorgwijze",
    "bezorgstap",
    "herinnering",
    "herinneringsregel",
    "aanhouding",
    "opheffing",
    "facturatiegrens",
    "voorvertoningsregel",
    "facturatierondebesluit",
    "verrekening",
    "aansluitingsverschil",
    "aanbodgemeente",
    "antwoord",
    "rappel",
    "overgang",
    "overgangsdeel",
    "overgangsbesluit",
    "abonnementsgebeurtenis",
    "betaler",
    "betaalafspraak",
    "verlenging",
    "verdelingsvoorstel",
    "verdelingsbesluit",
    "betaalopdracht",
    "betaalopdrachtregel",
    "betaalbesluit",
    "betaalbericht",
    "betaaluitkomst",
)
BEVROREN_TARIEF = ("pakketband", "tariefindexatieregel", "tariefindexatiebevestiging")
"""Filled, and tried, by test_tariefindexatie.py."""

GRENZEN_RUIM = {**GRENZEN, "perFactuurCent": 10**9, "totaalCent": 10**10, "gemeenteProcent": 100, "totaalProcent": 100}
KINDERTELEFOON = "stichting-kindertelefoon"


@pytest.fixture
def gevuld(wereld, database, clock):
    """A database in which every table has rows."""
    stel_in(wereld)
    assert wereld.put("/v1/facturatiegrenzen/2018", GRENZEN_RUIM, headers=wereld.fiatteur()).status_code == 200
    assert wereld.put("/v1/verkoopwijzen/2018", {"wijze": "bureau", "bron": "proef"}).status_code == 200
    gegevens = {**VERKOPER, "iban": bank.test_iban(7), "vanaf": "2018-01-01"}
    assert wereld.put(f"/v1/aanbieders/{KINDERTELEFOON}/verkopergegevens", gegevens).status_code == 200
    twee_jaar(wereld, GM0003=12_000)
    wereld.ronde(2019, factuurdatum="2018-12-15")
    wereld.post("/v1/facturen/2018-000002/creditnotas", {"reden": "Vergissing"}, status=201)
    factuur = wereld.alle("/v1/facturen")[0]
    gelezen = wereld.xml(met_afschrijving([post(1000, kenmerk=factuur["betalingskenmerk"])], 1000), status=201).json()
    (betaling,) = wereld.alle(gelezen["betalingen"])
    wijze = {"gemeentecode": "GM0003", "vanaf": "2018-01-01", "wijze": "toegangspunt"}
    wereld.post("/v1/bezorgwijzen", {"wijzen": [wijze]}, status=200)
    wereld.post("/v1/bezorgingen/2018-000001/aanbiedingen", {}, status=200)
    afschrijving = wereld.alle("/v1/afschrijvingen")[0]
    terug = {"betaling": betaling["id"], "bedragCent": 400, "toelichting": "proef"}
    wereld.post(f"/v1/afschrijvingen/{afschrijving['id']}/koppelingen", terug, status=201)
    verdeling = wereld.verdeeld()
    uitgave = wereld.post(f"/v1/verdelingen/{verdeling['id']}/betaalopdrachten", {"aanbieders": [KINDERTELEFOON]}, status=201)
    pad = uitgave.headers["location"]
    wereld.post(f"{pad}/goedkeuringen", None, status=200, headers=wereld.fiatteur())
    wereld.post(f"{pad}/uitkomsten", {"soort": "geweigerd", "regels": [1], "toelichting": "proef"}, status=200)
    betwist = {"factuur": factuur["nummer"], "soort": "betwist", "toelichting": "proef"}
    gemaakt = wereld.post("/v1/aanhoudingen", betwist, status=201)
    wereld.post(f"{gemaakt.headers['location']}/opheffing", {"toelichting": "proef"}, status=200)
    clock.moment += timedelta(days=60)
    assert wereld.client.post("/v1/herinneringen", headers=wereld.administratie()).json()["brieven"] > 0
    wereld.post("/v1/aansluitingen", None, status=202)
    wereld.outway.verzonnen = [verzonnen("/v1/facturen/2018-000099", 5)]
    wereld.jobs()
    wereld.jobs()
    abonnementen(wereld)
    return database


def abonnementen(wereld) -> None:
    """An offer that one refuses, a payer, a herindeling of 2019 (that of 2021, earlier), and a renewal."""
    deel = {"ingangsdatum": "2019-01-01", "oudeCode": "GM0003", "nieuweCode": "GM1979", "nieuwIngesteld": True}
    wereld.outway.herindelingen = [deel]
    wereld.outway.alle = [{**g, "einddatum": "2018-12-31"} if g["code"] == "GM0003" else g for g in wereld.outway.alle]
    pad = aangeboden(wereld)
    wereld.post(f"{pad}/antwoorden", antwoord("GM0003", antwoord="afgewezen"), status=201)
    wereld.post(f"{pad}/rappels", {"stap": 1}, status=201)
    wereld.put("/v1/betalers/proefstreek", BETALER)
    afspraak = {"gemeentecodes": ["GM0003"], "vanaf": "2018-02-01", "betaler": "proefstreek", "bron": "proef"}
    wereld.post("/v1/betaalafspraken", afspraak, status=201)
    wereld.post("/v1/overgangsrondes", {"totEnMet": "2019-01-01"}, status=202)
    wereld.jobs()
    verlenging = {"lopendTotEnMet": "2021-12-31", "totEnMet": "2022-12-31", "gremium": "BALV", "datum": "2018-01-15"}
    wereld.post("/v1/verlengingen", {**verlenging, "bron": "proef"}, status=201)


def voer_uit(url: str, *opdrachten: str) -> None:
    with psycopg.connect(url) as verbinding:
        for opdracht in opdrachten:
            verbinding.execute(opdracht.encode())


def test_bevroren_tabel_weigert_elke_wijziging_ook_van_haar_eigenaar(gevuld):
    for tabel in BEVROREN:
        weigert_alles(gevuld, tabel)


def weigert_alles(gevuld, tabel: str) -> None:
    with psycopg.connect(gevuld.url) as verbinding:
        assert verbinding.execute(f"SELECT count(*) FROM {tabel}".encode()).fetchone()[0] > 0
        kolom = verbinding.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s "
            "AND is_identity = 'NO' ORDER BY ordinal_position LIMIT 1",
            [tabel],
        ).fetchone()[0]
    for opdracht in (f"UPDATE {tabel} SET {kolom} = {kolom}", f"DELETE FROM {tabel}", f"TRUNCATE {tabel} CASCADE"):
        with pytest.raises(errors.InsufficientPrivilege):
            voer_uit(gevuld.url, opdracht)
        with pytest.raises(errors.IntegrityConstraintViolation, match="veranderen nooit"):
            voer_uit(gevuld.owner_url, opdracht)


def test_latere_regel_komt_er_niet_bij(gevuld):
    with pytest.raises(errors.IntegrityConstraintViolation, match="geen plaats voor een regel"):
        voer_uit(gevuld.url, "INSERT INTO factuurregel VALUES ('2018-000003', 'luisterend-oor', 1)")


def test_dienst_kan_alleen_wat_zij_moet_kunnen(gevuld):
    """The rights of the service's role: whole tables, and the columns of those that it may only partly write."""
    with psycopg.connect(gevuld.url) as verbinding:
        rechten = dict(
            verbinding.execute(
                "SELECT table_name, string_agg(privilege_type, ',' ORDER BY privilege_type) "
                "FROM information_schema.role_table_grants WHERE grantee = current_user AND table_name "
                "NOT LIKE 'procrastinate%' GROUP BY table_name"
            ).fetchall()
        )
        kolommen = dict(
            verbinding.execute(
                "SELECT relname || ' ' || recht, string_agg(attname, ',' ORDER BY attnum) FROM pg_attribute "
                "JOIN pg_class ON pg_class.oid = attrelid, unnest(ARRAY['INSERT', 'UPDATE']) recht "
                "WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0 "
                "AND has_column_privilege(attrelid, attnum, recht) AND NOT has_table_privilege(attrelid, recht) GROUP BY 1"
            ).fetchall()
        )
    lezen, toevoegen = "SELECT", "INSERT,SELECT"
    per_kolom = (
        "tariefbesluit",
        "tariefindexatie",
        "tariefvoorstel",
        "bankafschrift",
        "koppeling",
        "verdeling",
        "audit",
        "idempotentie",
        "herinneringsbeleid",
        "aansluiting",
        "verlenging",
        "verdelingsvoorstel",
        "betaalopdracht",
        "betaaluitkomst",
        "betaalregelstand",
    )
    assert rechten == {
        **dict.fromkeys((*BEVROREN, *BEVROREN_TARIEF), toevoegen),
        "tariefonderdeel": lezen,
        **dict.fromkeys(("aanbieder", "dienst", "afgesloten", "alembic_version"), lezen),
        "afnemer": "DELETE,INSERT,SELECT,UPDATE",
        **dict.fromkeys(("op_te_maken", "bezorgstand", "achterstand", "factuurregelstand"), lezen),
        **dict.fromkeys(("betalingstand", "toewijzingstand", "afschrijvingstand"), lezen),
        **dict.fromkeys(
            (
                "collectieve_aanmelding",
                "facturatieronde",
                "voorvertoning",
                "factuurnummering",
                "creditnummering",
                "outbox",
            ),
            toevoegen,
        ),
        **dict.fromkeys(("aanbod", "overgangsronde"), toevoegen),
        "abonnementstand": lezen,
        **dict.fromkeys(per_kolom, lezen),
        "aansluitingsboeking": "DELETE,INSERT,SELECT",
        **dict.fromkeys(
            ("verantwoordingsdocument", "verantwoordingsbesluit", "toelichting", "toelichtingspublicatie"), toevoegen
        ),
        **dict.fromkeys(("gemeentepeiling", "gemeentepeilingregel"), toevoegen),
        **dict.fromkeys(("verantwoordingsstuk", "toelichtingsverzoek", "journaalpost", "journaalregel"), lezen),
        **dict.fromkeys(("verantwoordingsstukstand", "journaaldebiteur", "debiteurmutatie"), lezen),
        **dict.fromkeys(("dienstfactuurregel", "dienstontvangst", "dienstverdeling"), lezen),
    }
    indexuitkomst = "indexatie,versie,stand,factor,keten_decimalen,keten_afronding,prijs_decimalen,prijs_afronding"
    assert kolommen == {
        "tariefbesluit INSERT": "id,datum,gremium,omschrijving,bronvermelding,prijspeil,eerste_jaar,laatste_jaar,indexering,"
        "vorige,grondslag,tariefindexatie",
        "tariefindexatie INSERT": "id,tariefbesluit,grondslag,jaar,clausule,nieuw,datum,gremium,omschrijving,bronvermelding,"
        "status,aangevraagd_op,peer_id,rol,contract",
        "tariefindexatie UPDATE": f"{indexuitkomst},status,probleem,afgerond_op",
        "tariefvoorstel INSERT": "id,jaar,prijspeil,omschrijving,bronvermelding,budgetten,besloten,deelname_promille,"
        "tarief_decimalen,peildatum,uitgezonderd,inwoners,zonder,status,aangevraagd_op,afgerond_op",
        "tariefvoorstel UPDATE": "inwoners,zonder,status,probleem,afgerond_op",
        "aansluiting INSERT": "id,status,aangevraagd_op",
        "aansluiting UPDATE": "status,probleem,begonnen_op,vergeleken_op,pagina,aantal_documenten,aantal_boekingen,verschillen",
        "bankafschrift INSERT": "id,iban,afschriftnummer,vingerafdruk,beginsaldo_cent,eindsaldo_cent,al_bekend,ingelezen_op,"
        "volgens_bank_cent,begindag,einddag,formaat,reeksnummer,pagina,onverklaard_cent,opmerkingen",
        "herinneringsbeleid INSERT": "vanaf,versie,stappen,rentepercentage,kosten_cent,bron,vastgelegd_op",
        "koppeling INSERT": "id,betaling,soort,datum,afschrijving,bedrag_cent,toelichting,vastgelegd_op",
        "verdeling INSERT": "id,tot,bedrag_cent,vastgesteld_op",
        "verdelingsvoorstel INSERT": "id,tot,bedrag_cent,regels,delen_sha256,voorgesteld_op,peer_id,rol,contract",
        "betaalopdracht INSERT": "id,soort,kenmerk,datum,iban,naam,verzamelboeking,aantal,bedrag_cent,voorgesteld_op,peer_id,"
        "rol,contract",
        "betaaluitkomst INSERT": "id,opdracht,regel,soort,datum,afschrijving,betaling,toelichting,vastgelegd_op",
        "audit INSERT": "op,peer_id,delegator_id,transactie_id,handeling,onderwerp,wijziging",
        "verlenging INSERT": "id,lopend_tot_en_met,tot_en_met,gremium,datum,bron,aantal,vastgelegd_op",
        "aanbod UPDATE": "status,probleem,aangevraagd_op,afgerond_op",
        "overgangsronde UPDATE": "status,probleem,aantal,afgerond_op",
        "collectieve_aanmelding UPDATE": "status,probleem,aangevraagd_op,afgerond_op",
        "facturatieronde UPDATE": "tariefbesluit,factuurdatum,status,probleem,aangevraagd_op,gefactureerd_op,voorstel",
        "voorvertoning UPDATE": "status,probleem,aantal,bedrag_cent,vorig_cent,verrekend_cent,overschrijdingen,redenen,wijze,"
        "penvoerder,afgerond_op",
        "factuurnummering UPDATE": "laatste",
        "creditnummering UPDATE": "laatste",
        "idempotentie INSERT": "afzender,sleutel,vingerafdruk",
        "idempotentie UPDATE": "status,kopregels,antwoord",
        "verantwoordingsstuk INSERT": "id,aanbieder,soort,jaar,versie,document,bedragen,toelichting,ingediend_op,peer_id,rol,"
        "contract",
        "toelichtingsverzoek INSERT": "id,gemeentecode,aanbieder,stuk,vraag,gesteld_op,uiterlijk,peer_id,rol,contract",
        "gemeentepeiling UPDATE": "status,probleem,aantal,afgerond_op",
        "outbox UPDATE": "pogingen,volgende_poging_op,onderweg,verzonden_op,geweigerd_op,antwoord_pad,fout,bezet_tot",
    }


def test_elke_schrijvende_aanroep_staat_met_aanroeper_in_het_auditspoor(gevuld):
    with psycopg.connect(gevuld.url) as verbinding:
        rijen = verbinding.execute("SELECT handeling, peer_id IS NOT NULL FROM audit ORDER BY id").fetchall()
    samen = rijen.index(("aansluiting.aanvragen", True)) + 1
    rijen[samen : samen + 2] = sorted(rijen[samen : samen + 2])  # two jobs, in either order
    ingesteld = [("verkoper.vastleggen", True), *[("btw.vastleggen", True)] * 4, ("factuurgegevens.vastleggen", True)]
    ingesteld += [("facturatiegrens.vastleggen", True), ("verkoopwijze.vastleggen", True)]
    ronde = [
        ("facturatieronde.aanvragen", True),
        ("voorvertoning.berekenen", False),
        ("facturatieronde.voorstellen", False),
        ("facturatieronde.goedgekeurd", True),
        ("factuur.vaststellen", False),
        ("facturatieronde.factureren", False),
        ("factuurstuk.opmaken", False),
    ]
    ingesteld += [("verkoper.vastleggen", True)]
    assert rijen == [
        *ingesteld,
        ("collectieve-aanmelding.aanvragen", True),
        ("collectieve-aanmelding.verwerken", False),
        *ronde,
        ("tariefbesluit.vastleggen", True),
        *ronde,
        ("creditnota.vaststellen", True),
        ("bankafschrift.inlezen", True),
        ("bezorgwijze.vastleggen", True),
        ("bezorging.aangeboden", True),
        ("betaling.terugbetaling", True),
        ("verdeling.voorstellen", True),
        ("verdeling.vaststellen", True),
        ("betaalopdracht.voorstellen", True),
        ("betaalopdracht.goedkeuren", True),
        ("betaalopdracht.geweigerd", True),
        ("aanhouding.vastleggen", True),
        ("aanhouding.opheffen", True),
        ("herinnering.maken", True),
        ("aansluiting.aanvragen", True),
        ("aansluiting.vergelijken", False),
        ("factuurstuk.opmaken", False),
        ("aanbod.aanvragen", True),
        ("aanbod.openstellen", False),
        ("aanbod.afwijzen", True),
        ("aanbod.rappelleren", True),
        ("betaler.vastleggen", True),
        ("betaalafspraak.vastleggen", True),
        ("overgangsronde.aanvragen", True),
        ("overgangsronde.verwerken", False),
        ("abonnement.verlengen", True),
    ]
