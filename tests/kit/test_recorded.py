"""A service is told of every record of a write, in the transaction of the write itself."""

from __future__ import annotations

from dataclasses import replace

import pytest
from gemeengoed_kit.audit import Actor, Record
from gemeengoed_kit.process import make_context


def test_elke_vastlegging_wordt_verteld_in_haar_eigen_transactie(service, settings, clock):
    verteld: list[Record] = []
    sessies = []

    def luister(work, record: Record) -> None:
        sessies.append(work.session)
        verteld.append(record)

    context = make_context(replace(service, recorded=luister), settings, clock=clock, authenticate=lambda headers: None)
    with context.work(Actor()) as work:
        work.record(action="munt.slaan", subject="/v1/munten/a", change={"naam": "a"})
        work.record(action="munt.slaan", subject="/v1/munten/b", change={}, visible_to=["iedereen"])
        assert sessies == [work.session, work.session]
    assert verteld == [
        Record("munt.slaan", "/v1/munten/a", {"naam": "a"}, ()),
        Record("munt.slaan", "/v1/munten/b", {}, ["iedereen"]),
    ]
    context.close()


def test_wie_niet_kan_worden_verteld_houdt_de_wijziging_tegen(service, settings, clock):
    def faalt(work, record: Record) -> None:
        raise RuntimeError("faalt")

    context = make_context(replace(service, recorded=faalt), settings, clock=clock, authenticate=lambda headers: None)
    with pytest.raises(RuntimeError), context.work(Actor()) as work:
        work.record(action="munt.slaan", subject="/v1/munten/a", change={})
    with context.sessions() as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM audit").scalar() == 0
    context.close()
