"""The round, with its processes killed at random points: completed, without a double or a missing invoice."""

from __future__ import annotations

import os
import random
import signal
import time

import pytest
from gemeengoed_lokaal.demo import keur_goed, sluit_abonnementen
from gemeengoed_lokaal.gateway_beheer import wacht_tot
from gemeengoed_lokaal.gebruiker import Gebruiker
from gemeengoed_lokaal.stack import Stack

from tests.journeys.test_hoofdtaak import VERWACHT, alle

pytestmark = pytest.mark.xdist_group("gedood")
SLAGEN = 4


def test_ronde_die_telkens_gedood_wordt_komt_compleet_aan(stack: Stack, record_property):
    seed = int(os.environ.get("GEDOOD_SEED", random.SystemRandom().randrange(10**6)))
    record_property("seed", seed)
    print(f"GEDOOD_SEED={seed}")
    toeval = random.Random(seed)
    bureau = stack.client("administratiebureau", "abonnement")
    sluit_abonnementen(Gebruiker(stack, "administratiebureau", "abonnement"), lambda *_: None)
    pad = "/v1/facturatierondes/2018"
    assert bureau.post("/v1/facturatierondes", json={"jaar": 2018, "factuurdatum": "2018-01-15"}).status_code == 202
    for slag in range(SLAGEN):
        if slag == SLAGEN // 2:  # half of the blows fall on the proposal, half on the invoices
            wacht_tot(lambda: bureau.get(pad).json()["status"] == "voorgesteld", "the proposal is there", seconden=120)
            keur_goed(Gebruiker(stack, "administratiebureau", "abonnement-fiatteur"), pad, lambda *_: None)
        time.sleep(toeval.uniform(0.0, 1.5))  # the random point itself, not a wait for something
        slachtoffer = toeval.choice(["abonnement-werker", "fonds-api", "abonnement-werker"]) if slag else "abonnement-werker"
        stack.processen.lopend[slachtoffer].beeindig(signal.SIGKILL)
        if toeval.random() < 0.5:
            bureau.post("/v1/facturatierondes", json={"jaar": 2018, "factuurdatum": "2018-01-15"})
        stack.processen.opnieuw(slachtoffer)
    wacht_tot(lambda: bureau.get(pad).json()["status"] == "geboekt", "every invoice is booked", seconden=120)
    facturen = alle(stack, "administratiebureau", "abonnement", "/v1/facturen?jaar=2018&pageSize=500")
    assert {f["gemeentecode"]: f["bedragCent"] for f in facturen} == {code: sum(r.values()) for code, r in VERWACHT.items()}
    assert [f["nummer"] for f in facturen] == [f"2018-{n:06d}" for n in range(1, 381)]
    boekingen = alle(stack, "vng", "fonds", "/v1/boekingen?fonds=derdengelden&pageSize=500")
    assert sorted(b["bron"]["pad"] for b in boekingen) == [f"/v1/facturen/{f['nummer']}" for f in facturen]
    balans = stack.client("vng", "fonds").get("/v1/fondsen/derdengelden/saldibalans").json()
    assert balans["saldoTotaalCent"] == 0
