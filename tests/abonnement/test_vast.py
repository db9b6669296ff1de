"""What is decided, invoiced or booked never changes: proven with the service's own role, past its code."""

from __future__ import annotations

import psycopg
import pytest
from psycopg import errors

from tests.abonnement.wereld import post

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
    "verdeling",
    "verdelingsregel",
    "verdeelde_toewijzing",
    "audit",
)


@pytest.fixture
def gevuld(wereld, database):
    """A database in which every table has rows."""
    wereld.gefactureerd()
    factuur = wereld.alle("/v1/facturen")[0]
    wereld.lees_in([post(1000, kenmerk=factuur["betalingskenmerk"])])
    wereld.post("/v1/verdelingen", {"tot": "2018-12-31"}, status=201)
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
    with pytest.raises(errors.IntegrityConstraintViolation, match="tellen niet op"):
        voer_uit(gevuld.url, "INSERT INTO factuurregel VALUES ('2018-000003', 'luisterend-oor', 1)")


def test_factuur_zonder_regels_komt_er_niet_in(gevuld):
    with pytest.raises(errors.IntegrityConstraintViolation, match="tellen niet op"):
        voer_uit(
            gevuld.url,
            "INSERT INTO facturatieronde SELECT 2019, tariefbesluit, peildatum, factuurdatum, status, probleem, aangevraagd_op, "
            "gefactureerd_op FROM facturatieronde",
            "INSERT INTO factuur SELECT '2019-000001', 2019, 1, abonnement, gemeentecode, gemeentenaam, tariefbesluit, pakket, "
            "tarief_per_inwoner, inwoners, peildatum, factuurdatum, vervaldatum, bedrag_cent, '0000000000000000', vastgesteld_op "
            "FROM factuur WHERE volgnummer = 1",
        )


def test_betaling_wordt_niet_op_een_andere_factuur_dan_er_is_toegewezen(gevuld):
    with pytest.raises(errors.ForeignKeyViolation):
        voer_uit(gevuld.url, "INSERT INTO betalingstoewijzing SELECT betaling, '2018-999999', dienst, 1 FROM betalingstoewijzing")


def test_regel_wordt_nooit_meer_dan_eens_betaald(gevuld):
    with pytest.raises(errors.IntegrityConstraintViolation, match="meer toegewezen dan past"):
        voer_uit(
            gevuld.url,
            "INSERT INTO betaling SELECT gen_random_uuid(), bankafschrift, 2, iban, 'x', boekdatum, 99999999, null, null, null, "
            "'', factuur, koppeling, null FROM betaling",
            "INSERT INTO betalingstoewijzing SELECT betaling.id, regel.factuur, regel.dienst, regel.bedrag_cent FROM betaling "
            "JOIN factuurregel AS regel ON regel.factuur = betaling.factuur WHERE bankreferentie = 'x'",
        )


def test_dienst_kan_alleen_wat_zij_moet_kunnen(gevuld):
    """The rights of the service's role, table by table: nothing that the migrations do not name."""
    with psycopg.connect(gevuld.url) as verbinding:
        rechten = dict(
            verbinding.execute(
                "SELECT table_name, string_agg(privilege_type, ',' ORDER BY privilege_type) "
                "FROM information_schema.role_table_grants WHERE grantee = current_user AND table_name "
                "NOT LIKE 'procrastinate%' GROUP BY table_name"
            ).fetchall()
        )
    lezen, toevoegen, bijwerken = "SELECT", "INSERT,SELECT", "INSERT,SELECT,UPDATE"
    assert rechten == {
        **dict.fromkeys(BEVROREN, toevoegen),
        **dict.fromkeys(("aanbieder", "dienst"), lezen),
        "afnemer": "DELETE,INSERT,SELECT,UPDATE",
        **dict.fromkeys(("factuurregelstand", "betalingstand", "toewijzingstand"), lezen),
        **dict.fromkeys(("collectieve_aanmelding", "facturatieronde", "factuurnummering", "outbox", "idempotentie"), bijwerken),
    }


def test_elke_schrijvende_aanroep_staat_met_aanroeper_in_het_auditspoor(gevuld):
    with psycopg.connect(gevuld.url) as verbinding:
        rijen = verbinding.execute("SELECT handeling, peer_id IS NOT NULL FROM audit ORDER BY id").fetchall()
    assert rijen == [
        ("collectieve-aanmelding.aanvragen", True),
        ("collectieve-aanmelding.verwerken", False),
        ("facturatieronde.aanvragen", True),
        ("factuur.vaststellen", False),
        ("facturatieronde.factureren", False),
        ("bankafschrift.inlezen", True),
        ("verdeling.vaststellen", True),
    ]
