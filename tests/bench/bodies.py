"""What the load generator sends and the service answers: both sides know it, so each can tell when a byte is missing."""

from __future__ import annotations

import random

SMALL = b'{"naam":"Voorbeeld","antwoord":"een klein antwoord, zoals de meeste aanroepen er een krijgen"}'
LARGE = random.Random(2018).randbytes(1 << 20)
RECEIVED, DAMAGED = b'{"ontvangen":"heel"}', b'{"ontvangen":"beschadigd"}'
