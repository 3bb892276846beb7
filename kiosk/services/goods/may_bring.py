"""Whether anything may be brought to a prisoner, asked before there is a bag to list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from kiosk.clock import local_day
from kiosk.codes import Consent, Service
from kiosk.errors import Invalid
from kiosk.rules import room as rooms
from kiosk.rules.asked import ask
from kiosk.rules.decide import decide
from kiosk.rules.kinds import GOODS
from kiosk.rules.rule_set import RuleSet
from kiosk.services import relation_lines, rulebook
from kiosk.services.desk import Desk
from kiosk.services.duty import must_register
from kiosk.services.entry import moment
from kiosk.services.facts import about
from kiosk.services.goods import asking
from kiosk.services.ids import new_id
from kiosk.text import N_
from kiosk.values import MemberRequest, Officer, VisitRequest
from kiosk.values.goods import GoodsRequest, MayBring


def look(
    desk: Desk,
    officer: Officer,
    service: Service,
    prisoner_id: UUID,
    sender: MemberRequest | None = None,
) -> MayBring:
    """Whether, how many and how much; about the prisoner alone while no sender is known.

    An officer, inspector or supervisor asks. Writes nothing. Raises Invalid for a service that
    brings nothing, NotFound for an unknown prisoner or sender.
    """
    must_register(officer)
    if service not in GOODS:
        raise Invalid("service", N_("This is no package or parcel."))
    at = moment(desk)
    day = local_day(at, desk.zone)
    if sender is None:
        return _without_sender(
            desk, service, prisoner_id, at, day, rulebook.in_force(desk, day)
        )
    request = GoodsRequest(new_id(desk.clock), service, prisoner_id, sender)
    proposal = asking.propose(desk, officer, request)
    held = relation_lines.standing(desk, officer, prisoner_id, (sender.person_id,))
    return MayBring(
        service=service,
        prisoner=proposal.prisoner,
        decision=proposal.decision,
        room=proposal.room,
        stopped=proposal.stopped,
        earlier=proposal.earlier,
        refuses_sender=any(one.consent is Consent.NO for one in held.values()),
    )


def package_today(desk: Desk, officer: Officer, person_id: UUID, prisoner_id: UUID) -> bool:
    """Whether a package of this person would be taken now; asked for whoever is refused a
    visit, so that they do not go home for nothing."""
    sender = MemberRequest(person_id, None)
    return look(desk, officer, Service.PACKAGE, prisoner_id, sender).decision.passes


def _without_sender(
    desk: Desk, service: Service, prisoner_id: UUID, at: int, day: date, rules: RuleSet
) -> MayBring:
    request = VisitRequest(new_id(desk.clock), service, prisoner_id, ())
    gathered = about(desk, request, at, day)
    wanted = ask(gathered.facts, rules)
    # As of any bag that is not weighed yet: one gram asks whether anything may come at all.
    return MayBring(
        service=service,
        prisoner=gathered.prisoner,
        decision=decide(replace(gathered.facts, grams=1), rules),
        room=rooms.room(wanted),
        stopped=rooms.stopped(wanted),
    )
