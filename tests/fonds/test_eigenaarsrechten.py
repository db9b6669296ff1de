"""What runs with the rights of the owner, called as the service's own role with whatever it likes; and other isolation levels."""

from __future__ import annotations

import psycopg
import pytest
from psycopg import errors

from tests.fonds.test_grootboek_vast import sql_boeking
from tests.invariants.fonds import schendingen

MAG = {"vergeet_antwoorden", "vergeet_berichten", "verzegel"}
"""Functions with the owner's rights that the service calls itself; every other is a trigger."""
DEFINER = (
    "SELECT proname, prorettype = 'trigger'::regtype, proconfig, has_function_privilege('fonds_api', oid, 'EXECUTE'), "
    "has_function_privilege('public', oid, 'EXECUTE') FROM pg_proc WHERE prosecdef ORDER BY 1"
)


def test_alleen_wat_moet_is_aan_te_roepen(database):
    with psycopg.connect(database.owner_url) as db:
        alle = db.execute(DEFINER).fetchall()
    assert len(alle) >= 14
    for naam, trigger, instelling, rol, iedereen in alle:
        assert instelling and instelling[0] in ("search_path=pg_catalog, pg_temp", "search_path=pg_catalog,pg_temp"), naam
        assert (rol, iedereen) == (naam in MAG, False), naam
        assert trigger or naam in MAG | {"vouw"}, naam


def test_vijandige_argumenten_geven_niets_prijs_en_niets_weg(boek, boeking, database):
    boek(boeking())
    with psycopg.connect(database.url) as rol, psycopg.connect(database.owner_url) as eigenaar:
        eigenaar.execute("UPDATE idempotentie SET status = 200, kopregels = '{}', antwoord = '' WHERE status IS NULL")
        eigenaar.commit()

        def doe(weigert: type[Exception] | None, opdracht: str) -> object:
            try:
                rij = rol.execute(opdracht.encode()).fetchone()
                rol.execute("SET CONSTRAINTS ALL IMMEDIATE")
            except psycopg.Error as fout:
                assert weigert and isinstance(fout, weigert), f"{opdracht}: {type(fout).__name__} {fout}"
                return None
            finally:
                rol.rollback()
            assert weigert is None, f"gelukt: {opdracht}"
            return rij[0] if rij else None

        # Stored answers: never younger than thirty days, whatever it asks.
        for dagen, hoogstens in ((0, 1_000_000), (-5, 10), ("NULL", 10), (0, "NULL")):
            assert doe(None, f"SELECT vergeet_antwoorden({dagen}, {hoogstens})") == 0
            assert doe(None, f"SELECT vergeet_berichten({dagen}, {hoogstens})") == 0
        doe(psycopg.Error, "SELECT vergeet_antwoorden(2147483647, 10)")
        doe(psycopg.Error, "SELECT vergeet_antwoorden(30, -1)")
        # Sealing: nothing that is not there, nothing half, and not outside its turn.
        for fonds, hoeveel in (("NULL", 10), ("'geen'", 10), ("''; DROP TABLE blad; --'", 10), ("'derdengelden'", 0)):
            assert doe(psycopg.Error if "DROP" in fonds else None, f"SELECT verzegel({fonds}, {hoeveel})") in (0, None)
        doe(psycopg.Error, "SELECT verzegel('derdengelden', -1)")
        assert doe(None, "SELECT verzegel('derdengelden', NULL)") == 1
        rol.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        doe(errors.IntegrityError, "SELECT verzegel('derdengelden', 10)")
        for functie in ("vouw('derdengelden', ARRAY[1])", "vouw('derdengelden', NULL)"):
            doe(errors.InsufficientPrivilege, f"SELECT {functie}")
        for naam in (naam for naam, trigger, *_ in eigenaar.execute(DEFINER).fetchall() if trigger):
            doe(psycopg.Error, f"SELECT {naam}()")
    assert schendingen(database.url) == []


def test_rol_maakt_niets_van_zichzelf_dat_een_ander_zou_misleiden(database):
    """No table, function or operator of its own could stand before those of the schema, or carry a trigger of the owner."""
    maken = (
        "CREATE TEMP TABLE boeking (id uuid)",
        "CREATE TABLE public.nieuw (id uuid)",
        "CREATE SCHEMA eigen",
        "CREATE FUNCTION pg_temp.eis(boolean, text) RETURNS void LANGUAGE sql AS ''",
        "CREATE FUNCTION public.eis(boolean, text, text) RETURNS void LANGUAGE sql AS ''",
        "CREATE OPERATOR public.= (LEFTARG = text, RIGHTARG = bigint, FUNCTION = texteq)",
        "CREATE TRIGGER x AFTER INSERT ON boeking FOR EACH ROW EXECUTE FUNCTION weiger_wijziging()",
        "ALTER TABLE boeking DISABLE TRIGGER USER",
        "SET session_replication_role = replica",
        "SET ROLE fonds_eigenaar",
    )
    with psycopg.connect(database.url) as rol:
        for opdracht in maken:
            with pytest.raises((errors.InsufficientPrivilege, errors.InvalidParameterValue)):
                rol.execute(opdracht.encode())
            rol.rollback()


@pytest.mark.parametrize("niveau", ["REPEATABLE READ", "SERIALIZABLE"])
def test_wie_naar_een_eerder_moment_kijkt_schrijft_niet_wat_van_sommen_afhangt(database, niveau):
    """Its sums would be those from before it waited; entries themselves are safe at any level (`test_manieren.py`)."""
    grendels = (
        "vergrendel_begroting('ggu', 2018)",
        "vergrendel_notanummers('ggu', 2018)",
        "vergrendel_debiteur('ggu', 'GM0344')",
        "vergrendel_kenmerk('ggu', 'x')",
        "vergrendel_index('x')",
        "vergrendel_inkooptraject('x')",
        "vergrendel_voorstel('ggu', 'x', 'x')",
        "vergrendel_voorstellen('ggu')",
        "vergrendel_factuur(gen_random_uuid(), 'x')",
        "verzegel('ggu', 1)",
    )
    with psycopg.connect(database.url) as rol:
        for grendel in grendels:
            with pytest.raises(errors.IntegrityConstraintViolation):
                rol.execute(f"SET TRANSACTION ISOLATION LEVEL {niveau}".encode())
                rol.execute(f"SELECT {grendel}".encode())
            rol.rollback()
            rol.execute(f"SELECT {grendel}".encode())
            rol.rollback()
        rol.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        sql_boeking(rol)
        rol.commit()
    assert schendingen(database.url) == []
