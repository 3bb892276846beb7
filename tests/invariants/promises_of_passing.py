"""Who may be inside, with whom, and in which session: the promises of the way in and out."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import combinations

from tests.invariants.tables import Place, Tables, codes

# A ban that names no service is of the social visits and of goods.
NOT_SOCIAL = frozenset({"lawyer_visit", "official_visit", "consular_visit", "monitor_visit"})


def nobody_enters_against_a_ban_but_by_two(tables: Tables) -> None:
    """Whoever went in by the last act had no ban, or two persons had signed for the case."""
    for case_id, person_id in tables.rows(
        "SELECT s.case_id, m.person_id FROM step s JOIN member m ON m.id = s.member_id"
        " WHERE s.kind = 'entered' AND s.audit_seq = ?",
        tables.last,
    ):
        bans = bans_on(tables, case_id, person_id, tables.today)
        assert not bans or tables.is_overridden(case_id), ("banned", person_id.hex())


def nobody_is_inside_against_a_ban_unseen(tables: Tables) -> None:
    """Whom a ban meets inside was let in by two, or their visit was put up for review.

    Records that were joined later carry the ban over: the join is what is looked at then. A
    ban of days to come concerns the visits planned for these days, not whoever is inside.
    """
    for case_id, person_id in tables.rows(
        "SELECT p.case_id, m.person_id FROM presence p JOIN member m ON m.id = p.member_id"
    ):
        for ban in bans_on(tables, case_id, person_id, tables.today):
            looked_at = tables.rows(
                "SELECT 1 FROM review WHERE case_id = ? AND (cause_id = ? OR kind = 'double')",
                case_id,
                ban,
            )
            of_days_to_come = tables.rows(
                "SELECT 1 FROM restriction r JOIN audit_entry a ON a.seq = r.audit_seq"
                ' WHERE r.id = ? AND r."from" > date(a.at / 1000 + a.offset_min * 60,'
                " 'unixepoch')",
                ban,
            )
            assert looked_at or of_days_to_come or tables.is_overridden(case_id), (
                "banned",
                person_id.hex(),
            )


def bans_on(tables: Tables, case_id: bytes, person_id: bytes, day: date) -> list[bytes]:
    """The bans that keep this visitor from this visit on a day, by either of their records."""
    ((service, prisoner_id),) = tables.rows(
        "SELECT service, prisoner_id FROM gate_case WHERE id = ?", case_id
    )
    return [
        ban
        for ban, on_person, on_prisoner, services, from_at in tables.rows(
            "SELECT r.id, r.person_id, r.prisoner_id, r.services, r.from_at FROM restriction r"
            " WHERE r.kind IN ('ban', 'no_contact') AND r.goods IS NULL"
            ' AND r.person_id IS NOT NULL AND r."from" <= ?1'
            ' AND (r."to" IS NULL OR r."to" >= ?1)'
            " AND NOT EXISTS (SELECT 1 FROM ending e WHERE e.target_id = r.id"
            ' AND e."on" <= ?1)',
            day.isoformat(),
        )
        if tables.are_one(on_person, person_id)
        and (on_prisoner is None or tables.are_one(on_prisoner, prisoner_id))
        and (service in codes(services) if services else service not in NOT_SOCIAL)
        and (from_at is None or from_at <= tables.now)
    ]


def inside_are_those_who_entered_and_did_not_leave(tables: Tables) -> None:
    """Presence has exactly them; nobody enters twice or leaves without having entered."""
    steps = Counter(
        (member, kind == "entered")
        for member, kind in tables.rows(
            "SELECT member_id, kind FROM step WHERE kind IN ('entered', 'left', 'stopped')"
        )
    )
    members = {member for member, _entered in steps}
    inside = {member for (member,) in tables.rows("SELECT member_id FROM presence")}
    for member in members:
        entered, out = steps[member, True], steps[member, False]
        assert (entered, out) in ((1, 0), (1, 1)), (member.hex(), entered, out)
    assert inside == {member for member in members if not steps[member, False]}
    tables.none(
        "SELECT p.case_id FROM presence p JOIN member m ON m.id = p.member_id"
        " WHERE m.case_id <> p.case_id"
    )


def a_case_is_inside_while_somebody_of_it_is(tables: Tables) -> None:
    tables.none(
        "SELECT n.case_id, n.state FROM case_now n WHERE (n.state = 'inside')"
        " <> EXISTS (SELECT 1 FROM presence p WHERE p.case_id = n.case_id)"
    )


def one_person_is_inside_once(tables: Tables) -> None:
    """Under whichever of the records that are one person; the cache says whose place it is."""
    seen: Counter[bytes] = Counter()
    for person_id, root in tables.rows(
        "SELECT m.person_id, p.person_root FROM presence p JOIN member m ON m.id = p.member_id"
    ):
        assert tables.root(person_id) == root, ("whose place", person_id.hex(), root.hex())
        seen[root] += 1
    assert all(times == 1 for times in seen.values()), seen


def children_are_inside_with_an_adult(tables: Tables) -> None:
    """By their birth and today's date, unless somebody said that they stay."""
    grown_up: dict[bytes, list[bool]] = defaultdict(list)
    for case_id, birth in tables.rows(
        "SELECT p.case_id, d.birth FROM presence p JOIN member m ON m.id = p.member_id"
        " JOIN person_detail d ON d.id = m.detail_id"
    ):
        grown_up[case_id].append(is_adult(birth, tables.today))
    for case_id, adults in grown_up.items():
        assert any(adults) or case_id in tables.told.child_stays, case_id.hex()


def is_adult(birth: str, day: date) -> bool:
    year, month, of_month = (int(part) for part in birth.split("-"))
    return (day.year - 18, day.month, day.day) >= (year, month, of_month)


def nobody_meets_a_prisoner_twice_a_day(tables: Tables) -> None:
    """Whoever went in by the last act did not meet this prisoner today in another visit.

    A lawyer, a consul, a monitor may come again. Two who were found to be one meanwhile are
    one when either of them goes in.
    """
    met = [
        (case_id, person_id, prisoner_id)
        for case_id, person_id, prisoner_id, at, seq in tables.rows(
            "SELECT s.case_id, m.person_id, c.prisoner_id, s.at, s.audit_seq FROM step s"
            " JOIN member m ON m.id = s.member_id JOIN gate_case c ON c.id = s.case_id"
            " JOIN case_now n ON n.case_id = s.case_id"
            " WHERE s.kind = 'entered' AND n.state <> 'void'"
        )
        if tables.day_of(at) == tables.today or seq == tables.last
    ]
    entered = {
        case_id
        for (case_id,) in tables.rows(
            "SELECT s.case_id FROM step s JOIN gate_case c ON c.id = s.case_id"
            " WHERE s.kind = 'entered' AND s.audit_seq = ? AND c.service NOT IN"
            " ('lawyer_visit', 'consular_visit', 'monitor_visit')",
            tables.last,
        )
    }
    for case_id, person_id, prisoner_id in met:
        if case_id not in entered:
            continue
        others = {
            other
            for other, person, prisoner in met
            if other != case_id
            and tables.are_one(person, person_id)
            and tables.are_one(prisoner, prisoner_id)
        }
        assert not others, (case_id.hex(), [other.hex() for other in others])


def a_visitor_gets_a_badge_only_where_the_prisoner_is(tables: Tables) -> None:
    """No signature admits to a prisoner who was transferred, released, or has died."""
    for prisoner_id in {
        prisoner
        for (prisoner,) in tables.rows(
            "SELECT c.prisoner_id FROM step s JOIN gate_case c ON c.id = s.case_id"
            " WHERE s.kind = 'admitted' AND s.audit_seq = ?",
            tables.last,
        )
    }:
        assert status_of(tables, prisoner_id) not in ("transferred", "released", "dead")


def status_of(tables: Tables, prisoner_id: bytes) -> str:
    """The last status that began, was not undone, and did not end by itself."""
    status = "present"
    for other, value, from_at, until_at, ended in tables.rows(
        'SELECT v.prisoner_id, v.value, v.from_at, v.until_at, e."on" FROM prisoner_event v'
        " LEFT JOIN ending e ON e.target_id = v.id WHERE v.kind = 'status' AND v.from_at <= ?"
        " ORDER BY v.from_at, v.id",
        tables.now,
    ):
        undone = ended is not None and tables.midnight(date.fromisoformat(ended)) <= from_at
        over = until_at is not None and until_at <= tables.now
        if tables.are_one(other, prisoner_id) and not undone and not over:
            status = value
    return status


# ---- sessions


def no_session_is_overfull(tables: Tables) -> None:
    """A visit that got its place by the last act found one, unless two persons signed."""
    for place in _placed(tables):
        for day in place.days:
            seats, taken = _seats(tables, place, day)
            assert taken <= seats, (place.slot_id.hex(), day, taken, seats)


def _seats(tables: Tables, place: Place, day: date) -> tuple[int, int]:
    """The places of the room on one day of a stay, and how many visits hold one."""
    if day == place.day:
        seats = tables.one("SELECT seats FROM visit_slot WHERE id = ?", place.slot_id)
    else:
        seats = tables.one("SELECT seats FROM room WHERE id = ?", place.room_id)
    holding = [
        one
        for one in tables.places
        if one.room_id == place.room_id
        and (
            one.slot_id == place.slot_id
            if one.day == day == place.day
            else one.day <= day <= one.day + timedelta(days=max(1, one.nights) - 1)
        )
    ]
    return int(seats), len(holding)


def prisoners_kept_apart_never_share_a_session(tables: Tables) -> None:
    """Neither by the last act, unless two signed, nor by an older one that nobody looked at."""
    pairs = tables.rows(
        'SELECT r.id, r.prisoner_id, r.other_prisoner_id, r."from", coalesce(r."to", \'9\')'
        " FROM restriction r WHERE r.kind = 'non_association'"
        " AND NOT EXISTS (SELECT 1 FROM ending e WHERE e.target_id = r.id)"
    )
    if not pairs:
        return
    for one, other in combinations(tables.places, 2):
        if one.slot_id != other.slot_id:
            continue
        for cause, a, b, first, last in pairs:
            apart = (
                tables.are_one(one.prisoner_id, a) and tables.are_one(other.prisoner_id, b)
            ) or (tables.are_one(one.prisoner_id, b) and tables.are_one(other.prisoner_id, a))
            if not apart or not first <= one.day.isoformat() <= last:
                continue
            looked_at = tables.rows(
                "SELECT 1 FROM review WHERE case_id IN (?, ?)"
                " AND (cause_id = ? OR kind = 'double')",
                one.case_id,
                other.case_id,
                cause,
            )
            signed = any(tables.is_overridden(each.case_id) for each in (one, other))
            assert looked_at or signed, (one.case_id.hex(), other.case_id.hex())


def _placed(tables: Tables) -> list[Place]:
    """The visits that got a place by the last act, those of an override apart."""
    return [
        place
        for place in tables.places
        if place.audit_seq == tables.last and not tables.is_overridden(place.case_id)
    ]


PROMISES = (
    nobody_enters_against_a_ban_but_by_two,
    nobody_is_inside_against_a_ban_unseen,
    inside_are_those_who_entered_and_did_not_leave,
    a_case_is_inside_while_somebody_of_it_is,
    one_person_is_inside_once,
    children_are_inside_with_an_adult,
    nobody_meets_a_prisoner_twice_a_day,
    a_visitor_gets_a_badge_only_where_the_prisoner_is,
    no_session_is_overfull,
    prisoners_kept_apart_never_share_a_session,
)
