"""Rules of a file of inhabitants, as properties."""

from __future__ import annotations

from datetime import date

import pytest
from catalogus_api.inwonertal.rules import GROOTSTE, NOEMT, bezwaren, lees, verschillen
from hypothesis import given
from hypothesis import strategies as st

DAG = date(2025, 1, 1)
CODES = st.integers(0, 9999).map("GM{:04d}".format)
CIJFERS = st.dictionaries(CODES, st.integers(1, 9_999_999), min_size=1, max_size=30)
STATUS = st.sampled_from([None, "voorlopig", "definitief"])


def bestand(cijfers: dict[str, int], scheiding: str = ",", einde: str = "\n", begin: str = "") -> bytes:
    regels = [("gemeentecode", "inwoners"), *cijfers.items()]
    return (begin + "".join(f"{code}{scheiding}{aantal}{einde}" for code, aantal in regels)).encode()


def fouten(cijfers: dict[str, int], geldig: set[str], totaal: int) -> set[tuple[str, str]]:
    return {(een.name, een.code) for een in bezwaren(cijfers, geldig, DAG, totaal, DAG)}


@given(CIJFERS, st.sampled_from(",;"), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "\ufeff"]))
def test_wat_geschreven_is_wordt_zo_gelezen(cijfers, scheiding, einde, begin):
    assert lees(bestand(cijfers, scheiding, einde, begin)) == (cijfers, [])


@given(st.binary())
def test_onzin_wordt_nooit_een_cijfer_zonder_bezwaar(inhoud):
    gelezen, wrong = lees(inhoud)
    assert gelezen == {} and wrong


@given(CIJFERS, st.data())
def test_een_bestand_is_precies_dat_van_de_gemeenten_van_de_dag(cijfers, data):
    totaal = sum(cijfers.values())
    assert fouten(cijfers, set(cijfers), totaal) == set()
    assert fouten(cijfers, set(cijfers), totaal + 1) == {("landstotaal", "telt_niet_op")}
    weg = data.draw(st.sampled_from(sorted(cijfers)))
    zonder = {code: aantal for code, aantal in cijfers.items() if code != weg}
    aantal, telt_niet_op = ("bestand", "aantal"), ("landstotaal", "telt_niet_op")
    assert fouten(zonder, set(cijfers), totaal) == {(weg, "ontbreekt"), aantal, telt_niet_op}
    assert fouten(cijfers, set(zonder), totaal) == {(weg, "bestaat_niet"), aantal}
    ander = data.draw(CODES.filter(lambda code: code not in cijfers))
    verwisseld = {**zonder, ander: cijfers[weg]}
    assert fouten(verwisseld, set(cijfers), totaal) == {(weg, "ontbreekt"), (ander, "bestaat_niet")}


@given(CIJFERS, CIJFERS, STATUS, STATUS)
def test_elk_cijfer_is_nieuw_anders_of_gelijk(cijfers, stond, status, was):
    bekend = {code: (aantal, was) for code, aantal in stond.items()}
    nieuw, anders = verschillen(cijfers, status, bekend)
    gelijk = {code for code in cijfers if bekend.get(code) == (cijfers[code], status)}
    assert set(nieuw) | set(anders) | gelijk == set(cijfers)
    assert len(nieuw) + len(anders) + len(gelijk) == len(cijfers)
    daarna = {**bekend, **{code: (cijfers[code], status) for code in (*nieuw, *anders)}}
    assert verschillen(cijfers, status, daarna) == ([], []), "the same once more changes nothing"


@pytest.mark.parametrize(
    ("regel", "reden"),
    [
        ("GM0344", "1 waarden"),
        ("GM0344,1,2", "3 waarden"),
        ("0344,1", "gemeentecode"),
        ("gm0344,1", "gemeentecode"),
        ("GM0344 ,1", "gemeentecode"),
        ("GM0344,0", "geen geheel getal"),
        ("GM0344,1.000", "geen geheel getal"),
        ("GM0344,-5", "geen geheel getal"),
        ("GM0344,1e3", "geen geheel getal"),
        ("GM0344,١", "geen geheel getal"),
        ("GM0363,7", "staat er al"),
    ],
)
def test_elke_fout_noemt_haar_regel(regel, reden):
    gelezen, (fout,) = lees(f"gemeentecode,inwoners\nGM0363,5\n{regel}\n".encode())
    assert gelezen == {"GM0363": 5} and fout.name == "regel 3" and reden in fout.reason


def test_een_andere_kop_of_tekenset_wordt_niet_geraden():
    assert lees(b"RegioS;Bevolking\nGM0363;5\n")[1][0].code == "kop"
    assert lees(b"")[1][0].code == "kop"
    assert lees("gemeentecode,inwoners\n".encode("utf-16"))[1][0].code == "tekst"
    assert lees(b'gemeentecode,inwoners\n"GM0363,5\n')[1][0].code == "csv"
    assert len(lees(b"gemeentecode,inwoners\n" + b"x\n" * 1000)[1]) == NOEMT
    assert [fout.code for fout in lees(b"gemeentecode,inwoners\n".ljust(GROOTSTE + 1, b"x"))[1]] == ["te_groot"]
