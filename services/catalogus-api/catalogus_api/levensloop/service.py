"""Use cases of faseovergangen. Other features use `ontstaan`; `inlezen` loads what papers say."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from gemeengoed_kit.clock import today
from gemeengoed_kit.conditional import require_match
from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.pagination import PageQuery
from gemeengoed_kit.sight import EVERYTHING, Sight, found

from catalogus_api.besluit import service as besluit
from catalogus_api.impactanalyse import service as impactanalyse
from catalogus_api.levensloop import repository, rules
from catalogus_api.levensloop.errors import FaseovergangKanNiet, FaseovergangNietGevonden
from catalogus_api.levensloop.rules import Besluit, Overgang, Stand
from catalogus_api.levensloop.schemas import Faseovergang, NieuweFaseovergang, Ontbrekend, Vervolg, Vervolgstap
from catalogus_api.pilot import service as pilot
from catalogus_api.toegang import voor_wie_publicaties_ziet
from catalogus_api.voorziening import service as voorziening
from catalogus_api.voorziening.errors import VoorzieningKloptNiet
from catalogus_api.voorziening.schemas import NieuweVoorziening, Voorziening

_GEEN_GROND = dict.fromkeys(("besluit", "pilot", "impactanalyse", "initiatief", "gebeurtenis", "stuk"))


def list_overgangen(work: Work, zicht: Sight, code: str, wens: PageQuery) -> tuple[int, list[Faseovergang]]:
    """(number in all, steps of this page) of a voorziening that the caller may see, last first. Only what is published has
    steps, so who sees the voorziening sees all of them.

    Raises:
        VoorzieningNietGevonden: there is none with this code, for this caller.
    """
    voorziening.get_voorziening(work, zicht, code)
    count, rows = repository.list_overgangen(work.session, code, wens)
    return count, Faseovergang.from_rows(rows, _paden)


def get_overgang(work: Work, zicht: Sight, code: str, versie: int) -> Faseovergang:
    """The step that made a version of a voorziening.

    Raises:
        VoorzieningNietGevonden: as `list_overgangen`.
        FaseovergangNietGevonden: that version was not made by a step.
    """
    voorziening.get_voorziening(work, zicht, code)
    detail = f"{code} heeft geen faseovergang naar versie {versie}."
    rij = found(repository.find(work.session, code, versie), FaseovergangNietGevonden, detail)
    return Faseovergang.from_rows([rij], _paden)[0]


def get_vervolg(work: Work, zicht: Sight, code: str) -> Vervolg:
    """What is missing, today, for every phase that a voorziening could go to. The number of queries does not depend on what it
    has.

    Raises:
        VoorzieningNietGevonden: as `list_overgangen`.
    """
    nu, vandaag = voorziening.get_voorziening(work, zicht, code), today(work.clock)
    stand = _zonder_drager(work, nu)
    stappen = [*rules.stappen(stand)]
    voor = {stap: rules.nodig(stand, Overgang(stap[0], vandaag, stap[1])) for stap in stappen}
    dragend = {doel: _dragend(work, code, doel, vandaag) for doel in set(voor.values())}
    ontbreekt = {stap: rules.ontbreekt(replace(stand, dragend=dragend[voor[stap]]), *stap, vandaag) for stap in stappen}
    return Vervolg.make(
        voorziening=code,
        fase=nu.fase,
        beheerstap=nu.beheerstap,
        op=vandaag,
        overgangen=[
            Vervolgstap.make(
                naar=naar,
                stap=stap,
                mogelijk=not fouten,
                ontbreekt=[Ontbrekend.make(name=een.name, code=een.code, reason=een.reason) for een in fouten],
            )
            for (naar, stap), fouten in ontbreekt.items()
        ],
    )


def overgaan(work: Work, code: str, if_match: str | None, nieuw: NieuweFaseovergang) -> Faseovergang:
    """Take a voorziening to another phase, or to the next step of taking into beheer; that is its next version.

    Raises:
        VoorzieningNietGevonden, VersionNeeded, Changed: as of a change of the voorziening.
        FaseovergangKanNiet: it does not follow on what is, or lacks a ground; names all. Or what an earlier release stored
            otherwise must be mended first.
    """
    nu = voorziening.vergrendelen(work, EVERYTHING, code)
    require_match(if_match, nu.versie)
    vandaag = today(work.clock)
    overgang = Overgang(
        **nieuw.model_dump(exclude={"datum", "grondslag"}), **nieuw.grondslag.model_dump(), datum=nieuw.datum or vandaag
    )
    stand = _stand(work, nu, overgang)
    if fouten := rules.bezwaren(stand, overgang, vandaag):
        van = nu.fase or "een onbekende fase"
        raise FaseovergangKanNiet(f"{code} kan niet van {van} naar {nieuw.naar}; zie invalidParams.", invalid_params=fouten)
    try:
        geworden = voorziening.fase_zetten(work, code, if_match, overgang.naar, rules.beheerstap(stand, overgang))
    except VoorzieningKloptNiet as fout:
        raise FaseovergangKanNiet(fout.detail, invalid_params=fout.invalid_params) from fout
    rest = (
        stand.impactanalyse[0]
        if overgang.naar == rules.OPSCHALING and nu.fase != rules.OPSCHALING and stand.impactanalyse
        else None
    )
    gronden = {
        "besluit": overgang.besluit,
        "pilot": overgang.pilot,
        "impactanalyse": overgang.impactanalyse or rest,
        "gebeurtenis": overgang.gebeurtenis,
    }
    return _vastleggen(work, geworden, nu.fase, {**gronden, "datum": overgang.datum, "reden": overgang.reden})


def ontstaan(work: Work, nieuw: NieuweVoorziening, initiatief: uuid.UUID) -> Voorziening:
    """Add the voorziening that an initiatief becomes: it begins in fase initiatief.

    Raises:
        VoorzieningBestaatAl, VoorzieningKloptNiet: as of a new voorziening.
    """
    gemaakt = voorziening.aanmaken(work, nieuw, rules.INITIATIEF)
    _vastleggen(work, gemaakt, None, {"initiatief": initiatief, "datum": today(work.clock), "reden": None})
    return gemaakt


def inlezen(work: Work, rijen: Sequence[Mapping[str, Any]]) -> int:
    """Take over entries that come with the product, save those that were changed here; a fase that they say is a step that rests
    on the paper that says so.

    Args:
        rijen: as `voorziening.overnemen`; a `vindplaats` says which is about the fase.

    Returns:
        number of entries that are new or changed.
    """
    stukken = {rij["code"]: _stuk(rij) for rij in rijen}
    voor = voorziening.fasen(work, list(stukken))
    gewijzigd = voorziening.overnemen(work, rijen)
    na = voorziening.fasen(work, list(stukken))
    stappen = []
    for code, (fase, stap, versie) in na.items():
        van, vorige_stap, _ = voor.get(code, (None, None, 0))
        if (van, vorige_stap) != (fase, stap):
            stappen.append(
                {
                    **_GEEN_GROND,
                    "voorziening": code,
                    "versie": versie,
                    "van": van,
                    "naar": fase,
                    "beheerstap": stap,
                    "stuk": stukken[code],
                    "datum": None,
                    "reden": None,
                    **_wie(work),
                }
            )
    repository.add(work.session, stappen)
    return gewijzigd


def pad(code: str, versie: int) -> str:
    """Path of a step."""
    return f"{voorziening.pad(code)}/faseovergangen/{versie}"


def _stand(work: Work, nu: Voorziening, overgang: Overgang) -> Stand:
    stand = _zonder_drager(work, nu)
    return replace(stand, dragend=_dragend(work, nu.code, rules.nodig(stand, overgang), overgang.datum))


def _dragend(work: Work, code: str, voor: str | None, op: date) -> list[uuid.UUID]:
    return [een.id for een in besluit.gronden(work, code, voor, op)] if voor else []


def _zonder_drager(work: Work, nu: Voorziening) -> Stand:
    analyse, pilots = impactanalyse.laatste(work, nu.code), pilot.van_voorziening(work, nu.code)
    return Stand(
        fase=nu.fase if nu.fase in rules.FASEN else None,
        beheerstap=nu.beheerstap,
        gepubliceerd=nu.publicatiestatus == "gepubliceerd",
        sinds=repository.laatste_dag(work.session, nu.code),
        pilots={een.id: een.status for een in pilots},
        pilot_eind={een.id: een.eind for een in pilots},
        impactanalyse=(analyse.versie, analyse.conclusie) if analyse else None,
        analyse_datum=analyse.datum if analyse else None,
        besluiten={
            een.id: Besluit(een.gremium, een.datum, een.advies is not None)
            for een in besluit.besluiten_over(work, EVERYTHING, nu.code)
        },
    )


def _vastleggen(work: Work, geworden: Voorziening, van: str | None, meer: Mapping[str, Any]) -> Faseovergang:
    rij = {
        **_GEEN_GROND,
        "voorziening": geworden.code,
        "versie": geworden.versie,
        "van": van,
        "naar": geworden.fase,
        "beheerstap": geworden.beheerstap,
        **meer,
        **_wie(work),
    }
    repository.add(work.session, [rij])
    overgang = get_overgang(work, EVERYTHING, geworden.code, geworden.versie)
    change = overgang.model_dump(mode="json", by_alias=True, exclude={"voorziening", "vastgelegd_op"})
    wie = voor_wie_publicaties_ziet(geworden.publicatiestatus)
    work.record(action="voorziening.fase-wijzigen", subject=voorziening.pad(geworden.code), change=change, visible_to=wie)
    return overgang


def _wie(work: Work) -> dict[str, Any]:
    return {
        "vastgelegd_op": work.clock.now(),
        "vastgelegd_door": work.actor.peer_id,
        "vastgelegd_namens": work.actor.delegator_id,
    }


def _stuk(rij: Mapping[str, Any]) -> str:
    """The papers about its fase, with their pages."""
    erover = [een for een in rij.get("vindplaatsen", ()) if {"fase", "beheerstap"} & set(een["over"])]
    stukken = [f"{een['stuk']}, p. {een['pagina']}" if een.get("pagina") else een["stuk"] for een in erover]
    return "; ".join(dict.fromkeys(stukken)) or str(rij["bronvermelding"])


def _paden(rij: Values) -> dict[str, Any]:
    return {
        "besluit": rij.besluit and besluit.pad(rij.besluit),
        "pilot": rij.pilot and pilot.pad(rij.pilot),
        "impactanalyse": rij.impactanalyse and impactanalyse.pad(rij.voorziening, rij.impactanalyse),
        "initiatief": rij.initiatief and f"/v1/initiatieven/{rij.initiatief}",
    }
