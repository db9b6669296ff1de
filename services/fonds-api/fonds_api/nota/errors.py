from gemeengoed_kit.errors import Conflict, NotFound


class NotaNietGevonden(NotFound):
    type, title = "nota-niet-gevonden", "Nota niet gevonden"
    meaning = "Er is geen nota met dit nummer, of zij is niet van u."
    remedy = "Zoek haar op met `GET /v1/notas`."


class OnbekendeNotabron(Conflict):
    type, title = "onbekende-notabron", "Onbekende bron van nota's"
    meaning = (
        "De aanvraag noemt een ronde, termijn of afrekening die niet bestaat, niet van uw fonds is of nog niet is vastgesteld."
    )
    remedy = "Zoek de ronde, de termijnen van haar omslag of de afrekening op."


class OnbekendeNota(Conflict):
    type, title = "onbekende-nota", "Onbekende nota"
    meaning = "De aanvraag noemt een nota die niet bestaat, of niet van dit fonds en deze gemeente is."
    remedy = "Zoek de nota's op met `GET /v1/notas`."


class NietTeCrediteren(Conflict):
    type, title = "niet-te-crediteren", "Niet te crediteren"
    meaning = (
        "Een creditnota hoort bij een nota en is samen met eerdere niet hoger dan die nota; `hoogstensCent` is wat er nog kan."
    )
    remedy = "Crediteer hoogstens dat bedrag."


class NotarondeOnduidelijk(Conflict):
    type, title = "notaronde-onduidelijk", "Notaronde onduidelijk"
    meaning = "Nota's zijn van een termijn van een ronde, of van een afrekening: noem het een of het ander."
    remedy = "Geef `ronde` met `termijn`, of `afrekening`."


class NietToeTeRekenen(Conflict):
    type, title = "niet-toe-te-rekenen", "Niet toe te rekenen"
    meaning = "Een bedrag is hoger dan wat er van de ontvangst over is of van de nota openstaat, of heeft het verkeerde teken."
    remedy = "Verbeter wat `invalidParams` noemt; wat over is, blijft staan als vooruitbetaald."
