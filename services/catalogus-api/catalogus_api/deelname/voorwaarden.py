"""Use cases of the conditions on which gemeenten take part."""

from __future__ import annotations

from gemeengoed_kit.clock import today
from gemeengoed_kit.context import Work
from gemeengoed_kit.errors import InvalidParam
from gemeengoed_kit.sight import Sight, found
from gemeengoed_kit.window import require_near

from catalogus_api.deelname import repository, rules
from catalogus_api.deelname.errors import VoorwaardenNietGevonden, VoorwaardenPassenNiet
from catalogus_api.deelname.schemas import Deelnamevoorwaarden, VoorwaardenFilter, VoorwaardenInvoer
from catalogus_api.toegang import GEPUBLICEERD, IEDEREEN
from catalogus_api.voorziening import service as voorziening


def list_voorwaarden(work: Work, zicht: Sight, code: str, wens: VoorwaardenFilter) -> tuple[int, list[Deelnamevoorwaarden]]:
    """(number in all, versions of this page), newest first.

    Raises:
        VoorzieningNietGevonden: there is none with this code, for this caller.
    """
    voorziening.get_voorziening(work, zicht, code)
    count, rijen = repository.list_voorwaarden(work.session, code, wens)
    return count, Deelnamevoorwaarden.from_rows(rijen)


def get_voorwaarden(work: Work, code: str, versie: int) -> Deelnamevoorwaarden:
    """One version.

    Raises:
        VoorwaardenNietGevonden: there is none with this number.
    """
    detail = f"Voorziening {code} heeft geen versie {versie} van deelnamevoorwaarden."
    return Deelnamevoorwaarden.from_row(
        found(repository.voorwaarden(work.session, code, versie), VoorwaardenNietGevonden, detail)
    )


def vastleggen(work: Work, code: str, invoer: VoorwaardenInvoer) -> Deelnamevoorwaarden:
    """The next version of the conditions; or the end, when nobody takes part any more.

    Raises:
        VoorzieningNietGevonden: there is none with this code that is published.
        VoorwaardenPassenNiet: they do not follow on the last, or gemeenten still take part; names all.
        TooFarAhead: they would hold from more than a year from now.
    """
    voorziening.get_voorziening(work, GEPUBLICEERD, code)
    require_near(work.clock, vanaf=invoer.vanaf)
    repository.houd_voorwaarden(work.session, code, alleen=True)
    vorige = repository.voorwaarden_op(work.session, code, None)
    wrong = rules.bezwaren_tegen_voorwaarden(invoer.model_dump(), vorige._asdict() if vorige else None, today(work.clock))
    if invoer.einde and (lopend := repository.aantal_na(work.session, code, invoer.vanaf)):
        wrong.append(InvalidParam("einde", "nog_deelnemers", f"{lopend} deelnames lopen op {invoer.vanaf} nog door"))
    if wrong:
        raise VoorwaardenPassenNiet(f"Deze voorwaarden van {code} kunnen zo niet; zie invalidParams.", invalid_params=wrong)
    versie = vorige.versie + 1 if vorige else 1
    repository.add_voorwaarden(
        work.session,
        {
            "voorziening": code,
            "versie": versie,
            **invoer.model_dump(),
            "vastgelegd_op": work.clock.now(),
            "vastgelegd_door": work.actor.peer_id,
            "vastgelegd_namens": work.actor.delegator_id,
        },
    )
    gegeven = invoer.model_dump(mode="json", by_alias=True)
    work.record(action="deelnamevoorwaarden.vastleggen", subject=pad(code, versie), change=gegeven, visible_to=[IEDEREEN])
    return get_voorwaarden(work, code, versie)


def pad(code: str, versie: int) -> str:
    """Path of a version."""
    return f"/v1/voorzieningen/{code}/deelnamevoorwaarden/{versie}"
