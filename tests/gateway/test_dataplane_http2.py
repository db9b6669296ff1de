"""HTTP/2 where the service says so, and https services; the client of the Outway speaks what it likes."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator

import h2.config
import h2.connection
import h2.events
import httpx
import psycopg
import pytest
from gateway.nginx.binary import HTTP_2_SINCE, find_binary, version

from tests.gateway.backend import answer, read_head
from tests.gateway.fakepeer import INWAY, OWN
from tests.gateway.independent import Identity
from tests.gateway.independent.authority import Authority
from tests.gateway.lab import OINS, Lab, read_lines, until
from tests.gateway.listener import Listener

BODY = bytes(range(256)) * 400


class Http2Service(Listener):
    """A service that speaks HTTP/2 only, with prior knowledge: answers each call with its own body and a trailer."""

    def __init__(self, address: str, port: int) -> None:
        self.seen: list[dict[str, str]] = []
        super().__init__(address, port)

    def serve(self, connection: socket.socket) -> None:
        http = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False, header_encoding="utf-8"))
        http.initiate_connection()
        bodies: dict[int, bytes] = {}
        left: dict[int, bytes] = {}
        with connection:
            connection.sendall(http.data_to_send())
            while data := connection.recv(65536):
                for event in http.receive_data(data):
                    if isinstance(event, h2.events.RequestReceived):
                        self.seen.append(dict(event.headers))
                    elif isinstance(event, h2.events.DataReceived):
                        bodies[event.stream_id] = bodies.get(event.stream_id, b"") + event.data
                        http.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
                    elif isinstance(event, h2.events.StreamEnded):
                        http.send_headers(event.stream_id, [(":status", "200"), ("content-type", "application/grpc")])
                        left[event.stream_id] = bodies.pop(event.stream_id, b"")
                for stream in list(left):
                    self._give(http, stream, left)
                connection.sendall(http.data_to_send())

    @staticmethod
    def _give(http: h2.connection.H2Connection, stream: int, left: dict[int, bytes]) -> None:
        while left[stream]:
            size = min(len(left[stream]), http.local_flow_control_window(stream), http.max_outbound_frame_size)
            if size == 0:
                return
            http.send_data(stream, left[stream][:size])
            left[stream] = left[stream][size:]
        http.send_headers(stream, [("grpc-status", "0")], end_stream=True)
        del left[stream]


class Client:
    """An HTTP/2 client with prior knowledge on a connection that is there."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        connection.settimeout(20)
        self._http = h2.connection.H2Connection(h2.config.H2Configuration(header_encoding="utf-8"))
        self._http.initiate_connection()
        connection.sendall(self._http.data_to_send())

    def call(self, headers: list[tuple[str, str]], body: bytes = b"") -> tuple[dict[str, str], bytes, dict[str, str]]:
        """Headers, body and trailers of the answer."""
        stream = self._http.get_next_available_stream_id()
        self._http.send_headers(stream, headers, end_stream=not body)
        got, data, trailers = {}, b"", {}
        while True:
            while body and (size := min(len(body), self._http.local_flow_control_window(stream), 16384)):
                self._http.send_data(stream, body[:size], end_stream=size == len(body))
                body = body[size:]
            self._connection.sendall(self._http.data_to_send())
            received = self._connection.recv(65536)
            assert received, "the connection was closed before the answer was complete"
            for event in self._http.receive_data(received):
                if isinstance(event, h2.events.ResponseReceived):
                    got = dict(event.headers)
                elif isinstance(event, h2.events.DataReceived):
                    data += event.data
                    self._http.acknowledge_received_data(event.flow_controlled_length, stream)
                elif isinstance(event, h2.events.TrailersReceived):
                    trailers = dict(event.headers)
                elif isinstance(event, h2.events.StreamReset):
                    raise AssertionError(f"reset: {event.error_code}")
                elif isinstance(event, h2.events.StreamEnded):
                    return got, data, trailers


@pytest.fixture(scope="module")
def service(lab: Lab, peers) -> Iterator[Http2Service | None]:
    """An HTTP/2 service of the provider, published at the Directory; the consumer calls it under alias `twee`. None where
    nginx is too old for it, and the offer is refused for that."""
    running = Http2Service(lab.address, 7003)
    provider = peers["aanbieder"]
    offer = {"naam": "twee", "url": f"http://{lab.address}:7003", "protocol": "PROTOCOL_TCP_HTTP_2"}
    possible = version(find_binary(None)) >= HTTP_2_SINCE
    answered = lab.post(f"/peers/{provider}/services", offer, expect=201 if possible else 409)
    if not possible:
        assert answered["type"].endswith("/protocol-niet-mogelijk")
        yield None
        return
    published = lab.offer(
        provider,
        {
            "type": "GRANT_TYPE_SERVICE_PUBLICATION",
            "directory": {"peer_id": peers["dir"]},
            "service": {"peer_id": provider, "name": "twee", "protocol": "PROTOCOL_TCP_HTTP_2"},
        },
    )
    lab.wait_state(provider, published["contentHash"], "VALID")
    lab.connect(peers["afnemer"], provider, "twee", "twee")
    until(
        lambda: httpx.get(lab.outway("afnemer"), headers={"Host": "twee"}, trust_env=False).status_code == 200,
        what="nginx knows it",
    )
    running.seen.clear()
    yield running
    running.close()


def over(lab: Lab, component: str, transaction_id: str) -> str:
    """The protocol in which a call came in at an Inway or Outway."""
    path = lab.folder / "run" / f"{component}-access.log"

    def logged() -> list[str]:
        return [line["protocol"] for line in read_lines(path) if line["transactionId"] == transaction_id]

    return until(logged, what=f"call in {path.name}")[0]


def plain(lab: Lab) -> socket.socket:
    return socket.create_connection(lab.outway_at("afnemer"), 10)


def test_call_over_http_2_reaches_the_service_over_http_2_with_trailers(lab, service) -> None:
    if service is None:
        return
    sent = []
    with plain(lab) as connection:
        client = Client(connection)
        for path in ("/pakket.Dienst/Vraag?x=%2F", "/nog//eens"):
            headers = [(":method", "POST"), (":scheme", "http"), (":authority", "twee"), (":path", path), ("te", "trailers")]
            got, data, trailers = client.call([*headers, ("x-eigen", "1")], BODY)
            assert got[":status"] == "200" and data == BODY and trailers == {"grpc-status": "0"}
            assert service.seen[-1][":path"] == path and service.seen[-1]["x-eigen"] == "1"
            assert service.seen[-1]["te"] == "trailers"
            assert service.seen[-1]["fsc-authorization"].startswith("Bearer ey")
            sent.append(got["fsc-transaction-id"])
    assert [over(lab, one, call) for call in sent for one in ("outway", "inway")] == ["HTTP/2.0"] * 4


def test_client_with_http_1_reaches_an_http_2_service(lab, service) -> None:
    if service is None:
        return
    answered = httpx.post(lab.outway("afnemer") + "/a%2Fb", headers={"Host": "twee"}, content=BODY, trust_env=False)
    assert (answered.status_code, answered.content) == (200, BODY) and service.seen[-1][":path"] == "/a%2Fb"
    sent = answered.headers["Fsc-Transaction-Id"]
    assert [over(lab, one, sent) for one in ("outway", "inway")] == ["HTTP/1.1", "HTTP/2.0"]


def test_client_with_http_2_reaches_an_http_1_service(lab, connected, echo) -> None:
    echo.seen.clear()
    with plain(lab) as connection:
        headers = [(":method", "PUT"), (":scheme", "http"), (":authority", "dataplane"), (":path", "/a//b?c=+")]
        got, data, _ = Client(connection).call(headers, BODY)
    assert (got[":status"], data) == ("200", b"ok")
    assert echo.seen[0].target == "/a//b?c=+" and echo.seen[0].body == BODY
    assert [over(lab, one, got["fsc-transaction-id"]) for one in ("outway", "inway")] == ["HTTP/2.0", "HTTP/1.1"]


def test_calls_in_both_protocols_to_one_inway_never_share_a_connection(lab, service, connected, echo) -> None:
    if service is None:
        return
    aliases, sent = ["dataplane", "twee"] * 5, []
    with httpx.Client(base_url=lab.outway("afnemer"), timeout=10, trust_env=False) as client:
        for alias in aliases:
            answered = client.post("/x", headers={"Host": alias}, content=BODY)
            assert answered.status_code == 200, answered.text
            sent.append(answered.headers["Fsc-Transaction-Id"])
    assert [over(lab, "inway", call) for call in sent] == ["HTTP/1.1", "HTTP/2.0"] * 5


def test_inway_speaks_http_2_and_errors_are_in_fsc_form(lab, fake, peers) -> None:
    context = fake.outway.client_context(fake.root)
    context.set_alpn_protocols(["h2"])
    with socket.create_connection((lab.address, 8443), 10) as bare, context.wrap_socket(bare, server_hostname=INWAY) as tls:
        assert tls.selected_alpn_protocol() == "h2"
        client = Client(tls)
        for authority, status in ((INWAY, "401"), ("inway.afnemer.lab.localhost", "421")):
            got, data, _ = client.call([(":method", "GET"), (":scheme", "https"), (":authority", authority), (":path", "/")])
            assert got[":status"] == status and b"ERROR_DOMAIN_INWAY" in data and got["fsc-transaction-id"]


@pytest.mark.parametrize(
    "steering",
    [
        [("fsc-authorization", "vals"), ("x-peer", OWN), ("x-way", "direct"), ("x_peer", OWN)],
        [("fsc-authorization", "een"), ("fsc-authorization", "twee")],
    ],
)
def test_headers_that_steer_have_no_effect_over_http_2(lab, connected, echo, steering) -> None:
    echo.seen.clear()
    with plain(lab) as connection:
        headers = [(":method", "GET"), (":scheme", "http"), (":authority", "dataplane"), (":path", "/")]
        got, _, _ = Client(connection).call([*headers, *steering])
    (seen,) = echo.seen
    assert got[":status"] == "200" and len(seen.headers["fsc-authorization"]) == 1
    assert seen.headers["fsc-authorization"][0].startswith("Bearer ey")


# ---- https
class Secure(Listener):
    """A service on TLS, with a certificate of `identity`."""

    def __init__(self, address: str, port: int, identity: Identity) -> None:
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(identity.pem, identity.key_pem)
        self.heads: list[bytes] = []
        super().__init__(address, port)

    def serve(self, connection: socket.socket) -> None:
        try:
            with self._context.wrap_socket(connection, server_side=True) as tls:
                head, _ = read_head(tls)
                self.heads.append(head)
                answer(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")(tls, head)
        except OSError:
            return


def test_https_service_is_verified_and_gets_the_path_unchanged(lab, peers, folder) -> None:
    own, strange = Authority(folder, "Eigen"), Authority(folder, "Vreemd")
    identity = Identity(folder, "dienst", OWN, "dienst.lab.localhost", own.pair)
    service, provider = Secure(lab.address, 7004, identity), OINS["aanbieder"]
    path = f"/peers/{provider}/services"
    offered = {"naam": "dicht", "url": "https://dienst.lab.localhost:7004"}

    def code() -> object:
        answered = httpx.get(lab.outway("afnemer") + "/a%2F//b?c=+", headers={"Host": "dicht"}, timeout=20, trust_env=False)
        return answered.status_code if answered.status_code == 200 else answered.json()["code"]

    try:
        lab.post(path, {**offered, "ca": own.root.read_text()})
        lab.connect(peers["afnemer"], provider, "dicht", "dicht")
        until(lambda: code() == 200, what="the service answers")
        assert service.heads[-1].startswith(b"GET /a%2F//b?c=+ HTTP/1.1\r\nHost: dienst.lab.localhost:7004")
        seen = len(service.heads)
        for refused in (
            {"ca": strange.root.read_text()},
            {},
            {"url": "https://elders.lab.localhost:7004", "ca": own.root.read_text()},
        ):
            lab.post(path, {**offered, **refused})
            until(lambda: waiting(lab) == 0, what="nginx knows it")
            until(lambda: code() == "ERROR_CODE_SERVICE_UNREACHABLE", what="it is not trusted")
        assert len(service.heads) == seen
    finally:
        lab.beheer.delete(f"{path}/dicht")
        service.close()
    assert (
        until(lambda: code() != "ERROR_CODE_SERVICE_UNREACHABLE" and code(), what="withdrawn") == "ERROR_CODE_SERVICE_NOT_FOUND"
    )


def waiting(lab: Lab) -> int:
    """How many services nginx has yet to hear of."""
    with psycopg.connect(lab.database_url) as connection:
        row = connection.execute(
            "SELECT count(*) FROM offered_service WHERE since_generation IS NULL AND withdrawn_at IS NULL"
        ).fetchone()
    assert row is not None
    return row[0]


@pytest.mark.parametrize(
    ("given", "status", "faults"),
    [
        ({"url": "http://127.0.0.1:1", "ca": "onzin"}, 409, 2),
        ({"url": "https://127.0.0.1:1", "ca": "onzin"}, 409, 1),
        ({"url": "https://127.0.0.1:1/pad", "ca": None}, 400, 1),
        ({"url": "ftp://127.0.0.1:1", "protocol": "iets"}, 400, 2),
    ],
)
def test_service_that_cannot_be_offered_is_refused_with_every_fault(lab, peers, given, status, faults) -> None:
    answered = lab.beheer.post(f"/peers/{peers['aanbieder']}/services", json={"naam": "fout", **given})
    assert answered.status_code == status and len(answered.json()["invalidParams"]) == faults, answered.text
