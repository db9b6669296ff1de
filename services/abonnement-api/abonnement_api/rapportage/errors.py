from gemeengoed_kit.errors import Conflict


class StandInDeToekomst(Conflict):
    type, title = "stand-in-de-toekomst", "Stand in de toekomst"
    meaning = "Van een dag na vandaag is nog niet bekend wat er open staat."
    remedy = "Vraag de stand van vandaag of van eerder."
