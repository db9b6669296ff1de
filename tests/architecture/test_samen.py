"""Tests that share what they start run in one process: pytest-xdist knows groups by the id of a test."""

from __future__ import annotations

import os

import pytest


@pytest.mark.xdist_group("samen")
def test_groep_staat_in_de_naam_waar_tests_zijn_verdeeld(request):
    assert request.node.nodeid.endswith("@samen") == ("PYTEST_XDIST_WORKER" in os.environ)
