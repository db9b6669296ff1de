"""The catalogus API: its features, in one specification."""

from pathlib import Path

from gemeengoed_kit import VERSION
from gemeengoed_kit.app import create_api
from gemeengoed_kit.process import Service

from catalogus_api import inlezen
from catalogus_api.besluit.router import besluiten, van_voorziening
from catalogus_api.deelname.router import deelnames, deelnames_van_gemeente, deelnames_van_voorziening
from catalogus_api.dekking.router import collectiviseringsgraad, dekking, dekking_van_voorziening
from catalogus_api.duiding.router import duiding
from catalogus_api.export.router import exports
from catalogus_api.factsheet.router import factsheets
from catalogus_api.gebeurtenis.router import gebeurtenissen
from catalogus_api.gebeurtenis.service import noteer
from catalogus_api.gemeente.router import gemeenten
from catalogus_api.herindeling.router import herindelingen
from catalogus_api.impactanalyse.router import impactanalyses
from catalogus_api.initiatief.router import initiatieven
from catalogus_api.inwonertal.router import BESTAND, inwonertallen
from catalogus_api.levensloop.router import faseovergangen, vervolgfasen
from catalogus_api.pilot.router import pilots
from catalogus_api.routekaart.router import mijlpalen, routekaart
from catalogus_api.samenwerkingsverband.router import samenwerkingsverbanden
from catalogus_api.settings import Settings
from catalogus_api.steun.router import van_initiatief as steun_voor_initiatief
from catalogus_api.steun.router import van_voorziening as steun_voor_voorziening
from catalogus_api.voorziening.router import voorzieningen

api = create_api(
    title="Catalogus API",
    version=VERSION,
    server="https://catalogus.gemeengoed.example/v1",
    description="Gemeenten met hun inwoners, herindelingen en samenwerkingsverbanden; de voorzieningen die gemeenten delen, met "
    "hun factsheets, duiding en levensloop; wat erover is besloten, wie eraan deelneemt, en wat er wanneer komt. Lezen is "
    "openbaar; vastleggen doet de rol catalogusbeheer, een gremium zijn eigen besluiten, een gemeente haar eigen initiatieven en "
    "deelnames. Bron van de inwonertallen: CBS (CC BY 4.0).",
    tags=[
        {"name": "gemeenten", "description": "Gemeenten, inwonertallen en herindelingen."},
        {"name": "samenwerkingsverbanden", "description": "Gemeenten die samenwerken, met hun leden door de tijd."},
        {"name": "voorzieningen", "description": "Gedeelde voorzieningen."},
        {"name": "besluiten", "description": "Wat er over voorzieningen is besloten, en wat dat toestaat."},
        {"name": "deelnames", "description": "Gemeenten die aan voorzieningen deelnemen, en op welke voorwaarden."},
        {"name": "dekking", "description": "Hoeveel gemeenten en inwoners voorzieningen bereiken."},
        {"name": "levensloop", "description": "Fasen van voorzieningen, met wat elke overgang toestond, en impactanalyses."},
        {"name": "initiatieven", "description": "Ideeën van gemeenten, en wie ze steunt."},
        {"name": "pilots", "description": "Praktijkbeproevingen, met wie meedoet en wat eruit kwam."},
        {
            "name": "factsheets",
            "description": "Vijf vragen over een voorziening, met kosten en besparingen, en een raming per gemeente.",
        },
        {"name": "duiding", "description": "Criteria, wegingen en scores, en de rangschikking die eruit volgt."},
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
        besluiten,
        van_voorziening,
        faseovergangen,
        vervolgfasen,
        impactanalyses,
        initiatieven,
        steun_voor_initiatief,
        steun_voor_voorziening,
        pilots,
        deelnames,
        deelnames_van_voorziening,
        deelnames_van_gemeente,
        dekking,
        dekking_van_voorziening,
        collectiviseringsgraad,
        factsheets,
        duiding,
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
