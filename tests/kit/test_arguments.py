"""What the edge finds for an endpoint itself is what FastAPI would have found, and so are the refusals."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Annotated, Any

import pytest
from fastapi import Depends, FastAPI, Header, Path, Query, Request, Response
from fastapi.routing import APIRoute
from gemeengoed_kit import reading
from gemeengoed_kit.arguments import Found, Handler
from gemeengoed_kit.errors import Forbidden, Invalid
from gemeengoed_kit.pagination import PageQuery
from gemeengoed_kit.problem import install_problem
from gemeengoed_kit.schema import GivenDay, Term, YesNo
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field
from starlette.requests import HTTPConnection
from starlette.testclient import TestClient


class Filter(PageQuery):
    """Every kind of member that a list has."""

    naam: Term | None = Field(None, max_length=10)
    sinds_dag: GivenDay | None = None
    open_nu: YesNo | None = None
    soorten: list[str] = Field([], max_length=2)


class Quick(APIRoute):
    """As `EdgeRoute` does it, without all else that it does."""

    def get_route_handler(self) -> Handler:
        handler, query = Found.of(self.dependant).handler(self), reading.Query.of(self.dependant)

        async def handle(request: Request) -> Response:
            request.state.query = query.read(request.scope["query_string"])
            return await handler(request)

        return handle


async def wie(request: Request) -> str:
    if "weg" in request.headers:
        raise Forbidden("weg")
    return request.headers.get("wie", "niemand")


async def teken(response: Response) -> None:
    response.headers["teken"] = "gezet"


async def van_wie(wie: Annotated[str, Depends(wie)]) -> str:
    return f"van {wie}"


def gewoon(request: Request) -> str:
    return request.method


async def open_(request: Request) -> AsyncIterator[str]:
    yield request.method


async def verbinding(wat: HTTPConnection) -> str:
    return wat.url.path


async def lijst(
    nummer: Annotated[int, Path(ge=1)],
    wens: Annotated[Filter, Query()],
    wie: Annotated[str, Depends(wie)],
    van_wie: Annotated[str, Depends(van_wie)],
    anders: Annotated[str, Depends(gewoon)],
    open_: Annotated[str, Depends(open_)],
    pad: Annotated[str, Depends(verbinding)],
    if_none_match: Annotated[str | None, Header(pattern="^[0-9]*$")] = None,
) -> dict[str, Any]:
    return {
        "nummer": nummer,
        "wie": wie,
        "van": van_wie,
        "tag": if_none_match,
        "rest": [anders, open_, pad],
        **wens.model_dump(mode="json"),
    }


async def kaal(request: Request, response: Response, wens: Annotated[Filter, Query()]) -> dict[str, Any]:
    response.headers["pad"] = request.url.path
    return wens.model_dump(mode="json")


async def los(
    dag: Annotated[GivenDay | None, Query(alias="sindsDag")] = None,
    naam: Annotated[Term, Query(max_length=10)] = "geen",
    wie: Annotated[str | None, Header(pattern="^ik$")] = None,
) -> dict[str, Any]:
    return {"dag": dag, "naam": naam, "wie": wie}


def api(route_class: type[APIRoute]) -> TestClient:
    made = FastAPI()
    install_problem(made)
    made.router.route_class = route_class
    made.get("/lijst/{nummer}", dependencies=[Depends(teken)])(lijst)
    made.get("/kaal")(kaal)
    made.get("/los")(los)
    return TestClient(made, raise_server_exceptions=False)


QUICK, USUAL = api(Quick), api(APIRoute)
NAMES = st.sampled_from(["page", "pageSize", "naam", "sindsDag", "openNu", "soorten", "page_size", "vreemd", "Naam"])
VALUES = st.sampled_from(
    [
        "",
        "1",
        "0",
        "500",
        "501",
        "1_0",
        " 1",
        "true",
        "false",
        "ja",
        "a",
        "%C3%A9",
        "e%CC%81",
        "te+lang+voor+dit",
        "2018-01-15",
        "x;y",
        "15-1",
    ]
)
HEADERS = st.fixed_dictionaries(
    {}, optional={"wie": st.just("ik"), "weg": st.just("1"), "if-none-match": st.sampled_from(["3", "x"])}
)


def answer(client: TestClient, path: str, headers: dict[str, str]) -> tuple[Any, ...]:
    got = client.get(path, headers=headers)
    return got.status_code, got.json(), got.headers.get("teken"), got.headers.get("pad")


@given(
    nummer=st.sampled_from(["1", "0", "x"]),
    pairs=st.lists(st.tuples(NAMES, VALUES), max_size=5),
    headers=HEADERS,
    route=st.sampled_from([0, 1, 2]),
)
def test_wat_de_rand_zelf_vindt_is_wat_fastapi_vindt(nummer, pairs, headers, route):
    query = "&".join(f"{name}={value}" for name, value in pairs)
    path = f"{(f'/lijst/{nummer}', '/kaal', '/los')[route]}?{query}"
    try:
        reading.Query.of(QUICK.app.router.routes[route - 3].dependant).read(query.encode())  # type: ignore[attr-defined]
    except Invalid:
        assert answer(QUICK, path, headers)[0] == 400, "refused before FastAPI would see it"
        return
    assert answer(QUICK, path, headers) == answer(USUAL, path, headers)


@pytest.mark.parametrize(
    ("query", "soorten"), [("", []), ("soorten=a", ["a"]), ("soorten=b&soorten=a", ["b", "a"])], ids=["none", "one", "two"]
)
def test_lijst_in_een_zoekvraag_houdt_haar_volgorde(query: str, soorten: list[str]):
    assert QUICK.get(f"/kaal?{query}").json()["soorten"] == soorten


def test_alleen_wat_niets_anders_vraagt_wordt_zelf_gevonden():
    found: Callable[[str], Found] = lambda path: Found.of(  # noqa: E731
        next(route for route in QUICK.app.router.routes if getattr(route, "path", "") == path).dependant  # type: ignore[attr-defined]
    )
    assert [inner.name for inner in found("/lijst/{nummer}").direct] == [None, "wie"]
    assert found("/kaal").model == ("wens", Filter) and found("/kaal").direct == ()
    assert found("/los").absent == {"dag": None, "naam": "geen"} and found("/kaal").absent == {}
