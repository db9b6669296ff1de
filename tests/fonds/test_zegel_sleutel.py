"""The file of the key, and what the service remembers beside it."""

from __future__ import annotations

import os
import stat
import threading

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from fonds_api.zegel import beheer, note, sleutel
from fonds_api.zegel.note import MEDEONDERTEKENING, Checkpoint, Regel, Sleutel
from fonds_api.zegel.sleutel import Geheugen, SleutelOnbruikbaar
from hypothesis import given
from hypothesis import strategies as st

from tests.fonds.zegels import checkpoint, verzegel, zegelpad


@pytest.fixture
def settings(settings, tmp_path):
    return settings.model_copy(update={"zegel_sleutel": zegelpad(tmp_path)})


def test_het_bestand_is_van_de_dienst_alleen(tmp_path):
    pad = tmp_path / "map" / "sleutel.pem"
    gemaakt = sleutel.maak(pad)
    assert stat.S_IMODE(pad.stat().st_mode) == 0o600 and stat.S_IMODE(pad.parent.stat().st_mode) == 0o700
    assert note.publiek(sleutel.laad(pad)) == note.publiek(gemaakt)
    with pytest.raises(SleutelOnbruikbaar, match="bestaat al"):
        sleutel.maak(pad)
    pad.chmod(0o640)
    with pytest.raises(SleutelOnbruikbaar, match="leesbaar voor anderen"):
        sleutel.laad(pad)
    pad.chmod(0o600)
    ander = generate_private_key(SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    for inhoud, waarom in ((b"geheim", "geen onversleutelde sleutel"), (ander, "geen Ed25519-sleutel")):
        pad.write_bytes(inhoud)
        with pytest.raises(SleutelOnbruikbaar, match=waarom) as fout:
            sleutel.laad(pad)
        assert "geheim" not in str(fout.value).replace(str(pad), "")
    with pytest.raises(SleutelOnbruikbaar, match="No such file"):
        sleutel.laad(tmp_path / "weg")
    assert os.listdir(pad.parent) == ["sleutel.pem"]


def test_wat_is_ondertekend_wordt_onthouden_ook_door_velen_tegelijk(tmp_path):
    def schrijf(nummer: int) -> None:
        with Geheugen(tmp_path / "k").open() as laatste:
            laatste[f"log/{nummer}"] = Checkpoint(f"log/{nummer}", nummer, b"\1" * 32)

    draden = [threading.Thread(target=schrijf, args=(nummer,)) for nummer in range(20)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    with pytest.raises(ZeroDivisionError), Geheugen(tmp_path / "k").open() as laatste:
        laatste.clear()
        raise ZeroDivisionError
    with Geheugen(tmp_path / "k").open() as laatste:
        assert sorted(een.grootte for een in laatste.values()) == list(range(20))


def test_zonder_sleutel_wordt_verzegeld_en_niet_ondertekend(client, context, boek, boeking, settings, caplog, als):
    id = boek(boeking()).json()["id"]
    context.settings.zegel_sleutel = None
    verzegel(context)
    assert client.get("/v1/fondsen/derdengelden/bladen", headers=als("administratie")).json()["count"] == 1
    assert client.get(f"/v1/boekingen/{id}/bewijs", headers=als("administratie")).status_code == 409
    assert client.get("/v1/fondsen/derdengelden/checkpoint").status_code == 404
    context.settings.zegel_sleutel = settings.zegel_sleutel
    verzegel(context)
    assert checkpoint(client).grootte == 1
    # Another file, or none: the service never makes a second key by itself.
    elders = settings.zegel_sleutel.with_name("elders.pem")
    context.settings.zegel_sleutel = elders
    boek(boeking())
    verzegel(context)
    assert checkpoint(client).grootte == 1 and "No such file" in caplog.text and not elders.exists()
    sleutel.maak(elders)
    verzegel(context)
    assert checkpoint(client).grootte == 1 and "niet de laatst gemelde" in caplog.text


def test_het_commando_maakt_en_vervangt(client, context, settings, boek, boeking, capsys):
    beheer.zegelsleutel(settings, ["maak"])
    beheer.zegelsleutel(settings, ["maak"])  # the same again
    oud, nieuw = settings.zegel_sleutel, settings.zegel_sleutel.with_name("nieuw.pem")
    met_nieuw = settings.model_copy(update={"zegel_sleutel": nieuw})
    with pytest.raises(SystemExit, match="gebruik `vervang`"):
        beheer.zegelsleutel(met_nieuw, ["maak"])
    boek(boeking())
    verzegel(context)
    beheer.zegelsleutel(met_nieuw, ["vervang", "--vorige", str(oud)])
    with pytest.raises(SystemExit, match="al door een andere opgevolgd"):
        beheer.zegelsleutel(settings, ["vervang", "--verloren"])
    eerste, tweede = client.get("/v1/fondsen/ggu/zegelsleutels").json()["results"]
    assert eerste["overdracht"] is None and tweede["overdracht"] is not None
    with Geheugen(nieuw).open() as laatste:  # what the old one signed, the new one may not contradict
        assert {een.grootte for een in laatste.values()} == {0, 1}
    with pytest.raises(SystemExit, match="is not set"):
        beheer.zegelsleutel(settings.model_copy(update={"zegel_sleutel": None}), ["maak"])
    assert "PRIVATE" not in capsys.readouterr().err


NAAM = st.from_regex(note.NAAM, fullmatch=True)


@given(
    NAAM, st.integers(0, 10**15), st.binary(min_size=32, max_size=32), st.integers(1, 2**40), st.binary(min_size=1, max_size=80)
)
def test_wat_wordt_geschreven_wordt_gelezen_en_niets_anders(naam, grootte, wortel, tijdstip, ruis):
    check, eigen = Checkpoint(naam, grootte, wortel), sleutel.Ed25519PrivateKey.from_private_bytes(wortel)
    assert Checkpoint.lees(check.tekst) == check
    log = Sleutel(naam, note.publiek(eigen))
    getuige = Sleutel(naam, note.publiek(eigen), MEDEONDERTEKENING)
    regels = [note.onderteken(eigen, naam, check.tekst), note.onderteken_mede(eigen, naam, check.tekst, tijdstip)]
    assert note.lees_note(note.note(check.tekst, regels)) == (check.tekst, regels)
    assert Sleutel.lees(log.vkey) == log and Sleutel.lees(getuige.vkey) == getuige and log.kenmerk != getuige.kenmerk
    assert note.klopt_note(log, check.tekst, regels) and note.klopt_mede(getuige, check.tekst, regels[1]) == tijdstip
    assert note.klopt_mede(getuige, check.tekst, regels[0]) is None and not note.klopt_note(getuige, check.tekst, regels)
    later = Checkpoint(naam, grootte + 1, wortel).tekst
    assert not note.klopt_note(log, later, regels) and note.klopt_mede(getuige, later, regels[1]) is None
    ruis_regel = Regel(naam, getuige.kenmerk, ruis)
    assert note.klopt_mede(getuige, check.tekst, ruis_regel) is None and Regel.lees(str(ruis_regel)) == ruis_regel


@pytest.mark.parametrize(
    "tekst",
    ["", "a\n1\n", "a\n01\nAAAA\n", "a\n1\n" + "A" * 43 + "=\nextra\n", "a\n-1\n" + "A" * 43 + "=\n", "a\n1\n" + "A" * 43 + "="],
)
def test_geen_checkpoint(tekst):
    with pytest.raises(ValueError):
        Checkpoint.lees(tekst)


@pytest.mark.parametrize("regel", ["", "x", "— a", "— a AAAA", "- a AAAAAAAA", "— a b AAAAAAAA", "— a AAAAAAAA=", "— a AAAAAAB="])
def test_geen_ondertekenregel(regel):
    with pytest.raises(ValueError):
        Regel.lees(regel)
