"""Who belongs to a prisoner, or to whom a visitor belongs: approved, agreed to, refused."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from kiosk import wording
from kiosk.codes import Consent
from kiosk.screens import cards
from kiosk.screens.listing import Listing, Subject
from kiosk.screens.screen import DONE
from kiosk.text import N_, _, fill
from kiosk.values import PrisonerCard, RelationLine
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, line, shorten


class Relations(Listing[RelationLine]):
    TITLE_TEXT = N_("RELATIONS")
    FOOT_ROWS = 4
    EMPTY = N_("No relation is recorded.")

    async def look(self, subject: Subject) -> tuple[RelationLine, ...]:
        from kiosk.services import relation_lines

        officer = self.kiosk.signed_in
        if isinstance(subject, PrisonerCard):
            return await self.kiosk.read(
                relation_lines.of_prisoner, officer, subject.prisoner_id
            )
        return await self.kiosk.read(relation_lines.of_person, officer, subject.person_id)

    def columns(self) -> Line:
        of_prisoner = isinstance(self.subject, PrisonerCard)
        return line(
            at(3, _("visitor") if of_prisoner else _("prisoner"), Ink.HEAD),
            at(32, _("relation"), Ink.HEAD),
            at(49, _("approved"), Ink.HEAD),
            at(64, _("the prisoner"), Ink.HEAD),
        )

    def line_of(self, one: RelationLine) -> Line:
        if isinstance(self.subject, PrisonerCard):
            who = f"{one.person.surname} {one.person.given}, {one.person_birth[:4]}"
        else:
            who = f"{one.prisoner.surname} {one.prisoner.given}, {one.file_number}"
        today = self.kiosk.today()
        over = one.to_day is not None and one.to_day < today
        state, ink = _("yes"), Ink.PLAIN
        if not one.approved:
            state, ink = _("not approved"), Ink.WARN
        elif over:
            state, ink = _("is over"), Ink.BAD
        refuses = one.consent is Consent.NO
        return line(
            at(3, shorten(who, 28)),
            at(32, shorten(wording.label(one.kind), 16)),
            at(49, state, ink),
            at(64, wording.label(one.consent), Ink.BAD if refuses else Ink.PLAIN),
        )

    def more_of(self, one: RelationLine) -> Sequence[Line]:
        proof = wording.label(one.proof) if one.proof else _("not seen")
        stands = f"{one.approved_by}, {cards.day_text(one.approved_on)}"
        days = f"{cards.day_text(one.from_day)} - {cards.day_text(one.to_day)}"
        limited = one.from_day is not None or one.to_day is not None
        return [
            (),
            line(at(3, _("proof"), Ink.HEAD), at(20, proof)),
            line(
                at(3, _("approved by"), Ink.HEAD),
                at(20, shorten(stands, 31) if one.approved_by else "–"),
                at(52, fill(_("answer of {day}"), day=cards.day_text(one.consent_since))),
            ),
            line(at(3, _("valid"), Ink.HEAD), at(20, days if limited else _("no end"))),
        ]

    def question(self, one: RelationLine | None) -> str:
        # A visitor's own card leads to their double records; a prisoner's has no room for it.
        of_prisoner = isinstance(self.subject, PrisonerCard)
        if one is None and of_prisoner:
            return N_("5 new   6 permissions   7 recorded twice?   Esc = back")
        if one is None:
            return N_("5 new   6 permissions   Esc = back")
        if of_prisoner:
            return N_("1 approve  2 agrees  3 refuses  4 end  5 new  6 permissions  7 twice?")
        return N_("1 approve  2 agrees  3 refuses  4 end  5 new  6 permissions  Enter = card")

    async def act(self, key: str, one: RelationLine | None) -> bool:
        subject = self.subject
        if key == "5":
            await self.kiosk.go("new_relation", subject)
        elif key == "6":
            await self.kiosk.go("permissions", subject)
        elif key == "7" and isinstance(subject, PrisonerCard):
            await self.kiosk.go("joins", subject)
        elif one is None:
            return False
        elif key == "1":
            await self.kiosk.go("approve", one)
        elif key == "2":
            await self._answer(one, Consent.YES)
        elif key == "3":
            self.confirm(
                N_(
                    "Does the prisoner refuse this visitor?   Enter = yes, record it   Esc = no"
                ),
                partial(self._answer, one, Consent.NO),
            )
        elif key == "4":
            self.confirm(
                N_("End this relation?   Enter = it ends today   Esc = no"),
                partial(self._end, one),
            )
        elif key == "enter" and isinstance(subject, PrisonerCard):
            await self.kiosk.go("person_card", one.person_id)
        elif key == "enter":
            await self.kiosk.go("prisoner", one.prisoner_id)
        else:
            return False
        return True

    async def _answer(self, one: RelationLine, consent: Consent) -> None:
        from kiosk.services import relations

        reviews = await self.kiosk.write(
            relations.answer, self.kiosk.signed_in, one.person_id, one.prisoner_id, consent
        )
        await self.again()
        if reviews:
            self.say(DONE, N_("Recorded. Visits to look at again: {count}."), count=reviews)
        else:
            self.say(DONE, N_("The prisoner's answer is recorded."))

    async def _end(self, one: RelationLine) -> None:
        from kiosk.services import relations

        await self.kiosk.write(relations.end, self.kiosk.signed_in, one.relation_id)
        await self.again()
        self.say(DONE, N_("The relation has ended."))
