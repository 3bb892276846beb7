"""Visitors and prisoners: who they are, what is known of them, who is kept out."""

from __future__ import annotations

from peewee import Check, CompositeKey

from kiosk.codes import (
    DocumentCheck,
    DocumentKind,
    DocumentSource,
    PrisonerEventKind,
    RestrictionKind,
    Sex,
)
from kiosk.models.base import Fact, Now, Personal
from kiosk.models.fields import Cleaned, Code, Day, Flag, Id, Json, Ms, Small


class Person(Fact):
    """That there is such a visitor; what is known of them stands in the details."""

    at = Ms()


class PersonDetail(Personal):
    """A version of what is known of a visitor; the greatest id is the current one."""

    person_id = Id(index=True)
    surname = Cleaned(60)
    given = Cleaned(60)
    patronymic = Cleaned(60, null=True)
    birth = Cleaned(10)  # YYYY, YYYY-MM or a full ISO date
    sex = Code(Sex)
    personal_number = Cleaned(14, null=True, index=True)
    number_conflict = Flag(default=False)
    phone = Cleaned(30, null=True)
    language = Code(null=True)

    class Meta:
        subject = "person_id"
        indexes = ((("birth", "person_id"), False),)


class Document(Personal):
    """An identity document as it was read or typed; names as printed on it."""

    person_id = Id(index=True)
    kind = Code(DocumentKind)
    country = Cleaned(3)
    number = Cleaned(20)
    surname = Cleaned(60, null=True)
    given = Cleaned(60, null=True)
    birth = Cleaned(10, null=True)
    sex = Code(Sex, null=True)
    issued = Day(null=True)
    expires = Day(null=True)
    source = Code(DocumentSource)
    check = Code(DocumentCheck)

    class Meta:
        subject = "person_id"
        # Not unique: two cut-off gates may both meet the same document.
        indexes = ((("number", "country"), False),)


class Prisoner(Fact):
    """That there is such a prisoner."""

    at = Ms()


class PrisonerDetail(Personal):
    """A version of what is known of a prisoner; the greatest id is the current one."""

    prisoner_id = Id(index=True)
    file_number = Cleaned(20, index=True)
    prison = Code()
    surname = Cleaned(60)
    given = Cleaned(60)
    patronymic = Cleaned(60, null=True)
    birth_year = Small()
    sex = Code(Sex)
    import_id = Id(null=True)

    class Meta:
        subject = "prisoner_id"
        indexes = ((("birth_year", "prisoner_id"), False),)


class PrisonerEvent(Fact):
    """A change of a prisoner's state; in force from `from_at` until the next of its kind.

    `value`: a code of that state; of a unit its own name. `until_at`: when it ends by itself.
    """

    prisoner_id = Id()
    kind = Code(PrisonerEventKind)
    value = Cleaned(24)
    from_at = Ms()
    staff_id = Id(null=True)
    paper = Cleaned(60, null=True)
    until_at = Ms(null=True)

    class Meta:
        indexes = ((("prisoner_id", "kind", "from_at"), False),)


class Restriction(Fact):
    """What keeps out: on a visitor, for a prisoner, on a pair, or on the whole facility.

    It holds for whole local days; `from_at` is the moment of the first day from which it
    holds, where it does not hold for the whole of that day.
    """

    person_id = Id(null=True, index=True)
    prisoner_id = Id(null=True, index=True)
    other_prisoner_id = Id(null=True)
    kind = Code(RestrictionKind)
    services = Json(null=True)
    goods = Json(null=True)
    from_day = Day(column_name="from")
    to_day = Day(column_name="to", null=True)
    ground = Code()
    issuer = Code()
    from_at = Ms(null=True)
    paper_no = Cleaned(20, null=True)

    class Meta:
        constraints = (
            # A pair of prisoners has no visitor in it, and its second needs a first.
            Check(
                "other_prisoner_id IS NULL OR (prisoner_id IS NOT NULL AND person_id IS NULL)"
            ),
            Check('"to" IS NULL OR "from" <= "to"'),
        )
        # Also finds those of the whole facility, which name neither.
        indexes = ((("person_id", "prisoner_id"), False),)


class Ending(Fact):
    """That a restriction was lifted, or that some other lasting fact ended."""

    target_id = Id()
    target = Code()
    reason = Code()
    on_day = Day(column_name="on")
    staff_id = Id()
    second_id = Id(null=True)

    class Meta:
        constraints = (Check("second_id <> staff_id"),)
        indexes = ((("gate_id", "target_id"), True),)


class SearchKey(Now):
    """One word by which a person or prisoner is found, in the script-neutral spelling."""

    kind = Small()  # SearchKind
    word = Cleaned(40)
    subject_id = Id()

    class Meta:
        clustered = True
        primary_key = CompositeKey("kind", "word", "subject_id")
        indexes = ((("subject_id", "word"), False),)
