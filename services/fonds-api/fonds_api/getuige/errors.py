from gemeengoed_kit.errors import Conflict, NotFound


class GetuigeNietGevonden(NotFound):
    type, title = "getuige-niet-gevonden", "Getuige niet gevonden"
    meaning = "Er is geen getuige met dit nummer."
    remedy = "Zoek hem op met `GET /v1/getuigen`."


class GeenGetuige(Conflict):
    type, title = "geen-getuige", "Geen getuige"
    meaning = "Uw gemeente heeft nog geen sleutel aangemeld, of haar laatste is ingetrokken."
    remedy = "Meld uw publieke sleutel eerst aan met `POST /v1/getuigen`."


class AanmeldingKloptNiet(Conflict):
    type, title = "aanmelding-klopt-niet", "Aanmelding klopt niet"
    meaning = "De aangemelde sleutel is geen bruikbare sleutel, of de handtekeningen bewijzen niet dat hij van u is."
    remedy = (
        "Onderteken precies de tekst die `detail` noemt met de nieuwe sleutel, en bij een opvolging ook met de vorige. Is de "
        "vorige verloren, vraag de fondsbeheerder dan om hem in te trekken."
    )


class GetuigeVanAnder(Conflict):
    type, title = "getuige-van-een-ander", "Getuige van een ander"
    meaning = "De sleutel of zijn naam is al van een andere gemeente, of een andere organisatie meldde deze gemeente aan."
    remedy = "Neem een eigen sleutel en naam. Wisselt de gemeente van organisatie, vraag de fondsbeheerder dan om de intrekking."


class AlIngetrokken(Conflict):
    type, title = "getuige-al-ingetrokken", "Getuige al ingetrokken"
    meaning = "Deze sleutel is al ingetrokken, of al door een andere opgevolgd."
    remedy = "Er hoeft niets meer te gebeuren."


class NietOnsCheckpoint(Conflict):
    type, title = "niet-ons-checkpoint", "Niet ons checkpoint"
    meaning = "De tekst is niet die van een checkpoint dat deze dienst voor dit fonds heeft ondertekend."
    remedy = (
        "Onderteken de tekst van `GET /v1/fondsen/{code}/checkpoint` zonder haar te wijzigen. Heeft u een checkpoint met onze "
        "handtekening en een andere wortel, bewaar het dan en meld het aan andere getuigen: het logboek is herschreven."
    )


class MedeondertekeningKloptNiet(Conflict):
    type, title = "medeondertekening-klopt-niet", "Medeondertekening klopt niet"
    meaning = "Er is geen geldige medeondertekening bij van de sleutel die u heeft aangemeld."
    remedy = "Onderteken volgens C2SP tlog-cosignature (cosignature/v1, Ed25519), met de aangemelde sleutel en de tijd van nu."
