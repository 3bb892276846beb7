"""The papers of investigators, courts and the head that name a prisoner, or a visitor."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from kiosk import wording
from kiosk.screens import cards
from kiosk.screens.listing import Listing, Subject
from kiosk.screens.screen import DONE
from kiosk.text import N_, _
from kiosk.values import PermissionLine, PrisonerCard
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, line, shorten


class Permissions(Listing[PermissionLine]):
    TITLE_TEXT = N_("PERMISSIONS")
    FOOT_ROWS = 4
    EMPTY = N_("No permission is recorded.")

    async def look(self, subject: Subject) -> tuple[PermissionLine, ...]:
        from kiosk.services import permissions

        officer = self.kiosk.signed_in
        if isinstance(subject, PrisonerCard):
            return await self.kiosk.read(permissions.of_prisoner, officer, subject.prisoner_id)
        return await self.kiosk.read(permissions.of_person, officer, subject.person_id)

    def columns(self) -> Line:
        return line(
            at(3, _("number"), Ink.HEAD),
            at(15, _("from whom"), Ink.HEAD),
            at(37, _("for whom"), Ink.HEAD),
            at(60, _("until"), Ink.HEAD),
            at(72, _("used"), Ink.HEAD),
        )

    def line_of(self, one: PermissionLine) -> Line:
        today = self.kiosk.today()
        over = one.to_day is not None and one.to_day < today
        spent = one.uses is not None and one.used >= one.uses
        if not isinstance(self.subject, PrisonerCard):
            whom = f"{one.prisoner.short}, {one.file_number}"
        else:
            whom = one.person.short if one.person is not None else one.office
        until = cards.day_text(one.to_day) if one.to_day else _("no end")
        return line(
            at(3, shorten(one.paper_no, 11)),
            at(15, shorten(wording.label(one.issuer), 21)),
            at(37, shorten(whom, 22)),
            at(60, until, Ink.BAD if over else Ink.PLAIN),
            at(72, f"{one.used} / {one.uses or '–'}", Ink.BAD if spent else Ink.PLAIN),
        )

    def more_of(self, one: PermissionLine) -> Sequence[Line]:
        whom = one.person.full if one.person is not None else one.office
        return [
            (),
            line(at(3, _("number"), Ink.HEAD), at(20, one.paper_no)),
            line(at(3, _("for whom"), Ink.HEAD), at(20, shorten(whom, 59))),
            line(at(3, _("valid"), Ink.HEAD), at(20, _days(one))),
        ]

    def question(self, one: PermissionLine | None) -> str:
        if one is None:
            return N_("1 new permission   Esc = back")
        return N_("1 new permission   2 it counts no more   Esc = back")

    async def act(self, key: str, one: PermissionLine | None) -> bool:
        if key == "1":
            await self.kiosk.go("new_permission", self.subject)
        elif key == "2" and one is not None:
            self.confirm(
                N_("This paper counts no more?   Enter = from today on   Esc = no"),
                partial(self._end, one),
            )
        else:
            return False
        return True

    async def _end(self, one: PermissionLine) -> None:
        from kiosk.services import permissions

        await self.kiosk.write(permissions.end, self.kiosk.signed_in, one.permission_id)
        await self.again()
        self.say(DONE, N_("This paper counts no more."))


def _days(one: PermissionLine) -> str:
    until = cards.day_text(one.to_day) if one.to_day else _("no end")
    return f"{cards.day_text(one.from_day)} - {until}"
