"""The doctor: each kind of trouble is caused, found, and comes with what to do."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest
from click.testing import CliRunner
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from gateway.cli.app import main
from gateway.controle import certificates, contracts, reach
from gateway.controle.finding import Severity
from gateway.controle.service import examine
from gateway.db import migrate
from gateway.deployment import Deployment
from gateway.pki.authority import DevelopmentPki
from gateway.settings import GatewaySettings
from gemeengoed_kit.clock import Clock, SystemClock

from tests.gateway.lab import NOBODY, OINS, TOKEN, Lab, until

OIN = OINS["controle"]


class Ahead(Clock):
    """The time some days from now."""

    def __init__(self, days: int) -> None:
        self._days = days

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(days=self._days)


@pytest.fixture(scope="module")
def patient(lab: Lab, peers) -> str:
    """A peer of these tests alone, with a grant under the alias `grant`, never announced."""
    lab.add_peer("controle")
    lab.wait_served("controle")
    made = lab.post(f"/peers/{OIN}/services", {"naam": "eigen", "url": f"http://{lab.address}:7001"})
    assert made["naam"] == "eigen"
    own = lab.offer(OIN, lab.connection(OIN, OIN, "eigen"), aliases=("grant",))
    assert own["state"] == "VALID"
    return OIN


@pytest.fixture
def within(lab: Lab, patient: str) -> Iterator[Deployment]:
    """The lab's deployment as its processes see it."""
    with pytest.MonkeyPatch.context() as environment:
        for name, value in lab.environment.items():
            environment.setenv(name, value)
        deployment = Deployment(GatewaySettings(), SystemClock())  # pyright: ignore[reportCallIssue]
    yield deployment
    deployment.engine.dispose()


def of(findings, component: str, peer_id: str | None = OIN):
    return [one for one in findings if component in one.component and one.peer_id == peer_id]


def test_command_tells_what_is_wrong_and_ends_accordingly(lab: Lab, patient: str) -> None:
    environment = {"GATEWAY_BEHEER_LISTEN": f"{lab.address}:9080", "GATEWAY_BEHEER_TOKEN": TOKEN}
    lab.post(f"/peers/{OIN}/services", {"naam": "weg", "url": f"http://{lab.address}:9"})
    result = CliRunner().invoke(main, ["controleer", "--alles"], env=environment, catch_exceptions=False)
    assert result.exit_code == 1
    assert f"✗ service weg (peer {OIN}): geen verbinding met {lab.address}:9" in result.output
    assert "te doen:" in result.output and "✓ FSC-poort" in result.output and f"! aanmelding (peer {OIN})" in result.output
    assert lab.beheer.delete(f"/peers/{OIN}/services/weg").status_code == 204
    healed = lab.get("/controle")["results"]
    assert not [one for one in healed if "weg" in one["onderdeel"]]


def test_certificates_that_are_missing_expiring_wrong_or_readable_by_others(within: Deployment) -> None:
    with within.transaction() as session:
        from gateway.peer import repository

        peer = repository.hosted(session, OIN)
        session.expunge_all()
    assert peer is not None
    assert list(certificates.check_peer(within, peer)) == []
    near, past = (Deployment(within.settings, Ahead(days)) for days in (800, 900))
    assert {one.severity for one in certificates.check_peer(near, peer)} == {Severity.WARNING}
    assert {one.severity for one in certificates.check_peer(past, peer)} == {Severity.FAULT}
    own_host, peer.outway_host = peer.outway_host, "elders.lab.localhost"
    assert ["elders" in one.found or "elders" in one.expected for one in certificates.check_peer(within, peer)] == [True]
    peer.outway_host = own_host
    key = within.keys.pair(OIN, "inway").key_path
    kept = key.read_bytes()
    key.chmod(0o644)
    assert ["0644" in one.found and "chmod 600" in one.advice for one in certificates.check_peer(within, peer)] == [True]
    key.chmod(0o600)
    key.write_bytes(within.keys.pair(OIN, "manager").key_path.read_bytes())
    assert ["hoort niet bij" in one.found for one in certificates.check_peer(within, peer)] == [True]
    key.write_bytes(kept)
    peer.peer_id = NOBODY
    assert {one.component for one in certificates.check_peer(within, peer)} == {
        f"certificaat {component}" for component in ("manager", "inway", "outway")
    }


def test_listener_service_inway_and_manager_that_do_not_answer(lab: Lab, within: Deployment) -> None:
    nowhere = SimpleNamespace(
        peer_id=OIN, outway_listen=f"{lab.address}:9", url=f"http://{lab.address}:9", name="x", host=lab.address, port=9
    )
    assert [one.severity for one in reach.check_outway(nowhere)] == [Severity.FAULT]  # type: ignore[arg-type]
    assert [one.severity for one in reach.check_service(within, nowhere)] == [Severity.FAULT]  # type: ignore[arg-type]
    assert [one.severity for one in reach.check_inway(within, nowhere)] == [Severity.WARNING]  # type: ignore[arg-type]
    owner = SimpleNamespace(peer_id=OIN)
    for address, told in (
        ("https://weg.nep.localhost:8443", "antwoordt op"),
        ("https://manager.dir.lab.localhost:8443", "peer x"),
    ):
        known = SimpleNamespace(peer_id="x", name="Iemand", manager_address=address)
        found = list(reach.check_manager(within, owner, known))  # type: ignore[arg-type]
        assert [one.severity for one in found] == [Severity.FAULT] and found[0].expected.startswith(told)


def test_manager_whose_clock_differs(within: Deployment, peers) -> None:
    tomorrow = Deployment(within.settings, Ahead(1))
    known = SimpleNamespace(peer_id=peers["dir"], name="Directory", manager_address="https://manager.dir.lab.localhost:8443")
    found = list(reach.check_manager(tomorrow, SimpleNamespace(peer_id=OIN), known))  # type: ignore[arg-type]
    assert [one.component for one in found] == [f"klok: Manager van Directory ({peers['dir']})"]
    assert "NTP" in found[0].advice
    assert [one.severity for one in reach.check_clock("x", 30, allowed=60, peer_id=None)] == [Severity.WARNING]
    assert list(reach.check_clock("x", 2, allowed=60, peer_id=None)) == []


def test_contract_that_waits_or_ends_and_alias_and_grant_that_lead_nowhere(lab: Lab, within: Deployment, peers) -> None:
    lab.post(f"/peers/{OIN}/announcements", {"managerAddress": "https://manager.dir.lab.localhost:8443"}, expect=202)
    until(lambda: of(examine(within), "aanmelding") == [], what="announced")
    waiting = lab.offer(peers["afnemer"], lab.connection(peers["afnemer"], OIN, "eigen"))
    until(lambda: lab.contract(OIN, waiting["contentHash"]), what="contract has arrived")
    short = waiting["contentHash"].removeprefix("$1$1$")[:16]
    found = of(examine(within), f"contract {short}")
    assert [one.found for one in found] == ["wacht op deze peer"] and short in found[0].advice
    lab.post(f"/peers/{OIN}/contracts/{waiting['contentHash']}/reject", expect=200)
    assert of(examine(within), f"contract {short}") == []
    assert any("eindigt op" in one.found for one in of(examine(within), "contract")), "the lab's contracts last 30 days"
    later = of(examine(Deployment(within.settings, Ahead(2))), "contract")
    assert later
    lab.post(f"/peers/{OIN}/certificates/outway/renewals", {"nieuweSleutel": True})
    grants = of(examine(within), "grant $1$3$")
    assert [one.severity for one in grants] == [Severity.FAULT] and "sleutel" in grants[0].found
    own = lab.get(f"/peers/{OIN}/contracts", state="VALID")["results"][0]
    lab.post(f"/peers/{OIN}/contracts/{own['contentHash']}/revoke", expect=200)
    assert [one.severity for one in of(examine(within), "alias grant")] == [Severity.WARNING]


def test_delivery_that_is_stuck_says_why(lab: Lab, within: Deployment) -> None:
    lab.post(f"/peers/{OIN}/announcements", {"managerAddress": "https://manager.weg.nep.localhost:8443"}, expect=202)
    until(
        lambda: any("pogingen" in one.found for one in of(examine(within), "bezorging (announce)")),
        seconds=30,
        what="delivery has been tried three times",
    )


def test_database_that_is_away_is_told_and_nothing_else(lab: Lab, within: Deployment) -> None:
    away = within.settings.model_copy(update={"database_url": "postgresql://niemand@127.0.0.1:9/niets"})
    found = examine(Deployment(away, SystemClock()))
    assert [(one.component, one.severity) for one in found] == [("database", Severity.FAULT)]


def test_process_that_does_not_run_and_months_that_are_missing(templates, tmp_path) -> None:
    """A gateway of which nothing runs."""
    database = templates.copy("gateway", lambda template: migrate(template.owner_url))
    DevelopmentPki(tmp_path / "pki").create(now=datetime.now(UTC))
    settings = GatewaySettings(
        database_url=database.url, run_dir=tmp_path, keys_dir=tmp_path, dev_pki_dir=tmp_path / "pki", beheer_token=TOKEN
    )
    deployment = Deployment(settings, SystemClock())
    with psycopg.connect(database.owner_url) as owner:
        for (name,) in owner.execute(
            "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid "
            "WHERE i.inhparent = 'transaction_record'::regclass"
        ).fetchall():
            owner.execute(f'DROP TABLE "{name}"')
    found = {one.component for one in examine(deployment) if one.severity is Severity.FAULT}
    assert {"decide", "nginx", "transactielog"} <= found
    deployment.engine.dispose()
    templates.drop(database)


def test_revocation_list_that_has_run_out_or_nearly(tmp_path: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Uitgever")])
    now = datetime.now(UTC)

    def findings(until_: datetime):
        made = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(name)
            .last_update(now - timedelta(days=2))
            .next_update(until_)
            .sign(key, hashes.SHA256())
        )
        with tempfile.NamedTemporaryFile(dir=tmp_path, suffix=".crl", delete=False) as file:
            from cryptography.hazmat.primitives.serialization import Encoding

            file.write(made.public_bytes(Encoding.PEM))
        place = SimpleNamespace(rules=SimpleNamespace(crls=(Path(file.name),)), now=now)
        return [one.severity for one in certificates.check_lists(place)]  # type: ignore[arg-type]

    assert findings(now - timedelta(days=1)) == [Severity.FAULT]
    assert findings(now + timedelta(hours=2)) == [Severity.WARNING]
    assert findings(now + timedelta(days=9)) == []
    gone = SimpleNamespace(rules=SimpleNamespace(crls=(tmp_path / "weg.crl",)), now=now)
    assert [one.severity for one in certificates.check_lists(gone)] == [Severity.FAULT]  # type: ignore[arg-type]


def test_only_contracts_of_hosted_peers_that_wait_long_enough_are_told(within: Deployment) -> None:
    old, fresh = (
        SimpleNamespace(
            owner_id=OIN, content_hash="$1$1$" + "a" * 86, parties=[OIN, "2"], created_at=moment, not_after=4_000_000_000
        )
        for moment in (1, int(within.now.timestamp()))
    )
    told = [
        [
            one.found
            for one in contracts.check_contracts(
                within,
                SimpleNamespace(  # type: ignore[arg-type]
                    contracts=[SimpleNamespace(contract=contract, accepted=frozenset({OIN}), accepted_until=None)]
                ),
            )
        ]
        for contract in (old, fresh)
    ]
    assert told == [["nog niet getekend door 2"], []]
