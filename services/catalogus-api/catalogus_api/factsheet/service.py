"""Use cases of factsheets and ramingen."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from gemeengoed_kit.clock import today
from gemeengoed_kit.conditional import require_match
from gemeengoed_kit.context import Work
from gemeengoed_kit.errors import InvalidParam
from gemeengoed_kit.pagination import PageQuery
from gemeengoed_kit.sight import EVERYTHING, Sight, found

from catalogus_api.factsheet import repository, rules
from catalogus_api.factsheet.errors import FactsheetKloptNiet, FactsheetNietGevonden
from catalogus_api.factsheet.rules import Maat, Post
from catalogus_api.factsheet.schemas import (
    Factsheet,
    Factsheetkeuze,
    NieuweFactsheet,
    Raming,
    Ramingregel,
    Ramingtotaal,
    Ramingvraag,
)
from catalogus_api.gemeente.errors import OnbekendeGemeente
from catalogus_api.gemeente.service import BRON, naam_op, telling_op
from catalogus_api.toegang import GEPUBLICEERD, voor_wie_publicaties_ziet
from catalogus_api.voorziening.service import get_voorziening, namen_van

CONCEPT = "concept"
AFRONDING = (
    "Een landelijk bedrag is naar rato van inwoners verdeeld volgens de grootste rest: de delen van alle gemeenten zijn samen "
    "precies dat bedrag. Verder is niets afgerond."
)
_VAN_DE_DIENST = {"voorziening", "versie", "naam", "vastgelegd_op", "vastgelegd_door", "vastgelegd_namens"}


def get_factsheet(work: Work, zicht: Sight, code: str, keuze: Factsheetkeuze) -> Factsheet:
    """The factsheet of a voorziening, as it is, as it was on a day, or in one version.

    Raises:
        VoorzieningNietGevonden: there is none with this code, or not for this caller.
        FactsheetNietGevonden: it has none, then or in that version, or not for this caller.
    """
    get_voorziening(work, zicht, code)
    rij = repository.find(work.session, zicht, code, keuze.op, keuze.versie)
    return Factsheet.from_row(found(rij, FactsheetNietGevonden, f"Er is geen factsheet van {code}{_welke(keuze)}."))


def van_voorzieningen(work: Work, zicht: Sight, codes: Collection[str], op: date | None) -> dict[str, list[Factsheet]]:
    """By voorziening, the factsheet that the caller may see, as it is or as it was on a day; those without are left out."""
    return {rij.voorziening: [Factsheet.from_row(rij)] for rij in repository.van_voorzieningen(work.session, zicht, codes, op)}


def list_factsheets(work: Work, zicht: Sight, code: str, wens: PageQuery) -> tuple[int, list[Factsheet]]:
    """(number in all, versions of this page) that the caller may see, newest first.

    Raises:
        VoorzieningNietGevonden: as `get_factsheet`.
    """
    get_voorziening(work, zicht, code)
    count, rows = repository.list_factsheets(work.session, zicht, code, wens)
    return count, Factsheet.from_rows(rows)


def vastleggen(work: Work, code: str, nieuw: NieuweFactsheet, if_match: str | None) -> Factsheet:
    """Give a voorziening the next version of its factsheet.

    Args:
        if_match: the version that it follows; a first one follows none.

    Raises:
        VersionNeeded, Changed: `if_match` does not name the last version, concepts counted.
        VoorzieningNietGevonden: there is none with this code.
        FactsheetKloptNiet: it breaks a rule.
    """
    voorziening = get_voorziening(work, EVERYTHING, code)
    repository.een_voor_een(work.session, [code])
    vorige = repository.laatste(work.session, [code]).get(code)
    require_match(if_match, vorige and vorige.versie)
    wrong = rules.buiten_de_tijd(nieuw.datum, today(work.clock), vorige and vorige.datum)
    if nieuw.publicatiestatus != CONCEPT and voorziening.publicatiestatus == CONCEPT:
        wrong.append(InvalidParam("publicatiestatus", "voorziening_concept", "de voorziening is zelf nog concept"))
    wrong += _bezwaren(nieuw)
    if wrong:
        raise FactsheetKloptNiet(f"Deze factsheet van {code} kan zo niet; zie invalidParams.", invalid_params=wrong)
    versie = vorige.versie + 1 if vorige else 1
    repository.add(work.session, [_rij(work, nieuw, code, versie, voorziening.naam)])
    change = {"versie": versie, **nieuw.model_dump(mode="json", by_alias=True)}
    wie = voor_wie_publicaties_ziet(nieuw.publicatiestatus)
    work.record(action="factsheet.vastleggen", subject=pad(code, versie), change=change, visible_to=wie)
    return get_factsheet(work, EVERYTHING, code, Factsheetkeuze.make(versie=versie))


def get_raming(work: Work, zicht: Sight, code: str, vraag: Ramingvraag) -> Raming:
    """What a voorziening comes to for one gemeente, as far as it follows from the factsheet of that day.

    Raises:
        VoorzieningNietGevonden, FactsheetNietGevonden: as `get_factsheet`.
        OnbekendeGemeente: the gemeente does not exist on that day.
    """
    op = vraag.op or today(work.clock)
    factsheet = get_factsheet(work, zicht, code, Factsheetkeuze.make(op=op))
    naam = naam_op(work, vraag.gemeente, op)
    if naam is None:
        raise OnbekendeGemeente(f"Op {op} is er geen gemeente {vraag.gemeente}.")
    peildatum, inwoners = telling_op(work, op)
    maat = Maat(vraag.gemeente, peildatum, inwoners, vraag.gebruikers)
    geraamd = [(post, rules.raam(post, maat)) for post in (Post.van(een.model_dump()) for een in factsheet.posten)]
    return Raming.make(
        voorziening=code,
        naam=factsheet.naam,
        factsheet=pad(code, factsheet.versie),
        stand_van=factsheet.datum,
        op=op,
        gemeente=vraag.gemeente,
        gemeentenaam=naam,
        inwoners=_inwoners(maat),
        gebruikers=vraag.gebruikers,
        regels=[
            Ramingregel.from_row(
                post,
                laag=uit.laag,
                hoog=uit.hoog,
                berekening=uit.berekening,
                band=uit.band and vars(uit.band),
                telt_mee=rules.telt_mee(post, uit),
            )
            for post, uit in geraamd
        ],
        totalen=[
            Ramingtotaal.from_row(totaal, tekst=rules.bereik(totaal.laag, totaal.hoog, totaal.eenheid))
            for totaal in rules.totalen(geraamd)
        ],
        volledig=all(uit.laag is not None for post, uit in geraamd if post.voor == "gemeente"),
        afronding=AFRONDING,
    )


def inlezen(work: Work, regels: Sequence[Mapping[str, Any]]) -> int:
    """Bring factsheets in line with what papers say; one of which somebody has made a version since is left as it is,
    and so is one that is of a later day.

    Args:
        regels: as sent to the API, each with the code of its voorziening.

    Returns:
        number of new versions.
    """
    codes = [regel["voorziening"] for regel in regels]
    repository.een_voor_een(work.session, codes)
    laatste, namen = repository.laatste(work.session, codes), namen_van(work, GEPUBLICEERD, codes)
    rijen = []
    for regel in regels:
        code, was = regel["voorziening"], laatste.get(regel["voorziening"])
        nieuw = NieuweFactsheet.model_validate({naam: waarde for naam, waarde in regel.items() if naam != "voorziening"})
        if wrong := _bezwaren(nieuw):
            raise FactsheetKloptNiet(f"De factsheet van {code} in de bron klopt niet.", invalid_params=wrong)
        if code in namen and (was is None or (was.vastgelegd_door is None and was.datum <= nieuw.datum and _anders(was, nieuw))):
            rijen.append(_rij(work, nieuw, code, was.versie + 1 if was else 1, namen[code]))
    if rijen:
        repository.add(work.session, rijen)
    return len(rijen)


def pad(code: str, versie: int) -> str:
    """Path of one version."""
    return f"/v1/voorzieningen/{code}/factsheet?versie={versie}"


def _welke(keuze: Factsheetkeuze) -> str:
    return (f" in versie {keuze.versie}" if keuze.versie else "") + (f" op {keuze.op}" if keuze.op else "")


def _bezwaren(nieuw: NieuweFactsheet) -> list[InvalidParam]:
    return rules.bezwaren([Post.van(post.model_dump()) for post in nieuw.posten])


def _anders(was: Any, nieuw: NieuweFactsheet) -> bool:
    inhoud = nieuw.model_dump()
    return any(waarde != inhoud[naam] for naam, waarde in was._mapping.items() if naam not in _VAN_DE_DIENST)


def _rij(work: Work, nieuw: NieuweFactsheet, code: str, versie: int, naam: str) -> dict[str, Any]:
    return {
        **nieuw.model_dump(),
        "voorziening": code,
        "versie": versie,
        "naam": naam,
        "vastgelegd_op": work.clock.now(),
        "vastgelegd_door": work.actor.peer_id,
        "vastgelegd_namens": work.actor.delegator_id,
    }


def _inwoners(maat: Maat) -> dict[str, Any] | None:
    peildatum: date | None = maat.peildatum
    if peildatum is None:
        return None
    landelijk = sum(maat.inwoners.values())
    return {"peildatum": peildatum, "aantal": maat.inwoners.get(maat.gemeente), "landelijk": landelijk, "bron": BRON}
