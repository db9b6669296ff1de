from __future__ import annotations

from datetime import date

import pytest
from abonnement_api.voorvertoning.errors import GemeenteOnbekendOfLeeg, PakketZonderTarief
from abonnement_api.voorvertoning.rules import Gemeente, eisen_tarief, inwoners

DAG = date(2018, 1, 1)
NAMEN = {"GM9001": "Eerstadam", "GM9002": "Tweedijk"}
VOL = Gemeente("Eerstadam", 100, DAG)


def test_inwoners_van_iedereen_met_een_abonnement_en_van_niemand_anders():
    gemeenten = dict.fromkeys(("GM9001", "GM9002", "GM9003"), VOL)
    assert inwoners(DAG, NAMEN, gemeenten) == {"GM9001": 100, "GM9002": 100}


@pytest.mark.parametrize(
    ("tweede", "uitleg"),
    [
        ({}, "GM9002 Tweedijk."),
        ({"GM9002": Gemeente("Tweedijk", None, None)}, "GM9002 Tweedijk."),
        ({"GM9002": Gemeente("Tweedijk", 7, date(2017, 1, 1))}, "GM9002 Tweedijk (wel op 2017-01-01)."),
    ],
)
def test_een_gemeente_zonder_inwoners_op_de_dag_wordt_genoemd(tweede, uitleg):
    with pytest.raises(GemeenteOnbekendOfLeeg) as fout:
        inwoners(DAG, NAMEN, {"GM9001": VOL, **tweede})
    assert fout.value.detail.endswith(uitleg) and fout.value.extra == {"gemeentecodes": ["GM9002"]}


def test_alle_gemeenten_zonder_tarief_worden_genoemd():
    eisen_tarief("besluit", {})
    with pytest.raises(PakketZonderTarief, match="GM9001 Eerstadam, GM9002 Tweedijk") as fout:
        eisen_tarief("besluit", NAMEN)
    assert fout.value.extra == {"gemeentecodes": ["GM9001", "GM9002"]}
