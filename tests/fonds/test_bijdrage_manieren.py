"""Ways to write past the code, as the service's own role: omslagen, peilingen, settlements, nota's and receipts stay what they are."""

from __future__ import annotations

import psycopg
from psycopg import errors

from tests.fonds.omslagen import BESLUIT, GROOT, KLEIN, banden, gepeild, inwonertallen, ontvangst, vast
from tests.invariants.fonds import schendingen
from tests.manieren import RECHT

REGEL = errors.IntegrityConstraintViolation
TABELLEN = {
    **dict.fromkeys(("omslag", "omslagvoorstel", "afrekening", "nota", "ontvangst"), "fonds"),
    **dict.fromkeys(("afrekeningregel", "toerekening"), "bedrag_cent"),
    "peiling": "status",
    "peilinggemeente": "inwoners",
}
"""With a column of each."""
NOTA = (
    "INSERT INTO nota SELECT fonds || '-' || jaar || '-' || lpad({n}::text, 5, '0'), fonds, jaar, {n}, {soort}, gemeentecode, gemeentenaam, "
    "{cent}, tegenrekening, datum, vervaldatum, omschrijving, {ronde}, {termijn}, NULL, {betreft}, {reden}, now() FROM nota WHERE nummer = 3"
)
TOE = "INSERT INTO toerekening SELECT gen_random_uuid(), o.id, n.id, {cent}, now() FROM ontvangst o, nota n WHERE n.nummer = {n} AND {welke}"
ONTVANGST = (
    "INSERT INTO ontvangst SELECT gen_random_uuid(), fonds, {gemeente}, {cent}, boekdatum, {kenmerk}, omschrijving, {herroept}, now() "
    "FROM ontvangst WHERE bedrag_cent = 1000"
)
VOORSTEL = (
    "INSERT INTO omslagvoorstel (id, fonds, jaar, versie, vorm, bedrag_cent, indeling, peildatum, btw_procent, vervaldagen, promillen, "
    "omschrijving, bronvermelding, voorgesteld_op) VALUES ('ggu-2030-{v}', 'ggu', 2030, {v}, 'omvang', 5, '2030-01-01', '2030-01-01', 21, "
    "'{{2030-01-01}}', '{{{p}}}', 'x', 'x', now())"
)
OMSLAG = (
    "INSERT INTO omslag SELECT fonds, jaar, {cent}, indeling, peildatum, 'x', 'x', id, {bron}, {pad}, 'bestuur', now() "
    "FROM omslagvoorstel WHERE id = 'ggu-2031-1'"
)
PAD = "'/v1/besluiten/3f0c9a52-6d1e-4b7a-9c58-2e4d7f1a0b63'"


def nota(**anders: object) -> str:
    gewoon = {
        "n": 4,
        "soort": "'nota'",
        "cent": "bedrag_cent",
        "ronde": "ronde",
        "termijn": 2,
        "betreft": "NULL",
        "reden": "NULL",
    }
    return NOTA.format(**{**gewoon, **anders})


def betaald(**anders: object) -> str:
    gewoon = {"gemeente": "gemeentecode", "cent": 5, "kenmerk": "'nieuw'", "herroept": "NULL"}
    return ONTVANGST.format(**{**gewoon, **anders})


def credit(cent: object, **anders: object) -> str:
    return nota(soort="'creditnota'", cent=cent, ronde="NULL", termijn="NULL", betreft="id", reden="'x'", **anders)


KWAAD = {
    "a gap in the numbers": nota(n=5),
    "a number again": nota(n=3),
    "another amount": nota(cent="bedrag_cent + 1"),
    "a term that is not there": nota(termijn=9),
    "the same term again": nota(termijn=1),
    "another account": nota().replace("tegenrekening, datum", "'1310', datum"),
    "credit beyond the nota": credit("-bedrag_cent - 1"),
    "credit that adds": credit("5"),
    "more than the receipt": TOE.format(cent=401, n=3, welke="o.bedrag_cent = 1000"),
    "the other way": TOE.format(cent=-1, n=3, welke="o.bedrag_cent = 1000"),
    "a nota of another": TOE.format(cent=1, n=1, welke="o.bedrag_cent = 1000"),
    "a reference again": betaald(kenmerk="kenmerk"),
    "undone by another amount": betaald(cent=-999, kenmerk="kenmerk", herroept="id"),
    "undone, and what it paid is not": betaald(cent=-1000, kenmerk="kenmerk", herroept="id"),
    "undone for another": betaald(gemeente=f"'{KLEIN}'", cent=-1000, kenmerk="kenmerk", herroept="id"),
    "a proposal that skips": VOORSTEL.format(v=2, p=1000),
    "terms that are not all": VOORSTEL.format(v=1, p=999),
    "a levy of another amount": OMSLAG.format(cent=6, bron="'catalogus'", pad=PAD),
    "a levy without a decision": OMSLAG.format(cent="bedrag_cent", bron="NULL", pad="NULL"),
    "a gemeente in a peiling that is ready": "INSERT INTO peilinggemeente SELECT peiling, 'GM9999', 'x', 5, NULL, '[]' FROM peilinggemeente LIMIT 1",
    "a peiling without gemeenten": "INSERT INTO peiling SELECT gen_random_uuid(), indeling, peildatum, 0, 'gereed', now(), now(), 3, NULL FROM peiling LIMIT 1",
    "a line more in a settlement": "INSERT INTO afrekeningregel SELECT afrekening, 4, 'GM9999', 'x', 1, 1, NULL, 0, 0, '[]', 0, 0, 0 FROM afrekeningregel LIMIT 1",
    "a settlement without lines": "INSERT INTO afrekening SELECT 'ggu-2018-2', fonds, ronde, 2, peiling, datum, 'x', 3, 0, 0, 0, now() FROM afrekening",
    "a settlement that skips": "INSERT INTO afrekening SELECT 'ggu-2018-5', fonds, ronde, 5, peiling, datum, 'x', 3, 0, 0, 0, now() FROM afrekening",
}

GOED = [
    credit("-5"),
    TOE.format(cent=400, n=3, welke="o.bedrag_cent = 1000"),
    betaald(),
    VOORSTEL.format(v=1, p=1000),
    OMSLAG.format(cent="bedrag_cent", bron="'catalogus'", pad=PAD),
]


def test_niets_verandert_en_niets_past_ernaast(client, als, context, database):
    def post(pad: str, inhoud: object, rol: str = "fondsbeheerder") -> dict:
        antwoord = client.post(f"/v1{pad}", json=inhoud, headers=als(rol))
        assert antwoord.status_code in (201, 202), antwoord.text
        return antwoord.json()

    post("/omslagen", banden("klasse"))
    post("/omslagen/ggu-2018-1/vaststellingen", BESLUIT, "bestuur")
    post("/omslagen", {**banden("klasse", 2031), "vorm": "omvang", "bedragCent": 5, "banden": []})
    post("/bijdragerondes", {"fonds": "ggu", "jaar": 2018})
    vast(context, "ggu-2018", inwonertallen("voorlopig"))
    post("/notarondes", {"ronde": "ggu-2018", "termijn": 1})
    derde = client.get(f"/v1/notas?gemeentecode={GROOT}", headers=als("fondsbeheerder")).json()["results"][0]["id"]
    post("/ontvangsten", ontvangst(1000, (derde, 600)))
    peiling = gepeild(context, inwonertallen(**{GROOT: 3}))
    post("/afrekeningen", {"ronde": "ggu-2018", "peiling": peiling, "omschrijving": "x"})

    with psycopg.connect(database.url) as rol, psycopg.connect(database.owner_url) as eigenaar:
        for tabel, kolom in TABELLEN.items():
            for opdracht in (f"DELETE FROM {tabel}", f"TRUNCATE {tabel} CASCADE", f"UPDATE {tabel} SET {kolom} = {kolom}"):
                mag = tabel == "peiling" and opdracht.startswith("UPDATE")
                geweigerd(rol, opdracht, REGEL if mag else RECHT)
                geweigerd(eigenaar, opdracht, REGEL)
        for naam, opdracht in KWAAD.items():
            geweigerd(rol, opdracht, errors.IntegrityError, naam)
        for opdracht in GOED:
            rol.execute(opdracht.encode())
            rol.execute("SET CONSTRAINTS ALL IMMEDIATE")
            rol.rollback()
    assert schendingen(database.url) == []


def geweigerd(verbinding: psycopg.Connection, opdracht: str, soort: type[Exception], naam: str = "") -> None:
    try:
        verbinding.execute(opdracht.encode())
        verbinding.commit()
    except psycopg.Error as fout:
        verbinding.rollback()
        assert isinstance(fout, soort), f"{naam or opdracht}: {type(fout).__name__} {fout}"
    else:
        raise AssertionError(f"vastgelegd: {naam or opdracht}")
