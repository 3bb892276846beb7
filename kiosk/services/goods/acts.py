"""How a find is finished: by its act, on paper and signed; or by saying that there was none.

With its act a find says by which article, who saw it, who got the thing. The case it was made
in, which waited for it, then goes on by itself.
"""

from __future__ import annotations

from uuid import UUID

from kiosk.codes import FINAL_STATES, Action, FindClass, VisitOutcome
from kiosk.errors import Invalid, Refused
from kiosk.models import Find, FindAct, FindThing, FindWords
from kiosk.services import passing
from kiosk.services.desk import Desk
from kiosk.services.duty import must_register, must_supervise
from kiosk.services.endings import end, lasting
from kiosk.services.entry import Entry, entry
from kiosk.services.goods import ban_proposals, find_papers, finds, moving_on
from kiosk.services.register_numbers import number_of
from kiosk.services.staff import names_of
from kiosk.services.under_way import state_of, under_way
from kiosk.text import N_, clean
from kiosk.values import Officer
from kiosk.values.finds import ActEntered, ActWritten

MOST_TYIYN = 1_000_000_000  # ten million som: more is a slip of a finger


def proposed_fine(desk: Desk, kinds: frozenset[FindClass]) -> int | None:
    """The fine (tyiyn) that the article sets for these things; a phone costs more."""
    fine = desk.phone_fine_tyiyn if FindClass.PHONE in kinds else desk.fine_tyiyn
    return fine or None


def write(desk: Desk, officer: Officer, find_id: UUID, act: ActEntered) -> ActWritten:
    """Record the act of a find and order its papers: the act twice, and the notice of the fine
    for whoever brought the thing.

    An officer, inspector or supervisor does this. Raises Invalid for what is missing or cannot
    be, AlreadyDone once it is written, NotFound.
    """
    must_register(officer)
    with entry(desk, Action.WRITE_ACT, officer=officer, object_id=find_id) as e:
        find = finds.unfinished(find_id)
        things = list(lasting(FindThing, FindThing.find_id == find_id))
        if not things:
            raise Invalid("kind", N_("Say first what was found. Nothing was recorded."))
        bringer = find_papers.bringer_of(find)
        _check(officer, find, act, is_known=bool(bringer.name))
        e.add(
            FindAct,
            find_id=find_id,
            act_no=clean(act.act_no, 20),
            article=act.article,
            passed_to=act.passed_to,
            witness_id=act.witness_id,
            seal_no=act.seal_no or None,
            fine_tyiyn=act.fine_tyiyn,
            at=e.now,
            staff_id=officer.staff_id,
        )
        told = {
            "hidden": act.hidden,
            "photos": act.photos,
            "witness": act.witness,
            "words": act.words,
        }
        if any(told.values()):
            e.add(
                FindWords,
                find_id=find_id,
                subject_id=finds.subject_of(find),
                bringer=find_papers.said_of_bringers((find_id,)).get(find_id),
                **{name: words or None for name, words in told.items()},
            )
        if act.proposes_ban:
            ban_proposals.propose(e, find)
        jobs = find_papers.order(desk, e, officer, find, things, act, bringer)
        return ActWritten(
            number=number_of(find_id),
            act_no=clean(act.act_no, 20),
            jobs=jobs,
            case_closed=_close_case(e, officer, find.case_id),
        )


def take_back(desk: Desk, officer: Officer, find_id: UUID) -> None:
    """Say that nothing was found at all: a wrong key. Its number stays; nothing waits for it.

    A supervisor does this, before the act. Raises Refused for a seized line of a package,
    whose find goes when that line is corrected; AlreadyDone once the act is written, NotFound.
    """
    must_supervise(officer)
    with entry(desk, Action.RECORD_FIND, officer=officer, object_id=find_id) as e:
        find = finds.unfinished(find_id)
        if find.item_no is not None:
            raise Refused(
                N_("It is a line of {number}: correct that line. Nothing was recorded."),
                number=number_of(find.case_id),
            )
        end(e, officer, Find, find_id, finds.MISTAKEN, e.day)
        _close_case(e, officer, find.case_id)


def _close_case(e: Entry, officer: Officer, case_id: UUID | None) -> bool:
    """What waited for this find and for nothing else is over; whether it is."""
    if case_id is None:
        return False
    before = state_of(case_id)
    passing.close_unless_something_hangs(under_way(e, officer, case_id), VisitOutcome.NORMAL)
    moving_on.settle_case(e, officer, case_id)
    return before not in FINAL_STATES and state_of(case_id) in FINAL_STATES


def _check(officer: Officer, find: Find, act: ActEntered, *, is_known: bool) -> None:
    act_no = clean(act.act_no, 20)
    if not act_no:
        raise Invalid("act_no", N_("An act has a number. Nothing was recorded."))
    if (
        FindAct.select()
        .where(FindAct.act_no == act_no, FindAct.gate_id == find.gate_id)
        .exists()
    ):
        raise Invalid(
            "act_no", N_("Act {number} is written already. Take another number."), number=act_no
        )
    if not clean(act.article):
        raise Invalid("article", N_("By which article? Nothing was recorded."))
    if act.witness_id is None and not clean(act.witness):
        raise Invalid("witness_id", N_("Somebody else must have seen it: name the witness."))
    if act.witness_id in (officer.staff_id, find.found_by):
        raise Invalid("witness_id", N_("Who found it or writes it is no witness of it."))
    if act.witness_id is not None and not names_of((act.witness_id,)):
        raise Invalid("witness_id", N_("There is no such officer. Choose one of the list."))
    fine = act.fine_tyiyn
    if fine is not None and not is_known:
        raise Invalid("fine", N_("Nobody is known who would pay it: leave it empty."))
    if fine is not None and not 0 < fine <= MOST_TYIYN:
        raise Invalid("fine", N_("A fine is at most 10,000,000 som; empty = none."))
    if act.proposes_ban and find.person_id is None:
        raise Invalid("ban", N_("The register does not know them: nobody can be kept out."))
