"""Witnesses: making a key known, succeeding and withdrawing it, and cosigning, by who may and who may not."""

from __future__ import annotations

import dataclasses

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fonds_api.getuige.client import Getuige, Onraad
from fonds_api.zegel import beheer, note
from fonds_api.zegel.note import MEDEONDERTEKENING, Checkpoint, Sleutel

from tests.fonds.conftest import PEER
from tests.fonds.zegels import Gemeente, checkpoint, verzegel, zegelpad
from tests.invariants.fonds import schendingen


@pytest.fixture
def settings(settings, tmp_path):
    return settings.model_copy(update={"zegel_sleutel": zegelpad(tmp_path)})


@pytest.fixture
def nu(clock) -> int:
    return int(clock.now().timestamp())


@pytest.fixture
def gemeente(client, als):
    """Makes a gemeente that cosigns."""

    def maak(code: str = "GM0344", naam: str | None = None, kop: dict[str, str] | None = None, oin: str = PEER) -> Gemeente:
        return Gemeente(client, kop or als("gemeente", gemeentecode=code), oin, code, naam or f"getuige.example/{code}")

    return maak


def soort(antwoord) -> str:
    assert antwoord.status_code == 409, antwoord.text
    return antwoord.json()["type"].removeprefix("/v1/problemen/")


def test_aanmelden_opvolgen_en_intrekken(client, als, issuer, gemeente, database):
    een = gemeente()
    eerste = een.sleutel
    gemeld = een.meld()
    assert gemeld.status_code == 201 and gemeld.headers["location"] == f"/v1/getuigen/{gemeld.json()['id']}"
    assert client.get(gemeld.headers["location"]).json() == gemeld.json()
    assert {"gemeentecode": "GM0344", "oin": PEER, "sleutel": een.vkey.vkey}.items() <= gemeld.json().items()
    assert een.meld().status_code == 200 and een.meld().json() == gemeld.json()
    een.sleutel = Ed25519PrivateKey.generate()
    assert soort(een.meld()) == "aanmelding-klopt-niet"  # not signed by the key before it
    assert soort(een.meld(Ed25519PrivateKey.generate())) == "aanmelding-klopt-niet"
    opgevolgd = een.meld(eerste)
    assert opgevolgd.status_code == 201 and opgevolgd.json()["vorige"] == gemeld.json()["id"]
    intrekking = {"reden": "De sleutel is verloren gegaan.", "naam": "A. Voorbeeld"}
    beheerder = als("fondsbeheerder")
    assert (
        soort(client.post(f"{gemeld.headers['location']}/intrekkingen", json=intrekking, headers=beheerder))
        == "getuige-al-ingetrokken"
    )
    pad = f"{opgevolgd.headers['location']}/intrekkingen"
    assert client.post(pad, json=intrekking, headers=een.kop).status_code == 403
    ingetrokken = client.post(pad, json=intrekking, headers=beheerder)
    assert ingetrokken.status_code == 201 and ingetrokken.json()["reden"] == intrekking["reden"]
    assert soort(client.post(pad, json=intrekking, headers=beheerder)) == "getuige-al-ingetrokken"
    assert client.post("/v1/getuigen/99/intrekkingen", json=intrekking, headers=beheerder).status_code == 404
    assert soort(een.meld()) == "getuige-van-een-ander"  # a key that was known is never known again
    een.sleutel = Ed25519PrivateKey.generate()
    # Withdrawn: now another organisation may act for the gemeente, and no earlier key signs.
    kop = issuer.headers("00000099000000000009", "gemeente", properties={"gemeentecode": "GM0344"})
    ander = gemeente(kop=kop, oin="00000099000000000009")
    assert ander.meld().status_code == 201
    assert soort(een.meld()) == "getuige-van-een-ander"
    assert [rij["id"] for rij in client.get("/v1/getuigen?gemeentecode=GM0344").json()["results"]] == [1, 2, 3]
    assert schendingen(database.url) == []


def test_wie_niet_mag_of_kan_aanmelden(client, als, issuer, gemeente):
    een = gemeente()
    body = een.aanmelding()
    assert client.post("/v1/getuigen", json=body).status_code == 401
    assert client.post("/v1/getuigen", json=body, headers=als("fondsbeheerder")).status_code == 403
    assert client.post("/v1/getuigen", json=body, headers=als("gemeente")).status_code == 403
    assert (
        soort(client.post("/v1/getuigen", json=body, headers=als("gemeente", gemeentecode="GM0363"))) == "aanmelding-klopt-niet"
    )
    ander_oin = issuer.headers("00000099000000000009", "gemeente", properties={"gemeentecode": "GM0344"})
    assert soort(client.post("/v1/getuigen", json=body, headers=ander_oin)) == "aanmelding-klopt-niet"
    namens = issuer.headers("00000099000000000009", "gemeente", delegator_id=PEER, properties={"gemeentecode": "GM0344"})
    assert client.post("/v1/getuigen", json=body, headers=namens).status_code == 201  # a supplier that acts for the gemeente
    assert soort(gemeente("GM0363", naam=een.naam).meld()) == "getuige-van-een-ander"
    gewoon = Sleutel(een.naam, note.publiek(een.sleutel)).vkey
    for anders in ({"sleutel": gewoon}, {"sleutel": een.vkey.vkey[:-4] + "AAA="}, {"handtekeningen": ["— x AAAA"]}):
        assert soort(een.meld(**anders)) == "aanmelding-klopt-niet", anders
    assert een.meld(handtekeningen=["x"]).status_code == 400


def test_medeondertekenen(client, context, als, boek, boeking, gemeente, nu, database):
    boek(boeking())
    verzegel(context)
    gezien, een, twee = checkpoint(client), gemeente(), gemeente("GM0363")
    assert soort(een.teken(gezien, nu)) == "geen-getuige"
    assert client.get("/v1/fondsen/derdengelden/medeondertekend-checkpoint").status_code == 404
    een.meld()
    twee.meld()
    eerste = een.teken(gezien, nu)
    assert eerste.status_code == 201 and eerste.json()["grootte"] == 1 and eerste.json()["gemeentecode"] == "GM0344"
    assert een.teken(gezien, nu + 9).status_code == 200 and een.teken(gezien, nu + 9).json() == eerste.json()
    # Not ours: another origin, size or root, or no checkpoint at all.
    for ander in (
        dataclasses.replace(gezien, oorsprong="x/y"),
        dataclasses.replace(gezien, grootte=7),
        dataclasses.replace(gezien, wortel=b"\1" * 32),
        checkpoint(client, "ggu"),
    ):
        assert soort(twee.teken(ander, nu)) == "niet-ons-checkpoint"
    assert soort(twee.teken(gezien, nu, tekst="x\n01\nAAAA\n")) == "niet-ons-checkpoint"
    # Not its own: the key of another, another moment than was signed, the future, something else.
    zonder_sleutel = str(note.onderteken_mede(Ed25519PrivateKey.generate(), twee.naam, gezien.tekst, nu))
    ander_moment = note.Regel.lees(twee.regel(gezien, nu))
    verschoven = str(note.Regel(twee.naam, twee.vkey.kenmerk, (nu - 1).to_bytes(8, "big") + ander_moment.handtekening[8:]))
    gewoon = str(note.onderteken(twee.sleutel, twee.naam, gezien.tekst))
    for regel in (een.regel(gezien, nu), zonder_sleutel, verschoven, gewoon, twee.regel(gezien, nu + 301), "— x AAAA"):
        assert soort(twee.teken(gezien, nu, handtekeningen=[regel])) == "medeondertekening-klopt-niet", regel
    assert twee.teken(gezien, nu, handtekeningen=[gewoon, een.regel(gezien, nu), twee.regel(gezien, nu)]).status_code == 201
    assert client.post("/v1/fondsen/geen/medeondertekeningen", json={"tekst": gezien.tekst, "handtekeningen": [gewoon]},
                       headers=twee.kop).status_code == 404  # fmt: skip
    tekst, regels = note.lees_note(client.get("/v1/fondsen/derdengelden/medeondertekend-checkpoint").text)
    assert tekst == gezien.tekst and len(regels) == 3
    for wie in (een, twee):
        assert any(
            note.klopt_mede(Sleutel(wie.naam, wie.vkey.publiek, MEDEONDERTEKENING), tekst, regel) == nu for regel in regels
        )
    boek(boeking())
    verzegel(context)
    assert client.get("/v1/fondsen/derdengelden/medeondertekend-checkpoint").text.startswith(gezien.tekst)
    twee.teken(checkpoint(client), nu)
    rijen = client.get("/v1/fondsen/derdengelden/medeondertekeningen").json()["results"]
    assert [(rij["grootte"], rij["gemeentecode"]) for rij in rijen] == [(2, "GM0363"), (1, "GM0344"), (1, "GM0363")]
    assert client.get("/v1/fondsen/derdengelden/medeondertekeningen?grootte=1&gemeentecode=GM0363").json()["count"] == 1
    assert schendingen(database.url) == []


def test_driehonderdtweeenveertig_getuigen(client, context, als, boek, boeking, gemeente, nu):
    boek(boeking())
    verzegel(context)
    gezien = checkpoint(client)
    for nummer in range(1, 343):
        een = gemeente(f"GM{nummer:04d}")
        assert een.meld().status_code == een.teken(gezien, nu).status_code == 201
    assert client.get("/v1/fondsen/derdengelden/medeondertekeningen").json()["count"] == 342
    _, regels = note.lees_note(client.get("/v1/fondsen/derdengelden/medeondertekend-checkpoint").text)
    assert len(regels) == 91  # readers take a hundred


class TestClientVanEenGemeente:
    """The tool of a gemeente, against the whole application."""

    @pytest.fixture
    def getuige(self, client, als, tmp_path):
        client.headers.update(als("gemeente", gemeentecode="GM0344"))

        def maak(sleutel: Ed25519PrivateKey | None = None) -> Getuige:
            self.sleutel = sleutel or Ed25519PrivateKey.generate()
            return Getuige(client, "derdengelden", self.sleutel, "getuige.example/1", tmp_path / "stand.json")

        return maak

    def test_ondertekent_alleen_wat_voortgaat(self, client, context, boek, boeking, getuige, nu, server, database, settings):
        boek(boeking())
        verzegel(context)
        een = getuige()
        een.aanmelden(PEER, "GM0344")
        assert een.medeondertekenen(lambda: nu).grootte == 1
        for _ in range(3):
            boek(boeking())
        verzegel(context)
        een = getuige(self.sleutel)  # from its files
        assert een.medeondertekenen(lambda: nu).grootte == 4 and een.medeondertekenen(lambda: nu).grootte == 4
        oud = Checkpoint.lees(een.stand.checkpoint)
        for herinnering, woord in (
            (dataclasses.replace(oud, wortel=b"\1" * 32), "herschreven"),
            (dataclasses.replace(oud, grootte=9), "kleiner geworden"),
            (dataclasses.replace(oud, oorsprong="x/y"), "een ander logboek"),
            (dataclasses.replace(oud, grootte=3, wortel=b"\1" * 32), "herschreven"),
        ):
            een.stand.checkpoint = herinnering.tekst
            with pytest.raises(Onraad, match=woord):
                een.medeondertekenen(lambda: nu)
        assert getuige(self.sleutel).stand.checkpoint == oud.tekst  # what does not fit is not remembered

    def test_volgt_een_sleutel_die_is_overgedragen_en_geen_andere(self, client, context, boek, boeking, getuige, nu, settings):
        boek(boeking())
        verzegel(context)
        een = getuige()
        een.aanmelden(PEER, "GM0344")
        een.medeondertekenen(lambda: nu)
        oud, nieuw = settings.zegel_sleutel, settings.zegel_sleutel.with_name("nieuw.pem")
        beheer.zegelsleutel(settings.model_copy(update={"zegel_sleutel": nieuw}), ["vervang", "--vorige", str(oud)])
        boek(boeking())
        verzegel(context)  # still with the old file: refused
        assert checkpoint(client).grootte == 1
        context.settings.zegel_sleutel = nieuw
        verzegel(context)
        assert checkpoint(client).grootte == 2
        assert een.medeondertekenen(lambda: nu).grootte == 2 and len(een.stand.sleutels) == 2
        laatste = settings.zegel_sleutel.with_name("laatste.pem")
        beheer.zegelsleutel(settings.model_copy(update={"zegel_sleutel": laatste}), ["vervang", "--verloren"])
        context.settings.zegel_sleutel = laatste
        boek(boeking())
        verzegel(context)
        with pytest.raises(Onraad, match="niet ondertekend met een sleutel die u vertrouwt"):
            een.medeondertekenen(lambda: nu)
