"""The life of a voorziening as a state machine: random steps on random grounds, and what may never come of them."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from itertools import product
from types import SimpleNamespace

from catalogus_api.impactanalyse import rules as impactanalyse
from catalogus_api.initiatief import rules as initiatief
from catalogus_api.levensloop.rules import FASEN, VERVOLG, Besluit, Overgang, Stand, beheerstap, bezwaren, nodig, ontbreekt
from catalogus_api.pilot import rules as pilot
from hypothesis import event, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule

VANDAAG = date(2018, 1, 15)
VOOR = ("opschaling", "beheer", "beeindiging")


class Leven(RuleBasedStateMachine):
    """One voorziening, with whatever pilots, analyses and besluiten come about; what permits what is drawn."""

    pilots = Bundle("pilots")
    besluiten = Bundle("besluiten")

    def __init__(self) -> None:
        super().__init__()
        self.fase: str | None = None
        self.stap: str | None = None
        self.sinds: date | None = None
        self.staat: dict[uuid.UUID, str] = {}
        self.analyses: list[str] = []
        self.genomen: dict[uuid.UUID, tuple[str, Besluit]] = {}
        self.gegaan: list[SimpleNamespace] = []

    @initialize(fase=st.sampled_from([None, *FASEN[:5]]))
    def begin(self, fase):
        """As papers say it, which tell of no steps."""
        self.fase, self.stap = fase, "continueren" if fase == "in beheer" else None

    @rule(target=pilots, status=st.sampled_from(["gepland", "afgerond"]))
    def plan(self, status):
        id = uuid.uuid4()
        self.staat[id] = status
        return id

    @rule(id=pilots, wordt=st.sampled_from(["loopt", "afgerond", "afgebroken"]))
    def pilot_verder(self, id, wordt):
        if wordt in pilot.VERVOLG[self.staat[id]]:
            self.staat[id] = wordt

    @rule(
        op=st.lists(pilots, min_size=1, max_size=2, unique=True), conclusie=st.sampled_from(["positief", "positief", "negatief"])
    )
    def analyseer(self, op, conclusie):
        eind = {id: (status, VANDAAG) for id, status in self.staat.items()}
        if not impactanalyse.bezwaren(op, eind, fase=self.fase, datum=VANDAAG, vandaag=VANDAAG):
            self.analyses.append(conclusie)

    @rule(
        target=besluiten,
        voor=st.sampled_from([*VOOR, "niets"]),
        gremium=st.sampled_from(["bestuur", "ALV"]),
        advies=st.booleans(),
    )
    def besluit(self, voor, gremium, advies):
        id = uuid.uuid4()
        self.genomen[id] = (voor, Besluit(gremium, VANDAAG - timedelta(days=1), advies))
        return id

    @rule(target=besluiten)
    def onbekend_besluit(self):
        return multiple(uuid.uuid4())

    @rule(
        naar=st.sampled_from(FASEN),
        stap=st.sampled_from([None, None, "starten", "doorlopen", "continueren"]),
        besluit=st.none() | besluiten,
        op=st.none() | pilots,
        analyse=st.none() | st.integers(1, 3),
        gebeurtenis=st.none() | st.just("Iets."),
        reden=st.none() | st.just("Daarom."),
        dagen=st.integers(-1, 1),
    )
    def ga(self, naar, stap, besluit, op, analyse, gebeurtenis, reden, dagen):
        self.probeer(Overgang(naar, VANDAAG - timedelta(days=dagen), stap, besluit, op, analyse, gebeurtenis, reden))

    @rule(data=st.data())
    def ga_verder(self, data):
        """As `ga`, but in the order of things and mostly on what permits it, so that the later phases are reached too."""
        orde = [fase for fase in VERVOLG[self.fase] if fase != "gestopt"] or [FASEN[0]]
        naar, stap = data.draw(st.sampled_from(orde[:1])), None
        if self.fase == "opschaling" and self.stap != "doorlopen":
            naar, stap = "opschaling", "doorlopen" if self.stap else "starten"
        voor = nodig(Stand(self.fase, self.stap), Overgang(naar, VANDAAG, stap))
        dragend = [id for id, (draagt, _) in self.genomen.items() if draagt == voor]
        af = [id for id, status in self.staat.items() if status == "afgerond"]
        besluit, op = (data.draw(st.sampled_from(deze)) if deze else None for deze in (dragend, af))
        self.probeer(Overgang(naar, VANDAAG, stap, besluit, op, gebeurtenis="Iets."))

    def probeer(self, overgang):
        voor = nodig(Stand(self.fase, self.stap), overgang)
        stand = Stand(
            fase=self.fase,
            beheerstap=self.stap,
            sinds=self.sinds,
            pilots=self.staat,
            impactanalyse=(len(self.analyses), self.analyses[-1]) if self.analyses else None,
            besluiten={id: besluit for id, (_, besluit) in self.genomen.items()},
            dragend=[id for id, (draagt, _) in self.genomen.items() if voor and draagt == voor],
        )
        if not bezwaren(stand, overgang, VANDAAG):
            event(f"naar {overgang.naar}")
            if overgang.datum == VANDAAG:
                assert ontbreekt(stand, overgang.naar, overgang.stap, VANDAAG) == [], "what can be done, lacks nothing"
            self.gegaan.append(SimpleNamespace(van=self.fase, **vars(overgang), pilots={**self.staat}, analyses=[*self.analyses]))
            self.fase, self.stap, self.sinds = overgang.naar, beheerstap(stand, overgang), overgang.datum

    @invariant()
    def elke_fase_heeft_haar_gronden(self):
        for een in self.gegaan:
            draagt, besluit = self.genomen.get(een.besluit, (None, None))
            assert een.naar in VERVOLG[een.van] or een.van == een.naar == "opschaling"
            assert een.datum <= VANDAAG
            gronden = (een.besluit, een.pilot, een.impactanalyse, een.gebeurtenis)
            assert any(grond is not None for grond in gronden)
            if een.naar == "impactanalyse":
                assert een.pilots[een.pilot] == "afgerond"
            if een.naar == "opschaling" and een.van != "opschaling":
                assert een.analyses[-1] == "positief" and "afgerond" in een.pilots.values()
                assert draagt == "opschaling" and (besluit.gremium == "ALV" or besluit.met_advies)
            if een.naar == "in beheer":
                assert draagt == "beheer"
            if een.naar == "gestopt":
                assert een.reden

    @invariant()
    def in_beheer_gaat_de_stappen_langs(self):
        assert self.stap in {"opschaling": (None, "starten", "doorlopen"), "in beheer": ("continueren",)}.get(self.fase, (None,))
        if self.fase == "in beheer" and self.gegaan and self.gegaan[-1].van == "opschaling":
            assert [een.stap for een in self.gegaan if een.van == een.naar] == ["starten", "doorlopen"]


TestLeven = Leven.TestCase
TestLeven.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)


EEN, ANDER = uuid.UUID(int=1), uuid.UUID(int=2)
STAPPEN = [
    *((van, naar, None, None) for van, naren in VERVOLG.items() for naar in naren if naar != "gestopt"),
    ("opschaling", "in beheer", "doorlopen", None),
    ("opschaling", "opschaling", None, "starten"),
    ("opschaling", "opschaling", "starten", "doorlopen"),
]
ANDERE = [(van, naar, stap, stap) for van in FASEN for naar in FASEN for stap in (None, "starten")]
BESLUITEN = [
    Besluit(gremium, VANDAAG + timedelta(days=later), met_advies)
    for gremium in ("bestuur", "ALV")
    for later in (0, 1)
    for met_advies in (True, False)
]
ANALYSES = [None, (1, "positief"), (1, "negatief")]
OPTIES = [[*pilot.VERVOLG], ANALYSES, BESLUITEN, [True, False], [EEN, ANDER, None], [EEN, ANDER, None]]
BEST = ("afgerond", (1, "positief"), BESLUITEN[0], True, EEN, EEN)


def test_wat_mag_heeft_al_zijn_gronden_en_wat_ze_heeft_mag():
    """Every step with every combination of grounds."""
    for stap in STAPPEN:
        for keuze in product(*OPTIES):
            _controleer(stap, *keuze)
    for stap in ANDERE:
        _controleer(stap, *BEST)


def _controleer(stap, staat, analyse, besluit, draagt, genoemd, op):
    van, naar, was, wordt = stap
    stand = Stand(
        fase=van,
        beheerstap=was,
        pilots={EEN: staat},
        impactanalyse=analyse,
        besluiten={EEN: besluit},
        dragend=[EEN] if draagt else [],
    )
    overgang = Overgang(naar, VANDAAG, wordt, genoemd, op, gebeurtenis="Iets.", reden="Daarom.")
    doorgaan = van == naar == "opschaling"
    volgt = (was, wordt) in ((None, "starten"), ("starten", "doorlopen")) if doorgaan else naar in VERVOLG[van] and wordt is None
    besluit_past = genoemd is None or (genoemd == EEN and besluit.datum <= VANDAAG)
    pilot_past = op != ANDER
    gedragen = genoemd == EEN and draagt
    eisen = {
        "pilot": op == EEN and staat != "afgebroken",
        "impactanalyse": op == EEN and staat == "afgerond",
        "opschaling": wordt == "starten" or gedragen
        if doorgaan
        else gedragen and (besluit.gremium == "ALV" or besluit.met_advies) and analyse is not None and analyse[1] == "positief",
        "in beheer": gedragen and (was == "doorlopen" if van == "opschaling" or was else True),
        "uitfasering": genoemd is None or gedragen,
    }
    mag = volgt and besluit_past and pilot_past and eisen.get(naar, True)
    assert (bezwaren(stand, overgang, VANDAAG) == []) == mag, (stap, staat, analyse, besluit, draagt, genoemd, op)


@given(st.sampled_from(FASEN), st.sampled_from([None, *FASEN]), st.booleans(), st.booleans())
def test_wat_ontbreekt_wordt_in_een_keer_genoemd(naar, van, gepubliceerd, te_laat):
    """Each fault by itself is also in the answer to all of them together."""
    alles = bezwaren(Stand(van, gepubliceerd=False), Overgang(naar, VANDAAG + timedelta(days=1)), VANDAAG)
    deel = bezwaren(Stand(van, gepubliceerd=gepubliceerd), Overgang(naar, VANDAAG + timedelta(days=te_laat)), VANDAAG)
    assert {(f.name, f.code) for f in deel} <= {(f.name, f.code) for f in alles}
    assert {("voorziening", "concept"), ("datum", "toekomst")} <= {(f.name, f.code) for f in alles}
    assert len(alles) == len({(f.name, f.code) for f in alles})


@given(st.lists(st.sampled_from([*initiatief.VERVOLG]), max_size=6))
def test_een_initiatief_gaat_een_kant_op(statussen):
    voor = {"status": "concept", "titel": "a", "probleem": "a", "voorstel": "a", "domein": "a", "reden": "x"}
    zicht = initiatief.zichtbaar_voor("concept", None)
    for status in statussen:
        na = {**voor, "status": status}
        if initiatief.bezwaren(voor, na, object() if status == "aangenomen" else None) == []:
            orde = [*initiatief.VERVOLG]
            assert orde.index(status) >= orde.index(voor["status"])
            nieuw = initiatief.zichtbaar_voor(status, zicht)
            breedte = ["indiener", "aangesloten", "openbaar"]
            assert breedte.index(nieuw) >= breedte.index(zicht), "what was seen is not hidden again"
            voor, zicht = na, nieuw
    vast = initiatief.bezwaren(voor, {**voor, "titel": "b", "status": voor["status"]})
    assert (("titel", "ligt_vast") in {(f.name, f.code) for f in vast}) == (voor["status"] != "concept")


DAG = st.dates(VANDAAG - timedelta(days=3), VANDAAG + timedelta(days=3))
PILOT = st.fixed_dictionaries(
    {
        "begin": DAG,
        "eind": DAG,
        "status": st.sampled_from([*pilot.VERVOLG]),
        "geslaagd": st.sampled_from([None, True]),
        "resultaat": st.sampled_from([None, "x"]),
        "reden": st.sampled_from([None, "x"]),
    }
)


@given(PILOT, PILOT, st.integers(0, 2))
def test_een_pilot_heeft_wat_bij_zijn_status_hoort(voor, na, deelnemers):
    if pilot.bezwaren(voor, na, deelnemers=deelnemers, vandaag=VANDAAG):
        return
    assert voor["status"] in pilot.GAANDE and na["begin"] <= na["eind"]
    assert na["status"] in (voor["status"], *pilot.VERVOLG[voor["status"]])
    if na["status"] == "afgerond":
        assert na["resultaat"] and na["geslaagd"] is not None and na["eind"] <= VANDAAG and deelnemers
    assert na["status"] != "loopt" or (deelnemers and na["begin"] <= VANDAAG)
    assert (na["status"] == "afgebroken") == (na["reden"] is not None)
    assert na["geslaagd"] is None or na["status"] == "afgerond"
