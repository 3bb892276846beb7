"""What visitors leave at the gate: under a numbered tag, given back when they leave.

A tag is a hook with a number, 001 to 999. One visitor has one tag at a time; each thing on it
is a fact of its own, ended by an `ending` when it is given back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from kiosk import paper_code, wording
from kiosk.codes import (
    Action,
    CaseState,
    DepositEnd,
    Left,
    Template,
    VisitOutcome,
)
from kiosk.errors import Invalid, NotFound, Refused
from kiosk.models import Deposit, Member
from kiosk.papers import Deposited, TagBody, ThingName
from kiosk.rules.days import start_of
from kiosk.services import printing
from kiosk.services.desk import Desk
from kiosk.services.duty import must_register, must_supervise
from kiosk.services.endings import end, lasting
from kiosk.services.entry import Entry, day_now, entry
from kiosk.services.goods import actless
from kiosk.services.ids import first_after
from kiosk.services.person_card import detail_of
from kiosk.services.register_numbers import number_of
from kiosk.services.under_way import under_way
from kiosk.text import N_, in_language
from kiosk.values import Officer, TagLine, ThingLeft

TAGS = 999
_HERE = frozenset({CaseState.ADMITTED, CaseState.INSIDE})
TYIYN = 100  # of a som: money is left in whole som and printed in tyiyn


def next_tag(desk: Desk) -> str:
    """The tag to hang next: the one after the last of today that nothing hangs on."""
    taken = _taken()
    since = first_after(start_of(day_now(desk), desk.zone) - 1)
    of_today = Deposit.select(Deposit.tag).where(Deposit.id >= since)
    last = of_today.order_by(Deposit.id.desc()).first()
    begin = int(last.tag) if last is not None else 0
    for step in range(1, TAGS + 1):
        tag = f"{(begin + step - 1) % TAGS + 1:03d}"
        if tag not in taken:
            return tag
    raise Refused(N_("Every tag is in use. Give back what is left, then go on."))


def leave_things(
    desk: Desk, officer: Officer, member_id: UUID, tag: str, things: Sequence[ThingLeft]
) -> UUID:
    """Record what a visitor leaves under `tag`, and order the tag; the id of its paper.

    An officer, inspector or supervisor does this. More things of the same visitor come under
    the same tag. Raises Invalid for a tag that is none or hangs elsewhere, or for nothing
    left; Refused when the visit has ended.
    """
    must_register(officer)
    if not things or any(one.pieces < 1 for one in things):
        raise Invalid("pieces", N_("Say what is left and how many, at least one."))
    if not (tag.isascii() and tag.isdecimal() and 0 < int(tag) <= TAGS):
        raise Invalid("tag", N_("A tag is a number from 1 to 999."))
    tag = f"{int(tag):03d}"
    with entry(desk, Action.DEPOSIT, officer=officer, object_id=member_id) as e:
        member = Member.get_or_none(Member.id == member_id)
        if member is None:
            raise NotFound(N_("There is no such visitor of a visit."))
        if under_way(e, officer, member.case_id).state not in _HERE:
            raise Refused(N_("This visit has ended already. Nothing was recorded again."))
        holder = _taken().get(tag)
        if holder not in (None, member_id):
            raise Invalid("tag", N_("Tag {tag} hangs on other things. Take another."), tag=tag)
        for one in things:
            e.add(
                Deposit,
                member_id=member_id,
                tag=tag,
                what=one.what,
                pieces=one.pieces,
                at=e.now,
                staff_id=officer.staff_id,
            )
        return _order_tag(desk, e, member, tag)


def give_back(desk: Desk, officer: Officer, tag: str) -> TagLine:
    """Record that what hung on a tag is back with its owner.

    An officer, inspector or supervisor does this. When it was the last thing of a visit whose
    people have left, the visit is closed. Raises NotFound when nothing hangs on the tag.
    """
    must_register(officer)
    return _end(desk, officer, tag, DepositEnd.RETURNED)


def write_off(desk: Desk, officer: Officer, tag: str) -> TagLine:
    """Record that the owner of what hung on a tag did not take it. A supervisor does this.

    Raises NotFound when nothing hangs on the tag.
    """
    must_supervise(officer)
    return _end(desk, officer, tag, DepositEnd.KEPT)


def tags_of(member_ids: Collection[UUID] | None) -> tuple[TagLine, ...]:
    """The open tags of these members, or of everybody, in the order they were hung."""
    rows = _open(member_ids)
    by_tag: dict[tuple[UUID, str], list[Deposit]] = defaultdict(list)
    for row in rows:
        by_tag[row.member_id, row.tag].append(row)
    members = {
        row.id: row for row in Member.select().where(Member.id.in_({r.member_id for r in rows}))
    }
    return tuple(
        TagLine(
            tag=tag,
            member_id=member_id,
            case_id=members[member_id].case_id,
            badge=f"{number_of(members[member_id].case_id)}-{members[member_id].no}",
            things=tuple(ThingLeft(row.what, row.pieces) for row in hanging),
        )
        for (member_id, tag), hanging in by_tag.items()
    )


def open_of(case_id: UUID) -> bool:
    """Whether something of this case still hangs at the gate."""
    return bool(_open(_members_of(case_id)))


def returned(e: Entry, officer: Officer, member_ids: Collection[UUID]) -> None:
    """Inside a transaction: whatever these members left is back with them."""
    for row in _open(member_ids):
        end(e, officer, Deposit, row.id, DepositEnd.RETURNED, e.day)


def _end(desk: Desk, officer: Officer, tag: str, how: DepositEnd) -> TagLine:
    with entry(desk, Action.RETURN_DEPOSIT, officer=officer) as e:
        rows = [row for row in _open(None) if row.tag == tag]
        if not rows:
            raise NotFound(N_("Nothing hangs on tag {tag}."), tag=tag)
        line = next(one for one in tags_of({rows[0].member_id}) if one.tag == tag)
        e.object_id = line.case_id
        for row in rows:
            end(e, officer, Deposit, row.id, how, e.day)
        case = under_way(e, officer, line.case_id)
        waits = open_of(line.case_id) or actless.of_cases((line.case_id,))
        if case.state is CaseState.LEFT and not waits:
            case.end(VisitOutcome.NORMAL)
        return line


def _open(member_ids: Collection[UUID] | None) -> list[Deposit]:
    which = () if member_ids is None else (Deposit.member_id.in_(list(member_ids)),)
    return list(lasting(Deposit, *which))


def _taken() -> dict[str, UUID]:
    """By tag, the visitor whose things hang on it."""
    return {row.tag: row.member_id for row in _open(None)}


def _members_of(case_id: UUID) -> list[UUID]:
    return [row.id for row in Member.select(Member.id).where(Member.case_id == case_id)]


def _order_tag(desk: Desk, e: Entry, member: Member, tag: str) -> UUID:
    """The paper of a tag: all that hangs on it now. It names nobody."""
    things = [row for row in _open({member.id}) if row.tag == tag]
    number = number_of(member.case_id)
    body = TagBody(
        site_name=desk.site_name,
        number=number,
        code=paper_code.of_number(desk.gate, number),
        left_at=printing.iso_local(e.now, desk.zone),
        tag=tag,
        badge=f"{number}-{member.no}",
        things=tuple(_deposited(things)),
        money=TYIYN * sum(row.pieces for row in things if row.what is Left.MONEY),
        language=detail_of(member.person_id).language or "",
    )
    return printing.order(desk, e, member.case_id, Template.TAG, body)


def _deposited(things: Iterable[Deposit]) -> Iterable[Deposited]:
    for row in things:
        if row.what is not Left.MONEY:
            word = wording.LABELS[Left][row.what]
            name = ThingName(*(in_language(language)(word) for language in ("ky", "ru", "en")))
            yield Deposited(name, row.pieces)
