"""Arrival of somebody new: the form filled from the document, the rest typed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from kiosk import scans
from kiosk.codes import DocumentCheck, DocumentKind, DocumentSource, Proof, Relation, Sex
from kiosk.doubts import Doubt, marked
from kiosk.names import cyrillic_from_latin, given_and_patronymic, looks_latin
from kiosk.screens import choices, lookup, person_draft
from kiosk.screens.language import NAMES
from kiosk.screens.person_draft import PersonDraft
from kiosk.screens.screen import FormScreen, FormUnfinished
from kiosk.screens.visiting import Visitor
from kiosk.text import N_
from kiosk.values import DocumentSeen, PersonCard, PersonEntry, PrisonerCard, Stated
from kiosk.widgets.fields import (
    Choice,
    Complaint,
    Country,
    Date,
    DocumentNumber,
    Field,
    Lookup,
    Marks,
    Name,
    Option,
    PersonalNumber,
    Phone,
    Side,
)


class NewPerson(FormScreen):
    TITLE_TEXT = N_("ARRIVAL, NEW PERSON")
    help_name = "person"

    def __init__(self) -> None:
        super().__init__()
        self.seen: DocumentSeen | None = None
        self.doubts: tuple[Doubt, ...] = ()

    def forget(self) -> None:
        super().forget()
        self.seen, self.doubts = None, ()

    async def enter(self, *about: object) -> None:
        """`about`: the document seen, its doubts, whom the group visits that is joined, and
        the card of somebody known whose document has to be typed.

        Without them the form is typed by hand; a form left unfinished is taken up again, and
        never overwritten by the next document.
        """
        if self.unsaved:
            if about:
                raise FormUnfinished(
                    N_("A form is unfinished: menu, 1. Save or drop it (F8); then F6.")
                )
            return
        if not about and (left := await person_draft.taken(self.kiosk)) is not None:
            self._take_up(*left)
            return
        seen, doubts, group, card = about or (None, (), None, None)
        assert seen is None or isinstance(seen, DocumentSeen)
        assert isinstance(doubts, tuple)
        self.seen, self.doubts = seen, doubts
        values = proposed_by(seen) if seen is not None else {"country": "KGZ"}
        if isinstance(card, PersonCard):
            values |= self._known(card)
        if isinstance(group, PrisonerCard):
            values["prisoner"] = str(group.prisoner_id)
        self.form.load(
            self._fields(group if isinstance(group, PrisonerCard) else None),
            values,
            proposed=[name for name, value in values.items() if value],
            # The names are what a person has to look at: the card has them in Latin only.
            first="surname" if seen is not None else "kind",
            evidence=self._evidence(seen),
            # Of two doubts about one field the first, which weighs more, is told.
            doubtful={
                doubt.field: Complaint(doubt.sentence)
                for doubt in reversed(doubts)
                if not doubt.retype
            },
            marked=self._marks(seen, values),
        )
        # What its own check digit refutes is no value: Enter alone does not pass it. The first
        # of them is what the form opens on, so it comes last.
        for doubt in reversed(doubts):
            if doubt.retype:
                self.form.complain(doubt.field, doubt.sentence)

    def _take_up(self, draft: PersonDraft, prisoner: PrisonerCard | None) -> None:
        """The form as it was before a crash; what was doubtful is doubtful again."""
        self.seen, self.doubts = draft.seen, draft.doubts
        values = dict(draft.values)
        self.form.load(
            self._fields(prisoner),
            values,
            evidence=self._evidence(draft.seen),
            doubtful={
                doubt.field: Complaint(doubt.sentence) for doubt in reversed(draft.doubts)
            },
        )
        self.form.touched = True

    def _fields(self, group: PrisonerCard | None) -> list[Field]:
        today = self.kiosk.today()
        return [
            Choice("kind", N_("Document"), required=True, options=choices.documents()),
            Country("country", N_("Issued by"), help=N_("Three letters of the state: KGZ")),
            DocumentNumber("number", N_("Number"), required=True),
            Date("expires", N_("Valid to"), side=Side.EXPIRY, today=today),
            Date("birth", N_("Born"), required=True, today=today, partly_unknown=True),
            Choice("sex", N_("Sex"), required=True, options=choices.sexes()),
            PersonalNumber("personal_number", N_("PIN")),
            Name(
                "surname",
                N_("Surname"),
                required=True,
                missing=N_("Surname is missing. Type it as on the card."),
            ),
            Name(
                "given",
                N_("Given name"),
                required=True,
                missing=N_("Given name is missing. Type it as on the card."),
            ),
            Name("patronymic", N_("Patronymic")),
            Phone("phone", N_("Phone")),
            Choice(
                "language",
                N_("Language"),
                options=tuple(Option(code, name) for code, name in NAMES.items()),
                help=N_("In which language the papers are for this person; may stay empty"),
            ),
            Lookup(
                "prisoner",
                N_("Prisoner"),
                required=True,
                help=N_("Two letters of the name, or the file number"),
                missing=N_("The prisoner is missing. Two letters of the name find him."),
                known=()
                if group is None
                else (Option(str(group.prisoner_id), group.name.full),),
            ),
            Choice("relation", N_("Relation"), required=True, options=choices.relations()),
            choices.proof_field(),
        ]

    @staticmethod
    def _known(card: PersonCard) -> dict[str, str]:
        """What the register writes better than the document: names in their own letters."""
        return {
            "surname": card.name.surname,
            "given": card.name.given,
            "patronymic": card.name.patronymic,
            "phone": card.phone,
            "language": card.language,
        }

    @staticmethod
    def _evidence(seen: DocumentSeen | None) -> dict[str, str]:
        if seen is None:
            return {}
        given, patronymic = given_and_patronymic(seen.surname, seen.given)
        return {
            "surname": seen.surname,
            "given": given,
            "patronymic": patronymic,
        }

    def _marks(self, seen: DocumentSeen | None, values: Mapping[str, str]) -> dict[str, Marks]:
        """What to compare: in the field when it says the same as the document, character by
        character, and beside it where the document's own letters stand."""
        if seen is None:
            return {}
        told, printed = proposed_by(seen), self._evidence(seen)
        return {
            field: Marks(
                value=places
                if values[field] == told[field]
                and len(told[field]) == len(printed.get(field, told[field]))
                and not looks_latin(printed.get(field, ""))
                else frozenset(),
                beside=places,
            )
            for field, places in marked(self.doubts).items()
        }

    @property
    def undecided(self) -> str:
        return f"{self.seen.surname} {self.seen.given[:1]}." if self.seen is not None else ""

    async def keep(self) -> None:
        await person_draft.keep(self.kiosk, self.form.values, self.seen, self.doubts)

    async def drop(self) -> None:
        self.form.touched = False
        await person_draft.drop(self.kiosk)
        await self.kiosk.home()

    async def changed(self, field: str) -> None:
        if field == "prisoner":
            await lookup.offer(self, "prisoner", "prisoner")

    async def save(self) -> None:
        from kiosk.services import people, prisoners

        values = self.form.values
        entry = self._entry()
        stated = Stated(
            UUID(values["prisoner"]),
            Relation(values["relation"]),
            Proof(values["proof"]) if values["proof"] else None,
        )
        card = await self.kiosk.write(people.register, self.kiosk.signed_in, entry, stated)
        self.form.touched = False
        prisoner = await self.kiosk.read(prisoners.card, stated.prisoner_id)
        visitor = Visitor(
            card,
            entry.document,
            self.doubts,
            # F2 did not pass before every doubtful field was confirmed.
            confirmed=True,
            prisoner=prisoner,
            relation=stated.kind,
        )
        await scans.registered(self.kiosk, visitor)

    def _entry(self) -> PersonEntry:
        values, seen = self.form.values, self.seen
        expires = values["expires"]
        retyped = any(doubt.retype for doubt in self.doubts)
        scanned = seen is not None and not retyped and _as_scanned(seen, values)
        same_card = seen if seen is not None and seen.number == values["number"] else None
        return PersonEntry(
            surname=values["surname"],
            given=values["given"],
            patronymic=values["patronymic"],
            birth=values["birth"],
            sex=Sex(values["sex"]),
            personal_number=values["personal_number"],
            phone=values["phone"],
            language=values["language"],
            document=DocumentSeen(
                kind=DocumentKind(values["kind"]),
                country=values["country"],
                number=values["number"],
                surname=same_card.surname if same_card else "",
                given=same_card.given if same_card else "",
                birth=values["birth"],
                sex=Sex(values["sex"]),
                expires=date.fromisoformat(expires) if expires else None,
                personal_number=values["personal_number"],
                source=DocumentSource.SCAN if scanned else DocumentSource.TYPED,
                check=seen.check if seen is not None and scanned else DocumentCheck.REVIEW,
            ),
        )


def proposed_by(seen: DocumentSeen) -> dict[str, str]:
    """The form's values, as far as the document tells them."""
    given, patronymic = given_and_patronymic(seen.surname, seen.given)
    return {
        "kind": seen.kind.value,
        "country": seen.country,
        "number": seen.number,
        "expires": seen.expires.isoformat() if seen.expires else "",
        "birth": seen.birth,
        "sex": seen.sex.value if seen.sex in (Sex.MALE, Sex.FEMALE) else "",
        "personal_number": seen.personal_number,
        "surname": cyrillic_from_latin(seen.surname),
        "given": cyrillic_from_latin(given),
        "patronymic": cyrillic_from_latin(patronymic),
    }


def _as_scanned(seen: DocumentSeen, values: Mapping[str, str]) -> bool:
    """Whether the form says what the reader read; a value typed over it makes it typed."""
    return (
        values["kind"] == seen.kind
        and values["country"] == seen.country
        and values["number"] == seen.number
        and values["birth"] == seen.birth
        and values["expires"] == (seen.expires.isoformat() if seen.expires else "")
        and values["personal_number"] == seen.personal_number
        and values["sex"] == (seen.sex or values["sex"])
    )
