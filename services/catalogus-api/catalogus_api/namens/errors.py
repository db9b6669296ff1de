from gemeengoed_kit.errors import Forbidden


class NietNamensDezeGemeente(Forbidden):
    type, title = "niet-namens-deze-gemeente", "Niet namens deze gemeente"
    meaning = "Uw contract laat u niet voor deze gemeente handelen."
    remedy = "Noem de gemeente van uw contract; een samenwerkingsverband handelt voor wie vandaag lid is."
