"""Path, query and JSON: one meaning, or refused with everything that is wrong."""

from __future__ import annotations

import pytest
from gemeengoed_kit.errors import Invalid
from gemeengoed_kit.reading import Query, path_fault, read_json

from tests.kit.test_edge import STUIVER, is_problem


def fouten(tekst: str | bytes) -> dict[str, str]:
    with pytest.raises(Invalid) as geweigerd:
        read_json(tekst if isinstance(tekst, bytes) else tekst.encode())
    return {fout.name: fout.code for fout in geweigerd.value.invalid_params or []}


@pytest.mark.parametrize(
    ("tekst", "waarde"),
    [
        ("1.0", 1),
        ("1e2", 100),
        ("-0.0", 0),
        ("0e999999999999999999999", 0),
        ("1.25", 1.25),
        ("100000000000000000000.0", 1e20),
        ("9" * 300, int("9" * 300)),
        ('{"a": [null, true, "\\ud83d\\ude00"]}', {"a": [None, True, "😀"]}),
        (" 5 ", 5),
    ],
)
def test_json_wordt_zonder_verlies_gelezen(tekst, waarde):
    gelezen = read_json(tekst.encode())
    assert gelezen == waarde and type(gelezen) is type(waarde)


@pytest.mark.parametrize(
    ("tekst", "naam", "code"),
    [
        ('{"a": 100.0000000000000001}', "a", "getal"),
        ('{"a": 1e-400}', "a", "getal"),
        ('{"a": 1e400}', "a", "getal"),
        ('{"a": -1e99999999999999999999}', "a", "getal"),
        ('{"a": 1e-99999999999999999999}', "a", "getal"),
        ('{"a": ' + "9" * 5000 + "}", "a", "getal"),
        ('{"a": NaN}', "a", "json_invalid"),
        ('{"a": [1, -Infinity]}', "a.1", "json_invalid"),
        ('{"a": {"b": 1, "b": 1}}', "a.b", "dubbel"),
        ('{"a": [{"b": "x\\u0000"}]}', "a.0.b", "tekst"),
        ('{"a": ["\\ud800"]}', "a.0", "string_unicode"),
        ('{"\\u0000": 1}', "body", "tekst"),
        ("[" * 40 + "]" * 40, ".".join("0" * 32), "diepte"),
        ("[" * 100_000, "body", "json_invalid"),
        ('{"a":' * 50_000, "body", "json_invalid"),
        ('{"a": 1} x', "body", "json_invalid"),
        ("{'a': 1}", "body", "json_invalid"),
        ('{"a": 1,}', "body", "json_invalid"),
        ('{"a": "\n"}', "body", "json_invalid"),
        ("\ufeff{}", "body", "json_invalid"),
        (b'{"a": "\xe9"}', "body", "json_invalid"),
        ("{}".encode("utf-16"), "body", "json_invalid"),
        (" ", "body", "json_invalid"),
    ],
)
def test_json_waarin_iets_verloren_gaat_of_te_raden_is_wordt_geweigerd(tekst, naam, code):
    assert fouten(tekst) == {naam: code}


def test_alles_wat_mis_is_wordt_genoemd():
    assert fouten('{"a": "\\u0000", "b": [1e999], "c": {"d": 1, "d": 2}}') == {"a": "tekst", "b.0": "getal", "c.d": "dubbel"}


def test_onzin_in_de_inhoud_is_400_met_de_plaats(client, munter):
    kop = {**munter, "Content-Type": "application/json"}
    for inhoud, naam in (
        (b'{"naam": "a", "naam": "b", "waardeCent": 1}', "naam"),
        (b'{"naam": "a", "waardeCent": 100.0000000000000001}', "waardeCent"),
        (b'{"naam": "a\\u0000", "waardeCent": 1}', "naam"),
        (b"\xff", "body"),
        (b"[" * 100_000, "body"),
    ):
        problem = is_problem(client.post("/v1/munten", content=inhoud, headers=kop), 400)
        assert [p["name"] for p in problem["invalidParams"]] == [naam] and problem["title"] == "Ongeldige invoer"


@pytest.mark.parametrize(
    ("vraag", "mis"),
    [
        (b"naam=a&naam=b", {"naam": "dubbel"}),
        (b"naam=a&n%61am=b", {"naam": "dubbel"}),
        (b"naam=%FF", {"naam": "tekst"}),
        (b"naam=%00", {"naam": "tekst"}),
        (b"naam=%ed%a0%80", {"naam": "tekst"}),
        (b"naam=%4", {"naam": "tekst"}),
        (b"naan=a&Naam=b", {"naan": "extra_forbidden", "Naam": "extra_forbidden"}),
        (b"=1", {"query": "extra_forbidden"}),
        (b"naam", None),
        (b"naam=a+b%20c&&soort=x&soort=y", None),
    ],
)
def test_zoekvraag(vraag, mis):
    query = Query(frozenset({"naam", "soort"}), frozenset({"soort"}))
    if mis is None:
        found = query.read(vraag)
        assert found.keys() <= {"naam", "soort"} and isinstance(found.get("soort", []), list)
        return
    with pytest.raises(Invalid) as geweigerd:
        query.read(vraag)
    assert {fout.name: fout.code for fout in geweigerd.value.invalid_params or []} == mis


@pytest.mark.parametrize(
    "pad", [b"/v1/a%2Fb", b"/v1/a%2fb", b"/v1/a%5Cb", b"/v1/%00", b"/v1/a%0A", b"/v1/%FF", b"/v1/%4", b"/v1/%zz"]
)
def test_pad_met_meer_dan_een_betekenis(pad):
    assert path_fault(pad)


@pytest.mark.parametrize("pad", [b"/v1/a", b"/v1/%41%C3%BA", b"/v1/a%20b", b"/v1/$1$1$x"])
def test_pad_met_een_betekenis(pad):
    assert path_fault(pad) is None


def test_ontsnapte_schuine_streep_leidt_nergens_heen(client, munter):
    client.post("/v1/munten", json=STUIVER, headers=munter)
    assert client.get("/v1/munten/stuiver", headers=munter).status_code == 200
    assert "schuine streep" in is_problem(client.get("/v1%2Fmunten", headers=munter), 400)["detail"]
    is_problem(client.get("/v1/munten/a%2Fb", headers=munter), 400)
    is_problem(client.get("/v1/munten/%00", headers=munter), 400)


def test_onbekende_en_dubbele_vraag_wordt_ook_zonder_lijst_geweigerd(client, munter):
    client.post("/v1/munten", json=STUIVER, headers=munter)
    assert is_problem(client.get("/v1/munten/stuiver?taal=nl", headers=munter), 400)["invalidParams"][0]["name"] == "taal"
