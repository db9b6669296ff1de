"""A gemeente that fetches a document itself has it. A GET changes nothing, so this is written down after the answer, in a
transaction of its own: as a log of who came, which nobody asked for (RFC 9110, 9.2.1). If that fails, the next time counts."""

from __future__ import annotations

import functools
import logging
from typing import Annotated

from fastapi import Depends, Request, Response
from gemeengoed_kit.context import Context, Work
from gemeengoed_kit.eyes import ByEyes, Eyes
from gemeengoed_kit.identity import Caller
from gemeengoed_kit.route import ByCaller
from starlette.background import BackgroundTask

from abonnement_api.bezorging import service
from abonnement_api.toegang import GEMEENTE

log = logging.getLogger("gemeengoed.bezorging")


class Ophalen:
    """Who fetches, and where to write that down."""

    def __init__(self, context: Context, caller: Caller, wie: Eyes) -> None:
        self._context, self._caller, self._wie = context, caller, wie

    def gegeven(self, work: Work, response: Response, nummer: str, vorm: str) -> Response:
        """The response, with what is to be done after it."""
        if response.status_code == 200 and self._wie.role == GEMEENTE and service.is_op_te_halen(work, nummer):
            response.background = BackgroundTask(self._noteer, nummer, vorm)
        return response

    async def _noteer(self, nummer: str, vorm: str) -> None:
        try:
            await self._context.lanes.writing.run(functools.partial(self._schrijf, nummer, vorm))
        except Exception as error:  # the answer has been given, and the next fetch is written down
            log.warning("that %s was fetched could not be written down: %s", nummer, error)

    def _schrijf(self, nummer: str, vorm: str) -> None:
        with self._context.work(self._caller.actor) as work:
            service.opgehaald(work, self._wie, nummer, vorm)


async def _ophalen(request: Request, caller: ByCaller, wie: ByEyes) -> Ophalen:
    return Ophalen(request.app.state.context, caller, wie)


InOphalen = Annotated[Ophalen, Depends(_ophalen)]
