"""Use cases of credit notes and corrections."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from gemeengoed_kit import outbox
from gemeengoed_kit.clock import today
from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.sight import EVERYTHING, Sight, found
from gemeengoed_kit.window import require_near

from abonnement_api.aanbieder.service import list_diensten
from abonnement_api.boekingsopdracht import service as boeking
from abonnement_api.boekingsopdracht.rules import DEBITEUREN
from abonnement_api.creditnota import repository
from abonnement_api.creditnota.errors import (
    AlVerbeterd,
    CreditnotaNietGevonden,
    DeelsGecrediteerd,
    NietsTeCrediteren,
    OnmogelijkeCreditdatum,
    TeVeelGecrediteerd,
)
from abonnement_api.creditnota.schemas import (
    Creditnota,
    CreditnotasFilter,
    Creditregel,
    NieuweCorrectie,
    NieuweCreditnota,
    NieuweCreditregel,
)
from abonnement_api.factuur import service as factuur
from abonnement_api.factuur.rules import creditnummer


def crediteren(work: Work, nummer: str, nieuw: NieuweCreditnota) -> Creditnota:
    """Take back an invoice, or a part of it.

    Raises:
        FactuurNietGevonden: no invoice has this number.
        NietsTeCrediteren, TeVeelGecrediteerd: there is nothing left, or less than is asked.
        OnmogelijkeCreditdatum, TooFarAhead: the date must be a mistake.
    """
    rij = factuur.zichtbaar(work, EVERYTHING, nummer)
    datum = _datum(work, rij, nieuw.datum)
    over = factuur.niet_gecrediteerd(work, nummer)
    wens = over if nieuw.regels is None else _per_dienst(nieuw.regels)
    if not any(over.values()):
        raise NietsTeCrediteren(f"Factuur {nummer} is al geheel gecrediteerd.")
    te_veel = [f"{dienst} hoogstens {over.get(dienst, 0)} cent" for dienst, cent in wens.items() if cent > over.get(dienst, 0)]
    if te_veel:
        raise TeVeelGecrediteerd(f"Van factuur {nummer} kan nog worden gecrediteerd: {', '.join(te_veel)}.")
    return _leg_vast(work, rij, {dienst: cent for dienst, cent in wens.items() if cent}, nieuw.reden, datum)


def corrigeren(work: Work, nummer: str, nieuw: NieuweCorrectie, betaaltermijn_dagen: int) -> str:
    """Credit what is left of an invoice (of its whole bundle), and make one with another number of inhabitants in its place.

    Returns:
        the number of the new invoice.

    Raises:
        FactuurNietGevonden: no invoice has this number.
        DeelsGecrediteerd: a part was taken back before, and the new invoice would ask for it again.
        AlVerbeterd: another invoice has taken its place already.
        OnmogelijkeCreditdatum, TooFarAhead: the date must be a mistake.
    """
    rij = factuur.zichtbaar(work, EVERYTHING, nummer)
    datum = _datum(work, rij, nieuw.datum)
    alle = factuur.bundel_van(work, rij)
    factuur.vergrendel(work, [een.nummer for een in alle])  # all at once: in one order, as payments do
    over = {een.nummer: factuur.niet_gecrediteerd(work, een.nummer) for een in alle}
    if factuur.is_vervangen(work, nummer):
        raise AlVerbeterd(f"Factuur {nummer} is al door een andere vervangen.")
    deels = [een.nummer for een in alle if 0 < sum(over[een.nummer].values()) < een.bedrag_cent]
    if deels:
        raise DeelsGecrediteerd(f"Van {', '.join(deels)} is al een deel gecrediteerd; crediteer eerst ook de rest.")
    for een in alle:
        regels = {dienst: cent for dienst, cent in over[een.nummer].items() if cent}
        if regels:
            _leg_vast(work, een, regels, nieuw.reden, datum)
    return factuur.vervang(work, alle, nieuw.inwoners, nieuw.reden, datum, betaaltermijn_dagen)[nummer]


def list_creditnotas(work: Work, zicht: Sight, wens: CreditnotasFilter) -> tuple[int, list[Creditnota]]:
    """(total number, credit notes of this page) that the caller may see, by number."""
    count, rows = repository.list_creditnotas(work.session, zicht, wens)
    return count, _weergaven(work, rows)


def get_creditnota(work: Work, zicht: Sight, nummer: str) -> Creditnota:
    """One credit note.

    Raises:
        CreditnotaNietGevonden: there is none with this number, or this caller may not see it.
    """
    return _weergaven(work, [zichtbaar(work, zicht, nummer)])[0]


def zichtbaar(work: Work, zicht: Sight, nummer: str) -> Values:
    """The row of a credit note, for the other features of this service.

    Raises:
        CreditnotaNietGevonden: there is none with this number, or this caller may not see it.
    """
    return found(repository.find(work.session, zicht, nummer), CreditnotaNietGevonden, f"Er is geen creditnota {nummer}.")


def van_nummers(work: Work, nummers: Collection[str]) -> Sequence[Values]:
    """The rows of these credit notes."""
    return repository.van_nummers(work.session, nummers)


def regels_van(work: Work, nummers: Collection[str]) -> dict[str, dict[str, int]]:
    """Credit note to the cents of its lines by dienst."""
    return repository.regels(work.session, nummers)


def pad(nummer: str) -> str:
    return f"/v1/creditnotas/{nummer}"


def _per_dienst(regels: Sequence[NieuweCreditregel]) -> dict[str, int]:
    """Dienst to cents; what stands there twice counts twice."""
    gevraagd: Counter[str] = Counter()
    for regel in regels:
        gevraagd[regel.dienst] += regel.bedrag_cent
    return gevraagd


def _datum(work: Work, rij: Values, gevraagd: date | None) -> date:
    datum = gevraagd or today(work.clock)
    require_near(work.clock, datum=datum)
    if datum < rij.factuurdatum:
        raise OnmogelijkeCreditdatum(f"Factuur {rij.nummer} is van {rij.factuurdatum}; {datum} ligt daarvoor.")
    return datum


def _leg_vast(work: Work, rij: Values, regels: Mapping[str, int], reden: str, datum: date) -> Creditnota:
    volgnummer = repository.neem_nummer(work.session, rij.jaar)
    nummer, bedrag = creditnummer(rij.jaar, volgnummer), sum(regels.values())
    waarden: dict[str, Any] = {
        "nummer": nummer,
        "jaar": rij.jaar,
        "volgnummer": volgnummer,
        "factuur": rij.nummer,
        "gemeentecode": rij.gemeentecode,
        "reden": reden,
        "datum": datum,
        "bedrag_cent": bedrag,
        "vastgesteld_op": work.clock.now(),
    }
    repository.add(work.session, waarden, regels)
    rekeningen = {dienst.code: dienst.rekening_gefactureerd for dienst in list_diensten(work)}
    boeking.boeken(
        work,
        datum=datum,
        groep=pad(nummer),
        pad=pad(nummer),
        omschrijving=f"Creditnota {nummer} bij factuur {rij.nummer} aan gemeente {rij.gemeentenaam}",
        regels=[(DEBITEUREN, -bedrag), *((rekeningen[dienst], cent) for dienst, cent in regels.items())],
    )
    work.record(
        action="creditnota.vaststellen",
        subject=pad(nummer),
        change={"factuur": factuur.pad(rij.nummer), "bedragCent": bedrag, "reden": reden},
    )
    getoond = [Creditregel.make(dienst=dienst, bedrag_cent=cent) for dienst, cent in sorted(regels.items())]
    return Creditnota.make(**{**waarden, "factuur": factuur.pad(rij.nummer)}, regels=getoond, boeking=None)


def _weergaven(work: Work, rows: Sequence[Values]) -> list[Creditnota]:
    regels = repository.regels(work.session, [rij.nummer for rij in rows])
    boekingen = outbox.answers(work.session, [pad(rij.nummer) for rij in rows])
    return Creditnota.from_rows(
        rows,
        lambda rij: {
            "factuur": factuur.pad(rij.factuur),
            "regels": [Creditregel.make(dienst=dienst, bedrag_cent=cent) for dienst, cent in regels[rij.nummer].items()],
            "boeking": boeking.verwijzing(boekingen, pad(rij.nummer)),
        },
    )
