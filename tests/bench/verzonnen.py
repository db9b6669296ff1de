"""What `make bench-catalogus` puts in the catalogue beside what comes with the product: invented, and recognisably so.

Every voorziening has a code that begins with `verzonnen-`, and its eigenaar and leveranciers end in `(verzonnen)`. The words of
its name and text are Dutch, some of them in very many entries and most in few, as in real texts. The same numbers give
the same entries and deelnames.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate
from typing import Any, get_args

import psycopg
from catalogus_api.voorziening.rules import Domein, Fase, Gebruiker, MateVanBinding, Prioriteit, Soort
from psycopg.types.json import Jsonb


def _woorden(tekst: str) -> list[str]:
    return tekst.split()


_BEGIN = _woorden(
    """
    aangifte afval archief asiel basis begraaf belasting bestemmings bijstands bodem bouw brand brug buurt cliënten cultuur
    dieren dienst drank erfgoed evenementen fiets financiën gebieds geboorte geluids gezins grafrechten groen grond handhavings
    haven hulp huur huwelijks identiteits inburgerings inkomens jeugd kapvergunnings kermis kiezers klachten kwijtscheldings
    leerlingen leerplicht lijkbezorgings lucht mantelzorg markt melding milieu monumenten naturalisatie omgevings onderwijs
    ongedierte ontheffings parkeer partner paspoort pleinen precario raads reis reclame riolerings schuld speelplaats sport
    standplaats straat subsidie taal terras toezicht uitkerings veiligheids verhuis verkeers verkiezings vervoers vrijwilligers
    vuurwerk water wegen welzijns werk wijk winter woning zorg zwem
    """
)
_EIND = _woorden(
    """
    aanvraag administratie advies afspraak agenda archief balie beheer beoordeling bericht besluit betaling boek brief bureau
    checker controle dossier dienst enquête formulier gids hulp informatie inspectie kaart keten kiosk koppeling loket meldpunt
    meter model monitor overzicht pas planner platform portaal post procedure regeling register rekening ruimte scan schermen
    standaard stelsel teller toets tool uitgifte vergunning verklaring verzoek voorziening wijzer winkel zaak
    """
)
_VAAK = _woorden(
    """
    digitale gemeente inwoner aanvragen landelijke gegevens proces ondernemer samen melden doorgeven regelen zoeken landelijk
    eenvoudig veilig snel nieuwe persoonlijke mobiele centrale gezamenlijke slimme open betrouwbare coördinatie één ondersteunt
    behandelt controleert ontvangt bewaart deelt vergelijkt verstuurt verwerkt publiceert beantwoordt toont meldt verbindt
    """
)
_KLEIN = ["de", "het", "een", "van", "voor", "met", "bij", "en", "of", "die", "dat", "naar", "door", "zonder", "op"]
_BOUWSTENEN = ["DigiD", "eHerkenning", "BRP", "BAG", "NHR", "Berichtenbox", "Diginetwerk", "iDEAL"]
_WIJZEN = ["prettige", "heldere", "kleine", "blije", "ronde", "rustige", "groene", "vlotte", "zachte", "brede"]
_NAMEN = [f"Stichting {wijze.capitalize()} {eind} (verzonnen)" for wijze in _WIJZEN for eind in _EIND[:40]]
KOLOMMEN = _woorden(
    """
    code naam soort spoor domein prioriteit omschrijving eigenaar ontwikkelaars gebruikers leveranciers bouwstenen broncode
    api_specificatie documentatie mate_van_binding fase publicatiestatus bronvermelding vindplaatsen gewijzigd_op
    """
)


def voorzieningen(aantal: int) -> Iterator[dict[str, Any]]:
    """So many entries, by the names of their columns; one in fifty is a concept."""
    lot = random.Random(2018)
    woorden = [begin + eind for begin in _BEGIN for eind in _EIND]
    lot.shuffle(woorden)
    zeldzaam = list(accumulate(1 / (rang + 20) for rang in range(len(woorden))))
    vaak = list(accumulate(1 / (rang + 35) for rang in range(len(_VAAK))))
    namen = list(accumulate(1 / (rang + 5) for rang in range(len(_NAMEN))))

    def woord() -> str:
        return lot.choices(woorden, cum_weights=zeldzaam)[0]

    def gewoon() -> str:
        return lot.choices(_VAAK, cum_weights=vaak)[0]

    def klein() -> str:
        return lot.choice(_KLEIN)

    def zin() -> str:
        delen = [lot.choice((woord, woord, gewoon, klein, klein))() for _ in range(lot.randint(8, 16))]
        return " ".join(delen).capitalize() + "."

    for nummer in range(1, aantal + 1):
        yield {
            "code": f"verzonnen-{nummer:05d}",
            "naam": f"{gewoon().capitalize()} {woord()} {woord()}",
            "soort": lot.choice(get_args(Soort)),
            "spoor": lot.choice((None, 1, 2)),
            "domein": lot.choice(get_args(Domein)),
            "prioriteit": lot.choice((None, *get_args(Prioriteit))),
            "omschrijving": " ".join(zin() for _ in range(lot.randint(1, 5))),
            "eigenaar": lot.choices(_NAMEN, cum_weights=namen)[0],
            "ontwikkelaars": sorted(set(lot.choices(_NAMEN, cum_weights=namen, k=lot.randint(0, 3)))),
            "gebruikers": sorted(lot.sample(get_args(Gebruiker), lot.randint(1, 3))),
            "leveranciers": sorted(set(lot.choices(_NAMEN, cum_weights=namen, k=lot.randint(0, 5)))),
            "bouwstenen": sorted(lot.sample(_BOUWSTENEN, lot.randint(0, 3))),
            "broncode": lot.choice((None, f"https://code.example/verzonnen-{nummer}")),
            "api_specificatie": lot.choice((None, f"https://api.example/verzonnen-{nummer}.json")),
            "documentatie": lot.choice((None, f"https://docs.example/verzonnen-{nummer}")),
            "mate_van_binding": lot.choice((None, *get_args(MateVanBinding))),
            "fase": lot.choice((None, *get_args(Fase))),
            "publicatiestatus": "concept" if nummer % 50 == 0 else "gepubliceerd",
            "bronvermelding": "Verzonnen, voor een meting",
            "vindplaatsen": Jsonb(
                [
                    {
                        "stuk": "Verzonnen stuk",
                        "pagina": str(lot.randint(1, 90)),
                        "over": ["omschrijving", "fase"],
                        "citaat": zin(),
                    }
                    for _ in range(lot.randint(1, 4))
                ]
            ),
            "gewijzigd_op": f"2018-{lot.randint(1, 12):02d}-{lot.randint(1, 28):02d}T{lot.randint(8, 17):02d}:{nummer % 60:02d}Z",
        }


def vul(owner_url: str, aantal: int, aantal_deelnames: int) -> None:
    """Put so many entries and deelnames in a catalogue, and let PostgreSQL learn what there is.

    Entries with everything that the triggers do; deelnames without their steps, which nothing that is measured reads. They are
    spread evenly over all pairs of a published entry and a gemeente that exists now.
    """
    with psycopg.connect(owner_url, autocommit=True) as database:
        opdracht = f"INSERT INTO voorziening ({', '.join(KOLOMMEN)}) VALUES ({', '.join(f'%({naam})s' for naam in KOLOMMEN)})"
        with database.transaction(), database.cursor() as cursor:
            cursor.executemany(opdracht.encode(), voorzieningen(aantal))
            cursor.execute(_FASEN)
            cursor.execute(_VOORWAARDEN)
            cursor.execute("SELECT voorziening FROM dekkingsaanbod WHERE voorziening LIKE 'verzonnen-%' ORDER BY 1")
            aanbod = [code for (code,) in cursor]
            cursor.execute("SELECT code FROM gemeente WHERE einddatum IS NULL ORDER BY 1")
            gemeenten = [code for (code,) in cursor]
        with database.transaction(), database.cursor() as cursor:
            cursor.execute("ALTER TABLE deelname DISABLE TRIGGER USER")
            with cursor.copy(f"COPY deelname ({', '.join(_DEELNAME)}) FROM STDIN".encode()) as copy:
                for rij in _deelnames(aanbod, gemeenten, aantal_deelnames):
                    copy.write_row(rij)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE deelname ENABLE TRIGGER USER")
            cursor.execute("SELECT tel_dekking_opnieuw()")
        database.execute("VACUUM ANALYZE")


_FASEN = """
    INSERT INTO faseovergang (voorziening, versie, naar, stuk, vastgelegd_op)
    SELECT code, versie, fase, 'Verzonnen stuk', gewijzigd_op FROM voorziening
    WHERE code LIKE 'verzonnen-%' AND fase IS NOT NULL ORDER BY code
"""
_VOORWAARDEN = """
    INSERT INTO deelnamevoorwaarden (voorziening, versie, vanaf, einde, kosten, opzegtermijn_maanden, opzeggen_tegen, uittreden,
        bronvermelding, vastgelegd_op)
    SELECT code, 1, '2015-01-01', false, 'geen', 3, 'einde jaar', 'geen', 'Verzonnen, voor een meting', now()
    FROM voorziening WHERE code LIKE 'verzonnen-%' AND publicatiestatus = 'gepubliceerd' ORDER BY code
"""
_DEELNAME = (
    "id",
    "voorziening",
    "gemeentecode",
    "inkoopgrond",
    "zichtbaarheid",
    "voorwaarden_versie",
    "vanaf",
    "aangemeld_op",
    "implementatie_op",
    "gebruik_op",
    "tot",
    "vastgelegd_op",
)


def _deelnames(aanbod: list[str], gemeenten: list[str], aantal: int) -> Iterator[tuple[Any, ...]]:
    """By the columns of _DEELNAME: four in five are in use, and one in ten of these has ended."""
    lot = random.Random(2019)
    zichtbaar = ("iedereen",) * 7 + ("gemeenten",) * 2 + ("deelnemers",)
    for paar in lot.sample(range(len(aanbod) * len(gemeenten)), aantal):
        voorziening, gemeente = divmod(paar, len(gemeenten))
        dag = date(2015, 1, 1) + timedelta(days=lot.randrange(2000))
        verder = lot.random() < 0.8
        tot = dag + timedelta(days=400 + lot.randrange(400)) if verder and lot.random() < 0.1 else None
        yield (
            uuid.UUID(int=lot.getrandbits(128), version=4),
            aanbod[voorziening],
            gemeenten[gemeente],
            "geen",
            lot.choice(zichtbaar),
            1,
            dag,
            dag,
            dag + timedelta(days=90) if verder else None,
            dag + timedelta(days=200) if verder else None,
            tot,
            "2018-01-15T09:00Z",
        )
