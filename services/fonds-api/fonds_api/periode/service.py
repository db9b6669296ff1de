"""Use cases of periods."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from gemeengoed_kit.conditional import require_match
from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.sight import Sight, found
from gemeengoed_kit.window import require_near

from fonds_api.fonds import service as fonds
from fonds_api.periode import repository, rules
from fonds_api.periode.errors import NietUwStap, PeriodeGesloten, PeriodeKanNiet, PeriodeNietGevonden, StapKanNiet
from fonds_api.periode.schemas import NieuwePeriode, NieuwePeriodestap, Periode, PeriodenFilter, Periodestap

BEHEERDER, BESTUUR = "fondsbeheerder", "bestuur"
GENOEMD = 20
"""Closed days that one refusal names, at most."""


def eisen_open(work: Work, fonds: str, boekdata: Collection[date]) -> None:
    """Refuse days in a closed period; what is open stays so until the end of the transaction.

    It shares a lock with all who book in the fonds; only closing, and changing accounts, wait for it and keep it waiting.

    Raises:
        PeriodeGesloten: names each day with its period and the first open day after it, and the first of them in members.
    """
    dicht = repository.gesloten(work.session, fonds, boekdata)
    if not dicht:
        return
    alle, eerste = _alle(repository.alle(work.session, fonds)), dicht[0]
    open_dag = rules.eerste_open_dag(eerste.dag, alle)
    raise PeriodeGesloten(
        " ".join(f"{rules.uitleg(fonds, rij.dag, rij.tot_en_met, rij.status, alle)}." for rij in dicht[:GENOEMD]),
        periode=pad(fonds, eerste.tot_en_met),
        periodestatus=eerste.status,
        eersteOpenDag=open_dag.isoformat() if open_dag else None,
    )


def bezwaren(work: Work, fonds: str, boekdata: Collection[date]) -> dict[date, str]:
    """Those of these days that are in a closed period, each with why and what to do; what is open stays so."""
    dicht = repository.gesloten(work.session, fonds, boekdata)
    alle = _alle(repository.alle(work.session, fonds)) if dicht else []
    return {rij.dag: rules.uitleg(fonds, rij.dag, rij.tot_en_met, rij.status, alle) for rij in dicht}


def list_perioden(work: Work, zicht: Sight, code: str, wens: PeriodenFilter) -> tuple[int, list[Periode]]:
    """(total number, periods of this page).

    Raises:
        FondsNietGevonden: the fonds does not exist, or this caller may not see it.
    """
    fonds.get_fonds(work, zicht, code)
    count, rijen = repository.list_perioden(work.session, code, wens)
    return count, _weergaven(work, code, rijen)


def get_periode(work: Work, zicht: Sight, code: str, tot_en_met: date) -> Periode:
    """One period.

    Raises:
        FondsNietGevonden, PeriodeNietGevonden: there is none, or this caller may not see the fonds.
    """
    fonds.get_fonds(work, zicht, code)
    rij = found(repository.find(work.session, code, tot_en_met), PeriodeNietGevonden, _geen(code, tot_en_met))
    return _weergaven(work, code, [rij])[0]


def toevoegen(work: Work, zicht: Sight, code: str, nieuw: NieuwePeriode) -> Periode:
    """A period that ends on a day: after the last one, or the first part of one that is open.

    Raises:
        FondsNietGevonden: see `list_perioden`.
        TooFarAhead: the day is more than a year from now.
        PeriodeKanNiet: a period ends on that day already, or the day is in one that is closed.
    """
    require_near(work.clock, totEnMet=nieuw.tot_en_met)
    fonds.get_fonds(work, zicht, code)
    repository.vergrendel(work.session, code)
    om = next((een for een in _alle(repository.alle(work.session, code)) if een.tot_en_met >= nieuw.tot_en_met), None)
    if om and om.tot_en_met == nieuw.tot_en_met:
        raise PeriodeKanNiet(f"Er eindigt in fonds {code} al een periode op {nieuw.tot_en_met}.")
    if om and om.status != rules.OPEN:
        raise PeriodeKanNiet(f"{nieuw.tot_en_met} valt in de periode tot en met {om.tot_en_met}: {rules.NAAM[om.status]}.")
    repository.add(work.session, code, nieuw.tot_en_met)
    change = nieuw.model_dump(mode="json", by_alias=True)
    work.record(action="periode.toevoegen", subject=pad(code, nieuw.tot_en_met), change=change)
    return get_periode(work, zicht, code, nieuw.tot_en_met)


def zetten(
    work: Work, zicht: Sight, rol: str | None, code: str, tot_en_met: date, if_match: str | None, stap: NieuwePeriodestap
) -> Periode:
    """Close a period provisionally, open it again, or close it for good. Entries under way end first and count.

    Raises:
        FondsNietGevonden, PeriodeNietGevonden: see `get_periode`.
        NietUwStap: closing for good is the bestuur's, the other steps are the fondsbeheerder's.
        VersionNeeded, Changed: If-Match does not name the last version.
        StapKanNiet: see `rules.bezwaar`.
    """
    get_periode(work, zicht, code, tot_en_met)
    if rol != (BESTUUR if stap.naar == rules.DEFINITIEF else BEHEERDER):
        raise NietUwStap(f"De rol {rol} maakt een periode niet {rules.NAAM[stap.naar]}.")
    repository.vergrendel(work.session, code)
    was = get_periode(work, zicht, code, tot_en_met)
    require_match(if_match, was.versie)
    eerder = [een for een in _alle(repository.alle(work.session, code)) if een.tot_en_met < tot_en_met]
    if bezwaar := rules.bezwaar(was.status, stap.naar, eerder, stap.reden):
        raise StapKanNiet(bezwaar)
    waarden = {"fonds": code, "tot_en_met": tot_en_met, "versie": was.versie + 1, **stap.model_dump()}
    repository.zet(work.session, {**waarden, "op": work.clock.now(), "peer_id": work.actor.peer_id})
    work.record(action="periode.zetten", subject=pad(code, tot_en_met), change=stap.model_dump(mode="json", by_alias=True))
    return get_periode(work, zicht, code, tot_en_met)


def vergrendel(work: Work, fonds: str) -> None:
    """Let entries of a fonds under way end first, and keep the next ones waiting until the end of the transaction."""
    repository.vergrendel(work.session, fonds)


def sluiten_tot(work: Work, fonds: str, dag: date, naam: str) -> None:
    """Close every day of a fonds up to and with this one for good, in the transaction of the caller, who has the gate (see
    `vergrendel`). A period that goes on after it is divided; what is closed already stays as it is.

    Args:
        naam: what decides it.
    """
    alle = _alle(repository.alle(work.session, fonds))
    om = next((een for een in alle if een.tot_en_met >= dag), None)
    if om is None or (om.tot_en_met > dag and om.status == rules.OPEN):
        repository.add(work.session, fonds, dag)
    for rij in repository.alle(work.session, fonds):
        if rij.tot_en_met > dag and (om is None or rij.tot_en_met > om.tot_en_met or om.status == rules.OPEN):
            break
        for nummer, naar in enumerate(rules.stappen_naar_definitief(rij.status), rij.versie + 1):
            stap = {"naar": naar, "naam": naam, "reden": None, "op": work.clock.now(), "peer_id": work.actor.peer_id}
            repository.zet(work.session, {"fonds": fonds, "tot_en_met": rij.tot_en_met, "versie": nummer, **stap})
            work.record(action="periode.zetten", subject=pad(fonds, rij.tot_en_met), change={"naar": naar, "naam": naam})


def pad(code: str, tot_en_met: date) -> str:
    """Path of a period in this API."""
    return f"/v1/fondsen/{code}/perioden/{tot_en_met}"


def _alle(rijen: Sequence[Values]) -> list[rules.Periode]:
    return rules.perioden([(rij.tot_en_met, rij.status) for rij in rijen])


def _weergaven(work: Work, code: str, rijen: Sequence[Values]) -> list[Periode]:
    per = repository.stappen(work.session, code, [rij.tot_en_met for rij in rijen])
    return Periode.from_rows(rijen, lambda rij: {"stappen": Periodestap.from_rows(per[rij.tot_en_met])})


def _geen(code: str, tot_en_met: date) -> str:
    return f"Er is geen periode van fonds {code} die op {tot_en_met} eindigt."
