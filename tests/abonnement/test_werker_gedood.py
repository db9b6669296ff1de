"""A round whose worker falls at any point: the real process, killed and started again, and every statement in turn."""

from __future__ import annotations

import itertools
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import psycopg
from abonnement_api.facturatieronde import service as rondes
from sqlalchemy import event

from tests.abonnement.outway import ALIASES
from tests.abonnement.wereld import KLEIN
from tests.invariants.abonnement import schendingen


def start_werker(settings, log) -> subprocess.Popen[bytes]:
    omgeving = {
        **os.environ,
        "ABONNEMENT_DATABASE_URL": settings.database_url,
        "ABONNEMENT_PEER_ID": settings.peer_id,
        "ABONNEMENT_JWKS_URL": settings.jwks_url,
        "ABONNEMENT_OUTWAY_URL": settings.outway_url,
        "ABONNEMENT_ALIASES": json.dumps(ALIASES),
        "ABONNEMENT_REKENING_IBAN": settings.rekening_iban,
        "ABONNEMENT_HEARTBEAT_SECONDS": "0.3",
    }
    return subprocess.Popen([sys.executable, "-m", "abonnement_api", "work"], env=omgeving, stdout=log, stderr=log)


def wacht_tot(klopt: Callable[[], bool], seconden: float = 60, stap: float = 0.05) -> None:
    einde = time.monotonic() + seconden
    while not klopt():
        assert time.monotonic() < einde, "it did not happen in time"
        time.sleep(stap)


GEMEENTEN = 350
"""Four transactions of invoices, and then the one that finishes the round."""


def test_ronde_waarvan_de_werker_telkens_wordt_gedood_komt_compleet_aan(wereld, settings, klein, tmp_path, record_property):
    """Killed while it asks, just after each commit (of the proposal, and of each hundred invoices), and while it books."""
    seed = int(os.environ.get("GEDOOD_SEED", random.SystemRandom().randrange(10**6)))
    record_property("seed", seed)
    toeval = random.Random(seed)
    klein.gemeenten = [{**klein.gemeenten[0], "code": f"GM{n:04d}", "naam": f"Gemeente {n}"} for n in range(1, GEMEENTEN + 1)]
    wereld.aangemeld({"begindatum": "2018-01-01", "einddatum": "2018-12-31", "pakket": "volledig"})
    wereld.post("/v1/facturatierondes", {"jaar": 2018}, status=202)
    gevraagd = klein.vragen

    def stand() -> tuple[str, int]:
        with psycopg.connect(settings.database_url) as verbinding:
            rij = verbinding.execute("SELECT status, (SELECT count(*) FROM factuur) FROM facturatieronde").fetchone()
        assert rij is not None
        return rij[0], rij[1]

    with open(tmp_path / "werker.log", "wb") as log:

        def tot(klopt: Callable[[], bool]) -> None:
            werker = start_werker(settings, log)
            wacht_tot(klopt, stap=0.001)
            os.kill(werker.pid, signal.SIGKILL)
            werker.wait()
            wereld.nu()

        tot(lambda: klein.vragen > gevraagd)
        tot(lambda: stand()[0] == "voorgesteld")
        wereld.goedgekeurd()
        for _ in range(2):
            al = stand()[1]
            tot(lambda al=al: stand()[1] > al or stand()[0] == "gefactureerd")
            assert [f["nummer"] for f in wereld.alle("/v1/facturen")] == [f"2018-{n:06d}" for n in range(1, stand()[1] + 1)]
        doel = min(GEMEENTEN, len(klein.boekingen) + toeval.randint(0, 150))
        tot(lambda: len(klein.boekingen) >= doel)
        laatste = start_werker(settings, log)
        try:
            wacht_tot(lambda: wereld.get("/v1/facturatierondes/2018")["status"] == "geboekt")
        finally:
            laatste.terminate()
            laatste.wait(60)
    facturen = wereld.alle("/v1/facturen?pageSize=500")
    assert [f["nummer"] for f in facturen] == [f"2018-{n:06d}" for n in range(1, GEMEENTEN + 1)], f"GEDOOD_SEED={seed}"
    assert sorted(klein.boekingen) == [f"/v1/facturen/{f['nummer']}" for f in facturen], f"GEDOOD_SEED={seed}"
    assert klein.keren == len(facturen), f"GEDOOD_SEED={seed}: something was booked twice"


class Omgevallen(BaseException):
    """The process is gone: no code of ours gets to see this."""


def test_ronde_die_bij_elke_opdracht_aan_de_database_omvalt_komt_compleet_aan(wereld, klein, monkeypatch):
    """Every statement and every commit of the proposal, of four turns of invoices, and of the delivery of their entries."""
    monkeypatch.setattr(rondes, "PER_KEER", 2)
    context, nog = wereld.context, [0]

    def tel(*_: object) -> None:
        nog[0] -= 1
        if nog[0] == 0:
            raise Omgevallen

    def volhard(doe: Callable[[], object]) -> int:
        """Do it again and again, each time a statement further, until it comes to its end; how often it fell."""
        for punt in itertools.count(1):
            nog[0] = punt
            try:
                doe()
            except Omgevallen:
                assert not schendingen(wereld.context.settings.database_url)  # what has been committed is right
            else:
                nog[0] = 0
                return punt - 1
        raise AssertionError

    taken = context.jobs.tasks
    wereld.aangemeld()
    wereld.post("/v1/facturatierondes", {"jaar": 2018}, status=202)
    punten = ("before_cursor_execute", "commit")
    for punt in punten:
        event.listen(context.engine, punt, tel)
    try:
        voorstellen = volhard(lambda: taken["facturatieronde.voorstellen"].run(context, jaar=2018))
        wereld.goedgekeurd()
        factureren = volhard(lambda: taken["facturatieronde.factureren"].run(context, jaar=2018))
        assert voorstellen > 15 and factureren > 15
        assert [f["nummer"] for f in wereld.alle("/v1/facturen")] == [f"2018-{n:06d}" for n in range(1, len(KLEIN) + 1)]
        boeken = volhard(lambda: (wereld.nu(), context.jobs.delivery.deliver_due(context)))
    finally:
        for punt in punten:
            event.remove(context.engine, punt, tel)
    assert boeken > 1 and wereld.get("/v1/facturatierondes/2018")["status"] == "geboekt"
    assert klein.keren == len(klein.boekingen) == len(KLEIN)
