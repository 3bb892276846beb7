"""What has to be looked at again is put up when its cause comes, and goes with its cause."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tests.invariants.promises_of_passing import NOT_SOCIAL
from tests.invariants.tables import Tables, codes

PRIVILEGED = frozenset({"lawyer_visit", "consular_visit", "monitor_visit"})


def a_review_ends_with_its_cause(tables: Tables) -> None:
    """No review of an open case waits whose restriction, closed day, status or join ended."""
    tables.none(
        "SELECT r.id, r.kind, e.target FROM review r JOIN ending e ON e.target_id = r.cause_id"
        " JOIN case_now n ON n.case_id = r.case_id WHERE n.is_open AND r.kind <> 'consent'"
        " AND NOT EXISTS (SELECT 1 FROM ending g WHERE g.target_id = r.id)"
    )


def a_review_of_a_refusal_ends_when_the_prisoner_agrees(tables: Tables) -> None:
    """A relation that says no may be replaced by another that says no as well."""
    refused = [
        (person, prisoner)
        for person, prisoner in tables.rows(
            "SELECT person_id, prisoner_id FROM relation k WHERE consent = 'no'"
            " AND NOT EXISTS (SELECT 1 FROM ending e WHERE e.target_id = k.id)"
        )
    ]
    for review, person_id, prisoner_id in tables.rows(
        "SELECT r.id, k.person_id, k.prisoner_id FROM review r JOIN relation k"
        " ON k.id = r.cause_id JOIN case_now n ON n.case_id = r.case_id"
        " WHERE r.kind = 'consent' AND n.is_open"
        " AND NOT EXISTS (SELECT 1 FROM ending g WHERE g.target_id = r.id)"
    ):
        assert any(
            tables.are_one(person, person_id) and tables.are_one(prisoner, prisoner_id)
            for person, prisoner in refused
        ), review.hex()


def a_review_of_a_balance_ends_with_the_count_behind_it(tables: Tables) -> None:
    tables.none(
        "SELECT r.id FROM review r JOIN ledger l ON l.reverses = r.cause_id"
        " JOIN case_now n ON n.case_id = r.case_id WHERE n.is_open"
        " AND NOT EXISTS (SELECT 1 FROM ending g WHERE g.target_id = r.id)"
    )


def a_new_ban_puts_the_visits_of_its_bearer_up(tables: Tables) -> None:
    for ban, person_id, prisoner_id, services, first, last in tables.rows(
        'SELECT id, person_id, prisoner_id, services, "from", coalesce("to", \'9\')'
        " FROM restriction WHERE audit_seq = ? AND kind IN ('ban', 'no_contact')"
        " AND goods IS NULL AND person_id IS NOT NULL",
        tables.last,
    ):
        for visit in _planned(tables):
            if (
                first <= visit.day.isoformat() <= last
                and (
                    visit.service in codes(services)
                    if services
                    else visit.service not in NOT_SOCIAL
                )
                and (prisoner_id is None or tables.are_one(prisoner_id, visit.prisoner_id))
                and any(tables.are_one(person_id, one) for one in _people(tables, visit))
            ):
                _must_be_looked_at(tables, visit, ban)


def a_closed_day_or_session_puts_its_visits_up(tables: Tables) -> None:
    for block, slot_id, day in tables.rows(
        "SELECT id, slot_id, day FROM slot_block WHERE audit_seq = ?", tables.last
    ):
        for place in tables.places:
            if place.slot_id == slot_id or (
                day is not None and date.fromisoformat(day) in place.days
            ):
                assert _looked_at(tables, place.case_id, block), place.case_id.hex()


def a_prisoner_who_goes_puts_their_visits_up(tables: Tables) -> None:
    for event, prisoner_id, status, from_at, until_at in tables.rows(
        "SELECT id, prisoner_id, value, from_at, until_at FROM prisoner_event"
        " WHERE audit_seq = ? AND kind = 'status' AND value <> 'present'",
        tables.last,
    ):
        first = tables.day_of(from_at)
        last = date.max if until_at is None else tables.day_of(until_at - 1)
        for visit in _planned(tables):
            passes = status in ("isolator", "quarantine") and visit.service in PRIVILEGED
            if (
                first <= visit.day <= last
                and tables.are_one(prisoner_id, visit.prisoner_id)
                and not passes
            ):
                _must_be_looked_at(tables, visit, event)


def a_prisoner_who_goes_for_good_puts_their_parcels_up(tables: Tables) -> None:
    for event, prisoner_id in tables.rows(
        "SELECT id, prisoner_id FROM prisoner_event WHERE audit_seq = ? AND kind = 'status'"
        " AND value IN ('transferred', 'released', 'dead')",
        tables.last,
    ):
        for case_id, whose in tables.rows(
            "SELECT n.case_id, c.prisoner_id FROM case_now n"
            " JOIN gate_case c ON c.id = n.case_id WHERE n.state = 'stored'"
        ):
            if tables.are_one(prisoner_id, whose):
                assert _looked_at(tables, case_id, event), case_id.hex()


def a_proposed_ban_ends_with_the_ban(tables: Tables) -> None:
    """Whom a supervisor kept out by the last act, nobody proposes to keep out any more."""
    for person_id, goods in tables.rows(
        "SELECT person_id, goods FROM restriction WHERE audit_seq = ? AND kind = 'ban'"
        " AND person_id IS NOT NULL",
        tables.last,
    ):
        for (subject,) in tables.rows(
            "SELECT subject_id FROM review r WHERE kind = 'ban_proposed'"
            " AND NOT EXISTS (SELECT 1 FROM ending e WHERE e.target_id = r.id)"
        ):
            assert goods is not None or not tables.are_one(subject, person_id), subject.hex()


@dataclass(frozen=True)
class _Visit:
    case_id: bytes
    prisoner_id: bytes
    service: str
    day: date


def _planned(tables: Tables) -> list[_Visit]:
    """The visits to come, by the day of their session; who was admitted comes today."""
    return [
        _Visit(case_id, prisoner_id, service, tables.day_of_case(case_id))
        for case_id, prisoner_id, service in tables.rows(
            "SELECT n.case_id, c.prisoner_id, c.service FROM case_now n"
            " JOIN gate_case c ON c.id = n.case_id WHERE n.state IN ('booked', 'admitted')"
        )
    ]


def _people(tables: Tables, visit: _Visit) -> list[bytes]:
    return [
        person
        for (person,) in tables.rows(
            "SELECT person_id FROM member WHERE case_id = ?", visit.case_id
        )
    ]


def _must_be_looked_at(tables: Tables, visit: _Visit, cause: bytes) -> None:
    assert _looked_at(tables, visit.case_id, cause), (visit.case_id.hex(), cause.hex())


def _looked_at(tables: Tables, case_id: bytes, cause: bytes) -> bool:
    return bool(
        tables.rows("SELECT 1 FROM review WHERE case_id = ? AND cause_id = ?", case_id, cause)
    )


PROMISES = (
    a_review_ends_with_its_cause,
    a_review_of_a_refusal_ends_when_the_prisoner_agrees,
    a_review_of_a_balance_ends_with_the_count_behind_it,
    a_new_ban_puts_the_visits_of_its_bearer_up,
    a_closed_day_or_session_puts_its_visits_up,
    a_prisoner_who_goes_puts_their_visits_up,
    a_prisoner_who_goes_for_good_puts_their_parcels_up,
    a_proposed_ban_ends_with_the_ban,
)
