"""Ways to make numbers with gaps and sums that are none, as the service's own role: after each of them every invariant holds."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Iterator

import psycopg
import pytest
from abonnement_api.app import service
from gemeengoed_kit.process import migrate
from gemeengoed_lokaal.databases import ServiceDatabase, create_service_database, drop_database
from sqlalchemy.exc import DBAPIError

from tests.abonnement.conftest import prepare
from tests.abonnement.wereld import IBAN
from tests.invariants.abonnement import QUERIES, schendingen
from tests.manieren import RECHT, REGEL, Manier, doe, manier, parameters

BESLUIT = "voor-alle-jaren"
METEEN, LATER = "SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL DEFERRED"

# {j} is a year without a round and {g} a gemeente without a subscription; two gemeenten have one: GM0001 and, without
# luisterend-oor, GM0002.
AANMELDING = "INSERT INTO collectieve_aanmelding VALUES ('{x}', '{x}', '2001-01-01', '2001-12-31', 'volledig', '{}', 'aangevraagd', NULL, now())"
VERWERKT = "UPDATE collectieve_aanmelding SET status = 'verwerkt', afgerond_op = now() WHERE id = '{x}'"
ABONNEMENT = "INSERT INTO abonnement VALUES ('{y}', '{g}', 'x', 'volledig', '2001-01-01', '2001-12-31', '{x}')"
TARIEF = "INSERT INTO tariefbesluit VALUES ('{x}', '2018-01-01', 'BALV', 'x', 'x', 2018, 2018, 2018)"
PAKKET = "INSERT INTO pakket VALUES ('{x}', 'p', 'x', 0.5)"
DIENST = "INSERT INTO pakketdienst VALUES ('{x}', 'p', 'kindertelefoon')"
SLEUTEL = "INSERT INTO verdeelsleutel VALUES ('{x}', 'kindertelefoon', 1)"
OUDE_RONDE = (
    "INSERT INTO facturatieronde (jaar, tariefbesluit, peildatum, factuurdatum, status, aangevraagd_op) "
    f"VALUES ({{j}}, '{BESLUIT}', '{{j}}-01-01', '{{j}}-01-15', 'aangevraagd', now())"
)
# The proposal of a round has an id that follows from its year.
VOORSTEL = "CAST(md5('voorstel {j}') AS uuid)"
VOORVERTONING = (
    "INSERT INTO voorvertoning (id, jaar, tariefbesluit, peildatum, voor_ronde, status, aangevraagd_op, peer_id, rol, contract) "
    f"VALUES ({VOORSTEL}, {{j}}, '{BESLUIT}', '{{j}}-01-01', true, 'aangevraagd', now(), 'een', 'administratie', 'c1')"
)
CONCEPTEN = (
    "INSERT INTO voorvertoningsregel (voorvertoning, volgnummer, gemeentecode, gemeentenaam, abonnement, pakket, maanden, inwoners, "
    "voorlopig, tarief_per_inwoner, bedrag_cent, verrekeningen, verrekend_cent, redenen) "
    f"SELECT {VOORSTEL}, row_number() OVER (ORDER BY gemeentecode), gemeentecode, gemeentenaam, abonnement.id, pakket, 12, 1000, "
    f"false, tarief_per_inwoner, pakketbedrag_cent('{BESLUIT}', pakket, 1000, 12), '[]', 0, '[]' "
    f"FROM abonnement JOIN pakket ON (tariefbesluit, code) = ('{BESLUIT}', pakket) "
    "WHERE '{j}-01-01' BETWEEN begindatum AND einddatum"
)
BEREKEND = (
    "UPDATE voorvertoning SET status = 'berekend', afgerond_op = now(), vorig_cent = 0, verrekend_cent = 0, redenen = '[]', "
    "overschrijdingen = '[]', wijze = 'bureau', aantal = (SELECT count(*) FROM voorvertoningsregel WHERE voorvertoning = id), "
    f"bedrag_cent = (SELECT sum(bedrag_cent) FROM voorvertoningsregel WHERE voorvertoning = id) WHERE id = {VOORSTEL}"
)
AANVRAAG = OUDE_RONDE.replace("aangevraagd_op)", "voorstel, aangevraagd_op)").replace("now()", f"{VOORSTEL}, now()")
VOORGESTELD = "UPDATE facturatieronde SET status = 'voorgesteld' WHERE jaar = {j}"
BESLUITEN = (
    "INSERT INTO facturatierondebesluit (voorvertoning, jaar, uitkomst, naam, aanvaard, op, peer_id, rol, contract) "
    f"VALUES ({VOORSTEL}, {{j}}, 'goedgekeurd', 'x', '{{}}', now(), 'een', 'fiatteur', 'c2')"
)
GOEDGEKEURD = "UPDATE facturatieronde SET status = 'goedgekeurd' WHERE jaar = {j}"
WACHT = (VOORVERTONING, CONCEPTEN, BEREKEND, AANVRAAG, VOORGESTELD)
RONDE = "; ".join((*WACHT, BESLUITEN, GOEDGEKEURD))
NUMMERS = "INSERT INTO factuurnummering VALUES ({j}, 2)"
KLAAR = "UPDATE facturatieronde SET status = 'gefactureerd', gefactureerd_op = now() WHERE jaar = {j}"


def factuur(nummer: int, gemeente: str | None = None, **anders: str) -> str:
    waarden = {
        "heet": f"'{{j}}-{nummer:06d}'",
        "inwoners": "1000",
        "bedrag_cent": "floor(tarief_per_inwoner * 100000)",
        "peildatum": "'{j}-01-01'::date",
        "gemeentecode": "gemeentecode",
        "pakket": "pakket.code",
        "tarief_per_inwoner": "tarief_per_inwoner",
        **anders,
    }
    return (
        "INSERT INTO factuur (nummer, jaar, volgnummer, abonnement, gemeentecode, gemeentenaam, tariefbesluit, pakket, "
        "tarief_per_inwoner, inwoners, peildatum, factuurdatum, vervaldatum, bedrag_cent, betalingskenmerk, vastgesteld_op) "
        f"SELECT {waarden['heet']}, {{j}}, {nummer}, abonnement.id, {waarden['gemeentecode']}, gemeentenaam, tariefbesluit, "
        f"{waarden['pakket']}, {waarden['tarief_per_inwoner']}, {waarden['inwoners']}, {waarden['peildatum']}, '{{j}}-01-15', "
        f"'{{j}}-02-15', {waarden['bedrag_cent']}, lpad('{{j}}{nummer}', 16, '0'), now() "
        f"FROM abonnement JOIN pakket ON pakket.code = abonnement.pakket AND tariefbesluit = '{BESLUIT}' "
        f"WHERE gemeentecode = '{gemeente or f'GM000{nummer}'}'"
    )


def regels(nummer: int) -> str:
    """Lines that add up: 100 cents for each dienst but the first, which gets the rest."""
    return (
        "INSERT INTO factuurregel SELECT nummer, dienst, CASE dienst WHEN 'vertrouwenswerk' "
        "THEN bedrag_cent - 100 * (count(*) OVER (PARTITION BY nummer) - 1) ELSE 100 END "
        f"FROM factuur JOIN pakketdienst USING (tariefbesluit, pakket) WHERE nummer = '{{j}}-{nummer:06d}'"
    )


def onderweg(tabel: str, pad: str, waar: str, debet: str = "1100", credit: str = "2900") -> str:
    return (
        "INSERT INTO outbox (id, bron, pad, inhoud, onderwerp, groep, ontstaan_op, volgende_poging_op) SELECT gen_random_uuid(), "
        "'fonds', '/v1/boekingen', jsonb_build_object('boekdatum', '2018-01-15', 'omschrijving', 'x', 'bron', jsonb_build_object('bron', 'abonnement', 'pad', "
        f"'{pad}' || {waar.split(' ')[0]}), 'regels', jsonb_build_array("
        f"jsonb_build_object('rekening', '{debet}', 'bedragCent', bedrag_cent), "
        f"jsonb_build_object('rekening', '{credit}', 'bedragCent', -bedrag_cent))), "
        f"'{pad}' || {waar.split(' ')[0]}, 'x', now(), now() FROM {tabel} WHERE {waar}"
    )


def boeking(nummer: int) -> str:
    return onderweg("factuur", "/v1/facturen/", f"nummer = '{{j}}-{nummer:06d}'", "1300", "2310")


EERSTE, TWEEDE = (factuur(1), regels(1), boeking(1)), (factuur(2), regels(2), boeking(2))
GEFACTUREERD = (RONDE, NUMMERS, *EERSTE, *TWEEDE, KLAAR)
DERDE = (
    factuur(3, "GM0001"),
    "INSERT INTO factuurregel SELECT '{j}-000003', dienst, bedrag_cent FROM factuurregel WHERE factuur = '{j}-000001'",
)
REGEL_ERBIJ = "INSERT INTO factuurregel VALUES ('{j}-000002', 'luisterend-oor', 0)"
AFSCHRIFT = (
    "INSERT INTO bankafschrift (id, iban, afschriftnummer, vingerafdruk, beginsaldo_cent, eindsaldo_cent, al_bekend, ingelezen_op) "
    f"VALUES ('{{x}}', '{IBAN}', '{{x}}', 'x', 0, 0, 0, now())"
)


def betaling(
    cent: int, factuur: str = "'{j}-000001'", id: str = "{y}", iban: str = IBAN, afschrift: str = "{x}", nummer: int = 1
) -> str:
    return (
        "INSERT INTO betaling (id, bankafschrift, volgnummer, iban, bankreferentie, boekdatum, bedrag_cent, omschrijving, factuur, "
        f"koppeling) VALUES ('{id}', '{afschrift}', {nummer}, '{iban}', '{id}', '2018-03-01', {cent}, '', {factuur}, "
        f"{'NULL' if factuur == 'NULL' else repr('betalingskenmerk')})"
    )


def toewijzing(cent: int, dienst: str = "kindertelefoon", id: str = "{y}", nummer: int = 1) -> str:
    return f"INSERT INTO betalingstoewijzing VALUES ('{id}', '{{j}}-{nummer:06d}', '{dienst}', {cent})"


def ontvangst(cent: int, id: str = "{y}", op: str | None = None, **anders: str) -> tuple[str, str]:
    op = op or ("2900" if anders.get("factuur") == "NULL" else "1300")
    return betaling(cent, id=id, **anders), onderweg("betaling", "/v1/betalingen/", f"id = '{id}'", credit=op)


def verdeling(
    cent: int, tot: str = "2018-12-31", *, fiatteur: str = "fiatteur", uitkomst: str = "vastgesteld", **diensten: int
) -> tuple[str, ...]:
    """A proposal, what other eyes decided, the distribution and its entry."""
    delen = {naam.replace("_", "-"): deel for naam, deel in (diensten or {"kindertelefoon": cent}).items()}
    rekeningen = {"kindertelefoon": ("2320", "2420"), "beheer-en-betaling": ("2340", "2440")}
    regels = [
        f"jsonb_build_object('rekening', '{rekening}', 'bedragCent', {teken * deel})"
        for dienst, deel in delen.items()
        for rekening, teken in zip(rekeningen[dienst], (1, -1), strict=True)
    ]
    inhoud = ", ".join(f"'{dienst}', {deel}" for dienst, deel in delen.items())
    return (
        "INSERT INTO verdelingsvoorstel (id, tot, bedrag_cent, regels, delen_sha256, voorgesteld_op, peer_id, rol, contract) "
        f"VALUES ('{{z}}', '{tot}', {cent}, jsonb_build_object({inhoud}), repeat('0', 64), '2018-12-01', 'p', 'administratie', 'een')",
        f"INSERT INTO verdelingsbesluit VALUES ('{{z}}', '{uitkomst}', {'NULL' if uitkomst == 'vastgesteld' else repr('nee')}, '2018-12-01', "
        f"'p', '{fiatteur}', 'twee')",
        f"INSERT INTO verdeling (id, tot, bedrag_cent, vastgesteld_op) VALUES ('{{z}}', '{tot}', {cent}, '2018-12-01')",
        "INSERT INTO outbox (id, bron, pad, inhoud, onderwerp, groep, ontstaan_op, volgende_poging_op) SELECT gen_random_uuid(), "
        "'fonds', '/v1/boekingen', jsonb_build_object('boekdatum', '2018-12-01', 'omschrijving', 'x', 'bron', jsonb_build_object("
        "'bron', 'abonnement', 'pad', '/v1/verdelingen/{z}'), "
        f"'regels', jsonb_build_array({', '.join(regels)})), "
        "'/v1/verdelingen/{z}', 'x', now(), now()",
    )


def verdelingsregel(cent: int, dienst: str = "kindertelefoon", aanbieder: str = "stichting-kindertelefoon") -> str:
    return f"INSERT INTO verdelingsregel VALUES ('{{z}}', '{dienst}', '{aanbieder}', {cent})"


def verdeeld(dienst: str = "kindertelefoon") -> str:
    return f"INSERT INTO verdeelde_toewijzing VALUES ('{{y}}', '{{j}}-000001', '{dienst}', '{{z}}')"


GOED = (AFSCHRIFT, *ontvangst(100), toewijzing(100))
BETAALD = (*GEFACTUREERD, *GOED, "COMMIT")
TWEE_DIENSTEN = (*GEFACTUREERD, AFSCHRIFT, *ontvangst(200), toewijzing(100), toewijzing(100, "beheer-en-betaling"), "COMMIT")
VERDEELD = (*verdeling(100), verdelingsregel(100), verdeeld())

MANIEREN = [
    # Decisions.
    manier("besluit", None, TARIEF, PAKKET, DIENST, SLEUTEL),
    manier("besluit zonder pakket", REGEL, TARIEF),
    manier("pakket zonder dienst", REGEL, TARIEF, PAKKET),
    manier("dienst zonder gewicht", REGEL, TARIEF, PAKKET, DIENST),
    manier("pakket later", REGEL, f"INSERT INTO pakket VALUES ('{BESLUIT}', 'nieuw', 'x', 1)"),
    manier("dienst later", REGEL, f"INSERT INTO pakketdienst VALUES ('{BESLUIT}', 'zonder-luisterend-oor', 'luisterend-oor')"),
    manier("gewicht later", REGEL, TARIEF, PAKKET, DIENST, SLEUTEL, "COMMIT", SLEUTEL.replace("kindertelefoon", "luisterend-oor")),
    manier("dienst na vroege controle", REGEL, TARIEF, PAKKET, DIENST, SLEUTEL, METEEN, LATER, DIENST.replace("kindertelefoon", "luisterend-oor")),
    manier("besluit en pakket in een opdracht", REGEL, f"WITH b AS ({TARIEF}) {PAKKET}"),
    manier("tarief geen getal", REGEL, TARIEF, PAKKET.replace("0.5", "'NaN'"), DIENST, SLEUTEL),
    manier("gewicht geen getal", REGEL, TARIEF, PAKKET, DIENST, SLEUTEL.replace("1)", "'NaN')")),
    manier("afsluiten", RECHT, "INSERT INTO afgesloten VALUES ('/v1/tariefbesluiten/x')"),
    manier("afsluiten door een eigen tabel", RECHT, "CREATE TEMP TABLE eigen (id text)",
           "CREATE TRIGGER t AFTER INSERT ON eigen FOR EACH ROW EXECUTE FUNCTION public.sluit_afschrift()"),
    manier("heropenen", RECHT, "DELETE FROM afgesloten"),
    # Subscriptions.
    manier("aanmelding", None, AANMELDING, ABONNEMENT, VERWERKT),
    manier("aanmelding die open blijft", REGEL, AANMELDING, ABONNEMENT),
    manier("aanmelding die mislukt", REGEL, AANMELDING, ABONNEMENT, VERWERKT.replace("verwerkt", "mislukt").replace("afgerond", "probleem = '{}', afgerond")),
    manier("abonnement later", REGEL, AANMELDING, VERWERKT, "COMMIT", ABONNEMENT),
    manier("abonnement na verwerken", REGEL, AANMELDING, VERWERKT, ABONNEMENT),
    manier("ander pakket dan gevraagd", REGEL, AANMELDING, ABONNEMENT.replace("volledig", "zonder-luisterend-oor"), VERWERKT),
    manier("andere termijn dan gevraagd", REGEL, AANMELDING, ABONNEMENT.replace("2001-12-31", "2002-12-31"), VERWERKT),
    manier("abonnement zonder eind", REGEL, AANMELDING.replace("2001-12-31", "infinity"), ABONNEMENT.replace("2001-12-31", "infinity"), VERWERKT),
    manier("aanmelding op een dag buiten elke tijd", REGEL, AANMELDING.replace("2001-12-31", "infinity")),
    manier("aanmelding van voor elke tijd", REGEL, AANMELDING.replace("2001-01-01", "1999-12-31")),
    manier("twee keer op een dag", REGEL, AANMELDING, ABONNEMENT, ABONNEMENT.replace("{y}", "{z}"), VERWERKT),
    manier("aanmelding terug", REGEL, AANMELDING, ABONNEMENT, VERWERKT, "COMMIT", VERWERKT.replace("verwerkt", "aangevraagd")),
    manier("aanmelding anders", RECHT, "UPDATE collectieve_aanmelding SET pakket = 'x'"),
    manier("uitzonderingen die niets zeggen", REGEL, AANMELDING.replace("'{}'", "'null'")),
    # Numbers.
    manier("ronde", None, *GEFACTUREERD),
    manier("facturen andersom", None, RONDE, *TWEEDE, *EERSTE, NUMMERS, KLAAR),
    manier("nummers beginnen bij 2", REGEL, RONDE, NUMMERS, *TWEEDE, KLAAR),
    manier("nummer 1 en 3", REGEL, RONDE, NUMMERS, *EERSTE, factuur(3, "GM0002"), regels(3), boeking(3), KLAAR),
    manier("nummer 0", REGEL, RONDE, NUMMERS, factuur(0, "GM0001"), regels(0), boeking(0), *TWEEDE, KLAAR),
    manier("nummering loopt voor", REGEL, RONDE, NUMMERS.replace("2)", "3)"), *EERSTE, *TWEEDE, KLAAR),
    manier("nummering loopt achter", REGEL, RONDE, NUMMERS.replace("2)", "1)"), *EERSTE, *TWEEDE, KLAAR),
    manier("zonder nummering", REGEL, RONDE, *EERSTE, *TWEEDE, KLAAR),
    manier("nummering vooruit gezet", REGEL, *GEFACTUREERD, "COMMIT", "UPDATE factuurnummering SET laatste = 3 WHERE jaar = {j}"),
    manier("nummering terug gezet", REGEL, *GEFACTUREERD, "COMMIT", "UPDATE factuurnummering SET laatste = 1 WHERE jaar = {j}"),
    manier("nummering op nul", REGEL, *GEFACTUREERD, "COMMIT", "UPDATE factuurnummering SET laatste = 0 WHERE jaar = {j}"),
    manier("nummering na vroege controle", REGEL, *GEFACTUREERD, METEEN, "UPDATE factuurnummering SET laatste = 3 WHERE jaar = {j}"),
    manier("nummering van een ander jaar", RECHT, "UPDATE factuurnummering SET jaar = 2099"),
    manier("nummering wissen", RECHT, "DELETE FROM factuurnummering"),
    manier("nummering zonder facturen", REGEL, "INSERT INTO factuurnummering VALUES ({j}, 7)"),
    manier("factuur teruggedraaid", REGEL, RONDE, NUMMERS, *EERSTE, "SAVEPOINT s", *TWEEDE, "ROLLBACK TO s", KLAAR),
    # Rounds.
    manier("ronde zonder facturen", REGEL, RONDE, KLAAR),
    manier("ronde met een factuur", REGEL, RONDE, NUMMERS.replace("2)", "1)"), *EERSTE, KLAAR),
    manier("facturen in een ronde die wacht", REGEL, *WACHT, NUMMERS, *EERSTE, *TWEEDE),
    manier("ronde in delen", None, RONDE, NUMMERS.replace("2)", "1)"), *EERSTE, "COMMIT", "UPDATE factuurnummering SET laatste = 2 WHERE jaar = {j}", *TWEEDE, KLAAR),
    manier("ronde die niet begint bij het begin", REGEL, VOORVERTONING, AANVRAAG.replace("'aangevraagd'", "'goedgekeurd'")),
    manier("ronde overgeslagen", REGEL, *WACHT, KLAAR),
    manier("zonder voorstel", REGEL, VOORVERTONING, AANVRAAG, VOORGESTELD),
    manier("voorstel van een ander jaar", REGEL, *WACHT[:3], AANVRAAG.replace(VOORSTEL, "VAN").replace("{j}", "2099").replace("VAN", VOORSTEL), VOORGESTELD.replace("{j}", "2099")),
    manier("zonder besluit", REGEL, *WACHT, GOEDGEKEURD),
    manier("besluit zonder voorstel", REGEL, *WACHT[:4], BESLUITEN),
    manier("zelfde ogen", REGEL, *WACHT, BESLUITEN.replace("'fiatteur'", "'administratie'")),
    manier("zelfde contract", REGEL, *WACHT, BESLUITEN.replace("'c2'", "'c1'")),
    manier("buiten een grens", REGEL, *(stap.replace("overschrijdingen = '[]'", "overschrijdingen = '[{{\"grens\":\"totaal\"}}]'".replace("{{", "{").replace("}}", "}")) for stap in WACHT), BESLUITEN),
    manier("twee besluiten", REGEL, *WACHT, BESLUITEN, GOEDGEKEURD, BESLUITEN),
    manier("afgekeurd en toch door", REGEL, *WACHT, BESLUITEN.replace("'goedgekeurd', 'x'", "'afgewezen', 'x'").replace("naam,", "naam, reden,").replace("'x',", "'x', 'x',"), GOEDGEKEURD),
    manier("goedgekeurd en terug", REGEL, RONDE, "UPDATE facturatieronde SET status = 'aangevraagd' WHERE jaar = {j}"),
    manier("mislukt met facturen", REGEL, RONDE, NUMMERS.replace("2)", "1)"), *EERSTE, "UPDATE facturatieronde SET status = 'mislukt', probleem = '{}' WHERE jaar = {j}"),
    manier("twee goedgekeurd", REGEL, RONDE, "; ".join((*WACHT, BESLUITEN, GOEDGEKEURD)).replace("{j}", "2098")),
    manier("voorstel erbij", REGEL, *WACHT, CONCEPTEN.replace("row_number()", "10 + row_number()").replace("gemeentecode, gemeentenaam, abonnement.id", "'GM0009', gemeentenaam, abonnement.id")),
    manier("voorstel met een ander bedrag", REGEL, VOORVERTONING, CONCEPTEN.replace("1000, 12)", "1001, 12)"), BEREKEND),
    manier("voorstel voor een andere gemeente", REGEL, VOORVERTONING, CONCEPTEN.replace("gemeentecode, gemeentenaam, abonnement.id", "'GM0009', gemeentenaam, abonnement.id"), BEREKEND),
    manier("voorstel voor een ander pakket", REGEL, VOORVERTONING, CONCEPTEN.replace(f"= ('{BESLUIT}', pakket)", f"= ('{BESLUIT}', 'volledig')").replace("id, pakket,", "id, code,").replace("', pakket, 1000", "', code, 1000"), BEREKEND),
    manier("voorstel voor een deel van het jaar", REGEL, VOORVERTONING, CONCEPTEN.replace("pakket, 12,", "pakket, 11,").replace("1000, 12)", "1000, 11)"), BEREKEND),
    manier("voorstel niet de som", REGEL, VOORVERTONING, CONCEPTEN, BEREKEND.replace("sum(bedrag_cent)", "sum(bedrag_cent) + 1")),
    manier("voorstel wijzigen", REGEL, *WACHT, "UPDATE voorvertoning SET overschrijdingen = '[]' WHERE jaar = {j}"),
    manier("voorstel dat klaar begint", REGEL, VOORVERTONING.replace("'aangevraagd'", "'mislukt'")),
    manier("datum later anders", REGEL, *WACHT[:4], "UPDATE facturatieronde SET factuurdatum = '{j}-02-01' WHERE jaar = {j}"),
    manier("moment terug", REGEL, VOORVERTONING, AANVRAAG.replace(VOORSTEL, "NULL"), "UPDATE facturatieronde SET aangevraagd_op = aangevraagd_op - interval '1 day' WHERE jaar = {j}"),
    manier("eigen inwoners", REGEL, RONDE, NUMMERS, factuur(1, inwoners="2000", bedrag_cent="180000"), regels(1), boeking(1), *TWEEDE, KLAAR),
    manier("verrekening uit het niets", REGEL, *GEFACTUREERD, "INSERT INTO verrekening VALUES ('{j}-000002', '{j}-000001', 1, 1000, 1001, 90, true)"),
    manier("verrekening later", REGEL, *GEFACTUREERD, "COMMIT", "INSERT INTO verrekening VALUES ('{j}-000002', '{j}-000001', 1, 1000, 1001, 0, true)"),
    manier("factuur na de ronde", REGEL, RONDE, NUMMERS, *EERSTE, *TWEEDE, KLAAR, "COMMIT", *DERDE),
    manier("factuur na vroege controle", REGEL, *GEFACTUREERD, METEEN, *DERDE),
    manier("ronde weer open", REGEL, *GEFACTUREERD, "UPDATE facturatieronde SET status = 'aangevraagd', gefactureerd_op = NULL WHERE jaar = {j}"),
    manier("ronde op een dag buiten elke tijd", REGEL, RONDE.replace("{j}-01-15", "infinity")),
    manier("ronde later naar een dag buiten elke tijd", REGEL, AANVRAAG.replace(VOORSTEL, "NULL"), "COMMIT", "UPDATE facturatieronde SET factuurdatum = 'infinity' WHERE jaar = {j}"),
    manier("ronde naar een ander jaar", RECHT, RONDE, "UPDATE facturatieronde SET jaar = 2099 WHERE jaar = {j}"),
    manier("factuur terwijl een ander klaar is", REGEL, RONDE, "COMMIT", NUMMERS, *EERSTE, *TWEEDE, KLAAR, "B wacht: " + factuur(3, "GM0001"), "COMMIT", "B: SELECT 1"),
    manier("twee rondes tegelijk", REGEL, RONDE, "COMMIT", NUMMERS, *EERSTE, *TWEEDE, "B wacht: " + NUMMERS, KLAAR, "COMMIT", "B: SELECT 1"),
    # Invoices.
    manier("factuur zonder regels", REGEL, *(stap for stap in GEFACTUREERD if stap != regels(2))),
    manier("factuur zonder boeking", REGEL, *(stap for stap in GEFACTUREERD if stap != boeking(2))),
    manier("regels een cent te veel", REGEL, *(stap.replace("ELSE 100", "ELSE 101") for stap in GEFACTUREERD)),
    manier("een dienst te weinig", REGEL, *(stap + " AND dienst <> 'kindertelefoon'" if stap == regels(2) else stap for stap in GEFACTUREERD)),
    manier("regel van nul later", REGEL, *GEFACTUREERD, "COMMIT", REGEL_ERBIJ),
    manier("regel van nul na vroege controle", REGEL, *GEFACTUREERD, METEEN, LATER, REGEL_ERBIJ),
    manier("regel van een dienst buiten het pakket", REGEL, RONDE, NUMMERS, *EERSTE, *TWEEDE, REGEL_ERBIJ, KLAAR),
    manier("dienst en regel samen erbij", REGEL, f"INSERT INTO pakketdienst VALUES ('{BESLUIT}', 'zonder-luisterend-oor', 'luisterend-oor')", REGEL_ERBIJ),
    manier("factuur en regel in een opdracht", REGEL, RONDE, NUMMERS, *TWEEDE, f"WITH f AS ({factuur(1)}) INSERT INTO factuurregel VALUES ('{{j}}-000001', 'kindertelefoon', 100)"),
    manier("bedrag niet tarief maal inwoners", REGEL, RONDE, NUMMERS, factuur(1, bedrag_cent="90001"), regels(1), boeking(1), *TWEEDE, KLAAR),
    manier("eigen tarief", REGEL, RONDE, NUMMERS, factuur(1, tarief_per_inwoner="1", bedrag_cent="100000"), regels(1), boeking(1), *TWEEDE, KLAAR),
    manier("tarief geen getal op de factuur", REGEL, RONDE, NUMMERS, factuur(1, tarief_per_inwoner="'NaN'"), regels(1), boeking(1), *TWEEDE, KLAAR),
    manier("ander pakket", REGEL, RONDE, NUMMERS, factuur(2, pakket="'volledig'", tarief_per_inwoner="0.9", bedrag_cent="90000"), regels(2), boeking(2), *EERSTE, KLAAR),
    manier("andere gemeente", REGEL, RONDE, NUMMERS, factuur(1, gemeentecode="'GM0009'"), regels(1), boeking(1), *TWEEDE, KLAAR),
    manier("andere peildatum", REGEL, RONDE, NUMMERS, factuur(1, peildatum="'2017-01-01'::date"), regels(1), boeking(1), *TWEEDE, KLAAR),
    manier("nummer van een ander jaar", REGEL, RONDE, NUMMERS, factuur(1, heet="'2018-000009'")),
    manier("factuur wijzigen", RECHT, "UPDATE factuur SET bedrag_cent = 1"),
    manier("factuur wissen", RECHT, "DELETE FROM factuur"),
    # Receipts.
    manier("ontvangst", None, *BETAALD),
    manier("ontvangst van niemand", None, *GEFACTUREERD, AFSCHRIFT, *ontvangst(100, factuur="NULL")),
    *(
        manier(f"boeking van de factuur naar {naar}", REGEL, *(stap.replace(fonds, naar) if stap == boeking(2) else stap for stap in GEFACTUREERD))
        for fonds, naar in (("'fonds'", "'catalogus'"), ("'/v1/boekingen'", "'/v1/elders'"))
    ),
    manier("ontvangst zonder boeking", REGEL, *GEFACTUREERD, AFSCHRIFT, betaling(100), toewijzing(100)),
    manier("ontvangst later", REGEL, *BETAALD, *ontvangst(1, id="{z}", factuur="NULL", nummer=2)),
    manier("ontvangst na vroege controle", REGEL, *GEFACTUREERD, *GOED, METEEN, *ontvangst(1, id="{z}", factuur="NULL", nummer=2)),
    manier("ontvangst en afschrift in een opdracht", REGEL, f"WITH a AS ({AFSCHRIFT}) {betaling(100, factuur='NULL')}"),
    manier("ontvangst op een andere rekening", REGEL, AFSCHRIFT, *ontvangst(1, factuur="NULL", iban="NL44RABO0123456789")),
    manier("niet toegewezen en factuur open", REGEL, *GEFACTUREERD, AFSCHRIFT, *ontvangst(100, op="2900")),
    manier("half toegewezen en factuur open", REGEL, *GEFACTUREERD, AFSCHRIFT, *ontvangst(100), toewijzing(50)),
    manier("meer toegewezen dan ontvangen", REGEL, *GEFACTUREERD, AFSCHRIFT, *ontvangst(50), toewijzing(51)),
    manier("regel meer dan betaald", REGEL, *GEFACTUREERD, AFSCHRIFT, *ontvangst(101), toewijzing(101)),
    manier("toewijzing aan een andere factuur", REGEL, *GEFACTUREERD, AFSCHRIFT, *ontvangst(100), toewijzing(100, nummer=2)),
    manier("toewijzing later", REGEL, *GEFACTUREERD, AFSCHRIFT, *ontvangst(100, factuur="NULL"), "COMMIT", toewijzing(100)),
    manier("toewijzing na vroege controle", REGEL, *GEFACTUREERD, *GOED, METEEN, toewijzing(1, "beheer-en-betaling")),
    manier("regel tegelijk twee keer betaald", REGEL, *GEFACTUREERD, "COMMIT", *GOED, METEEN,
           "B: " + AFSCHRIFT.replace("{x}", "{z}"), *("B: " + stap for stap in ontvangst(100, id="{v}", afschrift="{z}")),
           "B wacht: " + toewijzing(100, id="{v}"), "COMMIT", "B: SELECT 1"),
    manier("regel tegelijk twee keer betaald, oude blik", REGEL, *GEFACTUREERD, "COMMIT", "B: SET TRANSACTION ISOLATION LEVEL REPEATABLE READ",
           "B: SELECT 1", *GOED, "COMMIT", "B: " + AFSCHRIFT.replace("{x}", "{z}"), *("B: " + stap for stap in ontvangst(100, id="{v}", afschrift="{z}")),
           "B: " + toewijzing(100, id="{v}")),
    manier("tijdelijke tabel factuurregel", REGEL, "CREATE TEMP TABLE factuurregel AS SELECT 'x' AS factuur, 'x' AS dienst, 999999 AS bedrag_cent",
           *(stap.replace("INTO factuurregel", "INTO public.factuurregel") for stap in GEFACTUREERD), AFSCHRIFT, *ontvangst(101), toewijzing(101)),
    manier("volgnummer van een afschrift kiezen", RECHT, AFSCHRIFT.replace("(id,", "(volgnummer, id,").replace("VALUES (", "OVERRIDING SYSTEM VALUE VALUES (1, ")),
    manier("afschrift wijzigen", RECHT, "UPDATE bankafschrift SET eindsaldo_cent = 0"),
    manier("boekdatum buiten elke tijd", REGEL, AFSCHRIFT, *(stap.replace("2018-03-01", "infinity") for stap in ontvangst(1, factuur="NULL"))),
    # Distributions.
    manier("verdeling", None, *BETAALD, *VERDEELD),
    manier("verdeling van twee diensten", None, *TWEE_DIENSTEN, *verdeling(200, kindertelefoon=100, beheer_en_betaling=100), verdelingsregel(100), verdeeld(),
           verdelingsregel(100, "beheer-en-betaling", "administratiebureau"), verdeeld("beheer-en-betaling")),
    manier("boeking van de ontvangst naar een andere bron", REGEL, *GEFACTUREERD, AFSCHRIFT, *(stap.replace("'fonds'", "'x'") for stap in ontvangst(100)), toewijzing(100)),
    manier("boeking van de verdeling naar een andere bron", REGEL, *BETAALD, *(stap.replace("'fonds'", "'x'") for stap in VERDEELD)),
    manier("verdeling zonder boeking", REGEL, *BETAALD, *verdeling(100)[:-1], verdelingsregel(100), verdeeld()),
    manier("boeking van de verdeling voor een ander bedrag", REGEL, *BETAALD, *verdeling(100)[:-1],
           verdeling(100)[-1].replace("100", "90"), verdelingsregel(100), verdeeld()),
    manier("verdeling zonder voorstel", REGEL, *BETAALD, *VERDEELD[2:]),
    manier("verdeling zonder besluit", REGEL, *BETAALD, VERDEELD[0], *VERDEELD[2:]),
    manier("verdeling door dezelfde ogen", REGEL, *BETAALD, *verdeling(100, fiatteur="administratie"), *VERDEELD[4:]),
    manier("verdeling onder hetzelfde contract", REGEL, *BETAALD, VERDEELD[0], VERDEELD[1].replace("twee", "een"), *VERDEELD[2:]),
    manier("afgewezen en toch verdeeld", REGEL, *BETAALD, *verdeling(100, uitkomst="afgewezen"), *VERDEELD[4:]),
    manier("vastgesteld en niet verdeeld", REGEL, *BETAALD, *VERDEELD[:2]),
    manier("ander bedrag dan voorgesteld", REGEL, *BETAALD, verdeling(99)[0], *VERDEELD[1:]),
    manier("andere dag dan voorgesteld", REGEL, *BETAALD, verdeling(100, tot="2018-12-30")[0], *VERDEELD[1:]),
    manier("verdeling op een dag ver vooruit", REGEL, *BETAALD, *verdeling(100, tot="2091-12-31"), *VERDEELD[4:]),
    manier("voorstel wijzigen", RECHT, "UPDATE verdelingsvoorstel SET bedrag_cent = 1"),
    manier("besluit wijzigen", RECHT, "UPDATE verdelingsbesluit SET uitkomst = 'afgewezen', reden = 'x'"),
    manier("verdeling van niets", REGEL, *BETAALD, *verdeling(100)),
    manier("verdeling zonder wat zij verdeelt", REGEL, *BETAALD, *verdeling(100), verdelingsregel(100)),
    manier("verdeling zonder regel", REGEL, *BETAALD, *verdeling(100), verdeeld()),
    manier("regel minder dan verdeeld", REGEL, *BETAALD, *verdeling(99), verdelingsregel(99), verdeeld()),
    manier("totaal meer dan de regels", REGEL, *BETAALD, *verdeling(101), verdelingsregel(100), verdeeld()),
    manier("deel zonder regel", REGEL, *TWEE_DIENSTEN, *VERDEELD, verdeeld("beheer-en-betaling")),
    manier("deel van een andere dienst", REGEL, *TWEE_DIENSTEN, *verdeling(100), verdelingsregel(100), verdeeld("beheer-en-betaling")),
    manier("andere aanbieder", REGEL, *BETAALD, *verdeling(100), verdelingsregel(100, aanbieder="administratiebureau"), verdeeld()),
    manier("ontvangen na de dag", REGEL, *BETAALD, *verdeling(100, tot="2018-02-28"), verdelingsregel(100), verdeeld()),
    manier("deel later", REGEL, *TWEE_DIENSTEN, *VERDEELD, "COMMIT", verdeeld("beheer-en-betaling")),
    manier("regel later", REGEL, *BETAALD, *VERDEELD, "COMMIT", verdelingsregel(1, "luisterend-oor", "stichting-sensoor")),
    manier("deel na vroege controle", REGEL, *TWEE_DIENSTEN, *VERDEELD, METEEN, verdeeld("beheer-en-betaling")),
    manier("twee keer verdeeld", REGEL, *BETAALD, *VERDEELD, "COMMIT", *(stap.replace("{z}", "{v}") for stap in VERDEELD)),
    manier("tegelijk twee keer verdeeld", REGEL, *BETAALD, *VERDEELD, *("B: " + stap.replace("{z}", "{v}") for stap in VERDEELD[:-1]),
           "B wacht: " + VERDEELD[-1].replace("{z}", "{v}"), "COMMIT", "B: SELECT 1"),
    manier("verdeling wijzigen", RECHT, "UPDATE verdeling SET bedrag_cent = 1"),
]  # fmt: skip


def meld_aan(database: ServiceDatabase) -> None:
    """The two gemeenten with a subscription and a decision, for every year of this test."""
    with psycopg.connect(database.owner_url) as eigenaar:  # one decision for all years, where ten is the most
        eigenaar.execute("ALTER TABLE tariefbesluit DROP CONSTRAINT IF EXISTS tariefbesluit_jaren_check")
    with psycopg.connect(database.url) as rol:
        rol.execute(f"INSERT INTO tariefbesluit VALUES ('{BESLUIT}', '2001-01-01', 'x', 'x', 'x', 2001, 2001, 2100)".encode())
        for tabel in ("pakket", "pakketdienst", "verdeelsleutel"):
            kolommen = {"pakket": "code, naam, tarief_per_inwoner", "pakketdienst": "pakket, dienst"}.get(
                tabel, "dienst, gewicht"
            )
            rol.execute(
                f"INSERT INTO {tabel} SELECT '{BESLUIT}', {kolommen} FROM {tabel} WHERE tariefbesluit = 'balv-2016-11-30'".encode()
            )
        rol.execute(
            "INSERT INTO collectieve_aanmelding VALUES (gen_random_uuid(), 'x', '2002-01-01', '2100-12-31', 'volledig', "
            "'{\"GM0002\": \"zonder-luisterend-oor\"}', 'aangevraagd', NULL, now())"
        )
        rol.execute(
            "INSERT INTO abonnement SELECT gen_random_uuid(), code, 'x', pak, '2002-01-01', '2100-12-31', a.id FROM "
            "collectieve_aanmelding a, (VALUES ('GM0001', 'volledig'), ('GM0002', 'zonder-luisterend-oor')) AS wie (code, pak)"
        )
        rol.execute("UPDATE collectieve_aanmelding SET status = 'verwerkt', afgerond_op = now()")


@pytest.fixture(scope="module")
def gedeeld(templates, server) -> Iterator[ServiceDatabase]:
    """One database for all ways, in which the role may make temporary tables: more than it may have elsewhere."""
    made = templates.copy("abonnement", prepare)
    with psycopg.connect(server.url, autocommit=True) as admin:
        admin.execute(f"GRANT TEMP ON DATABASE {made.name} TO abonnement_api".encode())
    meld_aan(made)
    yield made
    templates.drop(made)


@pytest.fixture(scope="module")
def gevuld(gedeeld) -> ServiceDatabase:
    """A round, a receipt and a distribution in it."""
    doe(gedeeld.url, manier("gevuld", None, *BETAALD, *VERDEELD), {"j": 2002})
    return gedeeld


JAREN, GEMEENTEN = itertools.count(2003), itertools.count(100)
VRIJ = "2097"
"""A year for every way of which nothing stays; 2098 and 2099 are in ways themselves, and 2100 is the last."""


def jaar_voor(wijze: Manier, jaren: Iterator[int]) -> str:
    """A year without a round."""
    blijft = wijze.weigert is None or "COMMIT" in wijze.stappen
    jaar = str(next(jaren)) if blijft and any("{j}" in stap for stap in wijze.stappen) else VRIJ
    assert jaar <= VRIJ
    return jaar


@pytest.mark.parametrize("wijze", parameters(MANIEREN))
def test_administratie_klopt_hoe_er_ook_wordt_geschreven(gedeeld, wijze: Manier):
    doe(gedeeld.url, wijze, {"g": f"GM{next(GEMEENTEN):04d}", "j": jaar_voor(wijze, JAREN)})
    assert schendingen(gedeeld.url) == {}


@pytest.mark.parametrize(
    ("sabotage", "invariant"),
    [
        ("UPDATE factuurnummering SET laatste = laatste + 1", "A2"),
        ("DELETE FROM factuur WHERE volgnummer = 1", "A2"),
        ("DELETE FROM factuur WHERE volgnummer = 2", "A2"),
        ("INSERT INTO factuurnummering VALUES (1999, 1)", "A2"),
        ("DELETE FROM factuur WHERE volgnummer = 2", "A1 a round"),
        ("UPDATE facturatieronde SET status = 'aangevraagd', gefactureerd_op = NULL", "A1 a round"),
        ("UPDATE factuur SET gemeentecode = 'GM0009' WHERE volgnummer = 1", "A1 a gemeente"),
        ("UPDATE factuurregel SET bedrag_cent = bedrag_cent + 1", "A4 an invoice is the sum"),
        ("DELETE FROM factuurregel", "A4 an invoice is the sum"),
        (
            "INSERT INTO factuurregel SELECT nummer, 'luisterend-oor', 0 FROM factuur WHERE volgnummer = 2",
            "A4 an invoice is the sum",
        ),
        ("UPDATE pakket SET tarief_per_inwoner = 1", "A4 an invoice is tarief"),
        ("UPDATE betalingstoewijzing SET bedrag_cent = 999999999", "A5 nothing"),
        ("DELETE FROM betalingstoewijzing", "A5 a fully"),
        ("UPDATE verdelingsregel SET bedrag_cent = bedrag_cent + 1", "A6 received"),
        ("UPDATE verdelingsregel SET bedrag_cent = bedrag_cent + 1", "A6 a distribution"),
        ("UPDATE verdeling SET bedrag_cent = bedrag_cent + 1", "A6 a distribution"),
        ("DELETE FROM verdelingsregel", "A6 a distribution"),
        ("DELETE FROM outbox", "A8"),
        ("DELETE FROM afgesloten", "A9"),
    ],
)
def test_invarianten_zien_een_administratie_die_niet_klopt(gevuld, server, sabotage: str, invariant: str):
    """The queries themselves: a superuser with the triggers off breaks what they guard."""
    with psycopg.connect(server.database_url(gevuld.name)) as breker:
        breker.execute("SET session_replication_role = replica")
        breker.execute(sabotage.encode())
        gezien = [naam for naam, query in QUERIES.items() if breker.execute(query.encode()).fetchone()]
        breker.rollback()
    assert any(naam.startswith(invariant) for naam in gezien), gezien


@pytest.fixture
def vorige(server, passwords) -> Iterator[ServiceDatabase]:
    """A database of the release before these guards, with a round, a receipt and a distribution."""
    made = create_service_database(server.url, "abonnement", name="abonnement_vorige", passwords=passwords)
    migrate(service, made.owner_url, "0003")
    meld_aan(made)
    doe(made.url, manier("goed", None, *(OUDE_RONDE if stap == RONDE else stap for stap in BETAALD), *VERDEELD[2:]), {"j": 2018})
    yield made
    drop_database(server.url, made.name)


def test_database_die_klopt_krijgt_de_grendels(vorige):
    migrate(service, vorige.owner_url)
    assert schendingen(vorige.url) == {}
    with psycopg.connect(vorige.url) as rol, pytest.raises(REGEL):
        rol.execute("INSERT INTO verdelingsregel SELECT id, 'luisterend-oor', 'stichting-sensoor', 1 FROM verdeling")


def test_wat_op_een_onmogelijke_dag_was_gevraagd_kan_mislukken_en_niet_lukken(vorige):
    """The release before took any day. What it left under way is not kept from failing, nor done."""
    with psycopg.connect(vorige.url) as rol:
        rol.execute(AANMELDING.replace("2001-12-31", "2101-01-01").replace("{x}", str(uuid.UUID(int=1))).encode())
        rol.execute(OUDE_RONDE.replace("{j}-01-15", "0218-01-15").replace("{j}", "2019").encode())
    migrate(service, vorige.owner_url)
    with psycopg.connect(vorige.url, autocommit=True) as rol:
        for tabel, gedaan, waar in (
            ("collectieve_aanmelding", "status = 'verwerkt', afgerond_op = now()", "einddatum = '2101-01-01'"),
            ("facturatieronde", "status = 'gefactureerd', gefactureerd_op = now()", "jaar = 2019"),
        ):
            with pytest.raises(REGEL):
                rol.execute(f"UPDATE {tabel} SET {gedaan} WHERE {waar}".encode())
            for stand in ("status = 'mislukt', probleem = '{}'", "status = 'aangevraagd', probleem = NULL"):
                assert rol.execute(f"UPDATE {tabel} SET {stand} WHERE {waar}".encode()).rowcount == 1


@pytest.mark.parametrize(
    ("kwaad", "bezwaar"),
    [
        ("UPDATE factuurnummering SET laatste = 3", "factuurnummers van 2018"),
        ("DELETE FROM factuurnummering", "factuurnummers van 2018"),
        ("DELETE FROM factuur WHERE volgnummer = 1", "factuurnummers van 2018"),
        ("INSERT INTO factuurregel VALUES ('2018-000002', 'luisterend-oor', 0)", "de regels van factuur 2018-000002"),
        ("UPDATE factuur SET inwoners = 1001 WHERE volgnummer = 2", "het bedrag van factuur 2018-000002"),
        ("UPDATE betalingstoewijzing SET bedrag_cent = 101", "factuur 2018-000001 is meer betaald"),
        ("UPDATE betaling SET bedrag_cent = 99", "is meer toegewezen"),
        ("UPDATE verdeling SET bedrag_cent = 101", "is niet de som van haar regels"),
        ("DELETE FROM verdeelde_toewijzing", "is niet de som van wat zij verdeelt"),
    ],
)
def test_database_die_niet_klopt_wordt_niet_gemigreerd(vorige, server, kwaad: str, bezwaar: str):
    doe(server.database_url(vorige.name), manier("kwaad", None, "SET session_replication_role = replica", kwaad), {})
    with pytest.raises(DBAPIError, match=bezwaar):
        migrate(service, vorige.owner_url)
