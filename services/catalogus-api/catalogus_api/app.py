"""The catalogus API: its features, in one specification."""

from pathlib import Path

from gemeengoed_kit import VERSION
from gemeengoed_kit.app import create_api
from gemeengoed_kit.process import Service

from catalogus_api import inlezen
from catalogus_api.export.router import exports
from catalogus_api.gebeurtenis.router import gebeurtenissen
from catalogus_api.gebeurtenis.service import noteer
from catalogus_api.gemeente.router import gemeenten
from catalogus_api.herindeling.router import herindelingen
from catalogus_api.inwonertal.router import BESTAND, inwonertallen
from catalogus_api.routekaart.router import mijlpalen, routekaart
from catalogus_api.samenwerkingsverband.router import samenwerkingsverbanden
from catalogus_api.settings import Settings
from catalogus_api.voorziening.router import voorzieningen

api = create_api(
    title="Catalogus API",
    version=VERSION,
    server="https://catalogus.gemeengoed.example/v1",
    description="Gemeenten met hun inwoners, herindelingen en samenwerkingsverbanden, de voorzieningen die gemeenten delen, en "
    "wat er wanneer komt. Lezen is openbaar; de rol catalogusbeheer legt vast. Bron van de inwonertallen: CBS (CC BY 4.0).",
    tags=[
        {"name": "gemeenten", "description": "Gemeenten, inwonertallen en herindelingen."},
        {"name": "samenwerkingsverbanden", "description": "Gemeenten die samenwerken, met hun leden door de tijd."},
        {"name": "voorzieningen", "description": "Gedeelde voorzieningen."},
        {"name": "routekaart", "description": "Mijlpalen, besluiten en fasen in de tijd."},
        {"name": "gebeurtenissen", "description": "Wat er is gewijzigd, in de volgorde waarin het is vastgelegd."},
    ],
    routers=[
        gemeenten,
        inwonertallen,
        herindelingen,
        samenwerkingsverbanden,
        exports,
        voorzieningen,
        mijlpalen,
        routekaart,
        gebeurtenissen,
    ],
)

service = Service(
    name="catalogus-api",
    api=api,
    settings=Settings,
    migrations=Path(__file__).parent / "migrations",
    commands=(("inlezen", inlezen.command),),
    media_types=("application/json", *BESTAND),
    recorded=noteer,
)
