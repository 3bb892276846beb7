"""What is used of an entitlement, and given back: the promises of the ledger."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from tests.invariants.tables import Tables, codes

COUNTED = frozenset({"short_visit", "long_visit", "official_visit", "clergy_visit"})
# What a parcel holds, its promises of its own say.
GOODS = ("package", "parcel", "small_parcel", "medical_package")
# In these a visit holds what it took; in the others it holds nothing.
_HOLDS = {"booked": "reserve", "admitted": "use", "inside": "use", "left": "use"}
_HOLDS["closed"] = "use"


def every_case_holds_what_its_state_says(tables: Tables) -> None:
    """Booked: one reserve. Admitted until closed: one use. Refused, cancelled, void: nothing,
    nor where all were turned away and only an act is missing.

    Of a service that is not counted: never a line.
    """
    for case_id, service, state, lines, standing, kind, pieces, grams in tables.rows(
        "SELECT n.case_id, c.service, CASE WHEN n.state = 'left' AND NOT EXISTS"
        " (SELECT 1 FROM step s WHERE s.case_id = n.case_id AND s.kind = 'entered')"
        " THEN 'turned away' ELSE n.state END, count(l.id),"
        " count(l.id) FILTER (WHERE l.reverses IS NULL AND b.id IS NULL),"
        " max(l.kind) FILTER (WHERE l.reverses IS NULL AND b.id IS NULL),"
        " coalesce(sum(l.pieces), 0), coalesce(sum(l.grams), 0)"
        " FROM case_now n JOIN gate_case c ON c.id = n.case_id"
        " LEFT JOIN ledger l ON l.case_id = n.case_id"
        " LEFT JOIN ledger b ON b.gate_id = l.gate_id AND b.reverses = l.id"
        f" WHERE c.service NOT IN {GOODS} GROUP BY n.case_id"
    ):
        told = (case_id.hex(), service, state, lines, standing, kind, pieces, grams)
        if service not in COUNTED:
            assert lines == 0, told
        elif state in _HOLDS:
            assert (standing, kind, pieces, grams) == (1, _HOLDS[state], 1, 0), told
        else:
            assert (standing, pieces, grams) == (0, 0, 0), told


def a_case_refused_at_once_never_touched_the_ledger(tables: Tables) -> None:
    tables.none(
        "SELECT l.case_id FROM ledger l JOIN step s ON s.case_id = l.case_id"
        " WHERE s.kind = 'refused' AND NOT EXISTS"
        " (SELECT 1 FROM step b WHERE b.case_id = s.case_id AND b.kind = 'booked')"
    )


def nothing_is_given_back_but_whole_and_once(tables: Tables) -> None:
    """A line that gives back mirrors the one that it undoes, on its day, for its case."""
    tables.none(
        "SELECT r.id FROM ledger r LEFT JOIN ledger l ON l.id = r.reverses"
        " WHERE r.kind = 'refund' AND NOT (l.pieces = -r.pieces AND l.grams = -r.grams"
        " AND l.counts_on = r.counts_on AND l.service = r.service"
        " AND l.prisoner_id = r.prisoner_id AND l.case_id IS r.case_id"
        " AND l.kind <> 'refund' AND l.id < r.id)"
    )
    tables.none("SELECT reverses FROM ledger GROUP BY reverses HAVING count(reverses) > 1")


def nobody_takes_more_than_there_is_unsigned(tables: Tables) -> None:
    """What the last act took or held left its entitlement at nothing or more, unless two
    persons signed for it: accepted is at most the limit, and no balance falls below zero,
    nor does a change by hand take it there. A parcel weighed anew was counted before."""
    for prisoner_id, service, counts_on, rule, case_id, result in tables.rows(
        "SELECT l.prisoner_id, l.service, l.counts_on, l.rule, l.case_id, d.result"
        " FROM ledger l LEFT JOIN decision d ON d.case_id = l.case_id"
        " AND d.audit_seq = l.audit_seq"
        " WHERE l.audit_seq = ? AND (l.kind IN ('use', 'reserve')"
        " OR (l.kind IN ('adjust', 'carry') AND l.pieces > 0)) AND NOT EXISTS"
        " (SELECT 1 FROM step s WHERE s.case_id = l.case_id AND s.kind = 'corrected')",
        tables.last,
    ):
        if result == "override":
            continue
        limit = _limit(tables, rule, case_id)
        if limit is None:
            assert service in ("official_visit", "clergy_visit", *GOODS), (service, rule)
            continue
        value, services, period = limit
        if value is None:
            continue
        first, after = window(period, date.fromisoformat(counts_on))
        used = used_within(tables, prisoner_id, services, first, after)
        assert used <= value, (prisoner_id.hex(), rule, used, value)


def _limit(
    tables: Tables, rule: str | None, case_id: bytes | None
) -> tuple[int | None, frozenset[str], str] | None:
    """Value, services and period of the row that pays, as the case's last rule set has it;
    of a change by hand, as the signed set does."""
    found = tables.rows(
        "SELECT r.value, r.services, r.period FROM rule r"
        " WHERE r.code = ?2 AND r.\"limit\" = 'count' AND r.rule_set_id ="
        " coalesce((SELECT d.rule_set_id FROM decision d WHERE d.case_id = ?1"
        " ORDER BY d.id DESC LIMIT 1), (SELECT target_id FROM signature))",
        case_id,
        rule,
    ) or tables.rows(
        "SELECT value, services, period FROM individual_rule WHERE code = ?"
        " AND \"limit\" = 'count'",
        rule,
    )
    for value, services, period in found:
        return value, codes(services), period
    return None


def used_within(
    tables: Tables, prisoner_id: bytes, services: frozenset[str], first: date, after: date
) -> int:
    """The sum of a prisoner's lines, under all their records, in a period."""
    return sum(
        pieces
        for other, service, pieces in tables.rows(
            "SELECT prisoner_id, service, pieces FROM ledger"
            " WHERE counts_on >= ? AND counts_on < ?",
            first.isoformat(),
            after.isoformat(),
        )
        if service in services and tables.are_one(other, prisoner_id)
    )


def window(period: str, day: date) -> tuple[date, date]:
    """The first day of the calendar's year or month around `day`, and the first after it."""
    if period == "year":
        return date(day.year, 1, 1), date(day.year + 1, 1, 1)
    assert period == "month", period
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1)


def paper_balances_below_zero_are_looked_at(tables: Tables) -> None:
    """Where the paper journal counted more than there is, each visit planned on it has a
    review."""
    for line_id, prisoner_id, service, counts_on in tables.rows(
        "SELECT id, prisoner_id, service, counts_on FROM ledger"
        " WHERE audit_seq = ? AND kind = 'opening'",
        tables.last,
    ):
        day = date.fromisoformat(counts_on)
        used = used_within(tables, prisoner_id, frozenset({service}), *window("year", day))
        without_limit = tables.rows(
            "SELECT 1 FROM individual_rule WHERE value IS NULL AND prisoner_id = ?",
            prisoner_id,
        )
        if used <= _MOST_EVER or without_limit:
            continue
        for case_id, other in tables.rows(
            "SELECT n.case_id, c.prisoner_id FROM case_now n"
            " JOIN gate_case c ON c.id = n.case_id"
            " WHERE n.state IN ('booked', 'admitted', 'inside') AND c.service = ?",
            service,
        ):
            if tables.are_one(other, prisoner_id):
                assert tables.rows(
                    "SELECT 1 FROM review WHERE case_id = ? AND cause_id = ?", case_id, line_id
                ), case_id.hex()


_MOST_EVER = 12  # more than the machine ever grants anybody


def what_was_changed_by_hand_was_signed_by_a_supervisor(tables: Tables) -> None:
    roles = {staff: set(json.loads(told)) for staff, told in _accounts(tables)}
    for staff_id, second_id in tables.rows(
        "SELECT staff_id, second_id FROM ledger WHERE kind IN ('adjust', 'carry')"
    ):
        signer = staff_id if second_id is None else second_id
        assert "supervisor" in roles[signer], signer.hex()
        assert second_id != staff_id


def nobody_signs_an_override_of_their_own(tables: Tables) -> None:
    """Each override bears a second signature, of another person, who is a supervisor."""
    roles = {staff: set(json.loads(told)) for staff, told in _accounts(tables)}
    for staff_id, second_id, ground in tables.rows(
        "SELECT staff_id, second_id, ground FROM decision WHERE result = 'override'"
    ):
        assert second_id is not None, staff_id.hex()
        assert second_id != staff_id, staff_id.hex()
        assert "supervisor" in roles[second_id], second_id.hex()
        assert ground, staff_id.hex()
    tables.none("SELECT id FROM decision WHERE result <> 'override' AND second_id IS NOT NULL")


def _accounts(tables: Tables) -> list[tuple[Any, ...]]:
    return tables.rows("SELECT staff_id, roles FROM staff ORDER BY id")


def no_paper_is_used_more_often_than_it_allows(tables: Tables) -> None:
    """By those who go in or are booked, in cases that nobody had to sign against the rules."""
    tables.none(
        "SELECT p.id, count(*) FROM permission p JOIN member m ON m.permission_id = p.id"
        " JOIN case_now n ON n.case_id = m.case_id"
        " LEFT JOIN step s ON s.case_id = m.case_id AND s.kind = 'admitted'"
        " WHERE p.uses IS NOT NULL AND n.state NOT IN ('refused', 'cancelled', 'void')"
        " AND (s.id IS NULL OR m.no IN (SELECT value FROM json_each(s.data, '$.members')))"
        " AND NOT EXISTS (SELECT 1 FROM decision d WHERE d.case_id = m.case_id"
        " AND d.result = 'override') GROUP BY p.id HAVING count(*) > p.uses"
    )


PROMISES = (
    every_case_holds_what_its_state_says,
    a_case_refused_at_once_never_touched_the_ledger,
    nothing_is_given_back_but_whole_and_once,
    nobody_takes_more_than_there_is_unsigned,
    paper_balances_below_zero_are_looked_at,
    what_was_changed_by_hand_was_signed_by_a_supervisor,
    nobody_signs_an_override_of_their_own,
    no_paper_is_used_more_often_than_it_allows,
)
