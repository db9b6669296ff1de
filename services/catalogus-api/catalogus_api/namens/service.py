"""Checks on for whom a caller acts."""

from __future__ import annotations

from gemeengoed_kit.clock import today
from gemeengoed_kit.context import Work
from gemeengoed_kit.identity import Caller

from catalogus_api.gemeente import service as gemeente
from catalogus_api.gemeente.errors import OnbekendeGemeente
from catalogus_api.namens.errors import AndereOrganisatie, NietNamensDezeGemeente
from catalogus_api.samenwerkingsverband import service as samenwerkingsverband
from catalogus_api.toegang import Partij, partij_van


def partij(work: Work, caller: Caller) -> Partij:
    """For whom the holder of a contract acts. Where the register knows an OIN, it must be that of the holder, or of whoever it
    acts for by delegation.

    Raises:
        Forbidden: as `partij_van`.
        AndereOrganisatie: the gemeente of the contract has another OIN; or it has none here, and the holder is another gemeente
            of today.
    """
    voor = partij_van(caller)
    if voor.gemeentecode is None:
        return voor
    wie = caller.delegator_id or caller.peer_id
    bekend = gemeente.oins(work, voor.gemeentecode, wie)
    if bekend.get(voor.gemeentecode, wie) != wie:
        raise AndereOrganisatie(f"Uw contract is voor {voor.gemeentecode}, en die gemeente heeft een ander OIN dan {wie}.")
    if voor.gemeentecode not in bekend and (
        ander := bekend.keys() & gemeente.codes_op(work, today(work.clock)) if bekend else ()
    ):
        raise AndereOrganisatie(f"Uw contract is voor {voor.gemeentecode}, en {wie} is hier het OIN van {min(ander)}.")
    return voor


def eisen(work: Work, partij: Partij, gemeentecode: str) -> None:
    """Let who may act for a gemeente do so.

    Args:
        partij: for whom the caller acts; the beheer acts for every gemeente, where a route lets it in.

    Raises:
        NietNamensDezeGemeente: its contract is for another, or the gemeente is no member of its samenwerkingsverband today.
        OnbekendeGemeente: there is no such gemeente today.
    """
    dag = today(work.clock)
    if partij.gemeentecode not in (None, gemeentecode):
        raise NietNamensDezeGemeente(f"Uw contract is voor {partij.gemeentecode}, niet voor {gemeentecode}.")
    if partij.samenwerkingsverband and gemeentecode not in samenwerkingsverband.leden_op(work, partij.samenwerkingsverband, dag):
        raise NietNamensDezeGemeente(f"{gemeentecode} is op {dag} geen lid van {partij.samenwerkingsverband}.")
    if gemeentecode not in gemeente.codes_op(work, dag):
        raise OnbekendeGemeente(f"Op {dag} is er geen gemeente {gemeentecode}.")


def eisen_bestaat(work: Work, partij: Partij) -> None:
    """Let a gemeente or samenwerkingsverband that exists today act in its own name.

    Raises:
        OnbekendeGemeente: it does not exist today, or has no members.
    """
    dag = today(work.clock)
    if partij.samenwerkingsverband and not samenwerkingsverband.leden_op(work, partij.samenwerkingsverband, dag):
        raise OnbekendeGemeente(f"Op {dag} is er geen samenwerkingsverband {partij.samenwerkingsverband} met leden.")
    if partij.gemeentecode and partij.gemeentecode not in gemeente.codes_op(work, dag):
        raise OnbekendeGemeente(f"Op {dag} is er geen gemeente {partij.gemeentecode}.")
