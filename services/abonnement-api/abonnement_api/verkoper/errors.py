from gemeengoed_kit.errors import Conflict, NotFound


class AanbiederNietGevonden(NotFound):
    type, title = "aanbieder-niet-gevonden", "Aanbieder niet gevonden"
    meaning = "Er is geen aanbieder met deze code."
    remedy = "Zoek hem op met `GET /v1/aanbieders`."


class VerkopergegevensNietGevonden(NotFound):
    type, title = "verkopergegevens-niet-gevonden", "Verkopergegevens niet gevonden"
    meaning = "Van deze aanbieder is niets vastgelegd om facturen mee te maken."
    remedy = "Leg het vast met `PUT /v1/aanbieders/{code}/verkopergegevens`."


class OnbekendeDienst(Conflict):
    type, title = "onbekende-dienst-voor-btw", "Onbekende dienst"
    meaning = "Er is geen dienst met deze code."
    remedy = "Zoek de diensten op met `GET /v1/aanbieders`."


class VerkopergegevensKloppenNiet(Conflict):
    type, title = "verkopergegevens-kloppen-niet", "Verkopergegevens kloppen niet"
    meaning = "Een nummer heeft een verkeerd controlecijfer; `detail` noemt alles."
    remedy = "Neem het nummer over uit het register of van de bank."


class BtwKloptNiet(Conflict):
    type, title = "btw-klopt-niet", "Behandeling van btw klopt niet"
    meaning = "Categorie, percentage en tekst passen niet bij elkaar; `detail` noemt alles."
    remedy = (
        "Geef bij `S` een percentage met hoogstens twee decimalen en geen tekst, bij `E` en `O` een tekst en geen percentage."
    )


class OnmogelijkeVerkoopwijze(Conflict):
    type, title = "onmogelijke-verkoopwijze", "Penvoerder past niet"
    meaning = "Bij `penvoerder` hoort de code van een stichting die diensten levert, en alleen daarbij."
    remedy = "Noem de code van een stichting; zie `GET /v1/aanbieders`."
