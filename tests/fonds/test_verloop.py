"""What reports take from the ledger is the same whether it has been folded into sums or not, and by summing every line."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from fonds_api.boeking.rules import Regel
from fonds_api.boeking.service import EigenBoeking, boeken_eigen
from fonds_api.verloop import service as verloop
from gemeengoed_kit.audit import Actor

from tests.fonds.verslagen import JAAR, boek
from tests.fonds.zegels import verzegel

DAGEN = [date(2019, 12, 31), date(2020, 1, 1), date(2020, 3, 31), date(2020, 7, 1), date(2020, 12, 31), date(2021, 1, 1)]


def gezien(work, zonder) -> list[object]:
    standen = [{nummer: cent for nummer, cent in verloop.standen(work, "ggu", dag).items() if cent} for dag in DAGEN]
    bewegingen = [verloop.per_maand(work, "ggu", date(2020, 1, 1), dag, zonder) for dag in DAGEN[2:]]
    nul = [
        {nummer: {m: c for m, c in per.items() if c} for nummer, per in een.items() if any(per.values())} for een in bewegingen
    ]
    return [*standen, *nul, *(verloop.omvang(work, "ggu", jaar) for jaar in (2019, 2020, 2021, 2050))]


def opgeteld(work, zonder_cent: dict[tuple[str, int], int]) -> list[dict[str, dict[int, int]]]:
    """As `per_maand`, line by line."""
    uit = []
    for dag in DAGEN[2:]:
        per: dict[str, dict[int, int]] = {}
        for een in verloop.regels(work, "ggu", date(2020, 1, 1), dag):
            maanden = per.setdefault(een.rekening, {})
            maanden[een.boekdatum.month] = maanden.get(een.boekdatum.month, 0) + een.cent
        for (nummer, maand), cent in zonder_cent.items() if dag > date(2020, 12, 31) else ():
            per[nummer][maand] -= cent
        uit.append({nummer: {m: c for m, c in een.items() if c} for nummer, een in per.items() if any(een.values())})
    return uit


def test_gevouwen_of_niet_de_bewegingen_zijn_die_van_de_regels(context):
    boek(context, JAAR)
    regels = {("4101", 12): -600_000_000, ("0900", 12): 600_000_000}
    afsluiting = [Regel(nummer, cent) for (nummer, _), cent in regels.items()]
    post = EigenBoeking("ggu", date(2020, 12, 31), "Afsluiting (test)", "/v1/jaarafsluitingen/ggu-2020", afsluiting)
    with context.work(Actor()) as work:
        ids = boeken_eigen(work, [post])
    standen = []
    for gevouwen in (False, True):
        if gevouwen:
            verzegel(context)
        with context.work(Actor()) as work:
            standen.append(gezien(work, ids))
            assert standen[-1][6 : 6 + 4] == opgeteld(work, regels)
    for een, ander in pairwise(standen):
        assert een == ander
    boek(context, [("2020-05-05", ("4011", 1), ("1600", -1))])
    with context.work(Actor()) as work:
        assert verloop.per_maand(work, "ggu", date(2020, 1, 1), date(2020, 6, 1))["4011"][5] == 1
        assert verloop.omvang(work, "ggu", 2020).boekingen == 13
