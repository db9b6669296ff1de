"""Ways to write past the code, as the service's own role: omslagen, peilingen, settlements, nota's and receipts stay what they are."""

from __future__ import annotations

import psycopg
from psycopg import errors

from tests.fonds.indexaties import cijfer, clausule, indexatie, reeks, toepassing
from tests.fonds.omslagen import BESLUIT, GROOT, KLEIN, VNG_2024, banden, besloten, gepeild, inwonertallen, ontvangst, vast
from tests.invariants.fonds import schendingen
from tests.manieren import RECHT

REGEL = errors.IntegrityConstraintViolation
TABELLEN = {
    **dict.fromkeys(("omslagaanvraag",), "status"),
    **dict.fromkeys(("omslagtoepassing",), "plek"),
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
    "omschrijving, bronvermelding, geindexeerd, voorgesteld_op) VALUES ('ggu-2030-{v}', 'ggu', 2030, {v}, 'omvang', 5, '2030-01-01', '2030-01-01', 21, "
    "'{{2030-01-01}}', '{{{p}}}', 'x', 'x', '{{{g}}}', now())"
)
OMSLAG = (
    "INSERT INTO omslag SELECT fonds, jaar, {cent}, indeling, peildatum, tekst, a.bronvermelding, id, {bron}, {pad}, door, now(), "
    "{wie}, '2017-11-29' FROM omslagvoorstel JOIN omslagaanvraag AS a ON voorstel = id WHERE id = 'ggu-2031-1'"
)
AANVRAAG = "UPDATE omslagaanvraag SET status = '{status}' WHERE voorstel = '{id}'"
GEINDEXEERD = "INSERT INTO omslagtoepassing SELECT '{id}', {plek}, id FROM indexatietoepassing"


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


def besluit(**anders: object) -> str:
    return OMSLAG.format(**{"cent": "bedrag_cent", "bron": "bron", "pad": "pad", "wie": "'ALV'", **anders})


def betaald(**anders: object) -> str:
    gewoon = {"gemeente": "gemeentecode", "cent": 5, "kenmerk": "'nieuw'", "herroept": "NULL"}
    return ONTVANGST.format(**{**gewoon, **anders})


def credit(cent: object, **anders: object) -> str:
    return nota(soort="'creditnota'", cent=cent, ronde="NULL", termijn="NULL", betreft="id", reden="'x'", **anders)


BOEK = (
    "INSERT INTO boeking (id, fonds, boekdatum, geboekt_op, omschrijving, bron, pad, aantal_regels) SELECT '3f0c9a52-6d1e-4b7a-9c58-00000000000b', "
    "'ggu', '{dag}', now(), 'x', 'fonds', {pad}, 2; INSERT INTO boekingsregel VALUES ('3f0c9a52-6d1e-4b7a-9c58-00000000000b', 1, 'ggu', '{debet}', {cent}), "
    "('3f0c9a52-6d1e-4b7a-9c58-00000000000b', 2, 'ggu', '{credit}', -({cent}))"
)
NOTABOEKING = {"dag": "2018-01-15", "pad": "'/v1/notas/ggu-2018-00004'", "debet": "1300", "credit": "8000"}
ONTVANGSTBOEKING = {
    "dag": "2018-01-10",
    "pad": "(SELECT '/v1/ontvangsten/' || id FROM ontvangst WHERE kenmerk = 'nieuw')",
    "debet": "1100",
    "credit": "1300",
}
KWAAD = {
    "a gap in the numbers": nota(n=5),
    "a number again": nota(n=3),
    "another amount": nota(cent="bedrag_cent + 1"),
    "a term that is not there": nota(termijn=9),
    "the same term again": nota(termijn=1),
    "another account": nota().replace("tegenrekening, datum", "'1310', datum"),
    "credit beyond the nota": credit("-bedrag_cent - 1"),
    "credit that adds": credit("5"),
    "credit that is not booked": credit("-5"),
    "credit that is booked for another amount": f"{credit('-5')}; {BOEK.format(cent=-6, **NOTABOEKING)}",
    "credit that is booked on another account": f"{credit('-5')}; {BOEK.format(cent=-5, **{**NOTABOEKING, 'credit': '1310'})}",
    "credit that is booked on another day": f"{credit('-5')}; {BOEK.format(cent=-5, **{**NOTABOEKING, 'dag': '2018-01-14'})}",
    "a receipt that is not booked": betaald(),
    "a receipt that is booked for another amount": f"{betaald()}; {BOEK.format(cent=4, **ONTVANGSTBOEKING)}",
    "more back than a nota has": TOE.format(cent=-1, n=3, welke="o.bedrag_cent = -70"),
    "more than the receipt": TOE.format(cent=401, n=3, welke="o.bedrag_cent = 1000"),
    "the other way": TOE.format(cent=-1, n=3, welke="o.bedrag_cent = 1000"),
    "a nota of another": TOE.format(cent=1, n=1, welke="o.bedrag_cent = 1000"),
    "a reference again": betaald(kenmerk="kenmerk"),
    "undone by another amount": betaald(cent=-999, kenmerk="kenmerk", herroept="id"),
    "undone, and what it paid is not": betaald(cent=-1000, kenmerk="kenmerk", herroept="id"),
    "undone for another": betaald(gemeente=f"'{KLEIN}'", cent=-1000, kenmerk="kenmerk", herroept="id"),
    "a proposal that skips": VOORSTEL.format(v=2, p=1000, g=""),
    "terms that are not all": VOORSTEL.format(v=1, p=999, g=""),
    "a levy of another amount": besluit(cent=6),
    "a levy without a decision": besluit(bron="NULL", pad="NULL"),
    "a levy by another decision": besluit(pad="'/v1/besluiten/3f0c9a52-6d1e-4b7a-9c58-000000000009'"),
    "a levy of the members by the bestuur": besluit(wie="'bestuur'"),
    "a levy whose request still waits": besluit(),
    "a request that is done without a levy": AANVRAAG.format(status="vastgesteld", id="ggu-2031-1"),
    "a request that changes after its levy": AANVRAAG.format(status="aangevraagd", id="ggu-2018-1"),
    "an indexation later": GEINDEXEERD.format(id="ggu-2018-1", plek=2),
    "an indexation of another amount": f"{VOORSTEL.format(v=1, p=1000, g='0')}; {GEINDEXEERD.format(id='ggu-2030-1', plek=0)}",
    "an indexation that is not there": VOORSTEL.format(v=1, p=1000, g="0"),
    "a gemeente in a peiling that is ready": "INSERT INTO peilinggemeente SELECT peiling, 'GM9999', 'x', 5, NULL, '[]' FROM peilinggemeente LIMIT 1",
    "a peiling without gemeenten": "INSERT INTO peiling SELECT gen_random_uuid(), indeling, peildatum, 0, 'gereed', now(), now(), 3, NULL FROM peiling LIMIT 1",
    "a line more in a settlement": "INSERT INTO afrekeningregel SELECT afrekening, 4, 'GM9999', 'x', 1, 1, NULL, 0, 0, '[]', 0, 0, 0 FROM afrekeningregel LIMIT 1",
    "a settlement without lines": "INSERT INTO afrekening SELECT 'ggu-2018-2', fonds, ronde, 2, peiling, datum, 'x', 3, 0, 0, 0, now() FROM afrekening",
    "a settlement that skips": "INSERT INTO afrekening SELECT 'ggu-2018-5', fonds, ronde, 5, peiling, datum, 'x', 3, 0, 0, 0, now() FROM afrekening",
}

GOED = [
    f"{credit('-5')}; {BOEK.format(cent=-5, **NOTABOEKING)}",
    TOE.format(cent=400, n=3, welke="o.bedrag_cent = 1000"),
    f"{betaald()}; {BOEK.format(cent=5, **ONTVANGSTBOEKING)}",
    VOORSTEL.format(v=1, p=1000, g=""),
    f"{besluit()}; {AANVRAAG.format(status='vastgesteld', id='ggu-2031-1')}",
]


def test_niets_verandert_en_niets_past_ernaast(client, als, context, database):
    def post(pad: str, inhoud: object, rol: str = "fondsbeheerder") -> dict:
        antwoord = client.post(f"/v1{pad}", json=inhoud, headers=als(rol))
        assert antwoord.status_code in (201, 202), antwoord.text
        return antwoord.json()

    post("/indexreeksen", reeks())
    post("/indexclausules", clausule())
    post("/indexcijfers", cijfer("cpi", 2018, "0"))
    toegepast = toepassing(post("/indexaties", indexatie())["id"], "1.92", "/v1/omslagen/ggu/tarief-1")
    toegepast["onderwerp"]["bron"] = "fonds"
    geindexeerd = {**VNG_2024[0], "toepassing": post("/indexatietoepassingen", toegepast)["id"]}
    post("/omslagen", banden("klasse", banden=[geindexeerd, *VNG_2024[1:]]))
    post("/omslagen/ggu-2018-1/vaststellingen", BESLUIT, "bestuur")
    besloten(context, "ggu-2018-1")
    post("/omslagen", {**banden("klasse", 2031), "vorm": "omvang", "bedragCent": 5, "banden": []})
    post("/omslagen/ggu-2031-1/vaststellingen", BESLUIT, "ledenvergadering")
    post("/bijdragerondes", {"fonds": "ggu", "jaar": 2018})
    vast(context, "ggu-2018", inwonertallen("voorlopig"))
    post("/notarondes", {"ronde": "ggu-2018", "termijn": 1})
    derde = client.get(f"/v1/notas?gemeentecode={GROOT}", headers=als("fondsbeheerder")).json()["results"][0]["id"]
    post("/ontvangsten", ontvangst(1000, (derde, 600)))
    post("/ontvangsten", ontvangst(-70))
    peiling = gepeild(context, inwonertallen(**{GROOT: 3}))
    post("/afrekeningen", {"ronde": "ggu-2018", "peiling": peiling, "omschrijving": "x"})

    with psycopg.connect(database.url) as rol, psycopg.connect(database.owner_url) as eigenaar:
        for tabel, kolom in TABELLEN.items():
            for opdracht in (f"DELETE FROM {tabel}", f"TRUNCATE {tabel} CASCADE", f"UPDATE {tabel} SET {kolom} = {kolom}"):
                mag = tabel in ("peiling", "omslagaanvraag") and opdracht.startswith("UPDATE")
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
