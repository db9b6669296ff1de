"""An answer about a decision that nobody waits for any more, of an earlier run of a job: it counts for nothing."""

from __future__ import annotations

import uuid

import pytest
from fonds_api.begroting import service as begrotingen
from fonds_api.besluit.tasks import vraag_besluit
from fonds_api.omslag import service as omslagen
from gemeengoed_kit.asking import is_final
from gemeengoed_kit.audit import Actor
from gemeengoed_kit.client import BadAnswer, OutwayClient

from tests.fonds.begrotingen import CSV, vraag
from tests.fonds.besluiten import ALIAS, BESTUUR, LEDEN, NEGATIEF, gegeven, pad, verwijs
from tests.fonds.omslagen import BESLUIT, omslag
from tests.fonds.uitvoering_fixtures import *  # noqa: F403
from tests.fonds.uitvoeringen import begroot

PROBLEEM = {"type": "besluit-draagt-niet", "title": "Besluit draagt niet", "detail": "laat"}


@pytest.fixture(params=["begroting", "omslag"])
def wat(request, client, als, doe):
    """(path, how it is asked for, the service, what its functions call it)."""
    if request.param == "omslag":
        doe("/omslagen", omslag(2019))
        return "/omslagen/ggu-2019-1", BESLUIT, omslagen, "ggu-2019-1"
    kop = {**als("fondsbeheerder"), "Content-Type": CSV}
    id = client.post(f"/v1/begrotingen?{vraag(2018, 'kaderbegroting', 1)}", content=begroot(), headers=kop).json()["id"]
    return f"/begrotingen/{id}", {}, begrotingen, uuid.UUID(id)


def test_laat_antwoord_en_late_weigering_over_een_ander_besluit_tellen_niet(wat, doe, zie, context):
    waar, erbij, service, id = wat
    eerst, daarna = ({**erbij, "besluit": verwijs(van)} for van in (NEGATIEF, LEDEN))
    doe(f"{waar}/vaststellingen", eerst, 202, rol="ledenvergadering")
    context.jobs.run_waiting(context)
    assert zie(waar)["vaststelling"]["status"] == "geweigerd"
    doe(f"{waar}/vaststellingen", daarna, 202, rol="ledenvergadering")
    for laat in ("antwoord", "weigering"):
        with context.work(Actor()) as work:
            assert service.te_vragen(work, id, pad(NEGATIEF)) is None
            if laat == "antwoord":
                service.vaststellen(work, id, gegeven(LEDEN, pad(NEGATIEF)))
            else:
                service.weigeren(work, id, PROBLEEM, pad(NEGATIEF))
        stand = zie(waar)["vaststelling"]
        assert (stand["status"], stand["besluit"]) == ("aangevraagd", verwijs(LEDEN)), laat
    context.jobs.run_waiting(context)
    assert zie(waar)["vaststelling"]["status"] == "vastgesteld"


def test_catalogus_die_een_ander_besluit_geeft_wordt_niet_geloofd(bron):
    bron.besluiten[pad(BESTUUR)] = bron.besluiten[pad(LEDEN)]
    client = OutwayClient(bron.url, {"catalogus": ALIAS})
    assert vraag_besluit(client, pad(LEDEN)).pad == pad(LEDEN)
    with pytest.raises(BadAnswer) as fout:
        vraag_besluit(client, pad(BESTUUR))
    assert not is_final(fout.value), "asked again: the source has a fault"
