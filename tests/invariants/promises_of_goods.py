"""What is brought for a prisoner: its weight, its one fate, its place, and what it uses up."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from tests.invariants.promises_of_passing import bans_on, status_of
from tests.invariants.promises_of_the_ledger import GOODS, window
from tests.invariants.tables import STANDS, Tables

HOUR = 3_600_000  # ms
# Of a medical line `i`: a doctor looked at it, and did not take it; its sender has it.
IS_LOOKED_AT = (
    " EXISTS (SELECT 1 FROM step s WHERE s.case_id = i.case_id AND s.audit_seq >= i.audit_seq"
    " AND s.kind IN ('passed_to_medical', 'not_taken'))"
)
IS_LEFT = (
    " EXISTS (SELECT 1 FROM step s, json_each(s.data, '$.lines') l WHERE s.case_id = i.case_id"
    " AND s.kind = 'not_taken' AND l.value = i.no)"
)
IS_BACK = (
    " EXISTS (SELECT 1 FROM step r WHERE r.case_id = i.case_id AND (r.kind = 'returned'"
    " OR (r.kind = 'medicine_returned' AND EXISTS (SELECT 1 FROM step s, json_each(s.data,"
    " '$.lines') l WHERE s.case_id = i.case_id AND s.kind = 'not_taken' AND l.value = i.no"
    " AND s.no < r.no))))"
)


def what_is_accepted_weighs_what_the_parcel_does(tables: Tables) -> None:
    """Σ of the accepted lines = net; with the corrections, which say how much they change, too.
    Net is at most gross, as are all lines together unless the rules turned the bag back as it
    was."""
    for one in tables.parcels:
        assert one.at_first == one.net, one
        assert one.grams == one.net + one.corrected, one
        assert one.grams <= one.gross, one
        assert one.net <= one.gross, one
    tables.none(
        "SELECT p.case_id FROM parcel p JOIN item i ON i.case_id = p.case_id"
        " JOIN decision d ON d.case_id = p.case_id"
        f" WHERE {STANDS} AND d.result <> 'refuse'"
        " GROUP BY p.case_id HAVING sum(i.grams) > p.gross_grams"
    )
    tables.none(
        "SELECT s.case_id FROM step s JOIN parcel p ON p.case_id = s.case_id"
        " WHERE s.kind = 'weighed' AND json_extract(s.data, '$.grams') <> p.gross_grams"
    )


def a_correction_stands_in_for_a_line(tables: Tables) -> None:
    """Each line that was replaced was there before; its goods are of the same thing."""
    tables.none(
        "SELECT i.case_id, i.no FROM item i LEFT JOIN item o ON o.case_id = i.case_id"
        " AND o.no = i.replaces WHERE i.replaces IS NOT NULL"
        " AND NOT (o.no < i.no AND o.code IS i.code AND o.goods_class = i.goods_class)"
    )
    tables.none("SELECT case_id FROM item GROUP BY case_id HAVING max(no) <> count(*)")


def the_ledger_holds_what_was_accepted(tables: Tables) -> None:
    """One package with the grams accepted now, on its day, while it is for its prisoner or has
    reached them; of what went back, was refused or made void, nothing. What is for the doctor,
    and what weighs nothing, takes nothing."""
    weights = {one.case_id: one for one in tables.parcels}
    for case_id, service, state, day, standing, pieces, grams, wrong_days in tables.rows(
        "SELECT n.case_id, c.service, n.state, c.day,"
        " count(l.id) FILTER (WHERE l.reverses IS NULL AND b.id IS NULL),"
        " coalesce(sum(l.pieces), 0), coalesce(sum(l.grams), 0),"
        " count(l.id) FILTER (WHERE l.counts_on <> c.day OR l.service <> c.service"
        " OR l.prisoner_id <> c.prisoner_id)"
        " FROM case_now n JOIN gate_case c ON c.id = n.case_id"
        " LEFT JOIN ledger l ON l.case_id = n.case_id"
        " LEFT JOIN ledger b ON b.gate_id = l.gate_id AND b.reverses = l.id"
        f" WHERE c.service IN {GOODS} GROUP BY n.case_id"
    ):
        one = weights.get(case_id)
        uses = (
            one is not None
            and state not in ("refused", "void")
            and one.grams > 0
            and not one.went_back
            and service != "medical_package"
        )
        due = (1, 1, one.grams) if one is not None and uses else (0, 0, 0)
        told = (case_id.hex(), service, state, day, one)
        assert (standing, pieces, grams) == due, (*told, standing, pieces, grams)
        assert not wrong_days, told


def a_periods_grams_are_those_of_its_packages(tables: Tables) -> None:
    """What the ledger adds up to for a prisoner and a day = what was accepted, less refunds."""
    booked: dict[tuple[bytes, str, str], int] = defaultdict(int)
    for prisoner_id, service, day, grams in tables.rows(
        f"SELECT prisoner_id, service, counts_on, grams FROM ledger WHERE service IN {GOODS}"
        " AND case_id IS NOT NULL"
    ):
        booked[prisoner_id, service, day] += grams
    heads = {
        case_id: (prisoner_id, service, day)
        for case_id, prisoner_id, service, day in tables.rows(
            "SELECT id, prisoner_id, service, day FROM gate_case"
        )
    }
    for one in tables.parcels:
        is_used = one.state != "void" and not one.went_back
        if one.service != "medical_package" and is_used:
            booked[heads[one.case_id]] -= one.grams
    assert not any(booked.values()), booked


def nobody_gets_more_grams_than_there_are_unsigned(tables: Tables) -> None:
    """TEST-2026: a convict 20 kg at once, on remand 30 kg of packages a month, a small parcel
    5 kg. What a supervisor corrects later was counted before."""
    for case_id, prisoner_id, service, day, grams in tables.rows(
        "SELECT l.case_id, l.prisoner_id, l.service, l.counts_on, l.grams FROM ledger l"
        f" WHERE l.audit_seq = ? AND l.kind = 'use' AND l.service IN {GOODS} AND NOT EXISTS"
        " (SELECT 1 FROM step s WHERE s.case_id = l.case_id AND s.kind = 'corrected')",
        tables.last,
    ):
        if tables.is_overridden(case_id):
            continue
        told = (case_id.hex(), service, grams)
        if service == "small_parcel":
            assert grams <= 5000, told
        elif _category(tables, prisoner_id) == "convict":
            assert grams <= 20_000, told
        elif service == "package":
            first, after = window("month", date.fromisoformat(day))
            used = sum(
                weight
                for other, weight in tables.rows(
                    "SELECT prisoner_id, grams FROM ledger WHERE service = 'package'"
                    " AND counts_on >= ? AND counts_on < ?",
                    first.isoformat(),
                    after.isoformat(),
                )
                if tables.are_one(other, prisoner_id)
            )
            assert used <= 30_000, (*told, used)


def _category(tables: Tables, prisoner_id: bytes) -> str:
    return str(
        tables.one(
            "SELECT value FROM prisoner_event WHERE kind = 'category' AND prisoner_id = ?",
            prisoner_id,
        )
    )


def a_parcel_has_one_fate(tables: Tables) -> None:
    """It is handed over, or returned, or forwarded, or made void, once; its state says which.
    What is over without any of these had nothing in it for its prisoner any more."""
    for one in tables.parcels:
        assert len(one.fates) <= 1, one
        fate = one.fates[0] if one.fates else ""
        due = {
            "stored": {""},
            # What the doctor did not take goes back from one that its prisoner has.
            "to_return": {""} if one.went_back else {"", "handed_over"},
            "handed_over": {"handed_over"},
            "forwarded": {"forwarded"},
            "void": {"void"},
            "closed": {"handed_over", "returned", ""},
        }[one.state]
        assert fate in due, one
        assert one.went_back == (fate == "returned") or one.state == "to_return", one
        if one.state in ("closed", "to_return") and not (fate or one.went_back):
            assert one.grams == 0, one
            tables.none(
                "SELECT i.case_id, i.no FROM item i WHERE i.case_id = ? AND i.verdict ="
                f" 'accept' AND (i.pieces OR i.grams OR i.tyiyn) AND {STANDS}",
                one.case_id,
            )


def nothing_vanishes(tables: Tables) -> None:
    """Accepted grams = on the shelf + handed over + returned + forwarded + corrected away +
    made void: by what was written of each when it came, and when it went."""
    accepted = tables.one(
        "SELECT coalesce(sum(p.net_grams), 0) FROM parcel p JOIN step s"
        " ON s.case_id = p.case_id WHERE s.kind = 'accepted'"
    )
    found = defaultdict(int)
    for one in tables.parcels:
        found["corrected away"] -= one.corrected
        if one.fates:
            found[one.fates[0]] += one.grams
        elif one.state in ("stored", "to_return"):
            found["on the shelf"] += one.grams
    assert accepted == sum(found.values()), (accepted, dict(found))


def the_doctor_has_what_is_for_the_doctor(tables: Tables) -> None:
    """Before a parcel is over: at each medical line a doctor looked after it was written, and
    has it, or its sender has. Where a whole parcel goes back, or after its prisoner, these go
    with it."""
    open_lines = (
        "SELECT i.case_id, i.no FROM item i JOIN case_now n ON n.case_id = i.case_id"
        f" WHERE i.verdict = 'medical' AND {STANDS}"
    )
    tables.none(f"{open_lines} AND n.state = 'closed' AND NOT {IS_BACK} AND NOT {IS_LOOKED_AT}")
    tables.none(f"{open_lines} AND n.state = 'closed' AND {IS_LEFT} AND NOT {IS_BACK}")
    tables.none(
        "SELECT s.case_id FROM step s JOIN step l ON l.case_id = s.case_id AND l.no < s.no"
        " WHERE s.kind IN ('passed_to_medical', 'not_taken') AND l.state NOT IN"
        " ('inspected', 'stored', 'handed_over')"
    )


def what_the_doctor_does_not_take_goes_back(tables: Tables) -> None:
    """The doctor is named, and leaves nothing but what waited for them; each time there is a
    paper for the sender. It is given back once, and a parcel waits for that as long as it
    must."""
    tables.none(
        "SELECT s.case_id, l.value FROM step s, json_each(s.data, '$.lines') l"
        " LEFT JOIN item i ON i.case_id = s.case_id AND i.no = l.value"
        " WHERE s.kind = 'not_taken' AND NOT coalesce(i.verdict = 'medical'"
        " AND i.audit_seq < s.audit_seq AND NOT EXISTS (SELECT 1 FROM item x"
        " WHERE x.case_id = i.case_id AND x.replaces = i.no AND x.audit_seq < s.audit_seq)"
        " AND NOT EXISTS (SELECT 1 FROM step p WHERE p.case_id = s.case_id AND p.kind IN"
        " ('passed_to_medical', 'not_taken') AND p.audit_seq > i.audit_seq"
        " AND p.audit_seq < s.audit_seq), 0)"
    )
    tables.none(
        "SELECT s.case_id FROM step s WHERE s.kind IN ('passed_to_medical', 'not_taken')"
        " AND 1 <> (SELECT count(*) FROM step_words w WHERE w.step_id = s.id)"
    )
    tables.none(
        "SELECT s.case_id FROM step s WHERE s.kind = 'not_taken' AND 1 <> (SELECT count(*)"
        " FROM print_job j WHERE j.audit_seq = s.audit_seq AND j.template = 'given_back')"
    )
    tables.none(
        "SELECT r.case_id FROM step r WHERE r.kind = 'medicine_returned' AND NOT EXISTS"
        " (SELECT 1 FROM step s WHERE s.case_id = r.case_id AND s.kind = 'not_taken'"
        " AND s.no < r.no AND NOT EXISTS (SELECT 1 FROM step x WHERE x.case_id = r.case_id"
        " AND x.kind = 'medicine_returned' AND x.no > s.no AND x.no < r.no))"
    )
    waits = {
        case_id
        for (case_id,) in tables.rows(
            f"SELECT i.case_id FROM item i WHERE i.verdict = 'medical' AND {STANDS}"
            f" AND {IS_LEFT} AND NOT {IS_BACK}"
        )
    }
    for one in tables.parcels:
        if one.state == "to_return":
            assert one.went_back or one.case_id in waits, one
        if one.state == "closed":
            assert one.case_id not in waits, one


def a_parcel_goes_to_a_prisoner_who_is_there(tables: Tables) -> None:
    for case_id, prisoner_id in tables.rows(
        "SELECT s.case_id, c.prisoner_id FROM step s JOIN gate_case c ON c.id = s.case_id"
        " WHERE s.kind = 'handed_over' AND s.audit_seq = ?",
        tables.last,
    ):
        status = status_of(tables, prisoner_id)
        assert status == "present", (case_id.hex(), status)


def no_place_is_overfull(tables: Tables) -> None:
    """Nor does anything stand at a place that was given up, or stand nowhere known."""
    tables.none(
        "SELECT p.code, p.capacity, count(*) FROM case_now n"
        " JOIN place p ON p.id IN (n.place_id, n.safe_id)"
        " WHERE n.is_open GROUP BY p.id HAVING count(*) > p.capacity"
    )
    tables.none(
        "WITH stands AS (SELECT case_id, place_id AS id FROM case_now WHERE is_open"
        " UNION ALL SELECT case_id, safe_id FROM case_now WHERE is_open)"
        " SELECT s.case_id FROM stands s LEFT JOIN place p ON p.id = s.id"
        " LEFT JOIN ending e ON e.target_id = p.id"
        " WHERE s.id IS NOT NULL AND (p.id IS NULL OR e.id IS NOT NULL)"
    )


def what_is_worth_a_safe_lies_in_one(tables: Tables) -> None:
    """Money, papers and valuables that are here for a prisoner, and nothing else; where no safe
    had room they lie nowhere. A bag stands at no place of that kind."""
    for case_id, there, safe, bag, shelf in tables.rows(
        "SELECT n.case_id, n.state IN ('stored', 'to_return') AND NOT EXISTS (SELECT 1 FROM"
        " step h WHERE h.case_id = n.case_id AND h.kind = 'handed_over'), s.kind,"
        " EXISTS (SELECT 1 FROM item i WHERE i.case_id = n.case_id AND i.verdict = 'accept'"
        f" AND i.goods_class IN ('document', 'money', 'valuable') AND {STANDS}), p.kind"
        " FROM case_now n JOIN parcel c ON c.case_id = n.case_id"
        " LEFT JOIN place s ON s.id = n.safe_id LEFT JOIN place p ON p.id = n.place_id"
    ):
        told = (case_id.hex(), there, safe, bag, shelf)
        assert safe in (("safe", None) if there and bag else (None,)), told
        assert shelf != "safe", told


def what_lies_there_has_its_hour(tables: Tables) -> None:
    """The cache says when the first of the accepted things spoils, and where a parcel stands
    by its steps; of what is gone it says nothing, nor of what its prisoner has."""
    for case_id, state, handed, due_at, place_id, safe_id, safe, soonest, placed in tables.rows(
        "SELECT n.case_id, n.state, h.no, n.due_at, lower(hex(n.place_id)),"
        " lower(hex(n.safe_id)), (SELECT replace(nullif(json_extract(s.data, '$.safe'), 0),"
        " '-', '') FROM step s WHERE s.case_id = n.case_id"
        " AND json_extract(s.data, '$.safe') IS NOT NULL ORDER BY s.no DESC LIMIT 1),"
        f" (SELECT c.at + min(t.perishable_hours) * {HOUR} FROM item i JOIN catalogue_item t"
        " ON t.id = i.catalogue_id WHERE i.case_id = n.case_id AND i.verdict = 'accept'"
        f" AND {STANDS}),"
        " (SELECT replace(json_extract(s.data, '$.place'), '-', '') FROM step s"
        " WHERE s.case_id = n.case_id AND json_extract(s.data, '$.place') IS NOT NULL"
        " AND s.no >= coalesce(h.no, 0) ORDER BY s.no DESC LIMIT 1)"
        " FROM case_now n JOIN parcel p ON p.case_id = n.case_id"
        " JOIN gate_case c ON c.id = n.case_id"
        " LEFT JOIN step h ON h.case_id = n.case_id AND h.kind = 'handed_over'"
    ):
        there = state in ("stored", "to_return")
        told = (case_id.hex(), state, handed, due_at, soonest, place_id, placed, safe_id, safe)
        whole = there and handed is None
        assert due_at == (soonest if whole else None), told
        assert (safe_id or None) == (safe if whole else None), told
        assert (place_id or None) == (placed if there else None), told


def nothing_against_the_catalogue_is_taken_in_but_by_two(tables: Tables) -> None:
    """Forbidden things, and more than the limit of one, by the rows of the day; at the table,
    before any correction."""
    for case_id, code, allowed, most_pieces, most_grams, pieces, grams in tables.rows(
        "SELECT i.case_id, t.code, t.allowed, t.max_pieces, t.max_grams, sum(i.pieces),"
        " sum(i.grams) FROM item i JOIN catalogue_item t ON t.id = i.catalogue_id"
        " WHERE i.verdict = 'accept' AND i.replaces IS NULL GROUP BY i.case_id, t.id"
    ):
        over = (most_pieces is not None and pieces > most_pieces) or (
            most_grams is not None and grams > most_grams
        )
        if allowed in ("forbidden", "withdrawn") or over:
            assert tables.is_overridden(case_id), (case_id.hex(), code, pieces, grams)


def the_doctor_gets_nothing_forbidden_but_medicine(tables: Tables) -> None:
    """At the table or by a correction; of a medical package two may let pass what they sign."""
    for case_id, code, service in tables.rows(
        "SELECT i.case_id, t.code, c.service FROM item i"
        " JOIN catalogue_item t ON t.id = i.catalogue_id JOIN gate_case c ON c.id = i.case_id"
        " WHERE i.verdict = 'medical' AND t.allowed IN ('forbidden', 'withdrawn')"
        " AND NOT t.medical AND t.goods_class <> 'medicine'"
    ):
        assert service == "medical_package", (case_id.hex(), code, service)
        assert tables.is_overridden(case_id), (case_id.hex(), code)


def nobody_brings_against_a_ban_but_by_two(tables: Tables) -> None:
    for case_id, person_id in tables.rows(
        "SELECT s.case_id, m.person_id FROM step s JOIN member m ON m.case_id = s.case_id"
        " WHERE s.kind = 'accepted' AND s.audit_seq = ?",
        tables.last,
    ):
        bans = bans_on(tables, case_id, person_id, tables.today)
        assert not bans or tables.is_overridden(case_id), (case_id.hex(), person_id.hex())


PROMISES = (
    what_is_accepted_weighs_what_the_parcel_does,
    a_correction_stands_in_for_a_line,
    the_ledger_holds_what_was_accepted,
    a_periods_grams_are_those_of_its_packages,
    nobody_gets_more_grams_than_there_are_unsigned,
    a_parcel_has_one_fate,
    nothing_vanishes,
    the_doctor_has_what_is_for_the_doctor,
    what_the_doctor_does_not_take_goes_back,
    a_parcel_goes_to_a_prisoner_who_is_there,
    no_place_is_overfull,
    what_is_worth_a_safe_lies_in_one,
    what_lies_there_has_its_hour,
    nothing_against_the_catalogue_is_taken_in_but_by_two,
    the_doctor_gets_nothing_forbidden_but_medicine,
    nobody_brings_against_a_ban_but_by_two,
)
