"""A small service to try the kit on: one table, one deferred rule, a read route, write routes and jobs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import pytest
from fastapi import Path as PathParameter
from fastapi import Response
from gemeengoed_kit import outbox
from gemeengoed_kit.app import create_api
from gemeengoed_kit.client import OutwayClient, SourceError
from gemeengoed_kit.clock import SystemClock
from gemeengoed_kit.context import Context
from gemeengoed_kit.db import Base
from gemeengoed_kit.errors import Conflict, refuses
from gemeengoed_kit.jobs import Task
from gemeengoed_kit.process import Service, migrate
from gemeengoed_kit.route import ByCaller, InWork, public, roles, router
from gemeengoed_kit.schema import Cent, GivenDay, GivenMoment, Input, Moment, Output
from gemeengoed_kit.settings import ServiceSettings
from gemeengoed_kit.source import Source
from gemeengoed_kit.testing import TokenIssuer
from pydantic import Field
from pydantic_settings import SettingsConfigDict
from sqlalchemy.orm import Mapped, mapped_column


class Munt(Base):
    __tablename__ = "munt"

    naam: Mapped[str] = mapped_column(primary_key=True)
    waarde_cent: Mapped[int]


class MuntInvoer(Input):
    naam: str = Field(min_length=1, max_length=20, description="Naam.", examples=["stuiver"])
    waarde_cent: Cent = Field(description="Waarde.", examples=[5])
    geslagen: GivenDay | None = Field(None, description="Dag.", examples=["2018-01-01"])
    gezien_op: GivenMoment | None = Field(None, description="Moment.", examples=["2018-01-01T09:00:00Z"])


class MuntUit(Output):
    """Een munt."""

    naam: str = Field(description="Naam.", examples=["stuiver"])
    waarde_cent: int = Field(description="Waarde.", examples=[5])
    van: str = Field(description="Aanroeper.", examples=["00000099000000000001"])
    gezien_op: Moment | None = Field(description="Moment.")


class AlBekend(Conflict):
    type, title = "al-bekend", "Munt al bekend"
    meaning = "Er is al een munt met deze naam."
    remedy = "Kies een andere naam."


munten = router("/munten", "munten")


@munten.post("", status_code=201, summary="Munt slaan", dependencies=[roles("munter")])
@refuses(AlBekend)
def sla_munt(work: InWork, caller: ByCaller, invoer: MuntInvoer, response: Response) -> MuntUit:
    """Voegt een munt toe en meldt haar elders."""
    if work.session.get(Munt, invoer.naam):
        raise AlBekend(f"De munt {invoer.naam} is al geslagen.")
    work.session.add(Munt(naam=invoer.naam, waarde_cent=invoer.waarde_cent))
    pad = f"/v1/munten/{invoer.naam}"
    if invoer.naam != "stil":
        work.record(action="munt.slaan", subject=pad, change={"waardeCent": invoer.waarde_cent})
    outbox.put(work, source="kluis", path="/v1/stortingen", body={"munt": invoer.naam}, subject=pad, group="/v1/munten")
    response.headers["Location"] = pad
    return MuntUit.make(naam=invoer.naam, waarde_cent=invoer.waarde_cent, van=caller.peer_id, gezien_op=invoer.gezien_op)


@munten.get("/{naam}", summary="Munt opvragen", dependencies=[roles("munter", "kijker")])
def get_munt(work: InWork, naam: Annotated[str, PathParameter(description="Naam.")]) -> MuntUit:
    """Eén munt."""
    munt = work.session.get_one(Munt, naam)
    return MuntUit.make(naam=munt.naam, waarde_cent=munt.waarde_cent, van="-", gezien_op=None)


@munten.get("", summary="Munten tellen", dependencies=[public()])
def tel_munten(work: InWork) -> dict[str, int]:
    """Het aantal munten; probeert ook te schrijven als het aantal 99 is."""
    count = work.session.query(Munt).count()
    if count == 1 and work.session.get(Munt, "lek"):
        work.session.add(Munt(naam="lek2", waarde_cent=1))
        work.session.flush()
    return {"aantal": count}


class Csv(Response):
    media_type = "text/csv"


@munten.get(".csv", summary="Munten als CSV", dependencies=[public()], response_class=Csv)
def get_munten_csv(work: InWork) -> Response:
    """De munten als CSV."""
    return Csv("naam\n")


@munten.get(
    "/{naam}/beeld", summary="Beeld van een munt", dependencies=[public()], responses={200: {"content": {"image/svg+xml": {}}}}
)
def get_beeld(work: InWork, naam: Annotated[str, PathParameter(description="Naam.")]) -> dict[str, str]:
    """Het beeld, als JSON of als SVG."""
    return {"beeld": naam}


class Settings(ServiceSettings):
    model_config = SettingsConfigDict(env_prefix="PROEF_")

    service_name: str = "proef"


def noteer(context: Context, naam: str) -> None:
    """A job that adds a coin; fails as long as its name is `kapot`."""
    with context.sessions.begin() as session:
        if naam == "kapot":
            raise RuntimeError("kapot")
        session.merge(Munt(naam=naam, waarde_cent=1))


def tasks(settings: ServiceSettings) -> dict[str, Task]:
    return {"noteer": Task(noteer)}


class Storting(Source):
    """What kluis keeps of a coin."""

    munt: str


def al_gestort(client: OutwayClient, refusal: SourceError, body: Mapping[str, Any]) -> outbox.Existing | None:
    """The deposit that kluis names when it has the coin already."""
    path = (refusal.problem or {}).get("storting")
    if path is None:
        return None
    munt = client.read("kluis", path, Storting).munt
    return outbox.Existing(path, [] if munt == body["munt"] else [f"munt is {munt}, niet {body['munt']}"])


def delivery(settings: ServiceSettings) -> outbox.Delivery:
    client = OutwayClient(settings.outway_url or "http://127.0.0.1:9", settings.aliases)
    kluis = outbox.Receiver("kluis", "/v1/stortingen", creates=r"/v1/stortingen/\d+", existing=al_gestort)
    return outbox.Delivery(settings, client, [kluis])


service = Service(
    name="proef",
    settings=Settings,
    tasks=tasks,
    delivery=delivery,
    migrations=Path(__file__).parent / "proefdienst",
    api=create_api(
        title="Proef",
        version="1.2.3",
        description="Proef.",
        server="https://proef.example/v1",
        tags=[{"name": "munten", "description": "Munten."}],
        routers=[munten],
    ),
)


class Tik(SystemClock):
    """The machine's clock in whole seconds plus what a test adds."""

    extra_seconds = 0.0

    def now(self) -> datetime:
        return datetime.fromtimestamp(super().now().timestamp() + self.extra_seconds, UTC)


@pytest.fixture
def database(templates):
    made = templates.copy("proef", lambda database: migrate(service, database.owner_url))
    yield made
    templates.drop(made)


@pytest.fixture
def settings(database) -> Settings:
    return Settings(
        database_url=database.url,
        peer_id="00000099000000000001",
        jwks_url="http://manager.test/jwks",
        heartbeat_seconds=0.3,
        aliases={"kluis": "kluis"},
    )


@pytest.fixture
def munter(issuer: TokenIssuer) -> dict[str, str]:
    return issuer.headers("00000099000000000002", "munter")


@pytest.fixture(name="service")
def service_fixture() -> Service:
    return service


@pytest.fixture
def clock() -> Tik:
    return Tik()
