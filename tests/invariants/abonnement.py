"""Invariants A1-A6 of the abonnement database (design: one query each), run after every test on a database."""

from __future__ import annotations

from typing import Any

import psycopg

QUERIES = {
    "A1 a gemeente has one invoice at most for a year that no other corrects, from a subscription of its own that holds on the peildatum": """
        SELECT factuur.nummer FROM factuur LEFT JOIN abonnement ON abonnement.id = factuur.abonnement
        WHERE abonnement.gemeentecode IS DISTINCT FROM factuur.gemeentecode
           OR factuur.peildatum NOT BETWEEN abonnement.begindatum AND abonnement.einddatum
        UNION ALL SELECT min(nummer) FROM factuur AS een WHERE NOT EXISTS (SELECT FROM factuur AS later WHERE later.vervangt = een.nummer)
        GROUP BY jaar, gemeentecode, verkoper HAVING count(*) > 1""",
    "A1 a round that is done has an invoice for every line of its proposal, and that a line for every subscription of then": """
        SELECT ronde.jaar, regel.gemeentecode FROM facturatieronde AS ronde
        JOIN voorvertoningsregel AS regel ON regel.voorvertoning = ronde.voorstel AND regel.abonnement IS NOT NULL
        LEFT JOIN factuur ON factuur.jaar = ronde.jaar AND factuur.abonnement = regel.abonnement
        WHERE ronde.status = 'gefactureerd' AND factuur.nummer IS NULL
        UNION ALL SELECT ronde.jaar, abonnement.gemeentecode FROM facturatieronde AS ronde
        JOIN abonnement ON ronde.peildatum BETWEEN abonnement.begindatum AND abonnement.einddatum
        JOIN collectieve_aanmelding AS aanmelding ON aanmelding.id = abonnement.aanmelding
        LEFT JOIN voorvertoning AS voorstel ON voorstel.id = ronde.voorstel
        WHERE ronde.status = 'gefactureerd' AND aanmelding.afgerond_op <= coalesce(voorstel.afgerond_op, ronde.gefactureerd_op)
        AND NOT EXISTS (SELECT FROM factuur WHERE factuur.jaar = ronde.jaar AND factuur.abonnement = abonnement.id)
        UNION ALL SELECT ronde.jaar, factuur.nummer FROM facturatieronde AS ronde JOIN factuur USING (jaar)
        WHERE ronde.status NOT IN ('goedgekeurd', 'gefactureerd')""",
    "A1 an invoice is what was approved by other eyes": """
        SELECT factuur.nummer FROM factuur JOIN facturatieronde AS ronde USING (jaar)
        LEFT JOIN voorvertoningsregel AS regel ON (regel.voorvertoning, regel.abonnement) = (ronde.voorstel, factuur.abonnement)
        LEFT JOIN facturatierondebesluit AS besluit ON besluit.voorvertoning = ronde.voorstel
        LEFT JOIN voorvertoning AS voorstel ON voorstel.id = ronde.voorstel
        WHERE ronde.voorstel IS NOT NULL AND (besluit.uitkomst IS DISTINCT FROM 'goedgekeurd' OR besluit.contract = voorstel.contract
            OR (besluit.peer_id, besluit.rol) = (voorstel.peer_id, voorstel.rol)
            OR factuur.vervangt IS NULL AND regel.inwoners IS DISTINCT FROM factuur.inwoners)""",
    "A4 what is settled is the difference that other inhabitants make, once": """
        SELECT min(v.over) FROM verrekening AS v JOIN factuur AS nu ON nu.nummer = v.factuur JOIN factuur AS oud ON oud.nummer = v.over
        JOIN pakket ON (pakket.tariefbesluit, pakket.code) = (oud.tariefbesluit, oud.pakket)
        GROUP BY coalesce(nu.bundel, nu.nummer), v.over HAVING sum(v.bedrag_cent) <>
            floor(min(pakket.tarief_per_inwoner) * min(v.naar_inwoners) * 100 * min(oud.maanden) / 12 + 0.5)
            - floor(min(pakket.tarief_per_inwoner) * min(v.van_inwoners) * 100 * min(oud.maanden) / 12 + 0.5)
        UNION ALL SELECT v.over FROM verrekening AS v JOIN factuur AS nu ON nu.nummer = v.factuur WHERE nu.vervangt IS NULL
        GROUP BY v.over, v.volgnummer HAVING count(DISTINCT coalesce(nu.bundel, nu.nummer)) > 1
        UNION ALL SELECT nummer FROM factuur WHERE (verrekend_cent, aantal_verrekeningen) IS DISTINCT FROM (
            SELECT (coalesce(sum(bedrag_cent), 0)::bigint, count(*)::integer) FROM verrekening WHERE factuur = nummer)""",
    "A2 numbers of a seller's year begin at the start of its series and have no gap and no double": """
        SELECT jaar, verkoper FROM factuur FULL JOIN factuurnummering USING (jaar, verkoper) JOIN aanbieder ON code = verkoper
        GROUP BY jaar, verkoper, laatste, reeks HAVING min(volgnummer) <> 100000 * reeks + 1
            OR max(volgnummer) <> 100000 * reeks + count(volgnummer) OR laatste IS DISTINCT FROM coalesce(max(volgnummer), 0)""",
    "A4 an invoice is the sum of its lines, one for each dienst of its package": """
        SELECT nummer FROM factuur WHERE bedrag_cent IS DISTINCT FROM (SELECT sum(bedrag_cent) FROM factuurregel WHERE factuur = nummer)
        OR (SELECT array_agg(dienst ORDER BY dienst) FROM factuurregel WHERE factuur = nummer) IS DISTINCT FROM (
            SELECT array_agg(deel.dienst ORDER BY deel.dienst) FROM pakketdienst AS deel JOIN dienst ON dienst.code = deel.dienst
            WHERE deel.tariefbesluit = factuur.tariefbesluit AND deel.pakket = factuur.pakket
            AND (bundel IS NULL OR dienst.aanbieder IN (verkoper, 'administratiebureau')))""",
    "A4 an invoice is tarief x inwoners with those in its bundle, rounded half up": """
        SELECT min(nummer) FROM factuur JOIN pakket ON pakket.tariefbesluit = factuur.tariefbesluit AND pakket.code = factuur.pakket
        GROUP BY coalesce(bundel, nummer) HAVING count(DISTINCT inwoners) > 1 OR min(factuur.tarief_per_inwoner) <> max(pakket.tarief_per_inwoner)
            OR count(DISTINCT maanden) > 1
            OR sum(bedrag_cent - verrekend_cent) <> pakketbedrag_cent(
                min(factuur.tariefbesluit), min(factuur.pakket), min(inwoners), min(maanden))""",
    "A2 numbers of credit notes too": """
        SELECT jaar FROM creditnota FULL JOIN creditnummering USING (jaar) GROUP BY jaar, laatste
        HAVING min(volgnummer) <> 1 OR max(volgnummer) <> count(volgnummer)
            OR laatste IS DISTINCT FROM coalesce(max(volgnummer), 0)""",
    "A4 a credit note is the sum of its lines, and together they are no more than a line of the invoice": """
        SELECT nummer FROM creditnota WHERE bedrag_cent IS DISTINCT FROM (
            SELECT sum(bedrag_cent) FROM creditnotaregel WHERE creditnota = nummer)
        UNION ALL SELECT factuur FROM factuurregelstand WHERE gecrediteerd_cent > gefactureerd_cent""",
    "A4 what another invoice corrects is credited as a whole": """
        SELECT oud.nummer FROM factuur JOIN factuur AS oud ON oud.nummer = factuur.vervangt
        WHERE oud.bedrag_cent <> (SELECT sum(gecrediteerd_cent) FROM factuurregelstand WHERE factuur = oud.nummer)""",
    "A7 every price of an indexed decision follows from the one before it": """
        SELECT regel.tariefindexatie::text, regel.pakket, regel.onderdeel FROM tariefindexatieregel AS regel
        JOIN tariefindexatie AS bron ON bron.id = regel.tariefindexatie
        JOIN tariefbesluit AS oud ON oud.id = bron.tariefbesluit
        LEFT JOIN tariefonderdeel AS deel ON (deel.tariefbesluit, deel.pakket, deel.onderdeel) = (oud.id, regel.pakket, regel.onderdeel)
        LEFT JOIN tariefindexatieregel AS schakel
            ON (schakel.tariefindexatie, schakel.pakket, schakel.onderdeel) = (oud.tariefindexatie, regel.pakket, regel.onderdeel)
        LEFT JOIN tariefonderdeel AS na ON (na.tariefbesluit, na.pakket, na.onderdeel) = (bron.nieuw, regel.pakket, regel.onderdeel)
        WHERE regel.oud IS DISTINCT FROM coalesce(schakel.nieuw, deel.bedrag)
            OR regel.nieuw <> afgerond(regel.oud * bron.factor, bron.keten_decimalen, bron.keten_afronding)
            OR regel.prijs <> afgerond(regel.nieuw, bron.prijs_decimalen, bron.prijs_afronding)
            OR bron.status = 'verwerkt' AND na.bedrag IS DISTINCT FROM regel.prijs""",
    "A7 documents are kept seven years, and what they say is what was agreed": """
        SELECT nummer FROM factuurstuk LEFT JOIN (SELECT nummer, factuurdatum AS datum FROM factuur
            UNION ALL SELECT nummer, datum FROM creditnota) AS alle USING (nummer)
        WHERE alle.datum IS NULL OR bewaren_tot <> make_date(extract(year FROM alle.datum)::integer + 8, 1, 1)""",
    "A5 nothing is paid more than once": """
        SELECT factuur, dienst FROM factuurregelstand WHERE betaald_cent NOT BETWEEN 0 AND bedrag_cent
        UNION ALL SELECT betaling::text, '' FROM betalingstand WHERE gekoppeld_cent < 0 OR gekoppeld_cent + terug_cent > bedrag_cent
        UNION ALL SELECT afschrijving::text, '' FROM afschrijvingstand WHERE verklaard_cent > bedrag_cent""",
    "A5 a fully paid invoice has every line fully paid, and never is a payment left over while its invoice is open": """
        SELECT betaling.id::text FROM betaling JOIN betalingstand ON betalingstand.betaling = betaling.id
        JOIN (SELECT factuur, sum(bedrag_cent) - sum(betaald_cent) AS open FROM factuurregelstand GROUP BY factuur) AS stand
          ON stand.factuur = betaling.factuur
        WHERE betalingstand.gekoppeld_cent + betalingstand.terug_cent < betaling.bedrag_cent AND stand.open > 0
          AND NOT EXISTS (SELECT FROM betalingstoewijzing AS deel WHERE deel.factuur = betaling.factuur AND deel.bedrag_cent < 0)""",
    "A6 received = distributed + still to distribute + not matched + gone back": """
        SELECT 1 WHERE (SELECT coalesce(sum(bedrag_cent), 0) FROM betaling) <>
            (SELECT coalesce(sum(bedrag_cent), 0) FROM verdelingsregel)
            + (SELECT coalesce(sum(bedrag_cent), 0) FROM toewijzingstand WHERE verdeling IS NULL)
            + (SELECT coalesce(sum(bedrag_cent - gekoppeld_cent - terug_cent), 0) FROM betalingstand)
            + (SELECT coalesce(sum(terug_cent), 0) FROM betalingstand)""",
    "A6 money that came back by no debit": """
        SELECT id::text FROM koppeling LEFT JOIN afschrijvingstand AS af ON af.afschrijving = koppeling.afschrijving
        WHERE koppeling.bedrag_cent > 0 AND af.afschrijving IS NULL""",
    "A6 a distribution is the sum of what it distributes": """
        SELECT regel.verdeling::text, regel.dienst FROM verdelingsregel AS regel WHERE bedrag_cent IS DISTINCT FROM (
            SELECT sum(bedrag_cent) FROM toewijzingstand AS stand
            WHERE stand.verdeling = regel.verdeling AND stand.dienst = regel.dienst)
        UNION ALL SELECT id::text, 'totaal' FROM verdeling
        WHERE bedrag_cent IS DISTINCT FROM (SELECT sum(bedrag_cent) FROM verdelingsregel WHERE verdeling = id)
        UNION ALL SELECT stand.verdeling::text, stand.dienst FROM toewijzingstand AS stand
        LEFT JOIN verdelingsregel AS regel USING (verdeling, dienst)
        WHERE stand.verdeling IS NOT NULL AND regel.verdeling IS NULL""",
    "A9 what was decided, taken in or distributed is closed": """
        SELECT onderwerp FROM (SELECT '/v1/tariefbesluiten/' || id FROM tariefbesluit
            UNION ALL SELECT '/v1/bankafschriften/' || id FROM bankafschrift
            UNION ALL SELECT '/v1/koppelingen/' || id FROM koppeling
            UNION ALL SELECT '/v1/verdelingen/' || id FROM verdeling) AS eigen (onderwerp)
        FULL JOIN afgesloten USING (onderwerp) WHERE eigen.onderwerp IS NULL OR afgesloten.onderwerp IS NULL""",
    "A8 every invoice, receipt and distribution has exactly one entry on its way to fonds, for its own amount": """
        SELECT coalesce(eigen.pad, onderwerp) FROM (
            SELECT '/v1/facturen/' || nummer, bedrag_cent FROM factuur
            UNION ALL SELECT '/v1/creditnotas/' || nummer, bedrag_cent FROM creditnota
            UNION ALL SELECT '/v1/betalingen/' || id, bedrag_cent FROM betaling
            UNION ALL SELECT '/v1/afschrijvingen/' || id, bedrag_cent FROM afschrijving
            UNION ALL SELECT '/v1/koppelingen/' || koppeling, abs(sum(bedrag_cent)) FROM betalingstoewijzing
                WHERE koppeling <> '00000000-0000-0000-0000-000000000000' GROUP BY koppeling
            UNION ALL SELECT '/v1/verdelingen/' || id, bedrag_cent FROM verdeling) AS eigen (pad, bedrag_cent)
        FULL JOIN outbox ON outbox.onderwerp = eigen.pad
        WHERE eigen.pad IS NULL OR outbox.id IS NULL OR eigen.bedrag_cent <> (
            SELECT sum((regel ->> 'bedragCent')::bigint) FROM jsonb_array_elements(inhoud -> 'regels') AS regel
            WHERE (regel ->> 'bedragCent')::bigint > 0)""",
}


def schendingen(url: str) -> dict[str, list[Any]]:
    """Invariant to the rows that break it; empty when all hold.

    Args:
        url: libpq URL of the abonnement database.
    """
    with psycopg.connect(url) as verbinding:
        gevonden = {naam: verbinding.execute(query).fetchall() for naam, query in QUERIES.items()}  # type: ignore[arg-type]
    return {naam: rijen for naam, rijen in gevonden.items() if rijen}
