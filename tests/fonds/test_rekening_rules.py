"""The chart of accounts, by properties."""

from __future__ import annotations

from fonds_api.rekening.rules import Grenzen, Plek, Som, bezwaren, hoger, normale_zijde, opgeteld
from hypothesis import given
from hypothesis import strategies as st

NUMMERS = [f"{n:04d}" for n in range(12)]
GEEN = Grenzen(None, None)


@st.composite
def schemas(draw) -> dict[str, Plek]:
    """A chart without circles: an account only rolls up into one before it, that is a roll-up account."""
    plekken: dict[str, Plek] = {}
    for nummer in NUMMERS[: draw(st.integers(1, len(NUMMERS)))]:
        verzamel = [een for een, plek in plekken.items() if plek.verzamelrekening]
        boven = draw(st.sampled_from([None, *verzamel]))
        plekken[nummer] = Plek(boven, draw(st.booleans()))
    return plekken


sommen = st.dictionaries(st.sampled_from(NUMMERS), st.tuples(st.integers(0, 10**12), st.integers(0, 10**12)))


@given(schemas(), sommen)
def test_verzamelrekening_is_de_som_van_wat_eronder_valt(plekken, geboekt):
    boekbaar = {n: Som(*geboekt[n]) for n, plek in plekken.items() if n in geboekt and not plek.verzamelrekening}
    alles = opgeteld(plekken, boekbaar.items())
    for nummer, plek in plekken.items():
        eronder = [som for een, som in boekbaar.items() if nummer == een or nummer in hoger(een, plekken)]
        assert alles[nummer] == Som(sum(som.debet_cent for som in eronder), sum(som.credit_cent for som in eronder))
        assert plek.verzamelrekening or alles[nummer] == boekbaar.get(nummer, Som(0, 0))
    hoogste = [alles[n] for n, plek in plekken.items() if plek.boven is None]
    assert sum(som.debet_cent for som in hoogste) == sum(som.debet_cent for som in boekbaar.values())


@given(schemas(), st.sampled_from(NUMMERS), st.sampled_from(NUMMERS))
def test_wat_mag_geeft_nooit_een_kring(plekken, nummer, boven):
    oud = plekken.get(nummer, Plek(None, False))
    codes = {een.code for een in bezwaren(nummer, Plek(boven, oud.verzamelrekening), plekken, GEEN, 0)}
    na = {**plekken, nummer: Plek(boven, oud.verzamelrekening)}
    op_pad = nummer in hoger(nummer, na) or boven == nummer
    assert ("kring" in codes) == op_pad
    if not codes:
        assert na[boven].verzamelrekening and nummer not in hoger(nummer, na)


@given(st.integers(-1000, 1000), st.none() | st.integers(-1000, 1000), st.none() | st.integers(-1000, 1000), st.booleans())
def test_grens_past_bij_het_saldo_van_nu(saldo, laag, hoog, verzamel):
    codes = {een.code for een in bezwaren("1000", Plek(None, verzamel), {}, Grenzen(laag, hoog), saldo)}
    past = (laag is None or laag <= saldo) and (hoog is None or saldo <= hoog)
    assert (codes == set()) == ((laag is None and hoog is None) or (past and not verzamel))


def test_normale_zijde_volgt_de_soort():
    assert [normale_zijde(soort) for soort in ("activa", "lasten", "passiva", "baten")] == ["debet", "debet", "credit", "credit"]
