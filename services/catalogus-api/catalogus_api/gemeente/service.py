"""Use cases of gemeenten."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any

from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.errors import InvalidParam
from gemeengoed_kit.sight import Thing, found

from catalogus_api.gemeente import repository
from catalogus_api.gemeente.errors import GemeenteNietGevonden, IdentificatiePastNiet, IdentificatieVanAnder
from catalogus_api.gemeente.rules import Levensduur, fout_in_identificatie
from catalogus_api.gemeente.schemas import (
    EerderInwonertal,
    Gemeente,
    GemeentenFilter,
    Geschiedenis,
    Herindeling,
    Identificatie,
    IdentificatieInvoer,
    Inwonertal,
    Naam,
)
from catalogus_api.toegang import IEDEREEN

BRON = "CBS, CC BY 4.0"


def list_gemeenten(work: Work, wens: GemeentenFilter) -> tuple[int, list[Gemeente]]:
    """(number in all, gemeenten of this page); inhabitants are given for `peildatum` where a figure exists."""
    count, rows = repository.list_gemeenten(work.session, wens)
    return count, _weergave(rows, wens.peildatum)


def get_gemeente(work: Work, code: str, peildatum: date | None, op: date | None = None) -> Gemeente:
    """One gemeente, as it is or as it was on a day: called as it was then, and without what came after.

    Raises:
        GemeenteNietGevonden: no gemeente with this code has existed since 2012, or not yet on that day.
    """
    gemeente = _weergave([_bekend(repository.find(work.session, code, peildatum), code)], peildatum)[0]
    return gemeente if op is None else _op(work, gemeente, op)


def _op(work: Work, gemeente: Gemeente, dag: date) -> Gemeente:
    if gemeente.begindatum is not None and gemeente.begindatum > dag:
        raise GemeenteNietGevonden(f"Er was op {dag} nog geen gemeente met code {gemeente.code}.")
    later = [rij.naam for rij in repository.namen(work.session, gemeente.code) if rij.tot_en_met >= dag]
    weg = repository.opgegaan_op(work.session, gemeente.code, dag)
    eind = gemeente.einddatum if gemeente.einddatum is not None and gemeente.einddatum < dag else None
    return gemeente.model_copy(update={"naam": (later or [gemeente.naam])[0], "opvolgers": weg, "einddatum": eind})


def list_inwonertallen(work: Work, code: str) -> list[Inwonertal]:
    """All known figures of a gemeente, oldest first, each with what was said before it was corrected.

    Raises:
        GemeenteNietGevonden: as `get_gemeente`.
    """
    _bekend(repository.exists(work.session, code) or None, code)
    return _inwonertallen(work, code)


def get_geschiedenis(work: Work, code: str) -> Geschiedenis:
    """Names, herindelingen and figures of a gemeente.

    Raises:
        GemeenteNietGevonden: as `get_gemeente`.
    """
    gemeente = _bekend(repository.find(work.session, code, None), code)
    paren = repository.herindelingen(work.session, code)
    return Geschiedenis.make(
        code=code,
        begindatum=gemeente.begindatum,
        einddatum=gemeente.einddatum,
        namen=_namen(gemeente, repository.namen(work.session, code)),
        ontstaan_uit=Herindeling.from_rows([paar for paar in paren if paar.nieuwe_code == code]),
        opgegaan_in=Herindeling.from_rows([paar for paar in paren if paar.oude_code == code]),
        inwonertallen=_inwonertallen(work, code),
    )


def list_identificaties(work: Work, code: str) -> list[Identificatie]:
    """What is known of how others name a gemeente, each with its source.

    Raises:
        GemeenteNietGevonden: as `get_gemeente`.
    """
    _bekend(repository.exists(work.session, code) or None, code)
    return Identificatie.from_rows(repository.identificaties(work.session, code))


def put_identificatie(work: Work, code: str, soort: str, invoer: IdentificatieInvoer) -> Identificatie:
    """Say what the TOOI URI, RSIN or OIN of a gemeente is, in the place of what was said before.

    Raises:
        GemeenteNietGevonden: as `get_gemeente`.
        IdentificatiePastNiet: the value cannot be one.
        IdentificatieVanAnder: another gemeente has it.
    """
    _bekend(repository.exists(work.session, code) or None, code)
    if fout := fout_in_identificatie(soort, invoer.waarde, code):
        raise IdentificatiePastNiet(f"{invoer.waarde} {fout}.", invalid_params=[InvalidParam("waarde", "identificatie", fout)])
    op_volgorde(work)
    if (ander := repository.houder(work.session, soort, invoer.waarde)) not in (None, code):
        raise IdentificatieVanAnder(f"{invoer.waarde} is hier de {soort} van {ander}.")
    waarden = {"gemeentecode": code, "soort": soort, **invoer.model_dump()}
    if repository.put_identificatie(work.session, {**waarden, "vastgelegd_op": work.clock.now()}):
        pad = f"/v1/gemeenten/{code}/identificaties/{soort}"
        work.record(action="identificatie.vastleggen", subject=pad, change=invoer.model_dump(mode="json"), visible_to=[IEDEREEN])
    return Identificatie.make(soort=soort, **invoer.model_dump())


def oins(work: Work, code: str, oin: str) -> dict[str, str]:
    """Code to OIN as far as the register knows them, of this gemeente and of the one that has this OIN."""
    return repository.oins(work.session, code, oin)


def codes_op(work: Work, dag: date) -> set[str]:
    """Codes of the gemeenten that exist on a day."""
    return repository.codes_op(work.session, dag)


def houd_vast(work: Work) -> None:
    """Let the register stay as it is until this work is done; many may do so at once."""
    repository.houd_vast(work.session)


def levensduren(work: Work, codes: Collection[str]) -> dict[str, Levensduur]:
    """By code, from when until when gemeenten exist, as is known now; those that never did since 2012 are left out."""
    return {
        rij.code: Levensduur(rij.begindatum, rij.einddatum, rij.rechtsopvolger)
        for rij in repository.levensduur(work.session, codes)
    }


def laatste_inwoners(work: Work, codes: Collection[str], dag: date) -> tuple[date | None, dict[str, int]]:
    """(the last peildatum on or before a day, code to inhabitants then) of those of these gemeenten that have a figure there."""
    peildatum = repository.laatste_peildatum(work.session, dag)
    return peildatum, repository.inwoners_op(work.session, codes, peildatum) if peildatum else {}


def naam_op(work: Work, code: str, dag: date) -> str | None:
    """Name of a gemeente; None when it does not exist on that day."""
    return repository.naam_op(work.session, code, dag)


def telling_op(work: Work, dag: date) -> tuple[date | None, dict[str, int]]:
    """(last peildatum up to a day, inhabitants of each gemeente that was counted then, by code); (None, {}) without any."""
    rows = repository.telling_op(work.session, dag)
    return (rows[0].peildatum if rows else None), {rij.gemeentecode: rij.aantal for rij in rows}


def namen_van(work: Work, codes: Collection[str]) -> dict[str, str]:
    """Code to name, of those that exist."""
    return repository.namen_van(work.session, codes)


def op_volgorde(work: Work) -> None:
    """Let those who write in this register go one after the other: they are few, and each must see what the one before did."""
    repository.op_volgorde(work.session)


def _bekend(gevonden: Thing | None, code: str) -> Thing:
    return found(gevonden, GemeenteNietGevonden, f"Er is sinds 2012 geen gemeente met code {code}.")


def _weergave(rows: Sequence[Values], peildatum: date | None) -> list[Gemeente]:
    def verder(rij: Values) -> dict[str, Any]:
        inwoners = peildatum and rij.aantal and _cijfer(peildatum, rij.aantal, rij.status)
        return {"opvolgers": rij.opvolgers or [], "inwoners": inwoners}

    return Gemeente.from_rows(rows, verder)


def _cijfer(peildatum: date, aantal: int, status: str | None) -> dict[str, Any]:
    return {"peildatum": peildatum, "aantal": aantal, "status": status, "bron": BRON}


def _inwonertallen(work: Work, code: str) -> list[Inwonertal]:
    eerder = defaultdict(list)
    for rij in repository.eerdere_inwonertallen(work.session, code):
        eerder[rij.peildatum].append(rij)
    return Inwonertal.from_rows(
        repository.inwonertallen(work.session, code),
        lambda rij: {"bron": BRON, "eerder": EerderInwonertal.from_rows(eerder[rij.peildatum])},
    )


def _namen(gemeente: Values, eerder: Sequence[Values]) -> list[Naam]:
    """All names, oldest first; each begins by the change that ended the one before."""
    vanaf, grondslag, namen = gemeente.begindatum, None, []
    for rij in eerder:
        namen.append(Naam.make(naam=rij.naam, vanaf=vanaf, tot_en_met=rij.tot_en_met, grondslag=grondslag))
        vanaf, grondslag = rij.tot_en_met + timedelta(days=1), rij.grondslag
    return [*namen, Naam.make(naam=gemeente.naam, vanaf=vanaf, tot_en_met=gemeente.einddatum, grondslag=grondslag)]
