"""Use cases of offers: who has signed, who has not answered, and reminders to those."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from gemeengoed_kit.clock import today
from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.pagination import PageQuery
from gemeengoed_kit.sight import EVERYTHING, Sight, found
from gemeengoed_kit.waiting import Waiting

from abonnement_api.aanbod import models, repository, rules
from abonnement_api.aanbod.errors import (
    AanbodBestaat,
    AanbodgemeenteNietGevonden,
    AanbodNietGevonden,
    AanbodNietOpen,
    AanbodOndertekend,
    AntwoordPastNiet,
    GemeenteBuitenAanbod,
    OnsamenhangendAanbod,
)
from abonnement_api.aanbod.rules import AANGEVRAAGD, MISLUKT, ONDERTEKEND, OPEN, procent
from abonnement_api.aanbod.schemas import (
    Aanbod,
    Aanbodantwoord,
    Aanbodgemeente,
    AanbodgemeentenFilter,
    AntwoordenFilter,
    Bord,
    Borddeel,
    GegevenAntwoord,
    NieuwAanbod,
    NieuwAntwoord,
    NieuweRappels,
    Rappel,
    Rappelronde,
    RappelsFilter,
)
from abonnement_api.abonnement import service as abonnement
from abonnement_api.abonnement.schemas import Getekend
from abonnement_api.catalogus import gemeente
from abonnement_api.looptijd import rules as looptijd
from abonnement_api.looptijd.schemas import Uittreden, Uittreedmogelijkheid
from abonnement_api.mislukking import Probleem
from abonnement_api.tarief import rules as tarief_rules
from abonnement_api.tarief import service as tarief
from abonnement_api.tarief.errors import GeenTarief

TASK = "aanbod.openstellen"
WACHTEND = Waiting(
    models.Aanbod,
    status=AANGEVRAAGD,
    task=TASK,
    arguments=lambda aanbod: {"aanbod": aanbod.code},
    lock=lambda aanbod: f"{TASK} {aanbod.code}",
    path=lambda aanbod: pad(aanbod.code),
    action="aanbod.hervatten",
)
STANDEN = (ONDERTEKEND, rules.AFGEWEZEN, rules.GEEN_ANTWOORD)


@dataclass(frozen=True)
class Gemeente:
    """A gemeente as catalogus gives it; without a figure of the peildatum, `inwoners` is None."""

    naam: str
    inwoners: int | None


def aanbieden(work: Work, nieuw: NieuwAanbod) -> tuple[Aanbod, bool]:
    """Offer a subscription to every gemeente that exists on the first day; a job finds them.

    Returns:
        the offer, and whether the job was queued: the same content again changes nothing, unless it failed or its job is gone.

    Raises:
        OnsamenhangendAanbod: it contradicts itself; names every contradiction.
        OnbekendPakket: a package is in no decision for the first year.
        AanbodBestaat: the code is in use for another content.
    """
    inhoud = nieuw.model_dump()
    fouten = list(
        rules.tegenstrijdigheden(
            _regels(nieuw), nieuw.peildatum, nieuw.tussentijds, nieuw.uittreedbijdrage_procent, today(work.clock)
        )
    )
    if fouten:
        raise OnsamenhangendAanbod(f"Aanbod {nieuw.code} klopt niet met zichzelf.", invalid_params=fouten)
    pakketten = {nieuw.pakket, *([nieuw.uitzonderingspakket] if nieuw.uitzonderingspakket else [])}
    abonnement.eisen_pakketten(work, pakketten, nieuw.begindatum.year)
    rij, is_nieuw = repository.neem(
        work.session, {**inhoud, "status": AANGEVRAAGD, "probleem": None, "aangevraagd_op": work.clock.now(), "afgerond_op": None}
    )
    anders = [naam for naam, waarde in inhoud.items() if getattr(rij, naam) != waarde]
    if anders:
        raise AanbodBestaat(f"Aanbod {nieuw.code} bestaat al, en verschilt in: {', '.join(anders)}.")
    begint = is_nieuw or rij.status == MISLUKT
    if begint:
        rij.status, rij.probleem, rij.afgerond_op = AANGEVRAAGD, None, None
        work.session.flush()
        WACHTEND.queue(work, rij)
        work.record(action="aanbod.aanvragen", subject=pad(nieuw.code), change=nieuw.model_dump(mode="json", by_alias=True))
    return _weergave(rij), begint or WACHTEND.resume(work, rij)


def te_openen(work: Work, code: str) -> tuple[date, date] | None:
    """(first day, peildatum) of an offer whose gemeenten are yet to be found; None when it is open or has failed."""
    rij = repository.find(work.session, code)
    return (rij.begindatum, rij.peildatum) if rij is not None and rij.status == AANGEVRAAGD else None


def openstellen(work: Work, code: str, gemeenten: Mapping[str, Gemeente]) -> None:
    """Put down to whom the offer is made; does nothing when it is open already.

    Args:
        gemeenten: those that exist on the first day, by code.
    """
    rij = repository.lock(work.session, code)
    if rij.status != AANGEVRAAGD:
        return
    if gemeenten:
        repository.add_gemeenten(
            work.session,
            [
                {"aanbod": code, "gemeentecode": gemeentecode, "gemeentenaam": een.naam, "inwoners": een.inwoners}
                for gemeentecode, een in sorted(gemeenten.items())
            ],
        )
    rij.status, rij.afgerond_op = OPEN, work.clock.now()
    work.record(action="aanbod.openstellen", subject=pad(code), change={"aantalGemeenten": len(gemeenten)})


def mislukken(work: Work, code: str, probleem: dict[str, Any]) -> None:
    """Record why the offer cannot be opened; an offer that is open does not change."""
    rij = repository.lock(work.session, code)
    if rij.status == AANGEVRAAGD:
        reden = Probleem.make(**probleem).model_dump(mode="json")
        rij.status, rij.probleem, rij.afgerond_op = MISLUKT, reden, work.clock.now()
        work.record(action="aanbod.mislukken", subject=pad(code), change=reden)


def list_aanbiedingen(work: Work, wens: PageQuery) -> tuple[int, list[Aanbod]]:
    """(total number, offers of this page)."""
    count, rows = repository.list_aanbiedingen(work.session, wens)
    return count, Aanbod.from_rows(rows, lambda rij: {"probleem": Probleem.make(**rij.probleem) if rij.probleem else None})


def get_aanbod(work: Work, code: str) -> Aanbod:
    """One offer.

    Raises:
        AanbodNietGevonden: no offer has this code.
    """
    return _weergave(_find(work, code))


def antwoorden(work: Work, zicht: Sight, rol: str, code: str, nieuw: NieuwAntwoord) -> GegevenAntwoord:
    """Record what a gemeente answers; a signature makes its subscription at once.

    Raises:
        AanbodNietGevonden, AanbodNietOpen: there is nothing to answer.
        GemeenteBuitenAanbod: the offer is not made to this gemeente, or the caller may not act for it.
        AntwoordPastNiet: names all that is wrong.
        AanbodOndertekend: it has signed already.
        OverlappendAbonnement: it has a subscription in this term already.
    """
    vandaag = today(work.clock)
    datum = nieuw.datum or vandaag
    aanbod = _open(work, code)
    abonnement.grendel(work)
    gevonden = repository.gemeente(work.session, zicht, code, nieuw.gemeentecode)
    if gevonden is None:
        raise GemeenteBuitenAanbod(f"Aanbod {code} is niet gedaan aan {nieuw.gemeentecode}, of zij is niet de uwe.")
    eerder = repository.antwoorden_van(work.session, code, nieuw.gemeentecode)
    if any(antwoord.antwoord == ONDERTEKEND for antwoord in eerder):
        raise AanbodOndertekend(f"{gevonden.gemeentenaam} heeft aanbod {code} al ondertekend.")
    regels, wie = _regels(aanbod), nieuw.ondertekenaar
    besluitdatum = wie.besluitdatum
    fouten = list(rules.fouten_in(regels, nieuw.antwoord, datum, besluitdatum, nieuw.pakket, nieuw.uitzondering, vandaag))
    if fouten:
        raise AntwoordPastNiet(f"Dit antwoord op aanbod {code} past niet.", invalid_params=fouten)
    id, pakket = None, None
    if nieuw.antwoord == ONDERTEKEND:
        id, pakket = uuid.uuid4(), nieuw.pakket or aanbod.pakket
        begin = rules.ingangsdatum(aanbod.begindatum, datum)
        abonnement.eisen_vrij(work, [nieuw.gemeentecode], begin, aanbod.einddatum)
        naam = {"gemeentecode": nieuw.gemeentecode, "gemeentenaam": gevonden.gemeentenaam}
        dagen = {"begindatum": begin, "einddatum": aanbod.einddatum}
        abonnement.add(work, [{"id": id, **naam, "pakket": pakket, **dagen, "aanbod": code}])
    waarden = {
        "aanbod": code,
        "gemeentecode": nieuw.gemeentecode,
        "volgnummer": len(eerder) + 1,
        "antwoord": nieuw.antwoord,
        "datum": datum,
        **wie.model_dump(),
        "toelichting": nieuw.toelichting,
        "pakket": pakket,
        "uitzondering": nieuw.uitzondering,
        "abonnement": id,
        "rol": rol,
        "vastgelegd_op": work.clock.now(),
    }
    repository.add_antwoord(work.session, waarden)
    change = {**nieuw.model_dump(mode="json", by_alias=True), "datum": datum.isoformat()}
    if id is not None:
        change["abonnement"] = abonnement.abonnementspad(id)
    work.record(action=f"aanbod.{'ondertekenen' if id else 'afwijzen'}", subject=pad(code), change=change)
    uittreden = None
    if pakket is not None:
        begin = rules.ingangsdatum(aanbod.begindatum, datum)
        uittreden = uittreden_bij(work, code, nieuw.gemeentecode, begin, aanbod.einddatum, pakket)
    return GegevenAntwoord.make(antwoord=_antwoord(waarden), uittreden=uittreden)


def list_antwoorden(work: Work, zicht: Sight, code: str, wens: AntwoordenFilter) -> tuple[int, list[Aanbodantwoord]]:
    """(total number, answers of this page) that the caller may see.

    Raises:
        AanbodNietGevonden: no offer has this code.
    """
    _find(work, code)
    count, rows = repository.list_antwoorden(work.session, zicht, code, wens)
    return count, [_antwoord(rij._asdict()) for rij in rows]


def list_gemeenten(work: Work, zicht: Sight, code: str, wens: AanbodgemeentenFilter) -> tuple[int, list[Aanbodgemeente]]:
    """(total number, gemeenten of this page) that the caller may see, each with what it has answered.

    Raises:
        AanbodNietGevonden: no offer has this code.
    """
    _find(work, code)
    count, rows = repository.list_gemeenten(work.session, zicht, code, wens.op or today(work.clock), wens)
    return count, Aanbodgemeente.from_rows(rows, lambda rij: {"gemeente": gemeente(rij.gemeentecode)})


def alle_gemeenten(work: Work, code: str, op: date | None) -> list[Aanbodgemeente]:
    """Every gemeente of an offer, with what it has answered at the end of a day.

    Raises:
        AanbodNietGevonden: no offer has this code.
    """
    _find(work, code)
    rows = repository.alle_gemeenten(work.session, EVERYTHING, code, op or today(work.clock))
    return Aanbodgemeente.from_rows(rows, lambda rij: {"gemeente": gemeente(rij.gemeentecode)})


def get_bord(work: Work, code: str, op: date | None) -> Bord:
    """Who has answered and who has not, at the end of a day.

    Raises:
        AanbodNietGevonden: no offer has this code.
    """
    aanbod, dag = _find(work, code), op or today(work.clock)
    gevonden = {rij.stand: rij for rij in repository.standen(work.session, code, dag)}
    aantal = sum(rij.aantal for rij in gevonden.values())
    inwoners = int(sum(rij.inwoners for rij in gevonden.values()))
    delen = {naam: (gevonden[naam].aantal, int(gevonden[naam].inwoners)) if naam in gevonden else (0, 0) for naam in STANDEN}
    return Bord.make(
        aanbod=pad(code),
        op=dag,
        reageren_voor=aanbod.reageren_voor,
        begindatum=aanbod.begindatum,
        dagen_tot_reageren=(aanbod.reageren_voor - dag).days,
        dagen_tot_begin=(aanbod.begindatum - dag).days,
        aantal=aantal,
        inwoners=inwoners,
        zonder_cijfer=sum(rij.zonder_cijfer for rij in gevonden.values()),
        standen=[
            Borddeel.make(
                stand=naam,
                aantal=deel,
                procent=procent(deel, aantal),
                inwoners=mensen,
                procent_inwoners=procent(mensen, inwoners),
            )
            for naam, (deel, mensen) in delen.items()
        ],
        gemeenten=f"{pad(code)}/gemeenten?stand=geen+antwoord&op={dag}",
    )


def rappelleren(work: Work, code: str, nieuw: NieuweRappels) -> Rappelronde:
    """Make a reminder for every gemeente that has not answered, and had the one before on an earlier day. It is not sent here.

    Raises:
        AanbodNietGevonden, AanbodNietOpen: there is nothing to remind of.
    """
    vandaag, aanbod = today(work.clock), _open(work, code)
    abonnement.grendel(work)
    wie = repository.te_rappelleren(work.session, code, nieuw.stap, vandaag)
    if wie:
        standen = {rij.stand: rij.aantal for rij in repository.standen(work.session, code, vandaag)}
        getekend, alle, regels = standen.get(ONDERTEKEND, 0), sum(standen.values()), _regels(aanbod)
        rijen = []
        for rij in wie:
            bericht = rules.rappeltekst(regels, rij.gemeentenaam, nieuw.stap, vandaag, getekend, alle)
            sleutel = {"aanbod": code, "gemeentecode": rij.gemeentecode, "stap": nieuw.stap, "datum": vandaag}
            rijen.append({**sleutel, "onderwerp": bericht.onderwerp, "tekst": bericht.tekst, "vastgelegd_op": work.clock.now()})
        repository.add_rappels(work.session, rijen)
        work.record(action="aanbod.rappelleren", subject=pad(code), change={"stap": nieuw.stap, "aantal": len(wie)})
    return Rappelronde.make(stap=nieuw.stap, datum=vandaag, aantal=len(wie), rappels=rappelpad(code, nieuw.stap))


def list_rappels(work: Work, zicht: Sight, code: str, wens: RappelsFilter) -> tuple[int, list[Rappel]]:
    """(total number, reminders of this page) that the caller may see.

    Raises:
        AanbodNietGevonden: no offer has this code.
    """
    _find(work, code)
    count, rows = repository.list_rappels(work.session, zicht, code, wens)
    return count, Rappel.from_rows(rows)


def get_uittreden(work: Work, zicht: Sight, code: str, gemeentecode: str, pakket: str | None) -> Uittreden:
    """When a gemeente could leave and what that costs, before it signs.

    Raises:
        AanbodNietGevonden: no offer has this code.
        AanbodgemeenteNietGevonden: the offer is not made to this gemeente, or it is not the caller's.
    """
    aanbod = _find(work, code)
    if repository.gemeente(work.session, zicht, code, gemeentecode) is None:
        raise AanbodgemeenteNietGevonden(f"Aanbod {code} is niet gedaan aan deze gemeente, of zij is niet de uwe.")
    begin = rules.ingangsdatum(aanbod.begindatum, today(work.clock))
    einde = max(begin, aanbod.einddatum)
    return uittreden_bij(work, code, gemeentecode, begin, einde, pakket or aanbod.pakket)


def uittreden_bij(
    work: Work, code: str | None, gemeentecode: str, begindatum: date, einddatum: date, pakket: str, vanaf: date | None = None
) -> Uittreden:
    """When a subscription can end and what that costs, by the terms of its offer.

    Args:
        code: of the offer; None when nothing was agreed.
        vanaf: leave out the days before this one.
    """
    vandaag, voorwaarden = today(work.clock), voorwaarden_van(work, code)
    prijs = _jaarprijs_cent(work, code, gemeentecode, pakket, begindatum.year) if code else None
    opties = looptijd.mogelijkheden(begindatum, einddatum, voorwaarden, prijs)
    return Uittreden.make(
        opzegtermijn_maanden=voorwaarden.opzegtermijn_maanden,
        tussentijds=voorwaarden.tussentijds,
        uittreedbijdrage_procent=voorwaarden.uittreedbijdrage_procent,
        jaarprijs_cent=prijs,
        berekening=looptijd.BIJDRAGE,
        mogelijkheden=[
            Uittreedmogelijkheid.make(
                **{veld.name: getattr(optie, veld.name) for veld in fields(optie)}, kan_nog=vandaag <= optie.uiterste_opzegdag
            )
            for optie in opties
            if vanaf is None or optie.laatste_dag >= vanaf
        ],
    )


def voorwaarden_van(work: Work, code: str | None) -> looptijd.Voorwaarden:
    """The terms of an offer; without one, it ends when its term ends."""
    if code is None:
        return looptijd.GEEN
    aanbod = _find(work, code)
    return looptijd.Voorwaarden(aanbod.opzegtermijn_maanden, aanbod.tussentijds, aanbod.uittreedbijdrage_procent)


def pad(code: str) -> str:
    return f"/v1/aanbiedingen/{code}"


def rappelpad(code: str, stap: int) -> str:
    """Path of the reminders of a step."""
    return f"{pad(code)}/rappels?stap={stap}"


def _find(work: Work, code: str) -> Values:
    return found(repository.find(work.session, code), AanbodNietGevonden, f"Er is geen aanbod {code}.")


def _open(work: Work, code: str) -> Values:
    aanbod = _find(work, code)
    if aanbod.status != OPEN:
        raise AanbodNietOpen(f"Aanbod {code} is {aanbod.status}, niet open.")
    return aanbod


def _regels(bron: Values | NieuwAanbod) -> rules.Aanbod:
    return rules.Aanbod(**{veld.name: getattr(bron, veld.name) for veld in fields(rules.Aanbod)})


def _weergave(rij: Values | models.Aanbod) -> Aanbod:
    return Aanbod.from_row(rij, probleem=Probleem.make(**rij.probleem) if rij.probleem else None)


def _antwoord(waarden: Mapping[str, Any]) -> Aanbodantwoord:
    namen: Sequence[str] = list(Getekend.model_fields)
    verder = {naam: waarde for naam, waarde in waarden.items() if naam in Aanbodantwoord.model_fields and naam != "abonnement"}
    id = waarden["abonnement"]
    return Aanbodantwoord.make(
        **verder,
        ondertekenaar=Getekend.make(**{naam: waarden[naam] for naam in namen}),
        abonnement=abonnement.abonnementspad(id) if id else None,
    )


def _jaarprijs_cent(work: Work, code: str, gemeentecode: str, pakket: str, jaar: int) -> int | None:
    """By the tariff of the first year and the inhabitants of the offer; None when one of them is not known."""
    rij = repository.gemeente(work.session, EVERYTHING, code, gemeentecode)
    if rij is None or rij.inwoners is None:
        return None
    try:
        pakketten = tarief.pakketten(work, tarief.voor_jaar(work, jaar).id)
    except GeenTarief:
        return None
    return tarief_rules.factuurbedrag(pakketten[pakket], rij.inwoners).bedrag_cent if pakket in pakketten else None
