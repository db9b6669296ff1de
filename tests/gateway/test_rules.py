"""The pure rules of contracts, tokens and ids: vectors of the standard's digest and properties."""

from __future__ import annotations

import json
import uuid

import httpx
import pytest
from gateway.contract import rules
from gateway.contract.text import parse, split_object
from gateway.errors import FscError
from gateway.group import GroupInvalid, GroupRules, read_group
from gateway.hosts import Hosts
from gateway.manager.address import names_host, parse_address
from gateway.names import SignatureType, State
from gateway.settings import GatewaySettings
from gateway.txlog.ids import is_valid, new_id
from hypothesis import given
from hypothesis import strategies as st

GROUP = GroupRules(group_id="lab")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(st.characters(codec="utf-8"), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abcdefgé€", max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text('abc"\\é ', min_size=1, max_size=5), JSON, max_size=4), st.sampled_from([None, 1]))
def test_split_object_keeps_the_text_of_each_member(members, indent) -> None:
    text = json.dumps(members, indent=indent)
    found = split_object(text)
    assert {name: member.value for name, member in found.items()} == members
    assert all(parse(member.text) == member.value and member.text in text for member in found.values())


@pytest.mark.parametrize(
    "text",
    [
        '{"a":1,"a":1}',
        '{"a":{"b":1,"b":2}}',
        '{"a":9007199254740992}',
        '{"a":NaN}',
        '{"a":1e999}',
        '{"a":"\\ud800"}',
        '{"a":1',
        "",
        "[1]x",
        '{"a":' + "[" * 100_000,
    ],
)
def test_what_is_no_i_json_is_refused(text) -> None:
    with pytest.raises(FscError) as refused:
        split_object(text)
    assert refused.value.status == 400


PEERS = ["00000000000000000001", "00000000000000000002", "00000000000000000003"]
SIGNED = st.lists(
    st.builds(
        rules.Signed, st.sampled_from([*PEERS, "00000000000000000009"]), st.sampled_from(SignatureType), st.integers(0, 300)
    ),
    max_size=8,
)


@given(st.frozensets(st.sampled_from(PEERS), min_size=1), SIGNED, st.integers(1, 200), st.integers(0, 250))
def test_state_follows_from_signatures_and_clock(parties, signatures, not_after, now) -> None:
    state = rules.derive_state(parties, signatures, not_after=not_after, now=now)
    ours = [signature for signature in signatures if signature.peer_id in parties]
    assert (state is State.REVOKED) == any(s.type is SignatureType.REVOKE for s in ours)
    if state is State.VALID:
        assert now < not_after and all(s.type is SignatureType.ACCEPT for s in ours)
        assert {s.peer_id for s in ours if s.certificate_not_after > now} == parties
    if state in (State.PROPOSED, State.VALID):
        assert now < not_after
    assert state is rules.derive_state(parties, list(reversed(signatures)), not_after=not_after, now=now)
    assert (rules.explain(parties, signatures, not_before=0, not_after=not_after, now=now) is None) == (state is State.VALID)


@given(st.frozensets(st.sampled_from(PEERS), min_size=1), SIGNED, st.integers(1, 200), st.integers(0, 250), st.integers(0, 250))
def test_ended_contract_stays_ended(parties, signatures, not_after, first, second) -> None:
    early, late = sorted((first, second))
    state = rules.derive_state(parties, signatures, not_after=not_after, now=early)
    if state in (State.REVOKED, State.REJECTED, State.EXPIRED):
        assert rules.derive_state(parties, signatures, not_after=not_after, now=late) is state


@given(st.integers(0, 2**48 - 1))
def test_transaction_ids_are_uuid_version_7_in_order_of_time(moment) -> None:
    text = new_id(moment)
    made = uuid.UUID(text)
    assert made.version == 7 and made.variant == uuid.RFC_4122 and made.int >> 80 == moment and is_valid(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "6f2d7f0e-5f0a-4f9e-9a53-111111111111",
        "01890a5d-ac96-774b-bcce-b302099a8057\n",
        "0" * 36,
        "01890a5dac96774bbcceb302099a8057",
    ],
)
def test_other_texts_are_no_transaction_id(text) -> None:
    assert not is_valid(text)


@given(st.integers(1, 100))
def test_back_off_doubles_to_the_cap(attempts) -> None:
    waits = [GROUP.backoff(number) for number in range(1, attempts + 1)]
    assert waits[:9] == [1, 2, 4, 8, 16, 32, 64, 128, 256][:attempts] and max(waits) <= 300 and waits == sorted(waits)


@given(st.text(max_size=40))
def test_any_text_as_manager_address_is_an_address_or_refused(text) -> None:
    try:
        host, port = parse_address(text, GROUP)
    except ValueError:
        return
    assert httpx.URL(text).host == host and port in (443, 8443) and "." in host


@pytest.mark.parametrize(
    ("names", "host", "covered"),
    [
        ({"a.b.nl"}, "a.b.nl", True),
        ({"*.b.nl"}, "a.b.nl", True),
        ({"*.b.nl"}, "x.a.b.nl", False),
        ({"*.nl"}, "b.nl", True),
        ({"a.b.nl"}, "b.nl", False),
        (set(), "a.b.nl", False),
    ],
)
def test_certificate_names_cover_hosts(names, host, covered) -> None:
    assert names_host(frozenset(names), host) is covered


def test_static_names_take_wildcards_and_the_first_match() -> None:
    hosts = Hosts({"een.lab.localhost": "127.0.0.2", "*.lab.localhost": "127.0.0.3"})
    assert [hosts.static(name) for name in ("EEN.lab.localhost", "x.y.lab.localhost", "elders.nl")] == [
        "127.0.0.2",
        "127.0.0.3",
        None,
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"fsc_listen": "127.0.0.1:9443"},
        {"group_file": "bestaat-niet.toml"},
        {"beheer_token": "kort"},
        {"dev_pki_dir": None},
    ],
)
def test_manager_port_1_wrong_settings_refuse_to_start(tmp_path, wrong) -> None:
    good = {
        "database_url": "postgresql://x",
        "run_dir": tmp_path,
        "keys_dir": tmp_path,
        "dev_pki_dir": tmp_path,
        "beheer_token": "lang-genoeg-voor-hier",
        "hosts": "*.a=127.0.0.1, b=127.0.0.2",
    }
    assert GatewaySettings(**good).hosts == {"*.a": "127.0.0.1", "b": "127.0.0.2"}
    with pytest.raises(ValueError):
        settings = GatewaySettings(**{**good, **wrong})
        assert settings.rules


def test_group_file_gives_the_rules_with_paths_relative_to_it(tmp_path) -> None:
    (tmp_path / "een.pem").write_bytes(b"een")
    (tmp_path / "twee.pem").write_bytes(b"twee")
    file = tmp_path / "groep.toml"
    file.write_text('group_id = "groep"\ntrust_anchors = ["een.pem", "twee.pem"]\nmax_grants = 3\n')
    group = read_group(file)
    assert (group.group_id, group.profile, group.max_grants, group.anchors_pem) == ("groep", "2025-10", 3, b"een\ntwee")


def test_group_file_that_is_wrong_names_everything_wrong_with_it(tmp_path) -> None:
    file = tmp_path / "groep.toml"
    file.write_text(
        'group_id = "met spatie"\nprofile = "3.0"\nports = [9443]\nkleur = "groen"\ncrls = ["weg.crl"]\n'
        "peer_id_pattern = '('\ndirectories = [\"http://x\"]\n"
    )
    with pytest.raises(GroupInvalid) as refused:
        read_group(file)
    for name in ("trust_anchors", "group_id", "profile", "ports", "kleur", "weg.crl", "peer_id_pattern", "directories"):
        assert name in str(refused.value)


def test_group_file_that_is_absent_or_no_toml_is_named(tmp_path) -> None:
    (tmp_path / "groep.toml").write_text("group_id =")
    for name in ("weg.toml", "groep.toml"):
        with pytest.raises(GroupInvalid, match=name):
            read_group(tmp_path / name)
