"""The participants in the local set-up, the services that they offer, and the contracts between them.

The peers and their OINs are invented. The test gemeente has no figures of its own: its contract gives it access to the data of
one real gemeente, of which only public facts are used.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

DOMEIN = "gemeengoed.localhost"
GROEP = "gemeengoed-lokaal"
DIRECTORY = "vng"
GEMEENTECODE = "GM0200"
"""The gemeente (Apeldoorn) whose data the test gemeente may see."""
VERBAND = "voorbeeldregio"
"""Code of the samenwerkingsverband that the test samenwerkingsverband acts for; the demo puts it down in catalogus."""


@dataclass(frozen=True)
class Deelnemer:
    """A peer of the Group."""

    code: str
    oin: str
    naam: str
    outway_poort: int

    def host(self, onderdeel: str) -> str:
        return f"{onderdeel}.{self.code}.{DOMEIN}"


@dataclass(frozen=True)
class Dienst:
    """A service that a peer offers.

    Attributes:
        eigenschappen: alternatives, of which a contract must match one: grant properties with their allowed texts, or an
            example where any text is allowed. They are in its publication; without any, every contract matches.
    """

    naam: str
    aanbieder: str
    poort: int
    eigenschappen: tuple[dict[str, list[str] | str], ...] = ()

    @property
    def serve_poort(self) -> int:
        """Port of the operator's listener of `serve`."""
        return self.poort + 10

    @property
    def work_poort(self) -> int:
        """Port of the operator's listener of `work`."""
        return self.poort + 20


@dataclass(frozen=True)
class Aansluiting:
    """A connection grant: `afnemer` calls `dienst`, perhaps `namens` another peer, with a role that all parties signed.

    Attributes:
        alias: its name at the Outway of `afnemer`; one peer has several to a service, one for each role.
        bron: the sources whose documents it books in fonds, with commas between them.
    """

    afnemer: str
    dienst: str
    rol: str
    alias: str
    namens: str | None = None
    gemeentecode: str | None = None
    samenwerkingsverband: str | None = None
    bron: str | None = None

    @property
    def eigenschappen(self) -> dict[str, Any]:
        """The grant's properties, in the form that the services read."""
        namen = ("rol", "gemeentecode", "samenwerkingsverband", "bron")
        gevuld = {naam: getattr(self, naam) for naam in namen}
        return {f"gemeengoed.{naam}": waarde for naam, waarde in gevuld.items() if waarde}


DEELNEMERS = {
    d.code: d
    for d in (
        Deelnemer("vng", "00000099000000001000", "VNG (test)", 8081),
        Deelnemer("administratiebureau", "00000099000000002000", "Administratiebureau (test)", 8082),
        Deelnemer("gemeente", "00000099000000003000", "Gemeente Voorbeeldstad (test)", 8083),
        Deelnemer("leverancier", "00000099000000004000", "Leverancier Voorbeeldsoftware (test)", 8084),
        # OIN 5000 and port 8085 are left to the peer that a reader of services/README.md makes.
        Deelnemer("samenwerkingsverband", "00000099000000006000", "Samenwerkingsverband Voorbeeldregio (test)", 8086),
    )
}

GREMIA = ("taskforce", "college", "bestuur", "ledenvergadering")
"""Roles of who decides about voorzieningen."""
ALS_GEMEENTE: dict[str, list[str] | str] = {"gemeengoed.rol": ["gemeente"], "gemeengoed.gemeentecode": GEMEENTECODE}
DIENSTEN = {
    d.naam: d
    for d in (
        Dienst("catalogus", "vng", 8101),
        Dienst(
            "fonds",
            "vng",
            8102,
            (
                {"gemeengoed.rol": ["fondsbeheerder", "administratie"], "gemeengoed.bron": "memoriaal"},
                {"gemeengoed.rol": ["bestuur", "ledenvergadering", "accountant"]},
                ALS_GEMEENTE,
            ),
        ),
        Dienst(
            "abonnement",
            "administratiebureau",
            8103,
            (
                {"gemeengoed.rol": ["administratie", "fiatteur", "accountant", "commissie", "toegangspunt"]},
                {"gemeengoed.rol": ["aanbieder"], "gemeengoed.aanbieder": "stichting-kindertelefoon"},
                ALS_GEMEENTE,
            ),
        ),
    )
}

AANSLUITINGEN = (
    # Between the services: abonnement reads from catalogus and books in fonds; fonds reads from catalogus.
    Aansluiting("administratiebureau", "catalogus", "dienst", "catalogus"),
    Aansluiting("administratiebureau", "fonds", "administratie", "fonds", bron="abonnement"),
    Aansluiting("vng", "catalogus", "dienst", "catalogus"),
    # Users: the bureau and the fund's manager use their own service through their own Outway.
    Aansluiting("administratiebureau", "abonnement", "administratie", "abonnement"),
    Aansluiting("administratiebureau", "abonnement", "fiatteur", "abonnement-fiatteur"),
    Aansluiting("vng", "fonds", "fondsbeheerder", "fonds", bron="memoriaal"),
    # Its bestuur and members adopt begrotingen.
    Aansluiting("vng", "fonds", "bestuur", "fonds-bestuur"),
    Aansluiting("vng", "fonds", "ledenvergadering", "fonds-ledenvergadering"),
    # A gemeente, and its supplier that works on its behalf.
    Aansluiting("gemeente", "catalogus", "gemeente", "catalogus", gemeentecode=GEMEENTECODE),
    Aansluiting("gemeente", "fonds", "gemeente", "fonds", gemeentecode=GEMEENTECODE),
    Aansluiting("gemeente", "abonnement", "gemeente", "abonnement", gemeentecode=GEMEENTECODE),
    Aansluiting("leverancier", "abonnement", "gemeente", "abonnement", namens="gemeente", gemeentecode=GEMEENTECODE),
    Aansluiting("leverancier", "catalogus", "leverancier", "catalogus", namens="gemeente", gemeentecode=GEMEENTECODE),
    Aansluiting("samenwerkingsverband", "catalogus", "samenwerkingsverband", "catalogus", samenwerkingsverband=VERBAND),
    # The association keeps the catalogue, and each of its gremia records what it decides: a contract each, named after the role.
    *(Aansluiting("vng", "catalogus", rol, rol) for rol in ("catalogusbeheer", *GREMIA)),
)
