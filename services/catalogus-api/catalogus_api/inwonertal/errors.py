from gemeengoed_kit.errors import Conflict, Invalid


class OngeldigeInwonertallen(Invalid):
    type, title = "ongeldige-inwonertallen", "Ongeldige inwonertallen"
    meaning = "Het bestand is niet leesbaar, of is niet dat van alle gemeenten op de peildatum. Er is niets ingelezen."
    remedy = "Stuur de cijfers van precies de gemeenten van die dag, met hun landstotaal; `invalidParams` noemt de fouten."


class InwonertallenWijkenAf(Conflict):
    type, title = "inwonertallen-wijken-af", "Inwonertallen wijken af van wat er staat"
    meaning = "Van deze peildatum staan hier al andere cijfers. Er is niets ingelezen."
    remedy = "Is het bestand een correctie van de bron, stuur het dan met `correctie=true`; wat er stond, blijft bewaard."
