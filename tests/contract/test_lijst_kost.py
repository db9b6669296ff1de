"""What a list asks of the database does not grow with what is in it: as many statements for one row as for all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, event

from tests.contract.apis import APIS
from tests.contract.gevuld import ANDER, MIJLPAAL, PEERS, gevuld, lezen
from tests.contract.test_wie_ziet_wat import ALLESZIENDE


@contextmanager
def geteld() -> Iterator[list[str]]:
    """The statements that this process has carried out meanwhile."""
    gedaan: list[str] = []

    def noteer(connection, cursor, statement, parameters, context, executemany) -> None:
        gedaan.append(statement)

    event.listen(Engine, "before_cursor_execute", noteer)
    try:
        yield gedaan
    finally:
        event.remove(Engine, "before_cursor_execute", noteer)


@pytest.mark.parametrize("naam", [*ALLESZIENDE, "gateway"])
def test_een_lijst_doet_voor_een_rij_evenveel_opdrachten_als_voor_alle(naam, templates, tmp_path):
    api = next(api for wat, api in APIS.items() if wat.startswith(naam))
    gevuld_met = {"{peer_id}": PEERS[0], "{id}": MIJLPAAL, "{code}": "kindertelefoon"}
    lijsten = [
        re.sub(r"\{\w+\}", lambda naam: gevuld_met[naam[0]], pad.replace("/gemeenten/{code}", f"/gemeenten/{ANDER}"))
        for pad, (_, pagineert) in lezen(api).items()
        if pagineert
    ]
    assert lijsten
    with gevuld(naam, templates, tmp_path) as proef:
        kop = proef.kop(*([ALLESZIENDE[naam]] if naam in ALLESZIENDE else []))
        for pad in lijsten:
            alle = min(500, proef.doe("GET", pad, 200, als=kop)["count"])
            assert alle >= 2, pad
            opdrachten = []
            for grootte in (1, alle):  # both pages are full, so that the rows on all pages are counted for both
                with geteld() as gedaan:
                    assert len(proef.doe("GET", f"{pad}?pageSize={grootte}", 200, als=kop)["results"]) == grootte
                opdrachten.append(gedaan)
            assert len(opdrachten[0]) == len(opdrachten[1]) > 0, (pad, *opdrachten)
