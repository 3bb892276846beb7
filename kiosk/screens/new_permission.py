"""A permission to visit a prisoner, as the paper lies before the officer."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from kiosk.codes import Issuer
from kiosk.screens import choices
from kiosk.screens.listing import Subject
from kiosk.screens.pair_form import PairForm, other_of, pair_of
from kiosk.screens.screen import DONE
from kiosk.text import N_
from kiosk.values import PermissionEntry, PrisonerCard
from kiosk.widgets.fields import Choice, Date, Field, Number, Side, Text


class NewPermission(PairForm):
    TITLE_TEXT = N_("NEW PERMISSION")

    def load(self, subject: Subject) -> None:
        today = self.kiosk.today()
        self.form.load(
            self._fields(subject, today), {"from_day": today.isoformat()}, proposed=["from_day"]
        )

    def _fields(self, subject: Subject, today: date) -> list[Field]:
        office = Text(
            "office",
            N_("Office"),
            help=N_("For whoever comes from there, when the paper names nobody"),
        )
        return [
            other_of(subject, required=False),
            *([office] if isinstance(subject, PrisonerCard) else []),
            Choice("issuer", N_("Given by"), required=True, options=choices.issuers()),
            Text("paper_no", N_("Paper number"), required=True, limit=20),
            Date("from_day", N_("First day"), required=True, side=Side.ANY, today=today),
            Date(
                "to_day",
                N_("Last day"),
                side=Side.FUTURE,
                today=today,
                help=N_("Empty = without a limit"),
            ),
            Number(
                "uses",
                N_("For how many"),
                least=1,
                most=366,
                help=N_("For how many visits; empty = without a limit"),
            ),
        ]

    async def save(self) -> None:
        from kiosk.services import permissions

        values, subject = self.form.values, self.subject
        assert subject is not None
        person_id: UUID | None = None
        if values["other"]:
            person_id, prisoner_id = pair_of(subject, UUID(values["other"]))
        else:
            assert isinstance(subject, PrisonerCard)
            prisoner_id = subject.prisoner_id
        entered = PermissionEntry(
            prisoner_id=prisoner_id,
            person_id=person_id,
            office=values.get("office", ""),
            issuer=Issuer(values["issuer"]),
            paper_no=values["paper_no"],
            from_day=date.fromisoformat(values["from_day"]),
            to_day=date.fromisoformat(values["to_day"]) if values["to_day"] else None,
            uses=int(values["uses"]) if values["uses"] else None,
        )
        await self.kiosk.write(permissions.grant, self.kiosk.signed_in, entered)
        self.form.touched = False
        await self.kiosk.back()
        self.kiosk.front.say(DONE, N_("The permission is recorded."))
