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
