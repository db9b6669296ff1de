"""Every operation that writes, by every role: who may and who may not, whatever is asked. Generated from the specification."""

from __future__ import annotations

from fonds_api.app import service as fonds

ROLLEN = (
    "fondsbeheerder",
    "administratie",
    "gemeente",
    "bestuur",
    "ledenvergadering",
    "accountant",
    "dienst",
    "",
    "FONDSBEHEERDER",
)
ANDERS = {
    "/boekingen": {"fondsbeheerder", "administratie"},
    "/boekingen/bulk": {"fondsbeheerder", "administratie"},
    "/boekingen/{id}/storno": {"fondsbeheerder", "administratie"},
    "/boekingsvoorstellen/{id}/bevestigingen": {"fondsbeheerder", "administratie", "bestuur"},
    "/boekingsvoorstellen/{id}/afwijzingen": {"fondsbeheerder", "administratie", "bestuur"},
    "/fondsen/{code}/vier-ogen": {"bestuur"},
    "/fondsen/{code}/perioden/{totEnMet}/stappen": {"fondsbeheerder", "bestuur"},
    "/fondsen/{code}/medeondertekeningen": {"gemeente"},
    "/getuigen": {"gemeente"},
    "/begrotingen/{id}/aanvaardingen": {"fondsbeheerder", "bestuur", "ledenvergadering"},
    "/begrotingen/{id}/vaststellingen": {"bestuur", "ledenvergadering"},
    "/omslagen/{id}/vaststellingen": {"bestuur", "ledenvergadering"},
    "/jaarafsluitingen/{id}/bestemming": {"ledenvergadering"},
    "/inkooptrajecten/{code}/machtigingen": {"fondsbeheerder", "bestuur"},
}
"""All others are of the fondsbeheerder alone."""


def test_wie_niet_mag_schrijven_krijgt_403_wat_hij_ook_vraagt(client, als, issuer):
    gezien = set()
    for pad, item in fonds.api.openapi()["paths"].items():
        for methode, operatie in item.items():
            if methode not in ("post", "put", "patch", "delete"):
                continue
            gezien.add(pad)
            echt = "/v1" + pad
            for deel in operatie.get("parameters", []):
                if deel["in"] == "path":
                    echt = echt.replace(f"{{{deel['name']}}}", str(deel["schema"].get("example", "x")))
            sleutel = {"Idempotency-Key": "x", "If-Match": "*"}
            assert client.request(methode, echt, json={}, headers=sleutel).status_code == 401, pad
            zonder = {**issuer.headers("00000099000000000003"), **sleutel}
            assert client.request(methode, echt, json={}, headers=zonder).status_code == 403, pad
            for rol in ROLLEN:
                kop = {**als(rol, gemeentecode="GM0344"), **sleutel}
                status = client.request(methode, echt, json={}, headers=kop).status_code
                mag = rol in ANDERS.get(pad, {"fondsbeheerder"})
                assert (status != 403) == mag and status < 500, (rol, methode, pad, status)
    assert gezien > ANDERS.keys() and len(gezien) > 40
