"""What must always hold in this database (reliability.md, 4), from all features: a query each, that returns the violations.

A feature's `invarianten.py` has INVARIANTEN (what holds, by name), ONVERANDERLIJK (tables whose rows never change) and GRENDELS
(triggers that see to that). A new feature is added to DELEN.
"""

from __future__ import annotations

from gemeengoed_kit.checking import together

from fonds_api.afrekening import invarianten as afrekening
from fonds_api.begroting import invarianten as begroting
from fonds_api.bijdrage import invarianten as bijdrage
from fonds_api.boeking import invarianten as boeking
from fonds_api.boekingsvoorstel import invarianten as boekingsvoorstel
from fonds_api.budget import invarianten as budget
from fonds_api.getuige import invarianten as getuige
from fonds_api.indexatie import invarianten as indexatie
from fonds_api.inkoopopgave import invarianten as inkoopopgave
from fonds_api.inkooptraject import invarianten as inkooptraject
from fonds_api.jaareinde import invarianten as jaareinde
from fonds_api.nota import invarianten as nota
from fonds_api.omslag import invarianten as omslag
from fonds_api.ontvangst import invarianten as ontvangst
from fonds_api.peiling import invarianten as peiling
from fonds_api.periode import invarianten as periode
from fonds_api.rekening import invarianten as rekening
from fonds_api.saldo import invarianten as saldo
from fonds_api.uitgave import invarianten as uitgave
from fonds_api.verplichting import invarianten as verplichting
from fonds_api.verrekening import invarianten as verrekening
from fonds_api.zegel import invarianten as zegel

DELEN = (
    boeking,
    saldo,
    rekening,
    periode,
    boekingsvoorstel,
    omslag,
    peiling,
    bijdrage,
    afrekening,
    nota,
    ontvangst,
    verrekening,
    begroting,
    budget,
    verplichting,
    uitgave,
    jaareinde,
    indexatie,
    inkoopopgave,
    inkooptraject,
    zegel,
    getuige,
)

INVARIANTEN = together(DELEN, role="fonds_api", name="F5", what="what is booked")
