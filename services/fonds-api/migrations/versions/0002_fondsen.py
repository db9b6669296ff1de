"""The fondsen and their charts of accounts: reference data of this service.

What the fondsen are comes from the papers that the rows name. The papers name no accounts: the division
into accounts is the service's own, as narrow as the entries that exist.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

FONDSEN = [
    {
        "code": "ggu",
        "naam": "Fonds Gezamenlijke Gemeentelijke Uitvoering",
        "omschrijving": "Waaruit gemeenten sinds 1 januari 2018 betalen wat zij samen uitvoeren.",
        "bronvermelding": "VNG, Meerjarenprogramma Gezamenlijke Gemeentelijke Uitvoering 2020-2024, Financiële basis",
        "boekingsrollen": ["fondsbeheerder"],
    },
    {
        "code": "derdengelden",
        "naam": "Gelden van derden",
        "omschrijving": "Wat gemeenten betalen voor Vertrouwenswerk jeugd, Kindertelefoon en Luisterend Oor, tot het is "
        "afgedragen aan wie ze aanbiedt.",
        "bronvermelding": "VNG, BALV 30-11-2016, voorstel D",
        "boekingsrollen": ["fondsbeheerder", "administratie"],
    },
]
REKENINGEN = {
    "ggu": {"1100": ("Bank", "activa"), "1300": ("Debiteuren gemeenten", "activa"), "8000": ("Bijdragen gemeenten", "baten")},
    "derdengelden": {
        "1100": ("Bank", "activa"),
        "1300": ("Debiteuren gemeenten", "activa"),
        "2310": ("Gefactureerd Vertrouwenswerk jeugd", "passiva"),
        "2320": ("Gefactureerd Kindertelefoon", "passiva"),
        "2330": ("Gefactureerd Luisterend Oor", "passiva"),
        "2340": ("Gefactureerd Beheer en betaling", "passiva"),
        "2410": ("Af te dragen aan stichting Advies- en Klachtenbureau jeugdzorg", "passiva"),
        "2420": ("Af te dragen aan stichting Kindertelefoon", "passiva"),
        "2430": ("Af te dragen aan stichting Sensoor", "passiva"),
        "2440": ("Af te dragen aan administratiebureau", "passiva"),
        "2900": ("Nog te koppelen ontvangsten", "passiva"),
    },
}


def upgrade() -> None:
    fonds = sa.table(
        "fonds",
        *map(sa.column, ("code", "naam", "omschrijving", "bronvermelding")),
        sa.column("boekingsrollen", sa.ARRAY(sa.Text)),
    )
    rekening = sa.table("rekening", *map(sa.column, ("fonds", "nummer", "naam", "soort")))
    op.bulk_insert(fonds, FONDSEN)
    op.bulk_insert(
        rekening,
        [
            {"fonds": code, "nummer": nummer, "naam": naam, "soort": soort}
            for code, schema in REKENINGEN.items()
            for nummer, (naam, soort) in schema.items()
        ],
    )
