"""One opening of a printer's line, and what was learnt since: all forgotten with the next."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial

from devices.port import AsyncPort, LineSettings
from devices.printers.status import ASK_PROOF, Ask, StatusParser

# How far apart two answers to GS r may come when nothing is printed between them.
RESYNC_S = 0.3
# So many rounds without an answer make a printer silent that used to answer.
SILENT_AFTER = 2


class Connection:
    """Raises PortUnavailable when the line cannot be opened."""

    def __init__(self, line: LineSettings, write_deadline_s: float) -> None:
        self.parser = StatusParser()
        self.mute: bool | None = None
        """Whether it answers no question; None until the first answer or the first silence."""
        self.proofs_owed = 0
        """Answers to GS r that are still to come, in the order of the papers."""
        self.never_proves = False
        self._unanswered = 0
        self._questions = [Ask.PAPER, Ask.OFFLINE_CAUSE, Ask.ERROR_CAUSE, Ask.PRINTER]
        self._answered: set[Ask] = set()
        self._asking = asyncio.Lock()
        self._write_deadline_s = write_deadline_s
        self._news = asyncio.Event()
        self._stir = asyncio.Event()
        self.port = AsyncPort.open(line, self._take, self._gone)

    @property
    def silent(self) -> bool:
        """Whether it used to answer and now does not: switched off, or its cable half out."""
        return self.mute is False and self._unanswered >= SILENT_AFTER

    @property
    def answered_last(self) -> bool:
        return self.mute is False and not self._unanswered

    async def ask(self, patience: float) -> None:
        """Asks for the whole condition; each answer may take `patience` seconds.

        One question at a time, because an answer does not say what it answers: a clone that
        knows only some of them would otherwise report the paper as a broken cutter.
        Raises PortLost or PortStuck.
        """
        async with self._asking:
            for question in tuple(self._questions):
                self.parser.asked(question)
                await self.port.write(question.command, self._write_deadline_s)
                await self.heard(patience, lambda: not self.parser.waiting)
                if not self.parser.waiting:
                    self._answered.add(question)
                    self._unanswered = 0
                    self.mute = False
                    continue
                self.parser.forget_questions()
                if question in self._answered or self.mute is not False:
                    self._unanswered += 1
                    if self.mute is None:
                        self.mute = True
                    return
                self._questions.remove(question)

    async def resynchronise(self) -> None:
        """Settles whether an earlier proof is still to come or was lost with the printer's
        memory; without this a late answer would prove the wrong paper.

        One more GS r is asked: answers still owed come before its own, and at once.
        Raises PortLost or PortStuck.
        """
        await self.port.write(ASK_PROOF, self._write_deadline_s)
        self.proofs_owed += 1
        owed = self.proofs_owed
        while self.proofs_owed:
            before = self.proofs_owed
            await self.heard(RESYNC_S, partial(self._fewer_owed_than, before))
            if self.proofs_owed == before:
                break
        if self.proofs_owed < owed:
            self.proofs_owed = 0

    def _fewer_owed_than(self, before: int) -> bool:
        return self.proofs_owed < before

    async def heard(self, seconds: float, enough: Callable[[], bool]) -> None:
        """Waits until `enough`, which is looked at when bytes came; for the end of the line;
        or until `seconds` are over."""
        try:
            async with asyncio.timeout(seconds):
                while not enough() and not self.port.closed:
                    await self._news.wait()
        except TimeoutError:
            return

    async def rest(self, seconds: float) -> None:
        """Waits `seconds`, or until `stir` or the end of the line."""
        try:
            async with asyncio.timeout(seconds):
                await self._stir.wait()
        except TimeoutError:
            pass
        self._stir.clear()

    def stir(self) -> None:
        """Ends a rest: a paper is on its way, or waits."""
        self._stir.set()

    def drop(self) -> None:
        """Gives the line up, with all that the printer has not taken."""
        self.port.abort()
        self._gone()

    def _take(self, data: bytes) -> None:
        before = self.parser.proofs
        self.parser.feed(data)
        self.proofs_owed = max(0, self.proofs_owed - (self.parser.proofs - before))
        self._ring()

    def _gone(self) -> None:
        self._stir.set()
        self._ring()

    def _ring(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()
