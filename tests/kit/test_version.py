"""Versions of a resource: a change that names none or another is refused."""

from __future__ import annotations

import pytest
from gemeengoed_kit.errors import OtherVersion, VersionMissing
from gemeengoed_kit.version import etag, require_version


def test_wijziging_van_de_versie_die_er_is_gaat_door():
    require_version(etag(3), 3)


def test_wijziging_zonder_versie_wordt_geweigerd():
    with pytest.raises(VersionMissing):
        require_version(None, 3)


@pytest.mark.parametrize("gezien", [etag(2), etag(33), '"x"', "3"])
def test_wijziging_van_een_andere_versie_wordt_geweigerd(gezien):
    with pytest.raises(OtherVersion):
        require_version(gezien, 3)
