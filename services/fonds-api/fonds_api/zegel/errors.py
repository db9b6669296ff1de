from gemeengoed_kit.errors import Conflict, NotFound


class CheckpointNietGevonden(NotFound):
    type, title = "checkpoint-niet-gevonden", "Checkpoint niet gevonden"
    meaning = "Van dit fonds is er geen checkpoint met deze grootte, of nog helemaal geen."
    remedy = "Vraag het nieuwste op met `GET /v1/fondsen/{code}/checkpoint`; een nieuw fonds heeft het binnen tien seconden."


class NogNietVerzegeld(Conflict):
    type, title = "nog-niet-verzegeld", "Nog niet verzegeld"
    meaning = "De boeking is vastgelegd en staat nog niet in een ondertekend checkpoint (met deze grootte)."
    remedy = "Vraag het bewijs over tien seconden opnieuw, of noem een grotere `grootte`. Blijft het uit, meld het de aanbieder."


class LogboekKleiner(Conflict):
    type, title = "logboek-kleiner", "Het logboek is kleiner"
    meaning = "Zo groot als gevraagd is het logboek van het fonds niet."
    remedy = (
        "Vraag hoogstens de grootte van het nieuwste checkpoint. Heeft u een ondertekend checkpoint dat groter is, dan is er "
        "iets mis bij de aanbieder (een teruggezette reservekopie, of erger): bewaar het en meld het."
    )
