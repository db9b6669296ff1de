"""What is decided, invoiced or booked never changes: proven with the service's own role, past its code."""

from __future__ import annotations

import psycopg
import pytest
from gemeengoed_lokaal import bank
from psycopg import errors

from tests.abonnement.test_factuurstuk import VERKOPER, stel_in
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
    "verdelingsvoorstel",
    "verdelingsbesluit",
    "betaalopdracht",
    "betaalopdrachtregel",
    "betaalbesluit",
    "betaalbericht",
    "betaaluitkomst",
)
KINDERTELEFOON = "stichting-kindertelefoon"


@pytest.fixture
def gevuld(wereld, database):
    """A database in which every table has rows."""
    stel_in(wereld)
    assert wereld.put("/v1/verkoopwijzen/2018", {"wijze": "bureau", "bron": "proef"}).status_code == 200
    gegevens = {**VERKOPER, "iban": bank.test_iban(7), "vanaf": "2018-01-01"}
    assert wereld.put(f"/v1/aanbieders/{KINDERTELEFOON}/verkopergegevens", gegevens).status_code == 200
    wereld.gefactureerd()
    wereld.post("/v1/facturen/2018-000002/creditnotas", {"reden": "Vergissing"}, status=201)
    factuur = wereld.alle("/v1/facturen")[0]
    gelezen = wereld.xml(met_afschrijving([post(1000, kenmerk=factuur["betalingskenmerk"])], 1000), status=201).json()
    (betaling,) = wereld.alle(gelezen["betalingen"])
    afschrijving = wereld.alle("/v1/afschrijvingen")[0]
    terug = {"betaling": betaling["id"], "bedragCent": 400, "toelichting": "proef"}
    wereld.post(f"/v1/afschrijvingen/{afschrijving['id']}/koppelingen", terug, status=201)
    verdeling = wereld.verdeeld()
    uitgave = wereld.post(f"/v1/verdelingen/{verdeling['id']}/betaalopdrachten", {"aanbieders": [KINDERTELEFOON]}, status=201)
    pad = uitgave.headers["location"]
    wereld.post(f"{pad}/goedkeuringen", None, status=200, headers=wereld.fiatteur())
    wereld.post(f"{pad}/uitkomsten", {"soort": "geweigerd", "regels": [1], "toelichting": "proef"}, status=201)
    return database


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
    per_kolom = ("bankafschrift", "koppeling", "verdeling", "verdelingsvoorstel", "betaalopdracht", "betaaluitkomst")
    per_kolom = (*per_kolom, "betaalregelstand", "audit", "idempotentie")
    assert rechten == {
        **dict.fromkeys(BEVROREN, toevoegen),
        **dict.fromkeys(("aanbieder", "dienst", "afgesloten", "alembic_version"), lezen),
        "afnemer": "DELETE,INSERT,SELECT,UPDATE",
        **dict.fromkeys(("op_te_maken", "factuurregelstand", "betalingstand", "toewijzingstand", "afschrijvingstand"), lezen),
        **dict.fromkeys(
            ("collectieve_aanmelding", "facturatieronde", "factuurnummering", "creditnummering", "outbox"), toevoegen
        ),
        **dict.fromkeys(per_kolom, lezen),
    }
    assert kolommen == {
        "bankafschrift INSERT": "id,iban,afschriftnummer,vingerafdruk,beginsaldo_cent,eindsaldo_cent,al_bekend,ingelezen_op,"
        "volgens_bank_cent,begindag,einddag,formaat,reeksnummer,pagina,onverklaard_cent,opmerkingen",
        "koppeling INSERT": "id,betaling,soort,datum,afschrijving,bedrag_cent,toelichting,vastgelegd_op",
        "verdeling INSERT": "id,tot,bedrag_cent,vastgesteld_op",
        "verdelingsvoorstel INSERT": "id,tot,bedrag_cent,regels,delen_sha256,voorgesteld_op,peer_id,rol,contract",
        "betaalopdracht INSERT": "id,soort,kenmerk,datum,iban,naam,verzamelboeking,aantal,bedrag_cent,voorgesteld_op,peer_id,"
        "rol,contract",
        "betaaluitkomst INSERT": "id,opdracht,regel,soort,datum,afschrijving,betaling,toelichting,vastgelegd_op",
        "audit INSERT": "op,peer_id,delegator_id,transactie_id,handeling,onderwerp,wijziging",
        "collectieve_aanmelding UPDATE": "status,probleem,aangevraagd_op,afgerond_op",
        "facturatieronde UPDATE": "tariefbesluit,factuurdatum,status,probleem,aangevraagd_op,gefactureerd_op",
        "factuurnummering UPDATE": "laatste",
        "creditnummering UPDATE": "laatste",
        "idempotentie INSERT": "afzender,sleutel,vingerafdruk",
        "idempotentie UPDATE": "status,kopregels,antwoord",
        "outbox UPDATE": "pogingen,volgende_poging_op,onderweg,verzonden_op,geweigerd_op,antwoord_pad,fout,bezet_tot",
    }


def test_elke_schrijvende_aanroep_staat_met_aanroeper_in_het_auditspoor(gevuld):
    with psycopg.connect(gevuld.url) as verbinding:
        rijen = verbinding.execute("SELECT handeling, peer_id IS NOT NULL FROM audit ORDER BY id").fetchall()
    ingesteld = [("verkoper.vastleggen", True), *[("btw.vastleggen", True)] * 4, ("factuurgegevens.vastleggen", True)]
    ingesteld += [("verkoopwijze.vastleggen", True), ("verkoper.vastleggen", True)]
    assert rijen == [
        *ingesteld,
        ("collectieve-aanmelding.aanvragen", True),
        ("collectieve-aanmelding.verwerken", False),
        ("facturatieronde.aanvragen", True),
        ("factuur.vaststellen", False),
        ("facturatieronde.factureren", False),
        ("factuurstuk.opmaken", False),
        ("creditnota.vaststellen", True),
        ("bankafschrift.inlezen", True),
        ("betaling.terugbetaling", True),
        ("verdeling.voorstellen", True),
        ("verdeling.vaststellen", True),
        ("betaalopdracht.voorstellen", True),
        ("betaalopdracht.goedkeuren", True),
        ("betaalopdracht.geweigerd", True),
    ]
