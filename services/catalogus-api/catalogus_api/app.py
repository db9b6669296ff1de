"""The catalogus API: its features, in one specification."""

from pathlib import Path

from gemeengoed_kit import VERSION
from gemeengoed_kit.app import create_api
from gemeengoed_kit.process import Service

from catalogus_api import inlezen
from catalogus_api.besluit.router import besluiten, van_voorziening
from catalogus_api.deelname.router import deelnames, deelnames_van_gemeente, deelnames_van_voorziening
from catalogus_api.dekking.router import collectiviseringsgraad, dekking, dekking_van_voorziening
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
    description="Gemeenten met hun inwoners, herindelingen en samenwerkingsverbanden, de voorzieningen die gemeenten delen, "
    "wat daarover is besloten en wat er wanneer komt. Lezen is openbaar; vastleggen doet de rol catalogusbeheer, en een gremium "
    "zijn eigen besluiten. Bron van de inwonertallen: CBS (CC BY 4.0).",
    tags=[
        {"name": "gemeenten", "description": "Gemeenten, inwonertallen en herindelingen."},
        {"name": "samenwerkingsverbanden", "description": "Gemeenten die samenwerken, met hun leden door de tijd."},
        {"name": "voorzieningen", "description": "Gedeelde voorzieningen."},
        {"name": "besluiten", "description": "Wat er over voorzieningen is besloten, en wat dat toestaat."},
        {"name": "deelnames", "description": "Gemeenten die aan voorzieningen deelnemen, en op welke voorwaarden."},
        {"name": "dekking", "description": "Hoeveel gemeenten en inwoners voorzieningen bereiken."},
        {"name": "routekaart", "description": "Mijlpalen, besluiten en fasen in de tijd."},
    ],
    routers=[
        gemeenten,
        inwonertallen,
        herindelingen,
        samenwerkingsverbanden,
        voorzieningen,
        besluiten,
        van_voorziening,
        mijlpalen,
        routekaart,
        deelnames,
        deelnames_van_voorziening,
        deelnames_van_gemeente,
        dekking,
        dekking_van_voorziening,
        collectiviseringsgraad,
    ],
)

service = Service(
    name="catalogus-api",
    api=api,
    settings=Settings,
    migrations=Path(__file__).parent / "migrations",
    commands=(("inlezen", inlezen.command),),
    media_types=("application/json", *BESTAND),
)
