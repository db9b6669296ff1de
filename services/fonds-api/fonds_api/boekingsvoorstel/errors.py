from gemeengoed_kit.errors import Conflict, Forbidden, NotFound


class BoekingsvoorstelNietGevonden(NotFound):
    type, title = "boekingsvoorstel-niet-gevonden", "Boekingsvoorstel niet gevonden"
    meaning = "Er is geen boekingsvoorstel met deze identificatie, of niet voor uw rol."
    remedy = "Zoek het op met `GET /v1/boekingsvoorstellen`."


class AlVoorgesteld(Conflict):
    type, title = "al-voorgesteld", "Al voorgesteld"
    meaning = (
        "Voor dit document staat een boekingsvoorstel open; `voorstel` is zijn pad. Zolang het open staat, wordt van het "
        "document niets anders geboekt."
    )
    remedy = "Laat een ander dat voorstel bevestigen, of wijs het af en boek opnieuw."


class AlAfgehandeld(Conflict):
    type, title = "voorstel-al-afgehandeld", "Voorstel al afgehandeld"
    meaning = "Het voorstel is al bevestigd, afgewezen of verlopen; dat verandert niet meer."
    remedy = "Is het bevestigd, dan hoeft er niets meer te gebeuren; boek anders opnieuw."


class ZelfdeOgen(Forbidden):
    type, title = "zelfde-ogen", "Bevestigen doet een ander"
    meaning = "Wie het voorstel indiende, bevestigt het niet: nodig is een ander contract, van een andere organisatie of rol."
    remedy = "Laat iemand met een andere rol (bijvoorbeeld het bestuur), of van een andere organisatie, het bevestigen."
