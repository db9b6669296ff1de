"""What must always hold in this database (reliability.md, 4), from all features: a query each, that returns the violations.

A feature's `invarianten.py` has INVARIANTEN (what holds, by name), ONVERANDERLIJK (tables whose rows never change) and GRENDELS
(triggers that see to that); and, when its documents are booked, DOCUMENTEN (the path of each, and the cents of its entry). A new
feature is added to DELEN, and to GEBOEKT.
"""

from __future__ import annotations

from gemeengoed_kit.checking import together

from abonnement_api.aanbod import invarianten as aanbod
from abonnement_api.aansluiting import invarianten as aansluiting
from abonnement_api.abonnement import invarianten as abonnement
from abonnement_api.auditfile import invarianten as auditfile
from abonnement_api.betaalopdracht import invarianten as betaalopdracht
from abonnement_api.betaler import invarianten as betaler
from abonnement_api.betaling import invarianten as betaling
from abonnement_api.bezorging import invarianten as bezorging
from abonnement_api.boekingsopdracht import invarianten as boekingsopdracht
from abonnement_api.creditnota import invarianten as creditnota
from abonnement_api.facturatiegrens import invarianten as facturatiegrens
from abonnement_api.facturatieronde import invarianten as facturatieronde
from abonnement_api.factuur import invarianten as factuur
from abonnement_api.factuurgegevens import invarianten as factuurgegevens
from abonnement_api.factuurstuk import invarianten as factuurstuk
from abonnement_api.gemeentepeiling import invarianten as gemeentepeiling
from abonnement_api.herinnering import invarianten as herinnering
from abonnement_api.looptijd import invarianten as looptijd
from abonnement_api.overgang import invarianten as overgang
from abonnement_api.tarief import invarianten as tarief
from abonnement_api.tariefindexatie import invarianten as tariefindexatie
from abonnement_api.tariefvoorstel import invarianten as tariefvoorstel
from abonnement_api.toelichtingsverzoek import invarianten as toelichtingsverzoek
from abonnement_api.verantwoordingsstuk import invarianten as verantwoordingsstuk
from abonnement_api.verdeling import invarianten as verdeling
from abonnement_api.verkoper import invarianten as verkoper
from abonnement_api.voorvertoning import invarianten as voorvertoning

DELEN = (
    tarief,
    tariefindexatie,
    tariefvoorstel,
    verkoper,
    factuurgegevens,
    betaler,
    aanbod,
    abonnement,
    looptijd,
    overgang,
    facturatiegrens,
    voorvertoning,
    facturatieronde,
    factuur,
    creditnota,
    factuurstuk,
    bezorging,
    herinnering,
    betaling,
    verdeling,
    betaalopdracht,
    boekingsopdracht,
    aansluiting,
    verantwoordingsstuk,
    toelichtingsverzoek,
    gemeentepeiling,
    auditfile,
)
GEBOEKT = (factuur, creditnota, betaling, verdeling, betaalopdracht)
DOCUMENTEN = " UNION ALL ".join(deel.DOCUMENTEN for deel in GEBOEKT)
"""Every document that has an entry in fonds: its path, and the cents that the entry moves."""

INVARIANTEN = {
    **together(DELEN, role="abonnement_api", name="A3", what="what is decided, invoiced, taken in or distributed"),
    "A8 every document has exactly one entry on its way to fonds, for its own amount": f"""
        SELECT coalesce(eigen.pad, onderwerp) FROM ({DOCUMENTEN}) AS eigen (pad, bedrag_cent)
        FULL JOIN outbox ON outbox.onderwerp = eigen.pad
        WHERE eigen.pad IS NULL OR outbox.id IS NULL OR (outbox.bron, outbox.pad) <> ('fonds', '/v1/boekingen')
        OR eigen.bedrag_cent <> (
            SELECT sum((regel ->> 'bedragCent')::bigint) FROM jsonb_array_elements(inhoud -> 'regels') AS regel
            WHERE (regel ->> 'bedragCent')::bigint > 0)
        OR inhoud -> 'bron' ->> 'pad' <> eigen.pad""",
    "A9 only the check itself closes": """
        SELECT recht FROM unnest(ARRAY['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) recht
        WHERE has_table_privilege('abonnement_api', 'afgesloten', recht)""",
}
