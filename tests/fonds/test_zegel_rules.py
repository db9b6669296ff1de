"""The tree against the definitions of RFC 6962, known vectors, and tampering with proofs."""

from __future__ import annotations

import hashlib
import json

import rfc8785
from fonds_api.zegel import rules
from hypothesis import given
from hypothesis import strategies as st

from tests.gateway.independent.jcs import canonical

# The leaves and roots that the certificate transparency projects test with.
BLADEN = [bytes.fromhex(tekst) for tekst in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")]  # fmt: skip
WORTELS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
SAMENHANG_6_8 = [
    "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
]
TEKST = st.text(st.characters(exclude_categories=["Cs"]))


def mth(bladen: list[bytes]) -> bytes:
    """RFC 6962, 2.1, as it stands there."""
    if not bladen:
        return hashlib.sha256(b"").digest()
    if len(bladen) == 1:
        return bladen[0]
    k = 1
    while k * 2 < len(bladen):
        k *= 2
    return hashlib.sha256(b"\x01" + mth(bladen[:k]) + mth(bladen[k:])).digest()


def opgeslagen(bladen: list[bytes]) -> dict[rules.Knoop, bytes]:
    """What is stored of a log: leaves, and complete nodes of every eighth level."""
    hashes = {(0, nummer): blad for nummer, blad in enumerate(bladen)}
    groei = rules.Groei()
    for blad in bladen:
        groei.erbij(blad)
        hashes |= dict(groei.voltooid)
    return hashes


def gevraagd(bereiken: list[rules.Bereik], hashes: dict[rules.Knoop, bytes]) -> dict[rules.Knoop, bytes]:
    """Only what `bewaard` asks for."""
    return {
        (niveau, nummer): hashes[niveau, nummer] for niveau, eerste, na in rules.bewaard(bereiken) for nummer in range(eerste, na)
    }


def bewijs(bereiken: list[rules.Bereik], hashes: dict[rules.Knoop, bytes]) -> list[bytes]:
    deel = gevraagd(bereiken, hashes)
    return [rules.hash_van(bereik, deel) for bereik in bereiken]


def test_bekende_wortels_en_bewijzen():
    hashes = [rules.bladhash(blad) for blad in BLADEN]
    groei = rules.Groei()
    assert groei.wortel().hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    for hash, wortel in zip(hashes, WORTELS, strict=True):
        groei.erbij(hash)
        assert groei.wortel().hex() == wortel == rules.hash_van((0, groei.grootte), dict(enumerate_knopen(hashes))).hex()
    assert [hash.hex() for hash in bewijs(rules.samenhang(6, 8), opgeslagen(hashes))] == SAMENHANG_6_8
    pad = bewijs(rules.insluitpad(5, 8), opgeslagen(hashes))
    assert [hash.hex() for hash in pad] == [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]


def enumerate_knopen(hashes: list[bytes]):
    return (((0, nummer), hash) for nummer, hash in enumerate(hashes))


@st.composite
def logboeken(draw) -> tuple[list[bytes], int, int]:
    """(leaf hashes, size before, size after), around the borders of stored levels as well."""
    tot = draw(st.one_of(st.integers(1, 70), st.sampled_from([255, 256, 257, 511, 512, 513, 700, 1025])))
    return [rules.bladhash(n.to_bytes(4, "big")) for n in range(tot)], draw(st.integers(0, tot)), tot


@given(logboeken(), st.data())
def test_elk_bewijs_klopt_en_geen_ander(logboek, data):
    bladen, van, tot = logboek
    hashes = opgeslagen(bladen)
    wortel, wortel_van = mth(bladen), mth(bladen[:van])
    assert bewijs([(0, tot), (0, van)], hashes) == [wortel, wortel_van]
    index = data.draw(st.integers(0, tot - 1))
    pad = bewijs(rules.insluitpad(index, tot), hashes)
    samen = bewijs(rules.samenhang(van, tot), hashes)
    assert len(pad) <= tot.bit_length() and rules.klopt_insluiting(bladen[index], index, tot, pad, wortel)
    assert rules.klopt_samenhang(van, tot, wortel_van, wortel, samen)
    ander = rules.bladhash(b"anders")
    assert not rules.klopt_insluiting(ander, index, tot, pad, wortel)
    assert not rules.klopt_insluiting(bladen[index], index, tot, pad, ander)
    assert not rules.klopt_insluiting(bladen[index], index, tot, [*pad, ander], wortel)
    for plaats in range(len(pad)):
        assert not rules.klopt_insluiting(bladen[index], index, tot, [*pad[:plaats], ander, *pad[plaats + 1 :]], wortel)
    if elders := [n for n in range(tot) if n != index]:
        assert not rules.klopt_insluiting(bladen[index], data.draw(st.sampled_from(elders)), tot, pad, wortel)
    assert not rules.klopt_samenhang(van, tot, wortel_van, ander, samen) or van == 0
    if van:
        assert not rules.klopt_samenhang(van, tot, ander, wortel, samen)
    for plaats in range(len(samen)):
        assert not rules.klopt_samenhang(van, tot, wortel_van, wortel, [*samen[:plaats], ander, *samen[plaats + 1 :]])
    assert len(gevraagd([(0, tot), *rules.samenhang(van, tot)], hashes)) <= 16 * 2 * 3


BOEKING = st.fixed_dictionaries(
    {
        "id": st.uuids().map(str),
        "fonds": TEKST,
        "volgnummer": st.integers(0, 2**53 - 1),
        "boekdatum": st.dates().map(str),
        "geboektOp": TEKST,
        "vastgelegdOp": st.none() | TEKST,
        "omschrijving": TEKST,
        "bron": st.fixed_dictionaries({"pad": TEKST, "bron": TEKST}),
        "regels": st.lists(st.fixed_dictionaries({"rekening": TEKST, "bedragCent": st.integers(-(10**15), 10**15)})),
        "saldi": st.lists(st.integers()),
        "stornoVan": st.none() | TEKST,
        "gestorneerdDoor": st.none() | TEKST,
    }
)


@given(BOEKING)
def test_de_tekst_van_een_blad_is_rfc_8785_van_de_vaste_leden(boeking):
    vast = {naam: boeking[naam] for naam in rules.VASTE_LEDEN if boeking.get(naam) is not None}
    inhoud = rules.bladinhoud(boeking)
    assert inhoud == rfc8785.dumps(vast) == canonical(vast) and json.loads(inhoud) == vast
    assert rules.bladinhoud({**boeking, "saldi": [], "later": 1}) == inhoud
