from gemeengoed_kit.errors import Conflict, Forbidden, NotFound


class TariefindexatieNietGevonden(NotFound):
    type, title = "tariefindexatie-niet-gevonden", "Tariefindexatie niet gevonden"
    meaning = "Er is geen tariefindexatie met deze identificatie."
    remedy = "Zoek haar op met `GET /v1/tariefindexaties`."


class OnbekendTariefbesluit(Conflict):
    type, title = "onbekend-tariefbesluit", "Onbekend tariefbesluit"
    meaning = "De aanvraag noemt een tariefbesluit dat niet bestaat."
    remedy = "Zoek de besluiten op met `GET /v1/tariefbesluiten`."


class IndexeringNietToegestaan(Conflict):
    type, title = "indexering-niet-toegestaan", "Geen besluit staat indexering toe"
    meaning = "Het besluit waarop de indexering rust, zegt niet dat zijn prijzen jaarlijks worden geïndexeerd."
    remedy = "Noem als `grondslag` een besluit met `indexering`, of leg een nieuw besluit over de prijs vast."


class NietHetGeldende(Conflict):
    type, title = "niet-het-geldende-besluit", "Besluit geldt niet voor het jaar ervoor"
    meaning = (
        "Geïndexeerd wordt het besluit dat voor het jaar ervoor geldt; dit geldt dan niet, of een later besluit verving het."
    )
    remedy = "Noem het besluit dat voor het jaar ervoor geldt (`GET /v1/tariefbesluiten?jaar=`), of een ander jaar."


class NietVoorgesteld(Conflict):
    type, title = "niet-voorgesteld", "Er is niets te bevestigen"
    meaning = "De tariefindexatie wacht nog op fonds, is mislukt, of is al verwerkt."
    remedy = "Kijk bij `status` hoe het ermee staat."


class ZelfdeOgen(Forbidden):
    type, title = "tariefindexatie-zelfde-ogen", "Bevestigen doet een ander"
    meaning = "Wie het voorstel indiende, bevestigt het niet: nodig is een ander contract, van een andere organisatie of rol."
    remedy = "Laat iemand met een andere rol (bijvoorbeeld de fiatteur), of van een andere organisatie, het bevestigen."


class GeenIndexatie(Conflict):
    type, title = "geen-indexatie", "Geen indexatie voor dit jaar"
    meaning = "Fonds heeft voor deze clausule en dit jaar geen indexatie."
    remedy = "Laat haar bij fonds vaststellen en vraag het daarna opnieuw aan."


class IndexatieOnbruikbaar(Conflict):
    type, title = "indexatie-onbruikbaar", "Uitkomst kan geen prijs zijn"
    meaning = (
        "Een prijs wordt nul, te hoog, of heeft meer dan vier decimalen; of fonds rekent iets anders uit dan zijn clausule zegt."
    )
    remedy = "`detail` noemt de prijzen. Gebruik een clausule die prijzen afrondt op hoogstens vier decimalen."
