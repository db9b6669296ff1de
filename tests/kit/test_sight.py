from __future__ import annotations

import pytest
from gemeengoed_kit.db import values_of
from gemeengoed_kit.errors import NotFound
from gemeengoed_kit.sight import EVERYTHING, Sight, found
from sqlalchemy import select
from sqlalchemy.dialects import postgresql

from tests.kit.conftest import Munt


def als_sql(zicht: Sight) -> str:
    query = values_of(Munt).where(*zicht.on(eigenaar=Munt.naam))
    return str(query.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True}))


def test_wie_alles_ziet_krijgt_geen_voorwaarde():
    assert "WHERE" not in als_sql(EVERYTHING)


def test_een_grens_wordt_een_voorwaarde_ook_als_zij_zelf_een_vraag_is():
    assert als_sql(Sight({"eigenaar": ["stuiver"]})).endswith("WHERE munt.naam IN ('stuiver')")
    assert "WHERE munt.naam IN (SELECT" in als_sql(Sight({"eigenaar": select(Munt.naam)}))


def test_een_grens_zonder_waarden_laat_niets_zien(context):
    with context.readers() as session:
        assert session.execute(values_of(Munt).where(*Sight({"eigenaar": []}).on(eigenaar=Munt.naam))).all() == []


def test_een_grens_die_een_tabel_niet_kent_wordt_niet_vergeten():
    with pytest.raises(LookupError, match="gemeente"):
        Sight({"eigenaar": ["x"], "gemeente": ["GM0344"]}).on(eigenaar=Munt.naam)


def test_wat_er_niet_is_wordt_niet_gevonden():
    assert found("stuiver", NotFound, "geen munt") == "stuiver"
    with pytest.raises(NotFound, match="geen munt"):
        found(None, NotFound, "geen munt")
