"""Correction of what is known of a visitor; the earlier versions stay in the register."""

from __future__ import annotations

from kiosk.codes import Sex
from kiosk.screens import choices
from kiosk.screens.language import NAMES
from kiosk.screens.screen import DONE, FormScreen
from kiosk.text import N_
from kiosk.values import PersonCard, PersonDetails
from kiosk.widgets.fields import Choice, Date, Name, Option, PersonalNumber, Phone


class Correct(FormScreen):
    TITLE_TEXT = N_("CORRECTION")
    help_name = "card"

    def __init__(self) -> None:
        super().__init__()
        self.card: PersonCard | None = None

    def forget(self) -> None:
        super().forget()
        self.card = None

    async def enter(self, *about: object) -> None:
        (card,) = about
        assert isinstance(card, PersonCard)
        if self.unsaved and self.card is not None and self.card.person_id == card.person_id:
            return
        self.card = card
        self.form.load(
            [
                Name("surname", N_("Surname"), required=True),
                Name("given", N_("Given name"), required=True),
                Name("patronymic", N_("Patronymic")),
                Date(
                    "birth",
                    N_("Born"),
                    required=True,
                    today=self.kiosk.today(),
                    partly_unknown=True,
                ),
                Choice("sex", N_("Sex"), required=True, options=choices.sexes()),
                PersonalNumber("personal_number", N_("PIN")),
                Phone("phone", N_("Phone")),
                Choice(
                    "language",
                    N_("Language"),
                    options=tuple(Option(code, name) for code, name in NAMES.items()),
                    help=N_("In which language the papers are for this person; may stay empty"),
                ),
            ],
            {
                "surname": card.name.surname,
                "given": card.name.given,
                "patronymic": card.name.patronymic,
                "birth": card.birth,
                "sex": card.sex.value,
                "personal_number": card.personal_number,
                "phone": card.phone,
                "language": card.language,
            },
        )

    async def save(self) -> None:
        from kiosk.services import people

        assert self.card is not None
        values = self.form.values
        details = PersonDetails(
            surname=values["surname"],
            given=values["given"],
            patronymic=values["patronymic"],
            birth=values["birth"],
            sex=Sex(values["sex"]),
            personal_number=values["personal_number"],
            phone=values["phone"],
            language=values["language"],
        )
        await self.kiosk.write(
            people.correct, self.kiosk.signed_in, self.card.person_id, details
        )
        self.form.touched = False
        await self.kiosk.back()
        self.kiosk.front.say(DONE, N_("Corrected. What stood there before is kept."))
