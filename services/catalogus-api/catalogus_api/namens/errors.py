from gemeengoed_kit.errors import Forbidden


class AndereOrganisatie(Forbidden):
    type, title = "andere-organisatie", "Deze gemeente is een andere organisatie"
    meaning = "Uw contract noemt een gemeente die volgens de catalogus een ander OIN heeft dan u, of dan namens wie u handelt."
    remedy = (
        "Laat de aanbieder het contract of het OIN van de gemeente verbeteren; zie `GET /v1/gemeenten/{code}/identificaties`."
    )


class NietNamensDezeGemeente(Forbidden):
    type, title = "niet-namens-deze-gemeente", "Niet namens deze gemeente"
    meaning = "Uw contract laat u niet voor deze gemeente handelen."
    remedy = "Noem de gemeente van uw contract; een samenwerkingsverband handelt voor wie vandaag lid is."
