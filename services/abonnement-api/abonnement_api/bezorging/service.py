"""Use cases of the delivery of documents."""

from __future__ import annotations

import base64
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gemeengoed_kit.clock import today
from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.eyes import Eyes
from gemeengoed_kit.jobs import queued
from gemeengoed_kit.pagination import PageQuery
from gemeengoed_kit.sight import EVERYTHING, Sight, found

from abonnement_api.betaler import service as betaler
from abonnement_api.bezorging import bericht, repository, rules
from abonnement_api.bezorging.errors import BezorgingNietGevonden, BezorgwijzenKloppenNiet, NietTeBezorgen, StapPastNiet
from abonnement_api.bezorging.schemas import (
    Adres,
    Bericht,
    Bezorging,
    BezorgingenFilter,
    BezorgingKort,
    Bezorgstap,
    Bezorgwijze,
    NieuweAanbieding,
    NieuweBezorgmelding,
    NieuweBezorgwijzen,
    NieuwePoging,
)
from abonnement_api.creditnota import service as creditnota
from abonnement_api.factuur import service as factuur
from abonnement_api.factuurgegevens.schemas import Vastgelegd
from abonnement_api.factuurstuk import service as factuurstuk
from abonnement_api.verkoper import service as verkoper

TASK = "bezorging.aanbieden"
BUREAU = "administratiebureau"


@dataclass(frozen=True)
class TeVersturen:
    """A document for an access point: its attempt, and the body of the call."""

    nummer: str
    bericht: uuid.UUID
    inhoud: dict[str, Any]


def list_wijzen(work: Work, zicht: Sight, wens: PageQuery) -> tuple[int, list[Bezorgwijze]]:
    """(total number, ways of this page) that the caller may see, by gemeentecode and version."""
    count, rows = repository.list_wijzen(work.session, zicht, wens)
    return count, Bezorgwijze.from_rows(rows)


def leg_wijzen_vast(work: Work, nieuw: NieuweBezorgwijzen) -> Vastgelegd:
    """Add a version of each of these gemeenten, all or none. What was offered already stays as it was.

    Raises:
        BezorgwijzenKloppenNiet: a gemeente is in it twice.
    """
    dubbel = sorted(code for code, keer in Counter(een.gemeentecode for een in nieuw.wijzen).items() if keer > 1)
    if dubbel:
        raise BezorgwijzenKloppenNiet(f"Er meer dan eens in: {', '.join(dubbel)}.")
    op = work.clock.now()
    repository.add_wijzen(work.session, [{**een.model_dump(), "vastgelegd_op": op} for een in nieuw.wijzen])
    work.record(action="bezorgwijze.vastleggen", subject="/v1/bezorgwijzen", change=nieuw.model_dump(mode="json", by_alias=True))
    plan(work)
    return Vastgelegd.make(aantal=len(nieuw.wijzen))


def list_bezorgingen(work: Work, zicht: Sight, wens: BezorgingenFilter, iban: str) -> tuple[int, list[BezorgingKort]]:
    """(total number, documents of this page) that the caller may see, by number."""
    count, rows = repository.list_bezorgingen(work.session, zicht, wens, today(work.clock))
    verder = _verder(work, rows, iban)
    return count, BezorgingKort.from_rows(rows, lambda rij: verder[rij.nummer])


def get_bezorging(work: Work, zicht: Sight, nummer: str, iban: str) -> Bezorging:
    """One document on its way.

    Raises:
        BezorgingNietGevonden: there is none with this number, or this caller may not see it.
    """
    rij = _zichtbaar(work, zicht, nummer)
    stappen = repository.stappen(work.session, nummer)
    return Bezorging.from_row(
        rij,
        **_verder(work, [rij], iban)[nummer],
        bericht=_bericht(work, rij),
        stappen=Bezorgstap.from_rows(stappen),
        email=f"{pad(nummer)}/email",
        envelop=f"{pad(nummer)}/envelop",
    )


def get_envelop(work: Work, zicht: Sight, nummer: str) -> bytes:
    """The document in the envelope of its attempt.

    Raises:
        BezorgingNietGevonden: see `get_bezorging`.
        NietTeBezorgen: something keeps it from being sent.
    """
    rij = _zichtbaar(work, zicht, nummer)
    _eisen_vrij(work, rij, rules.TOEGANGSPUNT)
    return bericht.envelop_van(_bytes(work, nummer, "ubl"), _poging(rij), rij.opgemaakt_op)


def get_email(work: Work, zicht: Sight, nummer: str) -> bytes:
    """The document as a mail.

    Raises:
        BezorgingNietGevonden: see `get_bezorging`.
        NietTeBezorgen: something keeps it from being sent, such as an address that is missing.
    """
    rij = _zichtbaar(work, zicht, nummer)
    _eisen_vrij(work, rij, rules.EMAIL)
    sleutel = (rij.gemeentecode, rij.betaler)
    aan = betaler.factuuradressen(work, [sleutel])[sleutel].email
    assert aan is not None  # else something keeps it from being sent
    van = verkoper.gegevens_op(work, [BUREAU], rij.datum)[BUREAU]
    stukken = [_bytes(work, nummer, vorm) for vorm in ("ubl", "pdf")]
    return bericht.email_van(stukken[0], stukken[1], _poging(rij), rij.opgemaakt_op, (van.naam, van.email), aan)


def aanbieden(work: Work, zicht: Sight, wie: Eyes, nummer: str, nieuw: NieuweAanbieding) -> None:
    """Write down that a document is being sent; once for an attempt, a repetition changes nothing.

    Raises:
        BezorgingNietGevonden: see `get_bezorging`.
        NietTeBezorgen: something keeps it from being sent.
        StapPastNiet: it is not waiting, or its gemeente fetches it itself.
    """
    rij = _vast(work, zicht, nummer)
    if rij.status == rules.AANGEBODEN:
        return
    _eisen_vrij(work, rij, rij.wijze)
    _leg_vast(work, rij, rules.AANGEBODEN, wie, kenmerk=nieuw.kenmerk)


def melden(work: Work, zicht: Sight, wie: Eyes, nummer: str, nieuw: NieuweBezorgmelding) -> None:
    """Write down what became of a document; the same again changes nothing.

    Raises:
        BezorgingNietGevonden: see `get_bezorging`.
        StapPastNiet: it is about an earlier attempt, or cannot follow what happened before.
    """
    rij = _vast(work, zicht, nummer)
    if (nieuw.uitkomst == rules.GEWEIGERD) != (nieuw.reden is not None):
        raise StapPastNiet("Bij geweigerd hoort een reden, en alleen daarbij.")
    if nieuw.bericht not in (None, rij.bericht if rij.volgnummer else _poging(rij)):
        raise StapPastNiet(f"Bericht {nieuw.bericht} is niet de laatste poging van {nummer}.")
    if rij.status != nieuw.uitkomst:
        _leg_vast(work, rij, nieuw.uitkomst, wie, kenmerk=nieuw.kenmerk, reden=nieuw.reden)


def opnieuw(work: Work, wie: Eyes, nummer: str, nieuw: NieuwePoging) -> None:
    """Have a document delivered again, as its gemeente wants it now; what waits already does not change.

    Raises:
        BezorgingNietGevonden: there is no document with this number.
        StapPastNiet: it was never sent.
    """
    rij = _vast(work, EVERYTHING, nummer)
    if rij.status == rules.OPNIEUW:
        return
    _leg_vast(work, rij, rules.OPNIEUW, wie, reden=nieuw.reden)
    plan(work)


def is_op_te_halen(work: Work, nummer: str) -> bool:
    """Whether a document waits for its gemeente to fetch it."""
    rij = repository.find(work.session, EVERYTHING, nummer, today(work.clock))
    return rij is not None and rij.status in rules.WACHTEND and rij.wijze == rules.OPHALEN


def opgehaald(work: Work, wie: Eyes, nummer: str, vorm: str) -> None:
    """Write down that a gemeente has fetched a document itself, the first time."""
    repository.lock(work.session, nummer)
    rij = repository.find(work.session, EVERYTHING, nummer, today(work.clock))
    if rij is not None and rij.status in rules.WACHTEND and rij.wijze == rules.OPHALEN:
        _leg_vast(work, rij, rules.BEZORGD, wie, kenmerk=f"opgehaald ({vorm})")


def plan(work: Work) -> None:
    """Queue the handing over to an access point, unless that is queued already; for a service that has one."""
    if work.jobs is not None and TASK in work.jobs.tasks and not queued(work.session, TASK):
        work.defer(TASK, lock=TASK)


def hervat(work: Work) -> None:
    """Queue it when something waits for it."""
    if repository.te_versturen(work.session, rules.TOEGANGSPUNT, "", 1, today(work.clock)):
        plan(work)


def te_versturen(work: Work, na: str) -> TeVersturen | None:
    """The next document for the access point, after a number; None when none is left."""
    nummers = repository.te_versturen(work.session, rules.TOEGANGSPUNT, na, 1, today(work.clock))
    if not nummers:
        return None
    rij = _zichtbaar(work, EVERYTHING, nummers[0])
    gegevens = _bericht(work, rij)
    assert gegevens is not None
    ubl = _bytes(work, rij.nummer, "ubl")
    inhoud = {**gegevens.model_dump(mode="json", by_alias=True), "nummer": rij.nummer, "ubl": base64.b64encode(ubl).decode()}
    return TeVersturen(rij.nummer, gegevens.id, inhoud)


def overgedragen(work: Work, nummer: str, poging: uuid.UUID, kenmerk: str | None, weigering: str | None) -> None:
    """Write down that the access point has taken a document, or has refused it; once for an attempt.

    Args:
        kenmerk: path of the message at the access point.
        weigering: why it refused.
    """
    rij = _vast(work, EVERYTHING, nummer)
    if rij.status not in rules.WACHTEND or rij.wijze != rules.TOEGANGSPUNT or _poging(rij) != poging:
        return
    _leg_vast(work, rij, rules.AANGEBODEN, None, kenmerk=kenmerk)
    if weigering is not None:
        _leg_vast(work, _vast(work, EVERYTHING, nummer), rules.GEWEIGERD, None, reden=weigering[:500])


def pad(nummer: str) -> str:
    return f"/v1/bezorgingen/{nummer}"


def _zichtbaar(work: Work, zicht: Sight, nummer: str) -> Values:
    rij = repository.find(work.session, zicht, nummer, today(work.clock))
    return found(rij, BezorgingNietGevonden, f"Er is geen bezorging {nummer}.")


def _vast(work: Work, zicht: Sight, nummer: str) -> Values:
    """As `_zichtbaar`, while nobody else adds a step."""
    repository.lock(work.session, nummer)
    return _zichtbaar(work, zicht, nummer)


def _poging(rij: Values) -> uuid.UUID:
    bekend: uuid.UUID | None = rij.bericht
    return bekend or rules.bericht(rij.ubl_sha256, 0)


def _leg_vast(
    work: Work, rij: Values, stap: str, wie: Eyes | None, *, kenmerk: str | None = None, reden: str | None = None
) -> None:
    if not rules.mag(rij.status, stap, rij.wijze):
        raise StapPastNiet(f"{rij.nummer} is {rij.status} ({rij.wijze}); {stap} kan daar niet op volgen.")
    volgnummer = rij.volgnummer + 1
    repository.add(
        work.session,
        {
            "nummer": rij.nummer,
            "volgnummer": volgnummer,
            "stap": stap,
            "wijze": rij.wijze,
            "bericht": rules.bericht(rij.ubl_sha256, volgnummer) if stap == rules.OPNIEUW else _poging(rij),
            "kenmerk": kenmerk,
            "reden": reden,
            "rol": wie.role if wie else None,
            "peer_id": wie.peer_id if wie else None,
            "op": work.clock.now(),
        },
    )
    gezegd = {"wijze": rij.wijze, "kenmerk": kenmerk, "reden": reden}
    work.record(action=f"bezorging.{stap}", subject=pad(rij.nummer), change={k: v for k, v in gezegd.items() if v is not None})


def _eisen_vrij(work: Work, rij: Values, wijze: str) -> None:
    redenen = ["het is nog niet opgemaakt"] if rij.status == rules.NIET_OPGEMAAKT else _redenen(work, [rij], wijze)[rij.nummer]
    if redenen:
        raise NietTeBezorgen(f"{rij.nummer} kan nog niet worden bezorgd: {'; '.join(redenen)}.", belemmeringen=redenen)


def _redenen(work: Work, rijen: Sequence[Values], wijze: str | None = None) -> dict[str, list[str]]:
    """Number to what keeps a document that was made up from being sent (in this way, else in its own)."""
    gegevens = betaler.factuuradressen(work, {(rij.gemeentecode, rij.betaler) for rij in rijen})
    adressen = {sleutel: een.email for sleutel, een in gegevens.items()}
    return {
        rij.nummer: rules.belemmeringen(wijze or rij.wijze, adressen.get((rij.gemeentecode, rij.betaler)), rij.fouten)
        if wijze or rij.status in rules.WACHTEND
        else []
        for rij in rijen
    }


def _verder(work: Work, rijen: Sequence[Values], iban: str) -> dict[str, dict[str, Any]]:
    zonder = [rij.nummer for rij in rijen if rij.status == rules.NIET_OPGEMAAKT]
    redenen = {**_redenen(work, rijen), **(factuurstuk.belemmeringen(work, zonder, iban) if zonder else {})}
    return {
        rij.nummer: {
            "stuk": (creditnota if rij.soort == "creditnota" else factuur).pad(rij.nummer),
            "belemmeringen": redenen[rij.nummer],
        }
        for rij in rijen
    }


def _bericht(work: Work, rij: Values) -> Bericht | None:
    if rij.status == rules.NIET_OPGEMAAKT:
        return None
    kern = bericht.kern_van(_bytes(work, rij.nummer, "ubl"))
    adressen = {
        wie: Adres.make(schema_=schema, nummer=nummer)
        for wie, (schema, nummer) in (("zender", kern.zender), ("ontvanger", kern.ontvanger))
    }
    return Bericht.make(
        id=_poging(rij), **adressen, documenttype=kern.documenttype, proces=kern.proces, ubl_sha256=rij.ubl_sha256
    )


def _bytes(work: Work, nummer: str, vorm: str) -> bytes:
    inhoud = factuurstuk.bytes_van(work, nummer, vorm)
    assert inhoud is not None, nummer
    return inhoud
