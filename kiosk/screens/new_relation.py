"""A relation entered at the desk of the office: who, to whom, on which proof, agreed or not."""

from __future__ import annotations

from uuid import UUID

from kiosk.codes import Consent, Proof, Relation
from kiosk.screens import choices
from kiosk.screens.listing import Subject
from kiosk.screens.pair_form import PairForm, other_of, pair_of
from kiosk.screens.screen import DONE
from kiosk.text import N_
from kiosk.values import Stated
from kiosk.widgets.fields import Choice


class NewRelation(PairForm):
    TITLE_TEXT = N_("NEW RELATION")

    def load(self, subject: Subject) -> None:
        self.form.load(
            [
                other_of(subject),
                Choice("relation", N_("Relation"), required=True, options=choices.relations()),
                choices.proof_field(),
                Choice(
                    "consent",
                    N_("Agreement"),
                    options=choices.options((Consent.YES, Consent.NO)),
                    help=N_("Does the prisoner agree to this visitor?  Empty = not asked"),
                ),
            ]
        )

    async def save(self) -> None:
        from kiosk.services import relations

        values, subject = self.form.values, self.subject
        assert subject is not None
        person_id, prisoner_id = pair_of(subject, UUID(values["other"]))
        officer = self.kiosk.signed_in
        proof = Proof(values["proof"]) if values["proof"] else None
        stated = Stated(prisoner_id, Relation(values["relation"]), proof)
        await self.kiosk.write(relations.state, officer, person_id, stated)
        if values["consent"]:
            await self.kiosk.write(
                relations.answer, officer, person_id, prisoner_id, Consent(values["consent"])
            )
        self.form.touched = False
        await self.kiosk.back()
        if stated.kind is Relation.NOT_KIN and not values["consent"]:
            self.kiosk.front.say(
                DONE, N_("Who is no kin needs no relation. Nothing to record.")
            )
        else:
            self.kiosk.front.say(DONE, N_("The relation is recorded."))
