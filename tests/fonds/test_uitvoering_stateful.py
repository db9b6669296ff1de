"""Commitments and spending against a model of its own: any order of them gives the answers that it predicts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from fonds_api.app import service
from fonds_api.budget import rules as budget
from fonds_api.settings import Settings
from fonds_api.verplichting import rules
from fonds_api.verplichting.errors import DeelReiktNiet
from gemeengoed_kit.testing import make_client, make_test_context
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from tests.fonds.conftest import CLOCK, PEER, prepare
from tests.fonds.uitvoeringen import factuur, neem_aan, verplichting
from tests.invariants.fonds import schendingen

cent = st.integers(1, 70_000)
btw = st.integers(0, 20_000)
JAREN = (2018, 2019)


@dataclass
class Deel:
    bedrag: list[int]
    """Committed, released and spent: without BTW, and BTW."""
    vrij: list[int] = field(default_factory=lambda: [0, 0])
    besteed: list[int] = field(default_factory=lambda: [0, 0])

    def open(self, wat: int) -> int:
        return self.bedrag[wat] - self.vrij[wat] - self.besteed[wat]


class Machine(RuleBasedStateMachine):
    templates: Any

    @initialize()
    def begin(self) -> None:
        self.database = self.templates.copy("fonds", prepare)
        instellingen = Settings(
            database_url=self.database.url, peer_id="00000099000000000001", jwks_url="http://manager.test/jwks"
        )
        self.context, issuer = make_test_context(service, instellingen, CLOCK)
        self.client = make_client(service, self.context)
        self.als = lambda rol: issuer.headers(PEER, rol)
        for jaar in JAREN:
            neem_aan(self.client, self.context, self.als, jaar)
        self.delen: dict[str, dict[int, Deel]] = {}
        self.uitgaven: dict[str, tuple[str, int, tuple[int, int]]] = {}

    def doe(self, pad: str, inhoud: dict[str, Any], lukt: bool) -> Any:
        antwoord = self.client.post(f"/v1{pad}", json=inhoud, headers=self.als("fondsbeheerder"))
        assert antwoord.status_code == (201 if lukt else 409), antwoord.text
        return antwoord.json()

    def vrij(self, jaar: int, wat: int) -> int:
        budget = (100_000, 30_000)[wat]
        return budget - sum(deel[jaar].bedrag[wat] - deel[jaar].vrij[wat] for deel in self.delen.values() if jaar in deel)

    @rule(delen=st.dictionaries(st.sampled_from(JAREN), st.tuples(cent, btw), min_size=1))
    def verplicht(self, delen: dict[int, tuple[int, int]]) -> None:
        lukt = all(bedragen[wat] <= self.vrij(jaar, wat) for jaar, bedragen in delen.items() for wat in (0, 1))
        gemaakt = self.doe("/verplichtingen", verplichting(*((jaar, *bedragen) for jaar, bedragen in delen.items())), lukt)
        if lukt:
            self.delen[gemaakt["id"]] = {jaar: Deel(list(bedragen)) for jaar, bedragen in delen.items()}

    @precondition(lambda self: self.delen)
    @rule(data=st.data(), bedragen=st.tuples(cent, btw), jaar=st.sampled_from(JAREN), geeft_uit=st.booleans())
    def gebruik(self, data: st.DataObject, bedragen: tuple[int, int], jaar: int, geeft_uit: bool) -> None:
        id = data.draw(st.sampled_from(sorted(self.delen)))
        deel = self.delen[id].get(jaar)
        if deel and data.draw(st.booleans()):
            bedragen = (min(bedragen[0], deel.open(0)), min(bedragen[1], deel.open(1)))
        lukt = deel is not None and all(bedragen[wat] <= deel.open(wat) for wat in (0, 1)) and sum(bedragen) > 0
        if geeft_uit and bedragen[0]:
            gemaakt = self.doe("/uitgaven", factuur(id, *bedragen, jaar), lukt)
        else:
            vrij = {"jaar": jaar, "bedragCent": bedragen[0], "btwCent": bedragen[1], "reden": "Proef"}
            self.doe(f"/verplichtingen/{id}/vrijvallen", vrij, lukt)
        if lukt and deel:
            wat = deel.besteed if geeft_uit and bedragen[0] else deel.vrij
            wat[0], wat[1] = wat[0] + bedragen[0], wat[1] + bedragen[1]
            if wat is deel.besteed:
                self.uitgaven[gemaakt["id"]] = (id, jaar, bedragen)

    @precondition(lambda self: self.uitgaven)
    @rule(data=st.data())
    def storneer(self, data: st.DataObject) -> None:
        id = data.draw(st.sampled_from(sorted(self.uitgaven)))
        van, jaar, bedragen = self.uitgaven.pop(id)
        inhoud = {"boekdatum": f"{jaar}-01-15", "reden": "Proef"}
        self.doe(f"/uitgaven/{id}/storno", inhoud, True)
        self.doe(f"/uitgaven/{id}/storno", inhoud, False)
        besteed = self.delen[van][jaar].besteed
        besteed[0], besteed[1] = besteed[0] - bedragen[0], besteed[1] - bedragen[1]

    def teardown(self) -> None:
        if not hasattr(self, "delen"):
            return
        for jaar in JAREN:
            ruimte = self.client.get(f"/v1/fondsen/ggu/vrije-ruimte?jaar={jaar}", headers=self.als("bestuur")).json()
            posten = {(post["prioriteit"], post["budgetsoort"]): post for post in ruimte["posten"]}
            for wat, post in enumerate((posten["A1", "structureel"], posten[None, "btw"])):
                delen = [deel[jaar] for deel in self.delen.values() if jaar in deel]
                assert post["vrijCent"] == self.vrij(jaar, wat) >= 0
                assert post["verplichtCent"] == sum(deel.open(wat) for deel in delen)
                assert post["besteedCent"] == sum(deel.besteed[wat] for deel in delen)
        assert schendingen(self.database.url) == []
        self.context.close()
        self.templates.drop(self.database)


def test_elke_volgorde_van_verplichten_besteden_en_vrijgeven(templates):
    class Met(Machine):
        pass

    Met.templates = templates
    run_state_machine_as_test(
        Met,
        settings=settings(
            max_examples=6, stateful_step_count=25, deadline=None, database=None, suppress_health_check=list(HealthCheck)
        ),
    )


bedrag = st.integers(0, 10**12)
standen = st.builds(budget.Stand, bedrag, st.integers(-(10**6), 10**6), bedrag, bedrag)
posten = st.tuples(st.sampled_from(["", "A1", "B2"]), st.sampled_from(["structureel", "meerjarig", "btw"]))


@given(st.dictionaries(posten, standen, max_size=6), st.dictionaries(posten, bedrag, max_size=6))
def test_wat_past_laat_niets_onder_nul(standen_, nieuw):
    mist = budget.tekorten(standen_, nieuw)
    for post, stand in standen_.items():
        straks = budget.Stand(
            nieuw.get(post, 0) + mist.get(post, 0), stand.overgeheveld_cent, stand.verplicht_cent, stand.besteed_cent
        )
        assert straks.vrij_cent >= 0 and (post not in mist or straks.vrij_cent == 0)
    per_jaar = {(2020, post): stand for post, stand in standen_.items()}
    onbekend, te_weinig = budget.te_weinig(per_jaar, [(2020, post, cent) for post, cent in nieuw.items()])
    kort = {post for _, post, _ in te_weinig} | {post for _, post in onbekend}
    for post, cent_ in nieuw.items():
        assert (post in kort) == (cent_ > (standen_[post].vrij_cent if post in standen_ else 0))
    samen = budget.totaal(standen_.values())
    assert samen.vrij_cent == sum(stand.vrij_cent for stand in standen_.values())
    assert sum(stand.vrij_cent for _, stand in budget.per_prioriteit(standen_)) == sum(
        stand.vrij_cent for (prioriteit, _), stand in standen_.items() if prioriteit
    )


@given(bedrag, bedrag, bedrag, bedrag)
def test_wat_een_deel_niet_heeft_wordt_geweigerd(open_cent, open_btw, cent_, btw_):
    class Van:
        bedrag_cent, vrijgevallen_cent, besteed_cent = open_cent + 7, 3, 4
        btw_cent, vrijgevallen_btw_cent, besteed_btw_cent = open_btw + 7, 3, 4

    past = cent_ <= open_cent and btw_ <= open_btw and cent_ + btw_ > 0
    try:
        rules.eisen_open(Van, 2020, cent_, btw_)
    except DeelReiktNiet as geweigerd:
        assert not past and geweigerd.extra == {"openCent": open_cent, "openBtwCent": open_btw}
    else:
        assert past
