"""The ranking, and what moves when a weight does. Pure, and in whole numbers: nothing is rounded.

The sum of a voorziening is weight times score, over the criteria that have a weight. Its place is one more than the number of
voorzieningen with a higher sum: with equal sums they share a place, and the next one is skipped. Who lacks a score that counts
has no place: a missing score is not a low one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from gemeengoed_kit.errors import InvalidParam

LAAGSTE, HOOGSTE = 1, 5
"""Of the scale of every criterium that is weighed, so that a weight alone says how much it counts."""
MEESTE_GEWICHT = 1000
CODE = r"[a-z0-9]+(?:-[a-z0-9]+)*"
WEGING = rf"^{CODE}(\.[1-9][0-9]{{0,5}}|:[0-9]{{1,4}}(,{CODE}:[0-9]{{1,4}}){{0,49}})?$"
"""How a question names its weights: a weging, a version of it, or the weights themselves."""

Gewichten = Mapping[str, int]
Scores = Mapping[str, Mapping[str, int]]
"""Voorziening to criterium to score."""


@dataclass(frozen=True)
class Regel:
    """A voorziening in a ranking.

    Attributes:
        som: of weight times score; None when a score that counts is missing.
        plaats: from 1; None without a sum.
        ontbreekt: criteria with a weight on which it has no score.
    """

    voorziening: str
    som: int | None
    plaats: int | None
    ontbreekt: list[str]


@dataclass(frozen=True)
class Verschuiving:
    """A voorziening in two rankings of the same voorzieningen.

    Attributes:
        verschuiving: places up (more than 0) or down.
        invloed: per criterium, how much its change of weight pushed the voorziening past those that it passed (more than 0) or
            that passed it (less); all together they have the sign of `verschuiving`. Empty when it stays where it is.
        oorzaak: the criterium with the largest influence in the direction of the move; of equals the first by code.
    """

    voorziening: str
    plaats: int
    plaats_met: int
    verschuiving: int
    invloed: dict[str, int]
    oorzaak: str | None


def tellend(*alle: Gewichten) -> list[str]:
    """The criteria that have a weight in any of these, by code."""
    return sorted({code for gewichten in alle for code, gewicht in gewichten.items() if gewicht > 0})


def som(gewichten: Gewichten, scores: Mapping[str, int]) -> int:
    """Weight times score, over the criteria with a weight; each has a score."""
    return sum(gewicht * scores[code] for code, gewicht in gewichten.items() if gewicht > 0)


def rangschik(gewichten: Gewichten, scores: Scores) -> list[Regel]:
    """The ranking: by place, with equals by code; last, by code, who has none."""
    criteria = tellend(gewichten)
    ontbreekt = {wie: [code for code in criteria if code not in zijn] for wie, zijn in scores.items()}
    sommen = {wie: som(gewichten, zijn) for wie, zijn in scores.items() if not ontbreekt[wie]}
    plaatsen = _plaatsen(sommen)
    volgorde = sorted(scores, key=lambda wie: (wie not in sommen, plaatsen.get(wie, 0), wie))
    return [Regel(wie, sommen.get(wie), plaatsen.get(wie), ontbreekt[wie]) for wie in volgorde]


def _plaatsen(sommen: Mapping[str, int]) -> dict[str, int]:
    hoger: dict[int, int] = {}
    for nummer, getal in enumerate(sorted(sommen.values(), reverse=True)):
        hoger.setdefault(getal, nummer)
    return {wie: hoger[getal] + 1 for wie, getal in sommen.items()}


def vergelijk(gewichten: Gewichten, met: Gewichten, scores: Scores) -> list[Verschuiving]:
    """Both rankings of the voorzieningen that have a place in both, in the order of the first.

    Only the proportions of weights count, so the second set is first brought to the scale at which most weights stay as they
    were: when one weight changes, that one is the cause, also if the others were doubled with it.
    """
    criteria = tellend(gewichten, met)
    wie_mee = sorted(wie for wie, zijn in scores.items() if all(code in zijn for code in criteria))
    sommen, andere = ({wie: som(stel, scores[wie]) for wie in wie_mee} for stel in (gewichten, met))
    plaatsen, plaatsen_met = _plaatsen(sommen), _plaatsen(andere)
    keer, deel = _schaal(gewichten, met)
    verschil = {code: met.get(code, 0) * keer - gewichten.get(code, 0) * deel for code in criteria}
    return [
        _verschuiving(wie, plaatsen, plaatsen_met, _gepasseerd(wie, sommen, andere), verschil, scores)
        for wie in sorted(wie_mee, key=lambda wie: (plaatsen[wie], wie))
    ]


def _schaal(gewichten: Gewichten, met: Gewichten) -> tuple[int, int]:
    """(numerator, denominator) of what to multiply `met` by, so that most weights stay as they were; of equals, near one."""
    verhoudingen = Counter(Fraction(gewichten[code], met[code]) for code in tellend(gewichten) if code in met and met[code] > 0)
    if not verhoudingen:
        return 1, 1
    gekozen = min(verhoudingen, key=lambda deel: (-verhoudingen[deel], max(deel, 1 / deel), deel))
    return gekozen.numerator, gekozen.denominator


def _gepasseerd(wie: str, sommen: Mapping[str, int], andere: Mapping[str, int]) -> tuple[list[str], list[str]]:
    """(those that were above it and no longer are, those that were not above it and are now)."""
    voorbij: list[str] = []
    erboven: list[str] = []
    for ander, getal in sommen.items():
        was, wordt = getal > sommen[wie], andere[ander] > andere[wie]
        if was != wordt:
            (voorbij if was else erboven).append(ander)
    return voorbij, erboven


def _verschuiving(
    wie: str,
    plaatsen: Mapping[str, int],
    plaatsen_met: Mapping[str, int],
    gepasseerd: tuple[list[str], list[str]],
    verschil: Mapping[str, int],
    scores: Scores,
) -> Verschuiving:
    omhoog = plaatsen[wie] - plaatsen_met[wie]
    if omhoog == 0:
        return Verschuiving(wie, plaatsen[wie], plaatsen_met[wie], 0, {}, None)
    om_wie: Sequence[str] = gepasseerd[0] if omhoog > 0 else gepasseerd[1]
    invloed = {
        code: deel * sum(scores[wie][code] - scores[ander][code] for ander in om_wie) for code, deel in sorted(verschil.items())
    }
    teken = 1 if omhoog > 0 else -1
    oorzaak = min(invloed, key=lambda code: (-teken * invloed[code], code))
    return Verschuiving(wie, plaatsen[wie], plaatsen_met[wie], omhoog, invloed, oorzaak)


def lees_gewichten(tekst: str) -> list[tuple[str, int]] | None:
    """ "urgentie:3,bedrijfsvoering:1" as pairs, in the order given; None for what names a weging."""
    if ":" not in tekst:
        return None
    return [(code, int(gewicht)) for code, gewicht in (deel.split(":") for deel in tekst.split(","))]


def lees_weging(tekst: str) -> tuple[str, int | None]:
    """ "gelijk" or "gelijk.2": (code, version; None: the last)."""
    code, _, versie = tekst.partition(".")
    return code, int(versie) if versie else None


def bezwaren(paren: Sequence[tuple[str, int]], soorten: Mapping[str, str], waar: str) -> list[InvalidParam]:
    """All that is wrong with a set of weights.

    Args:
        soorten: criterium to its kind, of all that there are.
        waar: name of the member that has the weights.
    """
    gevonden = []
    for nummer, (code, gewicht) in enumerate(paren):
        plek = f"{waar}.{nummer}"
        if code in [eerder for eerder, _ in paren[:nummer]]:
            gevonden.append(InvalidParam(plek, "dubbel", f"{code} heeft al een gewicht"))
        if code not in soorten:
            gevonden.append(InvalidParam(plek, "onbekend", f"er is geen criterium {code}"))
        elif soorten[code] != "weging":
            gevonden.append(InvalidParam(plek, "kenmerk", f"{code} heeft geen schaal, en weegt dus niet mee"))
        if gewicht > MEESTE_GEWICHT:
            gevonden.append(InvalidParam(plek, "te_hoog", f"een gewicht is hoogstens {MEESTE_GEWICHT}"))
    if not any(gewicht for _, gewicht in paren):
        gevonden.append(InvalidParam(waar, "leeg", "ten minste een criterium heeft gewicht"))
    return gevonden
