"""Use cases of reminders."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from gemeengoed_kit.clock import today
from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.errors import Forbidden
from gemeengoed_kit.eyes import Eyes
from gemeengoed_kit.pagination import PageQuery
from gemeengoed_kit.sight import EVERYTHING, Sight, found
from gemeengoed_kit.window import require_near

from abonnement_api.betaler import service as betaler
from abonnement_api.betaler.rules import Factuuradres
from abonnement_api.eml import Bijlage, eml
from abonnement_api.factuur import service as factuur
from abonnement_api.factuur.errors import FactuurNietGevonden
from abonnement_api.factuurstuk.beeld import dag as voluit
from abonnement_api.herinnering import repository, rules
from abonnement_api.herinnering.errors import (
    AanhoudingNietGevonden,
    AlAangehouden,
    GeenEmailadres,
    HerinneringNietGevonden,
    OnbekendeFactuur,
    OnmogelijkeAanhouding,
)
from abonnement_api.herinnering.pdf import pdf_van
from abonnement_api.herinnering.schemas import (
    Aanhouding,
    Achterstand,
    AchterstandenFilter,
    BeleidInvoer,
    Herinnerd,
    Herinnering,
    HerinneringenFilter,
    Herinneringsbeleid,
    Herinneringsregel,
    NieuweAanhouding,
    NieuweOpheffing,
)
from abonnement_api.toegang import GEMEENTE
from abonnement_api.verkoper import service as verkoper

PER_KEER = 500
BUREAU = "administratiebureau"


def list_beleid(work: Work, wens: PageQuery) -> tuple[int, list[Herinneringsbeleid]]:
    """(total number, ladders of this page), by day and version."""
    count, rows = repository.list_beleid(work.session, wens)
    return count, Herinneringsbeleid.from_rows(rows)


def leg_beleid_vast(work: Work, vanaf: date, invoer: BeleidInvoer) -> Herinneringsbeleid:
    """Add a version of the ladder from a day on; letters that were made do not change."""
    repository.lock(work.session, f"herinneringsbeleid {vanaf}")
    waarden = {
        "vanaf": vanaf,
        "rentepercentage": None if invoer.rentepercentage is None else Decimal(invoer.rentepercentage),
        "kosten_cent": invoer.kosten_cent,
        "bron": invoer.bron,
        "stappen": [trede.model_dump() for trede in invoer.stappen],
        "vastgelegd_op": work.clock.now(),
    }
    versie = repository.add_beleid(work.session, waarden)
    work.record(
        action="herinneringsbeleid.vastleggen",
        subject=f"/v1/herinneringsbeleid/{vanaf}",
        change={**invoer.model_dump(mode="json", by_alias=True), "versie": versie},
    )
    return Herinneringsbeleid.make(**waarden, versie=versie)


def list_achterstanden(work: Work, wens: AchterstandenFilter) -> tuple[int, list[Achterstand]]:
    """(total number, overdue invoices of this page) with what follows for each; nothing is made.

    Raises:
        TooFarAhead: the day is more than a year from now.
    """
    dag = wens.dag or today(work.clock)
    require_near(work.clock, dag=dag)
    treden = _treden(repository.beleid_op(work.session, dag))
    count, rows = repository.list_achterstanden(work.session, wens, dag, [trede.dagen for trede in treden])
    return count, Achterstand.from_rows(
        rows,
        lambda rij: {
            "factuur": factuur.pad(rij.nummer),
            "titel": treden[rij.volgende_stap - 1].naam if rij.volgende_stap else None,
        },
    )


def herinneren(work: Work, iban: str) -> Herinnerd:
    """Make the letters that are due today: one for a gemeente, who pays for it, and a step, about all invoices that are at it.
    Who asks again gets no letter twice, since what was reminded of today waits for its next step."""
    dag = today(work.clock)
    repository.lock(work.session, "herinneringen")
    beleid = repository.beleid_op(work.session, dag)
    treden = _treden(beleid)
    dagen = [trede.dagen for trede in treden]
    nummers = [rij.nummer for rij in repository.aan_de_beurt(work.session, dag, dagen, PER_KEER)]
    factuur.vergrendel(work, nummers)
    rijen = repository.aan_de_beurt(work.session, dag, dagen, PER_KEER, nummers)  # as they are while nobody can pay them
    gegevens = betaler.factuuradressen(work, {(rij.gemeentecode, rij.betaler) for rij in rijen})
    van = _bureau(work, dag)
    brieven: list[dict[str, Any]] = []
    regels: list[dict[str, Any]] = []

    def brief_van(rij: Values) -> tuple[str, str, int]:
        return rij.gemeentecode, rij.betaler or "", rij.volgende_stap

    for (code, wie, stap), groep in itertools.groupby(sorted(rijen, key=lambda r: (*brief_van(r), r.nummer)), key=brief_van):
        over, laatste = list(groep), stap == len(treden)
        id = uuid.uuid4()
        brief = rules.brief(
            treden[stap - 1],
            [rules.Post(rij.nummer, rij.betalingskenmerk, rij.vervaldatum, rij.open_cent) for rij in over],
            dag,
            van,
            _afnemer(gegevens.get((code, wie or None)), over[0].gemeentenaam),
            iban,
            beleid.rentepercentage if laatste else None,
            beleid.kosten_cent if laatste else None,
        )
        vast = {"gemeentecode": code, "betaler": wie or None, "stap": stap, "dag": dag, "gemaakt_op": work.clock.now()}
        brieven.append({"id": id, "brief": brief, **vast})
        regels += [
            {
                "herinnering": id,
                "factuur": rij.nummer,
                "volgnummer": rij.aantal + 1,
                "stap": stap,
                "dag": dag,
                "open_cent": rij.open_cent,
            }
            for rij in over
        ]
    if brieven:
        repository.add(work.session, brieven, regels)
        work.record(
            action="herinnering.maken",
            subject="/v1/herinneringen",
            change={"dag": dag.isoformat(), "brieven": len(brieven), "facturen": [regel["factuur"] for regel in regels]},
        )
    nog = repository.aantal_aan_de_beurt(work.session, dag, dagen)
    return Herinnerd.make(dag=dag, brieven=len(brieven), facturen=len(regels), nog_te_maken=nog)


def list_herinneringen(work: Work, zicht: Sight, wens: HerinneringenFilter) -> tuple[int, list[Herinnering]]:
    """(total number, letters of this page) that the caller may see, in the order in which they were made."""
    count, rows = repository.list_herinneringen(work.session, zicht, wens)
    return count, _herinneringen(work, rows)


def get_herinnering(work: Work, zicht: Sight, id: uuid.UUID) -> Herinnering:
    """One letter.

    Raises:
        HerinneringNietGevonden: there is none with this id, or this caller may not see it.
    """
    return _herinneringen(work, [_zichtbaar(work, zicht, id)])[0]


def get_brief(work: Work, zicht: Sight, id: uuid.UUID) -> dict[str, Any]:
    """What a letter says, to draw it.

    Raises:
        HerinneringNietGevonden: see `get_herinnering`.
    """
    brief: dict[str, Any] = _zichtbaar(work, zicht, id).brief
    return brief


def get_email(work: Work, zicht: Sight, id: uuid.UUID) -> Callable[[], bytes]:
    """What makes a letter into a mail, with its PDF; it needs no database.

    Raises:
        HerinneringNietGevonden: see `get_herinnering`.
        GeenEmailadres: the gemeente or the bureau has no address.
    """
    rij = _zichtbaar(work, zicht, id)
    sleutel = (rij.gemeentecode, rij.betaler)
    aan = betaler.factuuradressen(work, [sleutel]).get(sleutel)
    brief = rij.brief
    if aan is None or aan.email is None or brief["van"]["email"] is None:
        raise GeenEmailadres(f"Herinnering {id} kan niet worden gemaild: een e-mailadres is niet vastgelegd.")
    adres = aan.email
    naam = f"{brief['titel'].lower().replace(' ', '-')}-{rij.dag}.pdf"
    return lambda: eml(
        van=(brief["van"]["naam"], brief["van"]["email"]),
        aan=(brief["aan"]["naam"], adres),
        onderwerp=f"{brief['titel']} {', '.join(post['nummer'] for post in brief['facturen'])}",
        tekst=_tekst(brief),
        op=rij.gemaakt_op,
        id=rij.id,
        bijlagen=[Bijlage(naam, "application/pdf", pdf_van(brief))],
    )


def aanhouden(work: Work, zicht: Sight, wie: Eyes, nieuw: NieuweAanhouding) -> Aanhouding:
    """Remind of an invoice no more, for a while. A gemeente may dispute its own; an arrangement is of the administratie.

    Raises:
        OnbekendeFactuur: no invoice has this number, or this caller may not see it.
        OnmogelijkeAanhouding, TooFarAhead: its days must be a mistake.
        AlAangehouden: one of the same kind has not ended yet.
    """
    try:
        rij = factuur.zichtbaar(work, zicht, nieuw.factuur)
    except FactuurNietGevonden as fout:
        raise OnbekendeFactuur(fout.detail) from None
    if wie.role == GEMEENTE and nieuw.soort != rules.BETWIST:
        raise Forbidden("Een gemeente kan een factuur betwisten; een betalingsregeling legt de administratie vast.")
    vanaf = nieuw.vanaf or today(work.clock)
    require_near(work.clock, vanaf=vanaf)
    if (nieuw.soort == rules.BETALINGSREGELING and nieuw.tot_en_met is None) or (nieuw.tot_en_met or vanaf) < vanaf:
        raise OnmogelijkeAanhouding(f"Vanaf {vanaf} tot en met {nieuw.tot_en_met or 'geen dag'}.")
    factuur.vergrendel(work, [rij.nummer])
    if repository.geldt_nog(work.session, rij.nummer, nieuw.soort, vanaf):
        raise AlAangehouden(f"Van factuur {rij.nummer} is al vastgelegd: {nieuw.soort}.")
    id = uuid.uuid4()
    waarden = {
        **nieuw.model_dump(),
        "id": id,
        "vanaf": vanaf,
        "gemeentecode": rij.gemeentecode,
        "rol": wie.role,
        "peer_id": wie.peer_id,
        "vastgelegd_op": work.clock.now(),
    }
    repository.add_aanhouding(work.session, waarden)
    work.record(
        action="aanhouding.vastleggen",
        subject=pad_aanhouding(id),
        change={**nieuw.model_dump(mode="json", by_alias=True), "vanaf": vanaf.isoformat()},
    )
    return get_aanhouding(work, EVERYTHING, id)


def opheffen(work: Work, id: uuid.UUID, nieuw: NieuweOpheffing) -> Aanhouding:
    """Remind again, from today on; once, a repetition changes nothing.

    Raises:
        AanhoudingNietGevonden: there is none with this id.
    """
    factuur.vergrendel(work, [_aanhouding(work, EVERYTHING, id).factuur])
    if _aanhouding(work, EVERYTHING, id).opgeheven_op is None:
        waarden = {"aanhouding": id, "dag": today(work.clock), **nieuw.model_dump(), "vastgelegd_op": work.clock.now()}
        repository.hef_op(work.session, waarden)
        work.record(action="aanhouding.opheffen", subject=pad_aanhouding(id), change=nieuw.model_dump(by_alias=True))
    return get_aanhouding(work, EVERYTHING, id)


def list_aanhoudingen(work: Work, zicht: Sight, wens: PageQuery) -> tuple[int, list[Aanhouding]]:
    """(total number, aanhoudingen of this page) that the caller may see, in the order in which they were made."""
    count, rows = repository.list_aanhoudingen(work.session, zicht, wens)
    return count, Aanhouding.from_rows(rows, lambda rij: {"factuur": factuur.pad(rij.factuur)})


def get_aanhouding(work: Work, zicht: Sight, id: uuid.UUID) -> Aanhouding:
    """One aanhouding.

    Raises:
        AanhoudingNietGevonden: there is none with this id, or this caller may not see it.
    """
    rij = _aanhouding(work, zicht, id)
    return Aanhouding.from_row(rij, factuur=factuur.pad(rij.factuur))


def pad(id: uuid.UUID) -> str:
    return f"/v1/herinneringen/{id}"


def pad_aanhouding(id: uuid.UUID) -> str:
    return f"/v1/aanhoudingen/{id}"


def _treden(beleid: Values) -> list[rules.Trede]:
    return [rules.Trede(**trede) for trede in beleid.stappen]


def _bureau(work: Work, dag: date) -> rules.Partij:
    rij = verkoper.gegevens_op(work, [BUREAU], dag).get(BUREAU)
    if rij is None:
        return rules.Partij("Administratiebureau")
    return rules.Partij(rij.naam, [rij.straat, f"{rij.postcode}  {rij.plaats}"], rij.email)


def _afnemer(rij: Factuuradres | None, naam: str) -> rules.Partij:
    if rij is None:
        return rules.Partij(f"Gemeente {naam}")
    return rules.Partij(rij.naam, [rij.straat, f"{rij.postcode}  {rij.plaats}"])


def _zichtbaar(work: Work, zicht: Sight, id: uuid.UUID) -> Values:
    return found(repository.find(work.session, zicht, id), HerinneringNietGevonden, f"Er is geen herinnering {id}.")


def _aanhouding(work: Work, zicht: Sight, id: uuid.UUID) -> Values:
    return found(repository.find_aanhouding(work.session, zicht, id), AanhoudingNietGevonden, f"Er is geen aanhouding {id}.")


def _tekst(brief: dict[str, Any]) -> str:
    dagen = {brief["datum"], brief["betalenVoor"], *(post["vervaldatum"] for post in brief["facturen"])}
    return rules.als_tekst(brief, {iso: voluit(date.fromisoformat(iso)) for iso in dagen})


def _herinneringen(work: Work, rijen: Sequence[Values]) -> list[Herinnering]:
    regels = repository.regels(work.session, [rij.id for rij in rijen])
    return [
        Herinnering.from_row(
            rij,
            titel=rij.brief["titel"],
            gevolg_voor_diensten=rules.GEVOLG,
            facturen=[Herinneringsregel.make(factuur=factuur.pad(r.factuur), open_cent=r.open_cent) for r in regels[rij.id]],
            tekst=_tekst(rij.brief),
            pdf=f"{pad(rij.id)}/pdf",
        )
        for rij in rijen
    ]
