"""Finds as the screens show them: those that are not finished first, then the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from uuid import UUID

from peewee import fn

from kiosk import paper_code
from kiosk.codes import ReviewKind, Series
from kiosk.errors import NotFound
from kiosk.models import (
    Find,
    FindAct,
    FindThing,
    FindWords,
    PersonDetail,
    PrisonerDetail,
    RegisterNumber,
    Review,
)
from kiosk.services.called import called
from kiosk.services.desk import Desk
from kiosk.services.duty import must_look_up
from kiosk.services.endings import lasting
from kiosk.services.entry import day_now
from kiosk.services.goods import actless, find_papers, finds
from kiosk.services.register_numbers import case_of, number_of, numbers_of
from kiosk.services.staff import names_of
from kiosk.text import N_
from kiosk.values import Name, Officer
from kiosk.values.finds import ActRecorded, FindCard, FindLine, Thing

FINISHED_AT_MOST = 50


def find_lines(desk: Desk, officer: Officer) -> tuple[FindLine, ...]:
    """The finds that have no act yet, the oldest first, then the last finished, the newest
    first, at most FINISHED_AT_MOST.

    Everybody who registers, and an administrator, may look.
    """
    must_look_up(officer)
    waiting = actless.whole_list()
    act = FindAct.select().where(FindAct.gate_id == Find.gate_id, FindAct.find_id == Find.id)
    done = lasting(Find, fn.EXISTS(act)).order_by(Find.id.desc()).limit(FINISHED_AT_MOST)
    rows = [*waiting, *done]
    find_ids = [row.id for row in rows]
    numbers, things = numbers_of(find_ids), things_of(find_ids)
    people = find_papers.people_of({row.person_id for row in rows if row.person_id})
    prisoners = find_papers.prisoners_of({row.prisoner_id for row in rows if row.prisoner_id})
    said = find_papers.said_of_bringers(find_ids)
    acts = {row.find_id: row for row in FindAct.select().where(FindAct.find_id.in_(find_ids))}
    return tuple(
        FindLine(
            find_id=row.id,
            number=numbers[row.id].get(Series.FIND, ""),
            at=row.at,
            channel=row.channel,
            brought_by=_name(people.get(row.person_id)).short or said.get(row.id, ""),
            prisoner=_name(prisoners.get(row.prisoner_id)),
            things=things[row.id],
            act_no=acts[row.id].act_no if row.id in acts else "",
        )
        for row in rows
    )


def open_find(desk: Desk, officer: Officer, find_id: UUID) -> FindCard:
    """A find with all that is recorded of it, and what is proposed for its act.

    Everybody who registers, and an administrator, may look. Raises NotFound.
    """
    must_look_up(officer)
    from kiosk.services.goods.acts import proposed_fine

    find: Find | None = lasting(Find, Find.id == find_id).first()
    if find is None:
        raise NotFound(N_("There is no such find in the register."))
    act: FindAct | None = FindAct.get_or_none(FindAct.find_id == find_id)
    number = RegisterNumber.get(RegisterNumber.object_id == find_id)
    words = FindWords.select().where(FindWords.find_id == find_id).order_by(FindWords.id.desc())
    said = words.first() or FindWords()
    things = things_of((find_id,))[find_id]
    person = find_papers.people_of((find.person_id,)) if find.person_id else {}
    inmate = find_papers.prisoners_of((find.prisoner_id,)) if find.prisoner_id else {}
    detail, prisoner = person.get(find.person_id), inmate.get(find.prisoner_id)
    bringer = find_papers.bringer_of(find)
    fine = proposed_fine(desk, frozenset(one.kind for one in things)) if bringer.name else None
    return FindCard(
        find_id=find_id,
        number=number_of(find_id),
        at=find.at,
        channel=find.channel,
        case_number=number_of(find.case_id) if find.case_id is not None else "",
        item_no=find.item_no,
        person_id=find.person_id,
        person=_name(detail) if detail else None,
        born=bringer.born,
        bringer="" if detail else bringer.name,
        prisoner_id=find.prisoner_id,
        prisoner=_name(prisoner) if prisoner else None,
        file_number=prisoner.file_number if prisoner else "",
        found_by_id=find.found_by,
        found_by=names_of((find.found_by,)).get(find.found_by, ""),
        things=things,
        act_no=finds.act_number(number.period, number.no),
        article=desk.article,
        fine_tyiyn=fine,
        act=_act(act, said) if act is not None else None,
        hidden=said.hidden or "",
        photos=said.photos or "",
        words=said.words or "",
        ban_proposed=Review.select()
        .where(Review.kind == ReviewKind.BAN_PROPOSED, Review.cause_id == find_id)
        .exists(),
    )


def by_code(desk: Desk, officer: Officer, code: str) -> UUID:
    """The find whose paper was scanned. Raises NotFound for none of this gate."""
    must_look_up(officer)
    paper = paper_code.decode(code)
    find_id = None
    if paper is not None and paper.gate == desk.gate:
        year = day_now(desk).year
        year -= (year - paper.year) % 100
        find_id = case_of(desk.gate, paper.series, year, paper.number)
    if find_id is None or not lasting(Find, Find.id == find_id).exists():
        raise NotFound(N_("There is no such find in the register."))
    return find_id


def things_of(find_ids: Collection[UUID]) -> Mapping[UUID, tuple[Thing, ...]]:
    """The things of each find, in the order in which they were written down."""
    of_find: dict[UUID, list[Thing]] = defaultdict(list)
    for row in lasting(FindThing, FindThing.find_id.in_(list(find_ids))):
        thing = Thing(row.kind, row.pieces, row.unit, row.hidden_in, row.grams, row.id)
        of_find[row.find_id].append(thing)
    return {find_id: tuple(of_find[find_id]) for find_id in find_ids}


def _name(detail: PersonDetail | PrisonerDetail | None) -> Name:
    """ "" of somebody whom nobody knows, or who was erased."""
    if detail is None:
        return Name("", "")
    return called(detail)


def _act(act: FindAct, said: FindWords) -> ActRecorded:
    names = names_of([one for one in (act.staff_id, act.witness_id) if one is not None])
    return ActRecorded(
        act_no=act.act_no,
        article=act.article,
        passed_to=act.passed_to,
        witness=", ".join(find_papers.who_saw(names, act.witness_id, said.witness or "")),
        seal_no=act.seal_no or "",
        fine_tyiyn=act.fine_tyiyn,
        at=act.at,
        by=names.get(act.staff_id, ""),
    )
