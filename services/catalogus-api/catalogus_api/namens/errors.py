from gemeengoed_kit.errors import Conflict, Forbidden


class NietNamensDezeGemeente(Forbidden):
    type, title = "niet-namens-deze-gemeente", "Niet namens deze gemeente"
    meaning = "Uw contract laat u niet voor deze gemeente handelen."
    remedy = "Noem de gemeente van uw contract; een samenwerkingsverband handelt voor wie vandaag lid is."


class OnbekendeGemeente(Conflict):
    type, title = "onbekende-gemeente", "Onbekende gemeente"
    meaning = "De gemeente of het samenwerkingsverband waarvoor u handelt, bestaat vandaag niet."
    remedy = (
        "Zoek de code op met `GET /v1/gemeenten` of `GET /v1/samenwerkingsverbanden`; wie is heringedeeld, heeft een opvolger."
    )
