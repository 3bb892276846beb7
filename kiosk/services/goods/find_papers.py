"""The papers of a find: its act on two sheets, and the notice of the fine to who brought it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from kiosk import paper_code
from kiosk.codes import Template
from kiosk.models import Find, FindThing, FindWords, PersonDetail, PrisonerDetail
from kiosk.papers import ACT_SHEETS, ActBody, FineBody, FoundLine
from kiosk.services import printing, same
from kiosk.services.called import called
from kiosk.services.desk import Desk
from kiosk.services.entry import Entry
from kiosk.services.register_numbers import number_of
from kiosk.services.staff import names_of
from kiosk.values import Name, Officer
from kiosk.values.finds import ActEntered


@dataclass(frozen=True, slots=True)
class Bringer:
    """Who brought a find, as papers name them; "" where nobody is known, or was erased."""

    name: str = field(default="", repr=False)
    born: str = field(default="", repr=False)
    language: str = ""


def bringer_of(find: Find) -> Bringer:
    """The person of the register, else whom the officer named."""
    detail = people_of((find.person_id,)).get(find.person_id) if find.person_id else None
    if detail is None:
        return Bringer(said_of_bringers((find.id,)).get(find.id, ""))
    name = called(detail)
    return Bringer(name.full, born(detail.birth), detail.language or "")


def said_of_bringers(find_ids: Collection[UUID]) -> dict[UUID, str]:
    """Who brought each find, in the officer's words, where they said it."""
    said = FindWords.bringer.is_null(False)
    query = FindWords.select().where(FindWords.find_id.in_(list(find_ids)), said)
    return {row.find_id: row.bringer for row in query.order_by(FindWords.id)}


def people_of(person_ids: Collection[UUID]) -> dict[UUID, PersonDetail]:
    """The newest that is known of each visitor, under any of their records; who was erased is
    left out."""
    groups = same.groups(person_ids)
    everywhere = PersonDetail.person_id.in_([one for group in groups.values() for one in group])
    rows = list(PersonDetail.select().where(everywhere).order_by(PersonDetail.id))
    return {
        person_id: row
        for person_id, group in groups.items()
        for row in rows
        if row.person_id in group
    }


def prisoners_of(prisoner_ids: Collection[UUID]) -> dict[UUID, PrisonerDetail]:
    """As `people_of`, of prisoners."""
    groups = same.groups(prisoner_ids)
    everywhere = PrisonerDetail.prisoner_id.in_(
        [one for group in groups.values() for one in group]
    )
    rows = list(PrisonerDetail.select().where(everywhere).order_by(PrisonerDetail.id))
    return {
        prisoner_id: row
        for prisoner_id, group in groups.items()
        for row in rows
        if row.prisoner_id in group
    }


def born(birth: str | None) -> str:
    """12.04.1967, or the year where no more is known."""
    parts = (birth or "").split("-")
    return ".".join(reversed(parts)) if len(parts) == 3 else parts[0]


def who_saw(names: Mapping[UUID, str], witness_id: UUID | None, said: str) -> tuple[str, ...]:
    """The witness of the staff and the one who was named: an act may have both."""
    of_staff = names.get(witness_id, "") if witness_id is not None else ""
    return tuple(one for one in (of_staff, said) if one)


def order(
    desk: Desk,
    e: Entry,
    officer: Officer,
    find: Find,
    things: Iterable[FindThing],
    act: ActEntered,
    bringer: Bringer,
) -> tuple[UUID, ...]:
    """Inside a transaction: order the papers of an act, and give their ids."""
    number = number_of(find.id)
    code = paper_code.of_number(desk.gate, number)
    lines = tuple(
        FoundLine(row.kind, row.pieces, row.unit, row.hidden_in, row.grams) for row in things
    )
    made_at = printing.iso_local(e.now, desk.zone)
    known = prisoners_of((find.prisoner_id,)) if find.prisoner_id is not None else {}
    detail = known.get(find.prisoner_id)
    prisoner = Name(detail.surname, detail.given).full if detail is not None else ""
    names = names_of([one for one in (find.found_by, act.witness_id) if one is not None])
    witness, second_witness = (*who_saw(names, act.witness_id, act.witness), "", "")[:2]
    sheets = [
        ActBody(
            site_name=desk.site_name,
            number=number,
            code=code,
            act_no=act.act_no,
            sheet=sheet,
            made_at=made_at,
            found_at=printing.iso_local(find.at, desk.zone),
            channel=find.channel,
            case_number=number_of(find.case_id) if find.case_id is not None else "",
            bringer=bringer.name,
            born=bringer.born,
            prisoner=prisoner,
            file_number=detail.file_number if detail is not None else "",
            things=lines,
            hidden=act.hidden,
            found_by=names.get(find.found_by, ""),
            witness=witness,
            second_witness=second_witness,
            photos=act.photos,
            seal_no=act.seal_no,
            passed_to=act.passed_to,
            article=act.article,
            fine_tyiyn=act.fine_tyiyn,
            words=act.words,
            officer=officer.name,
            language=bringer.language,
        )
        for sheet in range(1, ACT_SHEETS + 1)
    ]
    jobs = [printing.order(desk, e, find.case_id, Template.ACT, body) for body in sheets]
    if act.fine_tyiyn is not None:
        notice = FineBody(
            site_name=desk.site_name,
            number=number,
            code=code,
            made_at=made_at,
            act_no=act.act_no,
            bringer=bringer.name,
            things=lines,
            article=act.article,
            fine_tyiyn=act.fine_tyiyn,
            payment=desk.fine_payment,
            pay_by=e.day + timedelta(days=desk.fine_days) if desk.fine_days else None,
            officer=officer.name,
            language=bringer.language,
        )
        jobs.append(printing.order(desk, e, find.case_id, Template.FINE, notice))
    return tuple(jobs)
