"""Versions of a resource: a change that names none or another is refused."""

from __future__ import annotations

import pytest
from gemeengoed_kit.conditional import Changed, VersionNeeded, etag, require_match


def test_wijziging_van_de_versie_die_er_is_gaat_door():
    require_match(etag(3), 3)


def test_wijziging_zonder_versie_wordt_geweigerd():
    with pytest.raises(VersionNeeded):
        require_match(None, 3)


@pytest.mark.parametrize("gezien", [etag(2), etag(33), '"x"', "3"])
def test_wijziging_van_een_andere_versie_wordt_geweigerd(gezien):
    with pytest.raises(Changed):
        require_match(gezien, 3)
