"""Use cases of the duiding."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from gemeengoed_kit.clock import AMSTERDAM, today
from gemeengoed_kit.conditional import require_match
from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.errors import InvalidParam
from gemeengoed_kit.pagination import PageQuery
from gemeengoed_kit.sight import EVERYTHING, Sight, found

from catalogus_api.duiding import repository, rules
from catalogus_api.duiding.errors import (
    CriteriumBestaat,
    CriteriumNietGevonden,
    OnbekendeWeging,
    RangschikkingTeGroot,
    ScoreKloptNiet,
    ScoreNietGevonden,
    WegingKloptNiet,
    WegingNietGevonden,
)
from catalogus_api.duiding.schemas import (
    Criterium,
    Geplaatst,
    NieuwCriterium,
    NieuweScore,
    NieuweWeging,
    Rangschikking,
    Rangschikkingvraag,
    Score,
    ScoresFilter,
    Vergelijking,
    Vergelijkingvraag,
    Verschuiving,
    Weging,
    WegingenFilter,
)
from catalogus_api.toegang import IEDEREEN, voor_wie_publicaties_ziet
from catalogus_api.voorziening.service import codes_in_domein, kort, namen_van, zicht_op_codes

MEESTE_VOORZIENINGEN = 500
PROEF = "Zelf gekozen gewichten"
HOE_GERANGSCHIKT = (
    "De som is per criterium gewicht maal score, bij elkaar geteld. De plaats is een meer dan het aantal voorzieningen met een "
    "hogere som; gelijke sommen delen een plaats. Ontbreekt een score op een criterium met gewicht, dan is er geen som en geen "
    "plaats."
)
HOE_VERGELEKEN = (
    "Alleen voorzieningen met een score op elk criterium dat in een van beide gewicht heeft. De invloed van een criterium is de "
    "verandering van zijn gewicht (op de schaal waarbij de meeste gewichten gelijk blijven), maal het verschil in score met elke "
    "voorziening die hierdoor is ingehaald of voorbij is gekomen; de oorzaak is het criterium met de grootste invloed in de "
    "richting van de verschuiving."
)


@dataclass(frozen=True)
class _Stel:
    """Weights to rank by: of a stored weging, or given for the occasion (without code)."""

    code: str | None
    versie: int | None
    naam: str
    gewichten: Mapping[str, int]

    def getoond(self) -> dict[str, Any]:
        return {"code": self.code, "versie": self.versie, "naam": self.naam, "gewichten": _gewichten(self.gewichten)}


def list_criteria(work: Work, wens: PageQuery) -> tuple[int, list[Criterium]]:
    """(number in all, criteria of this page), by code."""
    count, rows = repository.list_criteria(work.session, wens)
    return count, [_criterium(rij) for rij in rows]


def get_criterium(work: Work, code: str) -> Criterium:
    """One criterium.

    Raises:
        CriteriumNietGevonden: there is none with this code.
    """
    rij = repository.find_criterium(work.session, code)
    return _criterium(found(rij, CriteriumNietGevonden, f"Er is geen criterium {code}."))


def criterium_vastleggen(work: Work, nieuw: NieuwCriterium) -> Criterium:
    """Add a criterium.

    Raises:
        CriteriumBestaat: its code is taken.
    """
    if not repository.add_criteria(work.session, [_criteriumrij(work, nieuw)]):
        raise CriteriumBestaat(f"Er is al een criterium {nieuw.code}.")
    gegeven = nieuw.model_dump(mode="json", by_alias=True)
    work.record(
        action="criterium.vastleggen", subject=f"/v1/duiding/criteria/{nieuw.code}", change=gegeven, visible_to=[IEDEREEN]
    )
    return get_criterium(work, nieuw.code)


def list_wegingen(work: Work, wens: WegingenFilter) -> tuple[int, list[Weging]]:
    """(number in all, versions of this page), by code, newest first."""
    count, rows = repository.list_wegingen(work.session, wens)
    return count, [_weging(rij) for rij in rows]


def get_weging(work: Work, code: str, versie: int | None) -> Weging:
    """One version of a weging, else its last.

    Raises:
        WegingNietGevonden: there is none.
    """
    rij = repository.find_weging(work.session, code, versie)
    return _weging(found(rij, WegingNietGevonden, f"Er is geen weging {code}{f' in versie {versie}' if versie else ''}."))


def weging_vastleggen(work: Work, nieuw: NieuweWeging, if_match: str | None) -> Weging:
    """Give a weging its next version, or its first.

    Args:
        if_match: the version that it follows; a first one follows none.

    Raises:
        VersionNeeded, Changed: `if_match` does not name the last version.
        WegingKloptNiet: it breaks a rule.
    """
    paren = [(een.criterium, een.gewicht) for een in nieuw.gewichten]
    _eisen(work, paren, "gewichten")
    repository.een_voor_een(work.session, nieuw.code)
    vorige = repository.find_weging(work.session, nieuw.code, None)
    require_match(if_match, vorige and vorige.versie)
    versie = vorige.versie + 1 if vorige else 1
    repository.add_weging(work.session, _wegingrij(work, nieuw, versie))
    gegeven = nieuw.model_dump(mode="json", by_alias=True)
    change = {"versie": versie, **gegeven}
    work.record(action="weging.vastleggen", subject=weging_pad(nieuw.code, versie), change=change, visible_to=[IEDEREEN])
    return get_weging(work, nieuw.code, versie)


def list_scores(work: Work, zicht: Sight, wens: ScoresFilter) -> tuple[int, list[Score]]:
    """(number in all, scores of this page) of what the caller may see, newest first."""
    count, rows = repository.list_scores(work.session, zicht_op_codes(zicht), wens)
    return count, Score.from_rows(rows)


def get_score(work: Work, zicht: Sight, id: int) -> Score:
    """One score.

    Raises:
        ScoreNietGevonden: there is none with this number, or its voorziening is not for this caller.
    """
    rij = repository.find_score(work.session, zicht_op_codes(zicht), id)
    return Score.from_row(found(rij, ScoreNietGevonden, f"Er is geen score {id}."))


def score_vastleggen(work: Work, nieuw: NieuweScore) -> Score:
    """Add a score, which holds from now on instead of the one before.

    Raises:
        ScoreKloptNiet: it names what is not there, or does not fit its criterium.
    """
    soort = repository.soorten(work.session).get(nieuw.criterium)
    wrong = []
    voorziening = kort(work, EVERYTHING, nieuw.voorziening)
    if voorziening is None:
        wrong.append(InvalidParam("voorziening", "onbekend", f"er is geen voorziening {nieuw.voorziening}"))
    if soort is None:
        wrong.append(InvalidParam("criterium", "onbekend", f"er is geen criterium {nieuw.criterium}"))
    elif soort == "weging" and nieuw.waarde is None:
        wrong.append(InvalidParam("waarde", "ontbreekt", f"{nieuw.criterium} wordt gescoord"))
    elif soort != "weging" and nieuw.waarde is not None:
        wrong.append(InvalidParam("waarde", "kenmerk", f"{nieuw.criterium} wordt beschreven, niet gescoord"))
    if wrong or voorziening is None:
        raise ScoreKloptNiet("Deze score kan zo niet; zie invalidParams.", invalid_params=wrong)
    id = repository.add_score(work.session, {**nieuw.model_dump(), "soort": soort, **_wie(work)})
    gegeven = nieuw.model_dump(mode="json", by_alias=True)
    wie = voor_wie_publicaties_ziet(voorziening.publicatiestatus)
    work.record(action="score.vastleggen", subject=f"/v1/duiding/scores/{id}", change=gegeven, visible_to=wie)
    return get_score(work, EVERYTHING, id)


def get_rangschikking(work: Work, zicht: Sight, vraag: Rangschikkingvraag) -> Rangschikking:
    """The ranking of what the caller may see, with every number to compute it again.

    Raises:
        OnbekendeWeging, WegingKloptNiet, RangschikkingTeGroot: as their names say.
    """
    tot, op = _einde(work, vraag.op)
    stel = _stel(work, "weging", vraag.weging, tot)
    rijen = _scores(work, zicht, vraag, rules.tellend(stel.gewichten), tot)
    waarden = {wie: {code: rij.waarde for code, rij in zijn.items()} for wie, zijn in rijen.items()}
    geplaatst = rules.rangschik(stel.gewichten, waarden)
    namen = namen_van(work, zicht, list(rijen))
    return Rangschikking.make(
        weging=stel.getoond(),
        op=op,
        regel=HOE_GERANGSCHIKT,
        hoogste_som=rules.HOOGSTE * sum(stel.gewichten.values()),
        results=[
            Geplaatst.from_row(
                regel, naam=namen[regel.voorziening], bijdragen=_bijdragen(stel.gewichten, rijen[regel.voorziening])
            )
            for regel in geplaatst
        ],
    )


def get_vergelijking(work: Work, zicht: Sight, vraag: Vergelijkingvraag) -> Vergelijking:
    """Two rankings beside each other: who moves, and which criterium makes it move.

    Raises:
        as `get_rangschikking`.
    """
    tot, op = _einde(work, vraag.op)
    stel = _stel(work, "weging", vraag.weging, tot)
    met = _stel(work, "met", vraag.met, tot)
    rijen = _scores(work, zicht, vraag, rules.tellend(stel.gewichten, met.gewichten), tot)
    waarden = {wie: {code: rij.waarde for code, rij in zijn.items()} for wie, zijn in rijen.items()}
    verschoven = rules.vergelijk(stel.gewichten, met.gewichten, waarden)
    namen = namen_van(work, zicht, list(rijen))
    return Vergelijking.make(
        weging=stel.getoond(),
        met=met.getoond(),
        op=op,
        regel=HOE_VERGELEKEN,
        results=[
            Verschuiving.from_row(
                een,
                naam=namen[een.voorziening],
                som=rules.som(stel.gewichten, waarden[een.voorziening]),
                som_met=rules.som(met.gewichten, waarden[een.voorziening]),
                invloeden=[{"criterium": code, "invloed": invloed} for code, invloed in een.invloed.items()],
            )
            for een in verschoven
        ],
        zonder_plaats=sorted(rijen.keys() - {een.voorziening for een in verschoven}),
    )


def inlezen(work: Work, bron: Mapping[str, Any]) -> int:
    """Add the criteria and wegingen of the product that are not there; those that are stay.

    Args:
        bron: `criteria` and `wegingen`, as sent to the API.

    Returns:
        number that is new.
    """
    criteria = [NieuwCriterium.model_validate(regel) for regel in bron["criteria"]]
    nieuw = repository.add_criteria(work.session, [_criteriumrij(work, een) for een in criteria])
    for regel in bron["wegingen"]:
        weging = NieuweWeging.model_validate(regel)
        repository.een_voor_een(work.session, weging.code)
        if repository.find_weging(work.session, weging.code, None) is None:
            repository.add_weging(work.session, _wegingrij(work, weging, 1))
            nieuw += 1
    return nieuw


def weging_pad(code: str, versie: int) -> str:
    """Path of one version of a weging."""
    return f"/v1/duiding/wegingen/{code}?versie={versie}"


def _einde(work: Work, op: date | None) -> tuple[datetime, date]:
    """(end of that day, the day), today without one."""
    dag = op or today(work.clock)
    return datetime.combine(dag + timedelta(days=1), time.min, AMSTERDAM), dag


def _stel(work: Work, naam: str, weging: str, tot: datetime) -> _Stel:
    if (paren := rules.lees_gewichten(weging)) is not None:
        _eisen(work, paren, naam)
        return _Stel(None, None, PROEF, dict(paren))
    code, versie = rules.lees_weging(weging)
    rij = repository.find_weging(work.session, code, versie, tot)
    if rij is None:
        raise OnbekendeWeging(f"Er is dan geen weging {weging}.")
    return _Stel(rij.code, rij.versie, rij.naam, rij.gewichten)


def _eisen(work: Work, paren: list[tuple[str, int]], waar: str) -> None:
    if wrong := rules.bezwaren(paren, repository.soorten(work.session), waar):
        raise WegingKloptNiet("Deze gewichten kunnen zo niet; zie invalidParams.", invalid_params=wrong)


def _scores(
    work: Work, zicht: Sight, vraag: Rangschikkingvraag, criteria: list[str], tot: datetime
) -> dict[str, dict[str, Values]]:
    """Voorziening to criterium to the score that holds, of what the caller may see."""
    codes = None if vraag.domein is None else codes_in_domein(work, zicht, vraag.domein)
    per_voorziening: dict[str, dict[str, Values]] = defaultdict(dict)
    for rij in repository.laatste_scores(work.session, zicht_op_codes(zicht), criteria, tot, codes):
        per_voorziening[rij.voorziening][rij.criterium] = rij
    if len(per_voorziening) > MEESTE_VOORZIENINGEN:
        raise RangschikkingTeGroot(f"Er zijn meer dan {MEESTE_VOORZIENINGEN} voorzieningen beoordeeld; vraag minder.")
    return per_voorziening


def _bijdragen(gewichten: Mapping[str, int], zijn: Mapping[str, Values]) -> list[dict[str, Any]]:
    return [
        {
            "criterium": code,
            "score": zijn[code].id if code in zijn else None,
            "waarde": zijn[code].waarde if code in zijn else None,
            "gewicht": gewichten[code],
            "bijdrage": gewichten[code] * zijn[code].waarde if code in zijn else None,
        }
        for code in rules.tellend(gewichten)
    ]


def _gewichten(gewichten: Mapping[str, int]) -> list[dict[str, Any]]:
    return [{"criterium": code, "gewicht": gewicht} for code, gewicht in sorted(gewichten.items())]


def _criterium(rij: Values) -> Criterium:
    schaal = {"laagste": rij.laagste, "hoogste": rij.hoogste} if rij.soort == "weging" else None
    return Criterium.from_row(rij, schaal=schaal)


def _weging(rij: Values) -> Weging:
    return Weging.from_row(rij, gewichten=_gewichten(rij.gewichten))


def _criteriumrij(work: Work, nieuw: NieuwCriterium) -> dict[str, Any]:
    schaal = {"laagste": None, "hoogste": None} if nieuw.schaal is None else nieuw.schaal.model_dump()
    return {**nieuw.model_dump(exclude={"schaal"}), **schaal, **_wie(work)}


def _wegingrij(work: Work, nieuw: NieuweWeging, versie: int) -> dict[str, Any]:
    gewichten = {een.criterium: een.gewicht for een in nieuw.gewichten}
    return {**nieuw.model_dump(), "gewichten": gewichten, "versie": versie, **_wie(work)}


def _wie(work: Work) -> dict[str, Any]:
    actor = work.actor
    return {
        "vastgelegd_op": work.clock.now(),
        "vastgelegd_door": actor.peer_id,
        "vastgelegd_namens": actor.delegator_id,
    }
