"""Rules of a change of the indeling, as properties over random divisions."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

from catalogus_api.herindeling.rules import Deel, Stand, Wijziging, bezwaren, inwoners_na, soort, verdeeld
from hypothesis import given
from hypothesis import strategies as st

DAG, VANDAAG = date(2026, 1, 1), date(2026, 1, 15)
PROVINCIES = {"Utrecht", "Fryslân"}


def stand(nummer: int, inwoners: int | None = 1000, **anders) -> Stand:
    code = f"GM{nummer:04d}"
    return dataclasses.replace(Stand(code, f"Gemeente {nummer}", None, None, inwoners, date(2025, 1, 1)), **anders)


@st.composite
def gevallen(draw) -> tuple[Wijziging, dict[str, Stand]]:
    """A change that fits: some gemeenten end, each whole or in parts, in new ones and in others that stay."""
    aantal_oud, aantal_blijft, aantal_nieuw = draw(st.integers(1, 6)), draw(st.integers(0, 4)), draw(st.integers(0, 4))
    register = {
        een.code: een for een in (stand(nummer, draw(st.integers(0, 10**6))) for nummer in range(aantal_oud + aantal_blijft))
    }
    oud, ontvangers = sorted(register)[:aantal_oud], sorted(register)[aantal_oud:]
    ontvangers += [f"GM9{nummer:03d}" for nummer in range(aantal_nieuw)] or ([] if ontvangers else ["GM9000"])
    delen = []
    for van in oud:
        naar = draw(st.lists(st.sampled_from(ontvangers), min_size=1, unique=True))
        rest = register[van].inwoners
        for plaats, code in enumerate(naar, 1):
            deel = rest if plaats == len(naar) else draw(st.integers(0, rest))
            rest -= deel
            delen.append(Deel(van, code, None if len(naar) == 1 and draw(st.booleans()) else deel))
    nieuw = sorted({(deel.naar, "Utrecht") for deel in delen if deel.naar.startswith("GM9")})
    return Wijziging(DAG, draw(st.permutations(delen)), nieuw), register


def bezwaar(
    wijziging: Wijziging, register: dict[str, Stand], belangen: dict[str, tuple[int, date]] | None = None
) -> set[tuple[str, str]]:
    return {(een.name, een.code) for een in bezwaren(wijziging, register, PROVINCIES, VANDAAG, belangen or {})}


@given(gevallen())
def test_wat_past_laat_alle_inwoners_ergens_wonen(geval):
    wijziging, register = geval
    assert bezwaar(wijziging, register) == set()
    na = inwoners_na(wijziging, register)
    betrokken = {code for deel in wijziging.delen for code in (deel.van, deel.naar)} & register.keys()
    assert sum(na.values()) == sum(register[code].inwoners for code in betrokken)
    per_gemeente = {deel.van: 0 for deel in wijziging.delen}
    for deel, aantal in verdeeld(wijziging, register):
        per_gemeente[deel.van] += aantal
    assert per_gemeente == {code: register[code].inwoners for code in per_gemeente}


@given(gevallen(), st.data(), st.integers(1, 1000))
def test_een_deel_dat_niet_optelt_wordt_geweigerd(geval, data, erbij):
    wijziging, register = geval
    plaats = data.draw(st.integers(0, len(wijziging.delen) - 1))
    deel = wijziging.delen[plaats]
    zonder = deel.inwoners is None
    fout = dataclasses.replace(deel, inwoners=(register[deel.van].inwoners if zonder else deel.inwoners) + erbij)
    delen = [fout if een is deel else een for een in wijziging.delen]
    assert (f"delen.{plaats}.inwoners", "telt_niet_op") in bezwaar(dataclasses.replace(wijziging, delen=delen), register)


@given(gevallen(), st.data())
def test_wie_niet_bestaat_of_al_eindigt_past_nooit(geval, data):
    wijziging, register = geval
    code = data.draw(st.sampled_from(sorted({deel.van for deel in wijziging.delen})))
    plaatsen = {f"delen.{plaats}.van" for plaats, deel in enumerate(wijziging.delen) if deel.van == code}
    for anders in (
        {"einddatum": DAG - timedelta(days=1)},
        {"einddatum": DAG + timedelta(days=400)},
        {"begindatum": DAG},
        {"begindatum": DAG + timedelta(days=1)},
    ):
        veranderd = {**register, code: dataclasses.replace(register[code], **anders)}
        assert {(plaats, "bestaat_niet") for plaats in plaatsen} <= bezwaar(wijziging, veranderd)
    zonder = {wie: een for wie, een in register.items() if wie != code}
    assert {(plaats, "bestaat_niet") for plaats in plaatsen} <= bezwaar(wijziging, zonder)
    geteld = {**register, code: dataclasses.replace(register[code], geteld_tot=DAG)}
    assert {(plaats, "al_geteld") for plaats in plaatsen} == bezwaar(wijziging, geteld)


@given(gevallen())
def test_zonder_cijfers_wordt_niets_geraden(geval):
    wijziging, register = geval
    leeg = {code: dataclasses.replace(een, inwoners=None) for code, een in register.items()}
    zonder = dataclasses.replace(wijziging, delen=[dataclasses.replace(deel, inwoners=None) for deel in wijziging.delen])
    assert bezwaar(zonder, leeg) == set()
    assert set(inwoners_na(zonder, leeg).values()) == {None}
    gegeven = {
        (f"delen.{plaats}.inwoners", "geen_cijfer") for plaats, een in enumerate(wijziging.delen) if een.inwoners is not None
    }
    assert bezwaar(wijziging, leeg) == gegeven


def test_alles_wat_niet_past_staat_in_een_antwoord():
    register = {een.code: een for een in (stand(1), stand(2), stand(3))}
    wijziging = Wijziging(
        date(2026, 2, 1),
        [Deel("GM0001", "GM0002"), Deel("GM0001", "GM0002"), Deel("GM0002", "GM0404")],
        [("GM0003", "Nergens")],
        [("GM0003", "Gemeente 3"), ("GM0001", "Anders")],
    )
    assert bezwaar(wijziging, register) == {
        ("delen", "dubbel"),
        ("nieuweGemeenten.0.code", "bestaat_al"),
        ("nieuweGemeenten.0.code", "zonder_delen"),
        ("nieuweGemeenten.0.provincie", "onbekend"),
        ("delen.0.naar", "eindigt_zelf"),
        ("delen.1.naar", "eindigt_zelf"),
        ("delen.2.naar", "bestaat_niet"),
        ("delen.0.inwoners", "ontbreekt"),
        ("delen.1.inwoners", "ontbreekt"),
        ("naamswijzigingen.0.naam", "gelijk"),
        ("naamswijzigingen.1.code", "eindigt_zelf"),
        ("ingangsdatum", "naam_vooruit"),
    }
    assert bezwaar(Wijziging(DAG, []), {}) == {("delen", "leeg")}


def test_de_soort_volgt_uit_de_wijziging():
    nieuw = [("GM9001", "Utrecht"), ("GM9002", "Utrecht")]
    delen = [Deel("GM0001", "GM9001"), Deel("GM0002", "GM9001"), Deel("GM0003", "GM9002"), Deel("GM0004", "GM0005")]
    wijziging = Wijziging(DAG, [*delen, Deel("GM0006", "GM0005", 1), Deel("GM0006", "GM9001", 999)], nieuw)
    assert [soort(wijziging, deel) for deel in wijziging.delen] == [
        "Samenvoeging",
        "Samenvoeging",
        "Herschikking",
        "Uitbreiding",
        "Opdeling",
        "Opdeling",
    ]


def test_wie_deelneemt_en_wordt_opgedeeld_laat_haar_rechten_aan_een():
    register = {f"GM000{n}": Stand(f"GM000{n}", f"Gemeente {n}", None, None, 1000, date(2025, 1, 1)) for n in (1, 2, 3)}
    eerder = {"GM0001": (2, date(2025, 6, 1))}

    def codes(*wijst: bool | None, belangen=eerder):
        delen = [Deel("GM0001", f"GM000{n}", 500, wie) for n, wie in enumerate(wijst, 2)]
        return {code for _, code in bezwaar(Wijziging(DAG, delen), register, belangen)}

    assert codes(True, None) == codes(False, True) == codes(None, None, belangen={}) == set()
    assert codes(None, None) == {"ontbreekt"}
    assert codes(True, True) == {"dubbel"}
    assert codes(True, None, belangen={"GM0001": (1, DAG)}) == {"later_deelgenomen"}
