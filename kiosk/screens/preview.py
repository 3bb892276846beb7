"""A paper looked at before it is printed, or again: its rows in the letters of this printer."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from kiosk.codes import Template
from kiosk.screens.copying import Copying
from kiosk.screens.roll import RollScreen
from kiosk.screens.screen import DESK, GATE_KEYS
from kiosk.spool import SpoolState
from kiosk.text import N_
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import line


class Preview(RollScreen):
    """About a stored print job (its id), or about a template: then its sample is shown."""

    TITLE_TEXT = N_("PREVIEW")
    help_name = "preview"

    def __init__(self) -> None:
        super().__init__()
        self._job_id: UUID | None = None
        self._copying = Copying(self)

    @property
    def keys(self) -> Mapping[int, str]:
        return {**GATE_KEYS, 5: N_("Print")} if self._copies else GATE_KEYS

    @property
    def _copies(self) -> bool:
        """Whether a copy can be ordered here: of a stored paper, by who registers visits."""
        officer = self.kiosk.officer
        return self._job_id is not None and officer is not None and officer.may(*DESK)

    def forget(self) -> None:
        super().forget()
        self._job_id = None
        self._copying.forget()

    async def enter(self, *about: object) -> None:
        from kiosk import printouts
        from kiosk.printouts import preview
        from kiosk.printouts.specimen import specimen
        from kiosk.roll import Roll

        (shown,) = about
        self._copying.forget()
        roll = Roll.of(self.kiosk.settings.printer)
        if isinstance(shown, Template):
            self._job_id = None
            printed = specimen(shown, roll.columns, roll.text_mode)
        else:
            from kiosk.services import consult

            assert isinstance(shown, UUID)
            job = await self.kiosk.write(consult.paper, self.kiosk.signed_in, shown)
            self._job_id = job.job_id
            printed = printouts.paper(job.template, job.body, roll.columns)
        self.lay(
            [
                line((roll.shown(row.text), Ink.BOLD if row.bold else Ink.PLAIN))
                for row in preview.preview(printed, roll.columns)
            ],
            roll.columns,
        )

    async def returned(self) -> None:
        self._copying.forget()

    async def paper_changed(self, state: SpoolState) -> None:
        await self._copying.follow()

    def draw(self) -> None:
        super().draw()
        if self._copies:
            self.ask(N_("↑↓ PgUp PgDn = the rest   F5 = print a marked copy   Esc = back"))
        else:
            self.ask(N_("↑↓ PgUp PgDn = the rest of the paper   Esc = back"))

    async def typed(self, key: str, character: str | None) -> bool:
        if key != "f5" or not self._copies:
            return await super().typed(key, character)
        assert self._job_id is not None
        await self._copying.order(self._job_id)
        return True
