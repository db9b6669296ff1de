"""The ledger against a model of its own: any order of bookings, repeats and refusals gives the answers it predicts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import psycopg
from fonds_api.app import service
from fonds_api.settings import Settings
from fonds_api.zegel import service as zegel
from gemeengoed_kit.audit import Actor
from gemeengoed_kit.testing import make_client, make_test_context
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from tests.fonds.conftest import CLOCK, PEER, prepare
from tests.invariants.fonds import schendingen, vingerafdruk

REKENINGEN = {"ggu": ["1100", "1300", "8000"], "derdengelden": ["1100", "1300", "2310", "2410", "2900"]}
ROLLEN = {"ggu": {"fondsbeheerder"}, "derdengelden": {"fondsbeheerder", "administratie"}}
fondsen, rollen = st.sampled_from(sorted(REKENINGEN)), st.sampled_from(["fondsbeheerder", "fondsbeheerder", "administratie"])
dagen = st.dates(date(2018, 1, 1), date(2018, 3, 31))
bedragen = st.integers(2, 10**12)
sleutelnummers, documentnummers = st.integers(1, 30), st.integers(1, 4)


def maak(fonds: str, dag: date, pad: str, regels: list[tuple[str, int]]) -> dict[str, Any]:
    return {
        "fonds": fonds,
        "boekdatum": dag.isoformat(),
        "omschrijving": "proef",
        "bron": {"bron": "proef", "pad": pad},
        "regels": [{"rekening": rekening, "bedragCent": cent} for rekening, cent in regels],
    }


@dataclass
class Model:
    """What the ledger should hold, kept apart from it."""

    per_sleutel: dict[tuple[str, str], tuple[dict[str, Any], str]] = field(default_factory=dict)
    """By role and key: another role is another grant, and has keys of its own."""
    per_document: dict[tuple[str, str], str] = field(default_factory=dict)
    geboekt: list[dict[str, Any]] = field(default_factory=list)
    paden: list[str] = field(default_factory=list)
    """Of each entry, in the same order."""
    gestorneerd: set[str] = field(default_factory=set)

    def verwacht(self, rol: str, sleutel: str, body: dict[str, Any]) -> tuple[int, str | None]:
        """(status, last part of the problem type) of a POST."""
        if (rol, sleutel) in self.per_sleutel:
            gelijk = self.per_sleutel[rol, sleutel][0] == body
            return (201, None) if gelijk else (409, "idempotentiesleutel-hergebruikt")
        if rol not in ROLLEN[body["fonds"]]:
            return 403, "fonds-niet-toegestaan"
        if any(regel["rekening"] not in REKENINGEN[body["fonds"]] for regel in body["regels"]):
            return 409, "onbekende-rekening"
        if sum(regel["bedragCent"] for regel in body["regels"]):
            return 409, "boeking-niet-in-evenwicht"
        if (body["fonds"], body["bron"]["pad"]) in self.per_document:
            return 409, "brondocument-al-geboekt"
        return 201, None

    def onthoud(self, rol: str, sleutel: str, body: dict[str, Any], pad: str) -> None:
        self.per_sleutel[rol, sleutel] = body, pad
        self.per_document[body["fonds"], body["bron"]["pad"]] = pad
        self.geboekt.append(body)
        self.paden.append(pad)

    def saldi(self, fonds: str, datum: date) -> dict[str, int]:
        tellers: Counter[str] = Counter()
        for body in self.geboekt:
            if body["fonds"] == fonds and body["boekdatum"] <= datum.isoformat():
                for regel in body["regels"]:
                    tellers[regel["rekening"]] += regel["bedragCent"]
        return {rekening: cent for rekening, cent in tellers.items() if cent}


class Grootboek(RuleBasedStateMachine):
    """One database per run, copied from the template; every answer is compared with the model."""

    templates: Any
    bereikt: Counter[str]

    @initialize()
    def begin(self) -> None:
        self.database = self.templates.copy("fonds", prepare)
        instelling = Settings(database_url=self.database.url, peer_id="00000099000000000001", jwks_url="http://manager.test/jwks")
        self.context, self.issuer = make_test_context(service, instelling, CLOCK)
        self.client, self.model = make_client(service, self.context), Model()
        self.lezer = psycopg.connect(self.database.url, autocommit=True)
        self.afdrukken: list[tuple[int, str]] = []
        self.nummer = 0

    def teardown(self) -> None:
        if not hasattr(self, "database"):
            return
        gevonden = schendingen(self.database.url)
        gevonden += [
            f"F5 boekingen up to {tot} changed" for tot, afdruk in self.afdrukken if vingerafdruk(self.lezer, tot) != afdruk
        ]
        self.lezer.close()
        self.context.close()
        self.templates.drop(self.database)
        assert gevonden == []

    def post(self, rol: str, sleutel: str, body: dict[str, Any]) -> None:
        status, soort = self.model.verwacht(rol, sleutel, body)
        antwoord = self.client.post(
            "/v1/boekingen",
            json=body,
            headers={**self.issuer.headers(PEER, rol, properties={"bron": "proef"}), "Idempotency-Key": sleutel},
        )
        assert antwoord.status_code == status, antwoord.text
        self.bereikt[soort or ("herhaald" if (rol, sleutel) in self.model.per_sleutel else "geboekt")] += 1
        if soort:
            assert antwoord.json()["type"].endswith(soort)
        elif (rol, sleutel) in self.model.per_sleutel:
            assert antwoord.headers["location"] == self.model.per_sleutel[rol, sleutel][1]
        else:
            self.model.onthoud(rol, sleutel, body, antwoord.headers["location"])
            tot = antwoord.json()["volgnummer"]
            self.afdrukken.append((tot, vingerafdruk(self.lezer, tot)))

    @rule(fonds=fondsen, dag=dagen, delen=st.lists(bedragen, min_size=1, max_size=4), data=st.data())
    def boek(self, fonds, dag, delen, data) -> None:
        """A good entry with a key and a document of its own."""
        self.nummer += 1
        rekeningen = st.sampled_from(REKENINGEN[fonds])
        self.post(
            "fondsbeheerder",
            f"sleutel-{self.nummer}",
            maak(fonds, dag, f"/v1/facturen/{self.nummer}", [(data.draw(rekeningen), cent) for cent in [*delen, -sum(delen)]]),
        )

    @rule(
        fonds=fondsen,
        rol=rollen,
        sleutel=sleutelnummers,
        document=documentnummers,
        dag=dagen,
        cent=bedragen,
        fout=st.sampled_from([0, 0, 0, 1, -1]),
        rekening=st.sampled_from(["1100", "1300", "1300", "1300", "2310", "9999"]),
    )
    def boek_misschien(self, fonds, rol, sleutel, document, dag, cent, fout, rekening) -> None:
        """Any entry, with a key and a document that may have been used."""
        self.post(
            rol, f"sleutel-{sleutel}", maak(fonds, dag, f"/v1/facturen/{document}", [("1100", cent), (rekening, fout - cent)])
        )

    @precondition(lambda self: self.model.per_sleutel)
    @rule(rol=rollen, data=st.data())
    def herhaal(self, rol, data) -> None:
        """What was booked once more, by who did it or under another grant: that may see no answer of the first."""
        eerste, sleutel = data.draw(st.sampled_from(sorted(self.model.per_sleutel)))
        self.post(data.draw(st.sampled_from([eerste, rol])), sleutel, self.model.per_sleutel[eerste, sleutel][0])

    @rule(fonds=fondsen, datum=dagen)
    def vergelijk_saldibalans(self, fonds, datum) -> None:
        balans = self.client.get(
            f"/v1/fondsen/{fonds}/saldibalans?datum={datum}", headers=self.issuer.headers(PEER, "fondsbeheerder")
        ).json()
        self.bereikt["saldibalans"] += 1
        assert {r["nummer"]: r["saldoCent"] for r in balans["rekeningen"] if r["saldoCent"]} == self.model.saldi(fonds, datum)
        assert balans["saldoTotaalCent"] == 0
        assert balans["aantalBoekingen"] == sum(
            b["fonds"] == fonds and b["boekdatum"] <= datum.isoformat() for b in self.model.geboekt
        )

    @precondition(lambda self: self.model.geboekt)
    @rule(data=st.data(), dag=dagen)
    def storneer(self, data, dag) -> None:
        """Any entry, at any day: once, not before its own day, and not what reverses another one itself."""
        nummer = data.draw(st.integers(0, len(self.model.geboekt) - 1))
        eerste, pad = self.model.geboekt[nummer], self.model.paden[nummer]
        soort = (
            "storno-van-storno"
            if eerste["bron"]["bron"] == "fonds"
            else "storno-voor-boeking"
            if dag.isoformat() < eerste["boekdatum"]
            else "boeking-al-gestorneerd"
            if pad in self.model.gestorneerd
            else None
        )
        self.nummer += 1
        op = {"boekdatum": dag.isoformat(), "omschrijving": "proef"}
        kop = {**self.issuer.headers(PEER, "fondsbeheerder"), "Idempotency-Key": f"storno-{self.nummer}"}
        antwoord = self.client.post(f"{pad}/storno", json=op, headers=kop)
        self.bereikt[soort or "gestorneerd"] += 1
        if soort:
            assert antwoord.status_code == 409 and antwoord.json()["type"].endswith(soort), antwoord.text
            return
        assert antwoord.status_code == 201, antwoord.text
        self.model.gestorneerd.add(pad)
        terug = [(regel["rekening"], -regel["bedragCent"]) for regel in eerste["regels"]]
        self.model.paden.append(antwoord.headers["location"])
        self.model.geboekt.append({**maak(eerste["fonds"], dag, pad, terug), "bron": {"bron": "fonds", "pad": pad}})

    @rule()
    def verzegel(self) -> None:
        """What `work` does every few seconds: no balance changes by it."""
        with self.context.work(Actor()) as work:
            for code in zegel.te_verzegelen(work):
                zegel.verzegelen(work, code)
        self.bereikt["verzegeld"] += 1

    @rule(rol=rollen)
    def vergelijk_boekingen(self, rol) -> None:
        pagina = self.client.get("/v1/boekingen?pageSize=500", headers=self.issuer.headers(PEER, rol)).json()
        velden = ("fonds", "boekdatum", "omschrijving", "bron", "regels")
        assert [{naam: b[naam] for naam in velden} for b in pagina["results"]] == [
            b for b in self.model.geboekt if rol in ROLLEN[b["fonds"]]
        ]


def test_grootboek_volgt_het_model(templates):
    Grootboek.templates, Grootboek.bereikt = templates, Counter()
    run_state_machine_as_test(
        Grootboek,
        settings=settings(
            max_examples=30, stateful_step_count=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
        ),
    )
    print(dict(Grootboek.bereikt))
    assert set(Grootboek.bereikt) == {
        "geboekt",
        "herhaald",
        "saldibalans",
        "verzegeld",
        "gestorneerd",
        "storno-van-storno",
        "storno-voor-boeking",
        "boeking-al-gestorneerd",
        "idempotentiesleutel-hergebruikt",
        "fonds-niet-toegestaan",
        "onbekende-rekening",
        "boeking-niet-in-evenwicht",
        "brondocument-al-geboekt",
    }, "the generator did not reach every outcome"
