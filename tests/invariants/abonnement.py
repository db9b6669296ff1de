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
    "A1 a round that is done has an invoice for every subscription": """
        SELECT ronde.jaar, abonnement.gemeentecode FROM facturatieronde AS ronde
        JOIN abonnement ON ronde.peildatum BETWEEN abonnement.begindatum AND abonnement.einddatum
        LEFT JOIN factuur ON factuur.jaar = ronde.jaar AND factuur.abonnement = abonnement.id
        WHERE ronde.status = 'gefactureerd' AND factuur.nummer IS NULL AND abonnement.aanmelding IN (
            SELECT id FROM collectieve_aanmelding WHERE afgerond_op <= ronde.gefactureerd_op)
        UNION ALL SELECT ronde.jaar, factuur.nummer FROM facturatieronde AS ronde JOIN factuur USING (jaar)
        WHERE ronde.status <> 'gefactureerd'""",
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
            OR sum(bedrag_cent) <> floor(min(factuur.tarief_per_inwoner) * min(inwoners) * 100 + 0.5)""",
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
    "A6 never is more paid out than was distributed, nor the same twice": """
        SELECT verdeling::text, aanbieder FROM betaalregelstand WHERE stand IN ('voorgesteld', 'onderweg', 'betaald') AND verdeling IS NOT NULL
        GROUP BY verdeling, aanbieder HAVING count(*) > 1 OR sum(bedrag_cent) <> (SELECT sum(bedrag_cent) FROM verdelingsregel AS regel
            WHERE (regel.verdeling, regel.aanbieder) = (betaalregelstand.verdeling, betaalregelstand.aanbieder))""",
    "A6 other eyes fixed and approved; what was approved has its message, and nothing else has": """
        SELECT id::text FROM verdeling LEFT JOIN verdelingsvoorstel AS v USING (id) LEFT JOIN verdelingsbesluit AS b ON b.voorstel = v.id
        WHERE v.id IS NOT NULL AND (b.uitkomst, (b.peer_id, b.rol) = (v.peer_id, v.rol), b.contract = v.contract)
            IS DISTINCT FROM ('vastgesteld', false, false)
        UNION ALL SELECT o.id::text FROM betaalopdracht AS o LEFT JOIN betaalbesluit AS b ON b.opdracht = o.id
        LEFT JOIN betaalbericht AS bericht ON bericht.opdracht = o.id WHERE (coalesce(b.uitkomst, '') = 'goedgekeurd') <> (bericht.opdracht IS NOT NULL)
            OR b.uitkomst = 'goedgekeurd' AND ((b.peer_id, b.rol) = (o.peer_id, o.rol) OR b.contract = o.contract)
            OR (o.aantal::bigint, o.bedrag_cent::numeric) IS DISTINCT FROM (SELECT (count(*), sum(bedrag_cent)) FROM betaalopdrachtregel WHERE opdracht = o.id)""",
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
            UNION ALL SELECT '/v1/verdelingen/' || id, bedrag_cent FROM verdeling
            UNION ALL SELECT '/v1/betaalopdrachten/' || betaalopdracht.id, bedrag_cent FROM betaalopdracht
                JOIN betaalbericht ON opdracht = betaalopdracht.id
            UNION ALL SELECT '/v1/betaaluitkomsten/' || uitkomst.id, bedrag_cent FROM betaaluitkomst AS uitkomst
                JOIN betaalopdrachtregel AS regel ON (regel.opdracht, regel.volgnummer) = (uitkomst.opdracht, uitkomst.regel)
                WHERE uitkomst.soort <> 'retour' OR regel.verdeling IS NOT NULL) AS eigen (pad, bedrag_cent)
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
