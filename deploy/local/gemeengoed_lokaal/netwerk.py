"""A loopback address for each stack, so that the fixed ports of FSC (8443) of two stacks never clash."""

from __future__ import annotations

import random
import socket
import sys


def vrij(adres: str, poorten: list[int]) -> bool:
    """Whether every port can be bound on this loopback address right now."""
    for poort in poorten:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as sock:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                sock.bind((adres, poort))
            except OSError:
                return False
    return True


def kies_adres(poorten: list[int], *, voorkeur: str | None = None) -> str:
    """A loopback address on which all ports are free: the preferred one, else a random one of 127.0.0.0/8.

    On Linux all of 127.0.0.0/8 works without configuration; elsewhere only 127.0.0.1 exists.

    Raises:
        RuntimeError: no address has all ports free.
    """
    if voorkeur and vrij(voorkeur, poorten):
        return voorkeur
    if sys.platform == "linux":
        keuze = random.SystemRandom()
        for _ in range(50):
            adres = f"127.{keuze.randint(16, 250)}.{keuze.randint(1, 250)}.{keuze.randint(2, 250)}"
            if vrij(adres, poorten):
                return adres
    elif vrij("127.0.0.1", poorten):
        return "127.0.0.1"
    raise RuntimeError(f"no loopback address has the ports {poorten} free")
