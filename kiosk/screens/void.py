"""A visit is made void by a supervisor, with the reason; its number stays."""

from __future__ import annotations

from kiosk import wording
from kiosk.codes import VoidReason
from kiosk.screens import choices
from kiosk.screens.screen import DONE, HeadedFormScreen
from kiosk.text import N_
from kiosk.values import Departure
from kiosk.widgets.fields import Choice, Field, Option, Text
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import at, line


def fields_of(reasons: tuple[Option, ...]) -> list[Field]:
    """What is asked of anything that is made void."""
    return [
        Choice(
            "reason",
            N_("Reason"),
            required=True,
            options=reasons,
            help=N_("Why it is void, by its digit   Esc = it is not"),
        ),
        Text(
            "words",
            N_("In words"),
            limit=200,
            help=N_("In a few words, or nothing; Enter = make it void"),
        ),
    ]


class VoidVisit(HeadedFormScreen):
    """About a visit that was opened by its badge."""

    HEAD_ROWS = 4
    TITLE_TEXT = N_("MAKE VOID")
    help_name = "departure"

    def __init__(self) -> None:
        super().__init__()
        self.departure: Departure | None = None

    def forget(self) -> None:
        super().forget()
        self.departure = None
        self.head.show([])

    @property
    def consequence(self) -> bool:
        return True

    async def enter(self, *about: object) -> None:
        (departure,) = about
        assert isinstance(departure, Departure)
        self.departure = departure
        self.form.load(fields_of(choices.options(VoidReason)))

    def draw(self) -> None:
        super().draw()
        departure = self.departure
        if departure is None:
            self.head.show([])
            return
        self.head.show(
            [
                (),
                line(
                    at(2, departure.number, Ink.BOLD), "   ", wording.label(departure.service)
                ),
                line(at(2, "→ " + departure.prisoner), f", {departure.file_number}"),
            ]
        )

    async def save(self) -> None:
        from kiosk.services import outcomes

        departure, values = self.departure, self.form.values
        assert departure is not None
        await self.kiosk.write(
            outcomes.void,
            self.kiosk.signed_in,
            departure.case_id,
            VoidReason(values["reason"]),
            values["words"],
        )
        self.form.touched = False
        await self.kiosk.home()
        self.kiosk.front.say(
            DONE, N_("Visit {number} is void. Its number stays."), number=departure.number
        )
