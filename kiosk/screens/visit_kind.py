"""What kind of visit it is to be: a digit; of a long visit also the nights and the session."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from kiosk import wording
from kiosk.codes import Service
from kiosk.screens.screen import FormScreen
from kiosk.text import N_, _
from kiosk.values import Wanted
from kiosk.values.waiting import SessionLine
from kiosk.widgets.fields import Choice, Number, Option

_SWAP = "swap"
_LATER = "session"


class VisitKind(FormScreen):
    """`wanted` is what stands on Arrival, `sessions` those of today for the kind chosen."""

    TITLE_TEXT = N_("KIND OF VISIT")
    help_name = "visit_kind"

    def __init__(self) -> None:
        super().__init__()
        self.wanted: Wanted | None = None
        self.kind = ""

    def forget(self) -> None:
        super().forget()
        self.wanted, self.kind = None, ""

    @property
    def unsaved(self) -> bool:
        return False  # two digits are quicker typed again than a waiting scan is taken up

    async def enter(self, *about: object) -> None:
        """`about`: what Arrival asks for until now."""
        (wanted,) = about
        assert isinstance(wanted, Wanted)
        self.wanted, self.kind = wanted, ""
        self.form.load(
            [
                Choice(
                    "kind",
                    N_("Kind"),
                    required=True,
                    options=_kinds(),
                    help=N_("The kind of visit, by its digit   Esc = as it was"),
                )
            ]
        )

    async def save(self) -> None:
        values = self.form.values
        if self.kind:
            await self._take(
                Service(self.kind),
                int(values.get("nights") or 0),
                UUID(values["session"]) if values.get("session") else None,
            )
            return
        kind = values["kind"]
        assert self.wanted is not None
        if kind == _LATER:
            await self._ask_for_session(self.wanted.service)
        elif kind == Service.LONG_VISIT:
            await self._ask_for_session(Service.LONG_VISIT)
        elif kind == _SWAP:
            await self._take(Service.SHORT_VISIT, swap_from=Service.LONG_VISIT)
        else:
            await self._take(Service(kind))

    async def _ask_for_session(self, service: Service) -> None:
        from kiosk.services import sessions
        from kiosk.services.rooms import kind_for

        kiosk = self.kiosk
        of_today = await kiosk.read(
            sessions.on_day, kiosk.signed_in, kiosk.today(), kind_for(service)
        )
        proposed = await kiosk.read(sessions.now_for, kiosk.signed_in, service)
        assert self.wanted is not None
        self.kind = service.value
        nights = Number(
            "nights",
            N_("Nights"),
            required=True,
            least=1,
            most=10,
            whole_digits=2,
            help=N_("How many nights they stay, then Enter"),
        )
        session = Choice(
            "session",
            N_("Session"),
            options=tuple(_option(one) for one in of_today),
            help=N_("Hours, room, free places: a session by its digit; Enter = as proposed"),
        )
        values = {
            "nights": str(self.wanted.nights or 1),
            "session": str(proposed.slot_id) if proposed is not None else "",
        }
        fields = [nights] if service is Service.LONG_VISIT else []
        self.form.load(
            [*fields, *([session] if of_today else [])],
            values,
            proposed=["nights", "session"],
        )
        if not fields and not of_today:
            await self._take(service)
        else:
            self.show()

    async def _take(
        self,
        service: Service,
        nights: int = 0,
        slot_id: UUID | None = None,
        swap_from: Service | None = None,
    ) -> None:
        from kiosk.services import arrivals

        assert self.wanted is not None
        wanted = await self.kiosk.read(
            arrivals.another_kind,
            self.kiosk.signed_in,
            self.wanted,
            service,
            nights=nights,
            swap_from=swap_from,
            slot_id=slot_id,
        )
        self.form.touched = False
        await self.kiosk.go("arrival", wanted, replace=True)


def _kinds() -> tuple[Option, ...]:
    """Every visit by its digit; a short one paid by a long one stands behind its own kind."""
    short, *others = (one for one in Service if one.value.endswith("_visit"))
    return (
        Option(short.value, partial(wording.label, short)),
        Option(_SWAP, lambda: f"{wording.short(short)}, {_('for a long one')}"),
        *(Option(one.value, partial(wording.label, one)) for one in others),
        Option(_LATER, lambda: _("another session of today")),
    )


def _option(session: SessionLine) -> Option:
    """Hours, room and free places, which is all that a list beside its field has room for."""
    said = f"{session.hours}  {session.room}  {session.free} / {session.seats}"
    return Option(str(session.slot_id), said)
