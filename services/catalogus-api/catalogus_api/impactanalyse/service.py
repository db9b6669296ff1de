"""Use cases of impactanalyses."""

from __future__ import annotations

from gemeengoed_kit.clock import today
from gemeengoed_kit.context import Work
from gemeengoed_kit.pagination import PageQuery
from gemeengoed_kit.sight import EVERYTHING, Sight, found

from catalogus_api.impactanalyse import repository, rules
from catalogus_api.impactanalyse.errors import ImpactanalyseKanNiet, ImpactanalyseNietGevonden
from catalogus_api.impactanalyse.schemas import Impactanalyse, NieuweImpactanalyse
from catalogus_api.pilot import service as pilot
from catalogus_api.toegang import voor_wie_publicaties_ziet
from catalogus_api.voorziening import service as voorziening


def list_analyses(work: Work, zicht: Sight, code: str, wens: PageQuery) -> tuple[int, list[Impactanalyse]]:
    """(number in all, impactanalyses of this page) of a voorziening that the caller may see, last first.

    Raises:
        VoorzieningNietGevonden: there is none with this code, for this caller.
    """
    voorziening.get_voorziening(work, zicht, code)
    count, rows = repository.list_analyses(work.session, code, wens)
    return count, Impactanalyse.from_rows(rows)


def get_analyse(work: Work, zicht: Sight, code: str, versie: int) -> Impactanalyse:
    """One impactanalyse.

    Raises:
        VoorzieningNietGevonden: as `list_analyses`.
        ImpactanalyseNietGevonden: it has none with this number.
    """
    voorziening.get_voorziening(work, zicht, code)
    detail = f"{code} heeft geen impactanalyse {versie}."
    return Impactanalyse.from_row(found(repository.find(work.session, code, versie), ImpactanalyseNietGevonden, detail))


def vaststellen(work: Work, code: str, nieuw: NieuweImpactanalyse) -> Impactanalyse:
    """Add the next impactanalyse of a voorziening; it holds from then on.

    Raises:
        VoorzieningNietGevonden: there is none with this code.
        ImpactanalyseKanNiet: a pilot that it rests on is not over, or not of this voorziening, and others; names all.
    """
    gevonden = voorziening.vergrendelen(work, EVERYTHING, code)
    pilots = {een.id: (een.status, een.eind) for een in pilot.van_voorziening(work, code)}
    fouten = rules.bezwaren(nieuw.pilots, pilots, fase=gevonden.fase, datum=nieuw.datum, vandaag=today(work.clock))
    if fouten:
        raise ImpactanalyseKanNiet(f"Deze impactanalyse van {code} kan niet; zie invalidParams.", invalid_params=fouten)
    vorige = repository.laatste(work.session, code)
    versie = vorige.versie + 1 if vorige else 1
    rij = {
        **nieuw.model_dump(),
        "voorziening": code,
        "versie": versie,
        "vastgelegd_op": work.clock.now(),
        "vastgelegd_door": work.actor.peer_id,
        "vastgelegd_namens": work.actor.delegator_id,
    }
    repository.add(work.session, rij)
    change, wie = nieuw.model_dump(mode="json", by_alias=True), voor_wie_publicaties_ziet(gevonden.publicatiestatus)
    work.record(action="impactanalyse.vaststellen", subject=pad(code, versie), change=change, visible_to=wie)
    return get_analyse(work, EVERYTHING, code, versie)


def laatste(work: Work, code: str) -> Impactanalyse | None:
    """The impactanalyse of a voorziening that holds; None when it has none."""
    rij = repository.laatste(work.session, code)
    return Impactanalyse.from_row(rij) if rij else None


def pad(code: str, versie: int) -> str:
    """Path of an impactanalyse."""
    return f"{voorziening.pad(code)}/impactanalyses/{versie}"
