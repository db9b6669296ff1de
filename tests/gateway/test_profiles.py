"""Lines of FSC Core: their hashes and shapes, and for each a real contract, token and call, also with an independent peer."""

from __future__ import annotations

import json

import pytest
from gateway.contract import rules
from gateway.contract.content import make_content as make
from gateway.contract.content import read_content
from gateway.contract.profile import profile_of
from gateway.errors import FscError
from gateway.group import GroupRules
from hypothesis import given
from hypothesis import strategies as st

from tests.gateway import independent
from tests.gateway.independent import published

OCTOBER, DRAFT, PUBLISHED = (GroupRules(group_id="fsc-example-group", profile=line) for line in ("2025-10", "2.0", "1.1"))

SAMPLE = {
    "iv": "06338364-8305-7b74-8000-de4963503139",
    "group_id": "fsc-example-group",
    "validity": {"not_before": 1672527600, "not_after": 1704063600},
    "grants": [
        {
            "data": {
                "type": "GRANT_TYPE_SERVICE_CONNECTION",
                "outway": {
                    "peer_id": "00000000000000000002",
                    "public_key_thumbprint": "3a56f2e9269ac63f0d4394c46b96539da1625b6a985d38029ff89f34e490960c",
                },
                "service": {"type": "SERVICE_TYPE_SERVICE", "peer_id": "00000000000000000001", "name": "example-service"},
            }
        }
    ],
    "hash_algorithm": "HASH_ALGORITHM_SHA3_512",
    "created_at": 1672527600,
}
PROPERTIES = {
    "delegation.connection.external_contract_reference": {
        "reference": "https://linktocontract.nl/1",
        "delegator_id": "12345678901234567890",
        "delegator_name": "Gemeente Súdwest-Fryslân",
    }
}


def changed(content: dict = SAMPLE, **grant: object) -> dict:
    copy = json.loads(json.dumps(content))
    copy["grants"][0]["data"] |= grant
    return copy


def drafted(identification: dict, **more: object) -> dict:
    return {
        **changed(outway={"peer_id": "00000000000000000002", "identification": identification}),
        "fsc_version": "1.0.0",
        **more,
    }


KEY = SAMPLE["grants"][0]["data"]["outway"]["public_key_thumbprint"]
BY_KEY = {"type": "OUTWAY_IDENTIFICATION_TYPE_PUBLIC_KEY_THUMBPRINT", "public_key_thumbprint": KEY}
BY_NAME = {"type": "OUTWAY_IDENTIFICATION_TYPE_DOMAIN_NAME", "domain_name": "outway.voorbeeld.nl"}


VECTORS = [
    (
        OCTOBER,
        SAMPLE,
        "$1$1$X1KsN8G58UQhTaGK3vbBmXou8T1iskh3GufPQR1K_wrUqWpQfRf6PyR2pm27kDddcV08_QtpEY97PSaEZfT70Q",
        "$1$3$sRyJw_-EVnswqlWaLYahFeYdJWpKCNnjLP14KVgO8NhsTteX8K6uLmeYwUzvPa9vr5OnEljaWLaBVmVpY1qkfQ",
    ),
    (
        OCTOBER,
        changed(service={"peer_id": "00000000000000000001", "name": "example-service"}),
        "$1$1$gr4AbR4NEwMRLqeqCB_cXQL1JX2-lHBJ45AUL_9d8NDoL6FrzPa_zeRCpeWqF4s24gV4xK7qPtv4B1mI3HESzw",
        "$1$3$s1jAyWmruw1kMdV0wLHOWLbAu73NAk5o4RaEyFsha466ez1Cx05eQj_IG8gxGwEyAnnpSPbPC0CsMczmnQDTKQ",
    ),
    (
        OCTOBER,
        changed(properties=PROPERTIES),
        "$1$1$uvpjUfDCwLhdoUHebhPLJkN-YQzBjAP2-bywZOTY6WLIPEYN9meUmDqwl4giiQOrTadV20blkpfgxRmatjP03w",
        "$1$3$IsNgmvaL6hxPiDVSYM8ps6aBK3wMMPIUDhYd-qgm30SF8t6CFGH62SkrQqOQcEN2sYFtTdN3KAWpWzBkuU-qXA",
    ),
    (
        DRAFT,
        drafted(BY_KEY),
        "$1$1$fm45sVdzHFbbCiR25y2OFm8XuDe0EkLPVIGDEFNAemPiSMGENYM4exZDxj2tAqHxoorh8W_fiIa2jRabV7H6Og",
        "$1$3$xFNkKrdsutTvKg6ntvzruP9yw2z0GSORUoRWhv2EdA_TcMuG9RVFVhsmtB2oW6d-u51AU4cChX0oEUOxMwM1Ww",
    ),
    (
        PUBLISHED,
        SAMPLE,
        "$1$1$lFAwdUXVl_JhQ1wmps7_5aR9_ScUIlriir9-7ku-KPFSESygUabD9e-msZ5nd3qONJNXsZqXbhfoG-o_DlfjeA",
        "$1$3$rl6M1Vv1BX3CzNhMGl6V-FlfEK_tlGhwT3kkf5Uhrd_6Y7tSDXl5yZR9y7oFw5z-APdVHTQZe5YWtiyZi0drXA",
    ),
]
"""The digest of the standard (fsc.md 1.4); that of 1.1 was computed by the independent implementation in
tests/gateway/independent/published.py, which follows the text step by step."""


@pytest.mark.parametrize(("group", "content", "of_content", "of_grant"), VECTORS)
def test_hashes_match_the_vectors(group, content, of_content, of_grant) -> None:
    read = read_content(json.dumps(content), group)
    assert (read.hash, read.grants[0].hash) == (of_content, of_grant)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(st.characters(codec="utf-8"), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abcdefgé€", max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text("abcxyzé", min_size=1, max_size=6), JSON, max_size=4), st.randoms())
def test_hash_does_not_depend_on_order_or_spacing(properties, random) -> None:
    content = changed(properties=properties)
    shuffled = list(content.items())
    random.shuffle(shuffled)
    loose = read_content(json.dumps(dict(shuffled), indent=2), OCTOBER)
    assert loose.hash == read_content(json.dumps(content, ensure_ascii=False), OCTOBER).hash == independent.content_hash(content)
    assert loose.grants[0].hash == independent.grant_hash(content)


ONE, TWO, THREE = ({"peer_id": f"0000000000000000000{number}"} for number in (1, 2, 3))
SERVICES = [
    {"type": "SERVICE_TYPE_SERVICE", **ONE, "name": "een"},
    {**ONE, "name": "zonder-soort"},
    {"type": "SERVICE_TYPE_DELEGATED_SERVICE", **ONE, "name": "twee", "delegator": THREE},
]
OFFERED = [{**ONE, "name": "drie", "protocol": f"PROTOCOL_TCP_HTTP_{version}"} for version in ("1.1", "2")]
OUTWAY = {**TWO, "public_key_thumbprint": KEY}
GRANTS = [
    *({"type": "GRANT_TYPE_SERVICE_CONNECTION", "outway": OUTWAY, "service": service} for service in SERVICES),
    *(
        {"type": "GRANT_TYPE_DELEGATED_SERVICE_CONNECTION", "outway": OUTWAY, "service": service, "delegator": THREE}
        for service in SERVICES
    ),
    *({"type": "GRANT_TYPE_SERVICE_PUBLICATION", "directory": TWO, "service": service} for service in OFFERED),
    *(
        {"type": "GRANT_TYPE_DELEGATED_SERVICE_PUBLICATION", "directory": TWO, "service": service, "delegator": THREE}
        for service in OFFERED
    ),
]


def with_grants(grants: list[dict], **more: object) -> dict:
    return {**SAMPLE, "grants": [{"data": grant} for grant in grants], **more}


@given(st.lists(st.sampled_from(GRANTS), min_size=1, max_size=5), st.uuids(), st.integers(0, 2**40), st.integers(0, 2**40))
def test_published_line_hashes_as_its_text_says(grants, iv, begin, end) -> None:
    content = with_grants(grants, iv=str(iv), validity={"not_before": begin, "not_after": end}, created_at=begin)
    read = read_content(json.dumps(content), PUBLISHED)
    assert read.hash == published.content_hash(content)
    assert [grant.hash for grant in read.grants] == [published.grant_hash(content, at) for at in range(len(grants))]


@given(st.permutations(GRANTS))
def test_published_line_does_not_look_at_the_order_of_grants(grants) -> None:
    assert read_content(json.dumps(with_grants(grants)), PUBLISHED).hash == published.content_hash(with_grants(GRANTS))


EXTRAS = [
    ("een-veld", lambda content: content),
    ("properties", lambda content: content["grants"][0]["data"]),
    ("public_key", lambda content: content["grants"][0]["data"]["outway"]),
    ("delegator", lambda content: content["grants"][0]["data"]["service"]),
    ("note", lambda content: content["grants"][0]),
    ("until", lambda content: content["validity"]),
    ("validity.not_before", lambda content: content),
    ("data.type", lambda content: content["grants"][0]),
    ("service.name", lambda content: content["grants"][0]["data"]),
    ("outway.public_key_thumbprint", lambda content: content["grants"][0]["data"]),
    ("delegator.peer_id", lambda content: content["grants"][0]["data"]["service"]),
]


@pytest.mark.parametrize("value", [{"a": 1}, {}, "x", None])
@pytest.mark.parametrize(("name", "where"), EXTRAS)
def test_published_line_refuses_what_it_would_not_sign(name, where, value) -> None:
    content = json.loads(json.dumps(SAMPLE))
    where(content)[name] = value
    with pytest.raises(FscError, match=name) as refused:
        read_content(json.dumps(content), PUBLISHED)
    assert refused.value.status == 400


WRONG = [
    (OCTOBER, drafted(BY_KEY), "identification"),
    (OCTOBER, changed(outway=TWO), "public_key_thumbprint"),
    (OCTOBER, changed(outway={**OUTWAY, "identification": None}), "identification"),
    (OCTOBER, changed(delegator=THREE), "delegator"),
    (OCTOBER, changed(directory=THREE), "directory"),
    (OCTOBER, with_grants([{**GRANTS[-1], "outway": OUTWAY}]), "outway"),
    (DRAFT, SAMPLE, "fsc_version"),
    (DRAFT, {**SAMPLE, "fsc_version": "1.0.0"}, "identification"),
    (DRAFT, {**drafted(BY_KEY), "fsc_version": 2}, "fsc_version"),
    (DRAFT, drafted({**BY_KEY, "domain_name": "a.nl"}), "domain_name"),
    (DRAFT, drafted({**BY_NAME, "public_key_thumbprint": KEY}), "public_key_thumbprint"),
    (DRAFT, drafted({**BY_NAME, "domain_name": "geen naam"}), "domain_name"),
    (DRAFT, drafted({"type": "OUTWAY_IDENTIFICATION_TYPE_X"}), "identification"),
    (PUBLISHED, {**SAMPLE, "iv": "x" * 36}, "iv"),
    (PUBLISHED, drafted(BY_KEY), "identification"),
]


@pytest.mark.parametrize(("group", "content", "named"), WRONG)
def test_content_of_another_shape_is_refused_by_name(group, content, named) -> None:
    with pytest.raises(FscError, match=named) as refused:
        read_content(json.dumps(content), group)
    assert refused.value.status == 400


@pytest.mark.parametrize("member", ["delegator", "directory"])
def test_null_where_a_member_may_be_absent_counts_as_absent(member) -> None:
    assert read_content(json.dumps(changed(**{member: None})), OCTOBER).parties == {ONE["peer_id"], TWO["peer_id"]}


def test_unknown_version_has_its_own_code() -> None:
    with pytest.raises(FscError) as refused:
        read_content(json.dumps(drafted(BY_KEY, fsc_version="9.9")), DRAFT)
    assert (refused.value.code, refused.value.status) == ("ERROR_CODE_UNKNOWN_FSC_VERSION", 422)


def test_outway_by_name_is_told_apart_from_one_by_key() -> None:
    grants = [read_content(json.dumps(drafted(way)), DRAFT).grants[0] for way in (BY_KEY, BY_NAME)]
    assert [(grant.public_key_thumbprint, grant.outway_domain_name) for grant in grants] == [
        (KEY, None),
        (None, "outway.voorbeeld.nl"),
    ]


@pytest.mark.parametrize("group", [OCTOBER, DRAFT, PUBLISHED])
def test_what_a_line_makes_is_what_it_reads(group) -> None:
    common = json.loads(json.dumps(SAMPLE))
    outway = common["grants"][0]["data"]["outway"]
    del outway["public_key_thumbprint"]
    profile_of(group).identify(outway, KEY)
    content = make(common, group)
    assert read_content(content.text, group).hash == content.hash and content.grants[0].public_key_thumbprint == KEY
    rules.check_content(content, group, now=SAMPLE["created_at"])


@pytest.mark.parametrize(
    ("group", "content", "code"),
    [
        (OCTOBER, SAMPLE, "ERROR_CODE_SUBMITTING_PEER_NOT_PART_OF_CONTRACT"),
        (DRAFT, drafted(BY_KEY), "ERROR_CODE_SUBMITTING_PEER_NOT_PART_OF_CONTRACT"),
        (PUBLISHED, SAMPLE, "ERROR_CODE_PEER_NOT_PART_OF_CONTRACT"),
    ],
)
def test_outsider_gets_the_code_of_the_line(group, content, code) -> None:
    read = read_content(json.dumps(content), group)
    with pytest.raises(FscError) as refused:
        rules.check_parties(read, own_peer_id=ONE["peer_id"], caller_peer_id=THREE["peer_id"])
    assert refused.value.code == code
