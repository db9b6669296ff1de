"""What fonds must book: seen, sent again, and never booked twice."""

from __future__ import annotations

import copy
import uuid
from datetime import timedelta

import psycopg
import pytest
from abonnement_api.app import service
from abonnement_api.boekingsopdracht.rules import verschillen
from gemeengoed_kit import outbox
from gemeengoed_kit.operation.state import State
from gemeengoed_kit.process import migrate
from gemeengoed_kit.testing import make_test_context
from gemeengoed_lokaal.databases import create_service_database, drop_database
from psycopg.types.json import Jsonb

from tests.abonnement.wereld import post

pytestmark = pytest.mark.usefixtures("klein")
GEWEIGERD = "/v1/boekingsopdrachten?status=geweigerd"
BOEKING = {
    "fonds": "derdengelden",
    "boekdatum": "2018-02-15",
    "omschrijving": "Ontvangst, nog te koppelen",
    "bron": {"bron": "abonnement", "pad": "/v1/betalingen/1"},
    "regels": [{"rekening": "1100", "bedragCent": 1000}, {"rekening": "2900", "bedragCent": -1000}],
}


@pytest.fixture
def geweigerd(wereld) -> dict:
    """A receipt whose entry fonds has refused."""
    wereld.outway.storing["fonds"] = 409
    wereld.lees_in([post(1000)])
    wereld.jobs()
    del wereld.outway.storing["fonds"]
    (opdracht,) = wereld.get(GEWEIGERD)["results"]
    return opdracht


def test_geweigerde_opdracht_toont_wat_er_mis_is(wereld, geweigerd):
    betaling = wereld.get("/v1/betalingen")["results"][0]
    afschrift = wereld.get("/v1/bankafschriften")["results"][0]
    assert geweigerd == {
        "id": geweigerd["id"],
        "onderwerp": f"/v1/betalingen/{betaling['id']}",
        "hoortBij": f"/v1/bankafschriften/{afschrift['id']}",
        "status": "geweigerd",
        "fout": "fonds/v1/boekingen: 409: storing",
        "pogingen": 1,
        "boeking": None,
        "ontstaanOp": "2018-01-15T09:00:00.000Z",
        "geweigerdOp": "2018-01-15T09:00:00.000Z",
        "geboektOp": None,
        "volgendePogingOp": "2018-01-16T09:00:00.000Z",
    }
    assert afschrift["aantalGeweigerdeBoekingen"] == 1
    assert wereld.get(f"/v1/boekingsopdrachten/{geweigerd['id']}") == geweigerd


def test_opnieuw_stuurt_haar_meteen(wereld, geweigerd):
    pad = f"/v1/boekingsopdrachten/{geweigerd['id']}"
    antwoord = wereld.post(f"{pad}/opnieuw", None, status=202).json()
    assert (antwoord["status"], antwoord["geweigerdOp"], antwoord["volgendePogingOp"]) == (
        "wachtend",
        None,
        "2018-01-15T09:00:00.000Z",
    )
    assert wereld.get(GEWEIGERD)["count"] == 0 and wereld.get("/v1/boekingsopdrachten?status=wachtend")["count"] == 1
    wereld.jobs()
    geboekt = wereld.get(pad)
    assert geboekt["status"] == "geboekt" and geboekt["fout"] is None and geboekt["volgendePogingOp"] is None
    assert geboekt["boeking"] == {"bron": "fonds", "pad": wereld.outway.paden[geboekt["onderwerp"]]}
    (afschrift,) = wereld.get("/v1/bankafschriften")["results"]
    assert (afschrift["status"], afschrift["aantalGeweigerdeBoekingen"]) == ("geboekt", 0)


def test_opnieuw_kan_worden_herhaald_en_staat_eenmaal_in_het_auditspoor(wereld, geweigerd, database):
    pad = f"/v1/boekingsopdrachten/{geweigerd['id']}/opnieuw"
    wereld.post(pad, None, status=202)
    assert wereld.post(pad, None, status=200).json()["status"] == "wachtend"
    wereld.jobs()
    assert wereld.post(pad, None, status=200).json()["status"] == "geboekt"
    wereld.jobs()
    assert len(wereld.outway.boekingen) == 1
    with psycopg.connect(database.url) as verbinding:
        rijen = verbinding.execute(
            "SELECT onderwerp, peer_id IS NOT NULL, wijziging ->> 'fout' FROM audit WHERE handeling = 'boekingsopdracht.opnieuw'"
        ).fetchall()
    assert rijen == [(pad.removesuffix("/opnieuw"), True, "fonds/v1/boekingen: 409: storing")]


def test_wat_is_geboekt_telt_niet_als_geweigerd_ook_al_weigerde_fonds_het_eerder(wereld, geweigerd, database):
    """A worker of the release before delivers it, and leaves the refusal of one before it."""
    with psycopg.connect(database.url) as verbinding:
        verbinding.execute("UPDATE outbox SET verzonden_op = now(), antwoord_pad = '/v1/boekingen/1'")
    pad = f"/v1/boekingsopdrachten/{geweigerd['id']}"
    assert wereld.get(pad)["status"] == "geboekt" and wereld.get(GEWEIGERD)["count"] == 0
    assert wereld.get("/v1/boekingsopdrachten?status=geboekt")["count"] == 1
    (afschrift,) = wereld.get("/v1/bankafschriften")["results"]
    assert (afschrift["status"], afschrift["aantalGeweigerdeBoekingen"]) == ("geboekt", 0)
    assert wereld.post(f"{pad}/opnieuw", None, status=200).json() == wereld.get(pad)
    (gemeten,) = [
        waarde
        for naam, _, waarde in State(database.url, name="t", silence=timedelta(minutes=1)).values()
        if naam == "service_outbox_refused"
    ]
    assert gemeten == 0


def test_opnieuw_geweigerd_blijft_geweigerd(wereld, geweigerd):
    wereld.outway.storing["fonds"] = 400
    wereld.post(f"/v1/boekingsopdrachten/{geweigerd['id']}/opnieuw", None, status=202)
    wereld.jobs()
    (opdracht,) = wereld.get(GEWEIGERD)["results"]
    assert (opdracht["id"], opdracht["pogingen"]) == (geweigerd["id"], 2) and "400" in opdracht["fout"]


def test_onbekende_opdracht(wereld):
    for methode in ("get", "post"):
        pad = f"/v1/boekingsopdrachten/{uuid.uuid4()}" + ("/opnieuw" if methode == "post" else "")
        antwoord = wereld.client.request(methode, pad, headers=wereld.administratie())
        assert antwoord.status_code == 404 and antwoord.json()["type"].endswith("/boekingsopdracht-niet-gevonden")


def test_alleen_de_administratie_ziet_en_stuurt(wereld, geweigerd, issuer):
    eigen = f"/v1/boekingsopdrachten/{geweigerd['id']}"
    anderen = [
        (None, 401),
        (issuer.headers("00000099000000000009"), 403),
        (wereld.gemeente("GM0344"), 403),
        (issuer.headers("00000099000000000001", "fondsbeheerder"), 403),
        (wereld.administratie(), 200),
    ]
    for kop, status in anderen:
        for methode, pad in (("GET", "/v1/boekingsopdrachten"), ("GET", eigen), ("POST", f"{eigen}/opnieuw")):
            verwacht = 202 if (methode, status) == ("POST", 200) else status
            assert wereld.client.request(methode, pad, headers=kop).status_code == verwacht, (methode, pad, kop)


def voorgeboekt(wereld, **anders: object) -> tuple[str, str]:
    """A receipt of which fonds has an entry already, under a key that is not ours; (its path here, path of the entry)."""
    wereld.lees_in([post(1000)])
    bericht = enige(wereld)
    return bericht.onderwerp, wereld.outway.geboekt({**copy.deepcopy(bericht.inhoud), **anders})


def enige(wereld) -> outbox.OutboxMessage:
    with wereld.context.sessions() as session:
        (bericht,) = session.query(outbox.OutboxMessage)
    return bericht


def test_wat_fonds_al_heeft_en_gelijk_is_telt_als_geboekt(wereld):
    onderwerp, boeking = voorgeboekt(wereld)
    wereld.jobs()
    assert wereld.get(onderwerp)["boeking"] == {"bron": "fonds", "pad": boeking}
    assert wereld.get(GEWEIGERD)["count"] == 0 and wereld.get("/v1/bankafschriften")["results"][0]["status"] == "geboekt"


def test_wat_fonds_anders_heeft_is_geweigerd_met_wat_verschilt(wereld):
    onderwerp, boeking = voorgeboekt(wereld, boekdatum="2018-02-16")
    wereld.jobs()
    (opdracht,) = wereld.get(GEWEIGERD)["results"]
    assert f"{boeking} is anders: boekdatum is '2018-02-16', niet '2018-02-15'" in opdracht["fout"]
    assert wereld.get(onderwerp)["boeking"] is None


@pytest.mark.parametrize("anders", [{}, {"omschrijving": "Iets anders"}])
def test_sleutel_die_de_vorige_uitgave_met_andere_bytes_gebruikte(wereld, anders):
    """The entry was made, by a request that this release writes in other bytes: it counts, when it is the same entry."""
    onderwerp, boeking = voorgeboekt(wereld, **anders)
    wereld.outway.vreemde_sleutels.add(str(enige(wereld).id))
    wereld.jobs()
    if anders:
        (opdracht,) = wereld.get(GEWEIGERD)["results"]
        assert f"{boeking} is anders: omschrijving is 'Iets anders'" in opdracht["fout"]
    else:
        assert wereld.get(onderwerp)["boeking"] == {"bron": "fonds", "pad": boeking}


def test_sleutel_die_hergebruikt_is_zonder_boeking_is_geweigerd(wereld):
    wereld.lees_in([post(1000)])
    wereld.outway.vreemde_sleutels.add(str(enige(wereld).id))
    wereld.jobs()
    assert wereld.get(GEWEIGERD)["count"] == 1 and not wereld.outway.boekingen


def test_verschillen_noemen_alles_en_niet_de_volgorde_van_regels():
    assert verschillen(BOEKING, {**BOEKING, "regels": BOEKING["regels"][::-1]}) == []
    ander = {
        "fonds": "ggu",
        "boekdatum": "2018-02-16",
        "omschrijving": "x",
        "bron": {"bron": "abonnement", "pad": "/v1/betalingen/2"},
        "regels": [{"rekening": "1100", "bedragCent": 999}, {"rekening": "2900", "bedragCent": -999}],
    }
    assert [tekst.split()[0] for tekst in verschillen(BOEKING, ander)] == [*ander]
    for veld, waarde in ander.items():
        assert len(verschillen(BOEKING, {**BOEKING, veld: waarde})) == 1


def test_taak_van_de_vorige_uitgave_eindigt_zonder_gevolg(context, database):
    with context.sessions.begin() as session:
        context.jobs.defer(session, outbox.OLD_TASK, lock=outbox.OLD_TASK)
    context.jobs.run_waiting(context)
    with psycopg.connect(database.url) as verbinding:
        assert verbinding.execute("SELECT count(*) FROM procrastinate_jobs").fetchone() == (0,)


OUD = (
    "INSERT INTO outbox (id, bron, pad, inhoud, onderwerp, groep, ontstaan_op, pogingen, volgende_poging_op, onderweg, "
    "geweigerd_op) VALUES (gen_random_uuid(), 'fonds', '/v1/boekingen', %s, %s, 'g', '2018-01-15', 0, '2018-01-15', %s, %s)"
)


def test_berichten_van_de_vorige_uitgave_komen_aan(server, passwords, settings, outway, clock):
    """One that it had under way, one that fonds had refused, and one that it still writes after the migration."""
    oud = create_service_database(server.url, "abonnement", name="abonnement_overgang", passwords=passwords)
    migrate(service, oud.owner_url, "0003")

    def schrijf(pad: str, onderweg: bool, geweigerd: str | None = None) -> None:
        with psycopg.connect(oud.url) as verbinding:
            inhoud = Jsonb({**BOEKING, "bron": {"bron": "abonnement", "pad": pad}})
            verbinding.execute(OUD, [inhoud, pad, onderweg, geweigerd])

    schrijf("/v1/proeven/1", True)
    schrijf("/v1/proeven/2", False, "2018-01-15")
    migrate(service, oud.owner_url)
    schrijf("/v1/proeven/3", False)
    context, _ = make_test_context(service, settings.model_copy(update={"database_url": oud.url}), clock)
    context.jobs.run_waiting(context)
    assert sorted(outway.boekingen) == [f"/v1/proeven/{n}" for n in (1, 2, 3)]
    with context.sessions() as session:
        assert outbox.progress(session, ["g"]) == {"g": (3, 3, 0)}
    context.engine.dispose()
    drop_database(server.url, oud.name)
