"""What keeps a besluit from being recorded: everything at once. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from gemeengoed_kit.errors import InvalidParam
from pydantic.alias_generators import to_camel

from catalogus_api.besluit.rules import (
    AANGEHOUDEN,
    ADVIES,
    ADVIES_NODIG,
    ALGEMEEN_BINDEND,
    BEEINDIGING,
    BESTUUR,
    BEVOEGD,
    COLLECTIVISERING,
    COLLEGE,
    COLLEGE_SINDS,
    KADER,
    LEDEN,
    NEGATIEF,
    NIET_BEKEND,
    OPSCHALING,
    POSITIEF,
    PUNTEN_VAN_ADVIES,
    RANG,
    gespeld,
    laatste_dag,
)


def tegen_zichzelf(nieuw: Mapping[str, Any], vandaag: date, *, zelf: bool) -> list[InvalidParam]:
    """All that is wrong with a besluit in itself.

    Args:
        nieuw: by the names of its columns.
        zelf: whether the gremium itself records it; of a historic decision, the papers do not tell everything.
    """
    soort, gremium, uitkomst, datum = nieuw["soort"], nieuw["gremium"], nieuw["uitkomst"], nieuw["datum"]
    positief = uitkomst == POSITIEF
    bezwaar = _Bezwaren()
    bezwaar.als(gremium not in BEVOEGD[soort], "soort", "niet_bevoegd", f"{gremium} besluit niet over {gespeld(soort)}")
    bezwaar.als(datum > vandaag, "datum", "toekomst", f"{datum} is nog niet geweest")
    bezwaar.als(
        gremium == COLLEGE and datum < COLLEGE_SINDS,
        "datum",
        "te_vroeg",
        f"het College is er sinds {COLLEGE_SINDS}, niet op {datum}",
    )
    bezwaar.als(
        datum != laatste_dag(datum, nieuw["nauwkeurigheid"]),
        "datum",
        "niet_laatste_dag",
        f"{datum} is niet de laatste dag van zijn {nieuw['nauwkeurigheid']}",
    )
    bezwaar.als(
        zelf and nieuw["nauwkeurigheid"] != "dag", "nauwkeurigheid", "onnauwkeurig", "een gremium kent de dag van zijn besluit"
    )
    bezwaar.als(zelf and uitkomst == NIET_BEKEND, "uitkomst", "niet_bekend", "een gremium kent de uitkomst van zijn besluit")
    bezwaar.als(
        not nieuw["voorzieningen"] and soort != KADER,
        "voorzieningen",
        "leeg",
        f"een besluit over {gespeld(soort)} noemt een voorziening",
    )
    bezwaar.als(len(set(nieuw["voorzieningen"])) < len(nieuw["voorzieningen"]), "voorzieningen", "dubbel", "noemt iets twee keer")
    bezwaar.als(
        soort == COLLECTIVISERING and uitkomst != NIET_BEKEND and nieuw["samenwerkingsvorm"] is None,
        "samenwerkingsvorm",
        "ontbreekt",
        "een collectiviseringsvoorstel zegt hoe er wordt samengewerkt",
    )
    bezwaar.als(
        positief and soort != ADVIES and nieuw["mate_van_binding"] == ALGEMEEN_BINDEND and gremium not in LEDEN,
        "mateVanBinding",
        "niet_bevoegd",
        "alle gemeenten binden doen alleen de leden, in de ALV of BALV",
    )
    bezwaar.als(
        (soort == ADVIES) != (nieuw["advies_over"] is not None),
        "adviesOver",
        "past_niet",
        "hoort bij een advies, en alleen daarbij",
    )
    gaat_in_op = soort == OPSCHALING or (soort == ADVIES and nieuw["advies_over"] == OPSCHALING and gremium == COLLEGE)
    for punt in PUNTEN_VAN_ADVIES:
        bezwaar.als(
            zelf and positief and gaat_in_op and nieuw[punt] is None,
            to_camel(punt),
            "ontbreekt",
            "een besluit of advies tot opschaling gaat hierop in",
        )
    bezwaar.als(
        (nieuw["advies"] is None) != (nieuw["advies_gevolgd"] is None),
        "adviesGevolgd",
        "past_niet",
        "hoort bij een advies, en alleen daarbij",
    )
    bezwaar.als(
        nieuw["advies"] is None and positief and gremium == BESTUUR and soort in ADVIES_NODIG and datum >= COLLEGE_SINDS,
        "advies",
        "ontbreekt",
        f"aan een bestuursbesluit over {soort} gaat een advies van het College vooraf",
    )
    return bezwaar.gevonden


def tegen_opvolging(nieuw: Mapping[str, Any], eerder: Mapping[str, Any]) -> list[InvalidParam]:
    """All that keeps a besluit from taking the place of an earlier one."""
    bezwaar = _Bezwaren()
    soort, was = nieuw["soort"], eerder["soort"]
    bezwaar.als(nieuw["datum"] < eerder["datum"], "volgtOp", "later", f"dat besluit is van {eerder['datum']}, later dan dit")
    bezwaar.als(
        not set(nieuw["voorzieningen"]) & set(eerder["voorzieningen"]),
        "volgtOp",
        "andere_voorziening",
        "dat besluit gaat over iets anders",
    )
    past = soort == was or (ADVIES not in (soort, was) and KADER not in (soort, was) and BEEINDIGING in (soort, was))
    past = past and nieuw["advies_over"] == eerder["advies_over"]
    bezwaar.als(
        not past,
        "volgtOp",
        "andere_soort",
        f"een besluit over {gespeld(soort)} komt niet in de plaats van een over {gespeld(was)}",
    )
    lager = RANG[nieuw["gremium"]] < RANG[eerder["gremium"]] or (soort == ADVIES and nieuw["gremium"] != eerder["gremium"])
    bezwaar.als(lager, "volgtOp", "lager_gremium", f"{nieuw['gremium']} komt niet terug op een besluit van {eerder['gremium']}")
    return bezwaar.gevonden


def tegen_advies(nieuw: Mapping[str, Any], advies: Mapping[str, Any], vervangen: Collection[str]) -> list[InvalidParam]:
    """All that keeps a besluit from resting on an advies.

    Args:
        vervangen: codes about which another advies had taken its place by the day of the besluit.
    """
    bezwaar = _Bezwaren()
    soort, codes = nieuw["soort"], set(nieuw["voorzieningen"])
    van_college = advies["soort"] == ADVIES and advies["gremium"] == COLLEGE
    bezwaar.als(soort == ADVIES, "advies", "past_niet", "een advies volgt geen advies")
    bezwaar.als(not van_college, "advies", "geen_advies", "dat is geen advies van het College")
    bezwaar.als(
        van_college and advies["advies_over"] != soort,
        "advies",
        "ander_onderwerp",
        f"dat advies gaat over {advies['advies_over']}",
    )
    bezwaar.als(
        nieuw["datum"] < advies["datum"], "advies", "later", f"dat advies is van {advies['datum']}, later dan dit besluit"
    )
    rest = sorted(codes - set(advies["voorzieningen"]))
    bezwaar.als(bool(rest), "advies", "andere_voorziening", f"dat advies gaat niet over {', '.join(rest)}")
    bezwaar.als(bool(codes & set(vervangen)), "advies", "vervangen", "het College heeft daarna anders geadviseerd")
    bezwaar.als(advies["uitkomst"] == AANGEHOUDEN, "advies", "aangehouden", "dat advies is aangehouden")
    tegengesteld = {advies["uitkomst"], nieuw["uitkomst"]} == {POSITIEF, NEGATIEF}
    bezwaar.als(
        tegengesteld and bool(nieuw["advies_gevolgd"]), "adviesGevolgd", "past_niet", f"het advies was {advies['uitkomst']}"
    )
    return bezwaar.gevonden


class _Bezwaren:
    def __init__(self) -> None:
        self.gevonden: list[InvalidParam] = []

    def als(self, fout: bool, naam: str, code: str, reden: str) -> None:
        if fout:
            self.gevonden.append(InvalidParam(naam, code, reden))
