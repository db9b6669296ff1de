"""The real worker process, killed at random points of a round and started again."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable

from tests.abonnement.outway import ALIASES
from tests.abonnement.wereld import KLEIN

SLAGEN = 3


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


def wacht_tot(klopt: Callable[[], bool], seconden: float = 60) -> None:
    einde = time.monotonic() + seconden
    while not klopt():
        assert time.monotonic() < einde, "it did not happen in time"
        time.sleep(0.05)


def test_ronde_waarvan_de_werker_telkens_wordt_gedood_komt_compleet_aan(wereld, settings, klein, tmp_path, record_property):
    seed = int(os.environ.get("GEDOOD_SEED", random.SystemRandom().randrange(10**6)))
    record_property("seed", seed)
    toeval = random.Random(seed)
    klein.gemeenten = [{**klein.gemeenten[0], "code": f"GM{n:04d}", "naam": f"Gemeente {n}"} for n in range(1, 101)]
    wereld.aangemeld({"begindatum": "2018-01-01", "einddatum": "2018-12-31", "pakket": "volledig"})
    wereld.post("/v1/facturatierondes", {"jaar": 2018}, status=202)
    with open(tmp_path / "werker.log", "wb") as log:
        for _ in range(SLAGEN):
            werker = start_werker(settings, log)
            tot = toeval.randint(0, 40)  # so many entries reach fonds before the kill
            begin = len(klein.boekingen)
            wacht_tot(lambda doel=begin + tot: len(klein.boekingen) >= min(doel, 100) or (klein.vragen > 1 and not doel))
            os.kill(werker.pid, signal.SIGKILL)
            werker.wait()
            wereld.nu()
        laatste = start_werker(settings, log)
        try:
            wacht_tot(lambda: wereld.get("/v1/facturatierondes/2018")["status"] == "geboekt")
        finally:
            laatste.terminate()
            laatste.wait(60)
    facturen = wereld.alle("/v1/facturen")
    assert [f["nummer"] for f in facturen] == [f"2018-{n:06d}" for n in range(1, 101)], f"GEDOOD_SEED={seed}"
    assert sorted(klein.boekingen) == [f"/v1/facturen/{f['nummer']}" for f in facturen], f"GEDOOD_SEED={seed}"
    assert len(KLEIN) < len(facturen) == len(klein.sleutels)
