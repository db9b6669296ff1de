"""How a report is put together: nothing is lost, nothing counts twice, quarters add up to the year."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from fonds_api.jaarrekening.rules import RESULTAAT, Stand, balans
from fonds_api.verantwoording.rules import (
    BTW,
    SOMSOORTEN,
    VAN_BTW,
    Begroot,
    Rekening,
    einde,
    herkomst,
    kwartalen,
    realisatie,
)
from gemeengoed_kit.dutch import day_in_words, euros, number, percent, whole_euros
from hypothesis import given
from hypothesis import strategies as st

CENT = st.integers(-(10**15), 10**15)
PRIORITEIT = st.sampled_from([None, "A1", "A2", "B1", "C9"])
BUDGETSOORT = st.sampled_from(["structureel", "meerjarig", "kortcyclisch", "incidenteel"])
PLEK = st.tuples(PRIORITEIT, BUDGETSOORT)
MAANDEN = st.dictionaries(st.integers(1, 12), CENT, max_size=4)
POSTEN = st.lists(
    st.builds(
        Begroot, st.sampled_from(["regel", "btw", "bijdrage", "derde"]), PRIORITEIT, BUDGETSOORT, st.just("X"), CENT.map(abs)
    ),
    max_size=8,
)
JAAR = st.integers(2000, 2100)


NUMMERS = ["4011", "4012", "4021", "4990", BTW, "8000", "8100"]


@st.composite
def rekeningen(draw, plekken=st.one_of(st.just((None, None)), PLEK)):
    nummers = draw(st.lists(st.sampled_from(NUMMERS), unique=True))
    plek = {nummer: (None, None) if nummer == BTW else draw(plekken) for nummer in nummers}
    return [Rekening(nummer, f"Rekening {nummer}", plek[nummer], draw(MAANDEN)) for nummer in nummers]


PER_POST = st.dictionaries(st.one_of(PLEK, st.just(VAN_BTW)), CENT, max_size=4)


@given(rekeningen(), POSTEN, PER_POST, PER_POST, JAAR)
def test_elk_bedrag_staat_in_een_regel_en_de_sommen_zijn_de_som(lasten, begroot, verplicht, overgeheveld, jaar):
    delen = kwartalen(jaar, date(jaar + 1, 1, 1))
    regels = realisatie(lasten, begroot, verplicht, overgeheveld, delen)
    los = [rij for rij in regels if rij.soort not in SOMSOORTEN]
    if not regels:
        assert not any(een.per_maand for een in lasten) and not any((*verplicht.values(), *overgeheveld.values()))
        return
    totaal = regels[-1]
    assert totaal.soort == "totaal" and sum(rij.soort == "totaal" for rij in regels) == 1
    assert totaal.besteed == sum(sum(een.per_maand.values()) for een in lasten)
    assert totaal.begroot == sum(een.cent for een in begroot if een.rij in ("regel", "btw"))
    assert (totaal.verplicht, totaal.overgeheveld) == (sum(verplicht.values()), sum(overgeheveld.values()))
    genoemd = [nummer for rij in los for nummer in rij.rekeningen]
    assert len(genoemd) == len(set(genoemd)) and {een.nummer for een in lasten if een.per_maand} <= set(genoemd)
    per = {een.nummer: een for een in lasten}
    for rij in regels:
        assert rij.vrij == rij.begroot + rij.overgeheveld - rij.verplicht - rij.besteed and len(rij.kwartalen) == 4
        for deel, cent in zip(delen, rij.kwartalen, strict=True):
            assert cent == sum(per[nummer].per_maand.get(maand, 0) for nummer in rij.rekeningen for maand in deel.maanden)
    for soort, lengte in (("prioriteit", 2), ("groep", 1)):
        for som in (rij for rij in regels if rij.soort == soort):
            onder = [rij for rij in los if rij.prioriteit and rij.prioriteit[:lengte] == som.prioriteit]
            assert onder and som.kwartalen == tuple(map(sum, zip(*(rij.kwartalen for rij in onder), strict=True)))
            assert (som.begroot, som.verplicht) == (sum(rij.begroot for rij in onder), sum(rij.verplicht for rij in onder))


@given(rekeningen(st.just((None, None))), POSTEN, JAAR)
def test_herkomst_heeft_elke_bate_en_alle_dekking(baten, begroot, jaar):
    rijen = herkomst(baten, begroot, kwartalen(jaar, date(jaar + 1, 1, 1)))
    dekking = sum(een.cent for een in begroot if een.rij in ("bijdrage", "derde"))
    bewogen = sum(sum(een.per_maand.values()) for een in baten)
    if not rijen:
        assert dekking == 0 and not any(een.per_maand for een in baten)
        return
    *los, totaal = rijen
    assert (totaal.begroot, totaal.ontvangen) == (dekking, bewogen)
    assert (sum(rij.begroot for rij in los), sum(rij.ontvangen for rij in los)) == (dekking, bewogen)
    assert sorted(totaal.rekeningen) == sorted(nummer for rij in los for nummer in rij.rekeningen)


@given(JAAR, st.dates(date(1999, 1, 1), date(2101, 12, 31)))
def test_kwartalen_vullen_het_jaar_tot_en_met_de_peildatum(jaar, peildatum):
    tot = einde(jaar, peildatum)
    delen = kwartalen(jaar, tot)
    dagen = [deel.vanaf + timedelta(days=n) for deel in delen for n in range((deel.tot - deel.vanaf).days)]
    alle = [date(jaar, 1, 1) + timedelta(days=n) for n in range(366)]
    assert dagen == [dag for dag in alle if dag.year == jaar and dag <= peildatum]
    assert all(
        {(deel.vanaf + timedelta(days=n)).month for n in range((deel.tot - deel.vanaf).days)} <= set(deel.maanden)
        for deel in delen
    )


@given(st.lists(st.tuples(st.sampled_from(["activa", "passiva", "baten", "lasten"]), CENT, CENT), max_size=8))
def test_beide_kanten_van_de_balans_zijn_gelijk(rijen):
    standen = [Stand(f"{n:04}", "X", soort, eind, begin) for n, (soort, eind, begin) in enumerate(rijen)]
    standen.append(Stand("9999", "Y", "activa", -sum(een.eind for een in standen), -sum(een.begin for een in standen)))
    kanten = balans(standen)
    for stand in ("bedrag", "vorig"):
        samen = {kant: sum(getattr(een, stand) for een in posten) for kant, posten in kanten.items()}
        assert samen["activa"] == samen["passiva"]
    for kant, teken in (("activa", 1), ("passiva", -1)):
        toont = {een.rekening: (een.bedrag, een.vorig) for een in kanten[kant] if een.omschrijving != RESULTAAT}
        assert toont == {
            een.nummer: (teken * een.eind, teken * een.begin) for een in standen if een.soort == kant and (een.eind or een.begin)
        }


@pytest.mark.parametrize(
    ("gemaakt", "verwacht"),
    [
        (number(-1234567), "−1.234.567"),
        (number(0), "0"),
        (euros(123456789), "1.234.567,89"),
        (euros(-5), "−0,05"),
        (whole_euros(149), 1),
        (whole_euros(-150), -2),
        (percent(625, 1000), "62,5\u00a0%"),
        (percent(-1, 3), "−33,3\u00a0%"),
        (percent(1, 0), None),
        (day_in_words(date(2016, 11, 30)), "30 november 2016"),
    ],
)
def test_nederlandse_notatie(gemaakt, verwacht):
    assert gemaakt == verwacht
