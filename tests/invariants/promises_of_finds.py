"""What is found, and how it is looked for: finds and their acts, lots, opened parcels."""

from __future__ import annotations

import hmac
import json
from collections import defaultdict
from uuid import UUID

from tests.invariants.tables import STANDS, Tables

_LASTS = " NOT EXISTS (SELECT 1 FROM ending e WHERE e.target_id = f.id)"
_WITHOUT_ACT = " NOT EXISTS (SELECT 1 FROM find_act a WHERE a.find_id = f.id)"


def what_is_seized_is_in_a_find(tables: Tables) -> None:
    """Each seized line that stands is one find, of its sender and its prisoner; and a find of a
    line is of one that was seized."""
    tables.none(
        "SELECT i.case_id, i.no, count(f.id) FROM item i LEFT JOIN find f"
        f" ON f.case_id = i.case_id AND f.item_no = i.no AND {_LASTS}"
        f" WHERE i.verdict = 'seize' AND {STANDS} GROUP BY i.id HAVING count(f.id) <> 1"
    )
    tables.none(
        "SELECT f.id FROM find f LEFT JOIN item i ON i.case_id = f.case_id AND i.no = f.item_no"
        f" AND i.verdict = 'seize' AND {STANDS}"
        f" WHERE f.item_no IS NOT NULL AND {_LASTS} AND i.id IS NULL"
    )
    tables.none(
        "SELECT f.id FROM find f JOIN gate_case c ON c.id = f.case_id"
        " JOIN member m ON m.case_id = f.case_id"
        " WHERE m.role = 'sender' AND f.item_no IS NOT NULL"
        " AND (f.person_id IS NOT m.person_id OR f.prisoner_id IS NOT c.prisoner_id)"
    )


def what_a_search_found_is_a_find(tables: Tables) -> None:
    tables.none(
        "SELECT s.member_id FROM search s WHERE s.result = 'found' GROUP BY s.member_id"
        " HAVING count(*) <> (SELECT count(*) FROM find f WHERE f.member_id = s.member_id)"
    )


def a_case_with_a_find_is_not_over_without_its_act(tables: Tables) -> None:
    """A visit is not closed, called off or made void before, a parcel not closed, sent away or
    made void. What was refused at the table went back: only the find of it waits."""
    tables.none(
        "SELECT f.id, n.state FROM find f JOIN case_now n ON n.case_id = f.case_id"
        f" WHERE {_LASTS} AND {_WITHOUT_ACT}"
        " AND n.state IN ('closed', 'cancelled', 'forwarded', 'void')"
    )


def a_case_does_not_wait_for_what_is_done(tables: Tables) -> None:
    """A parcel that was handed over is open while a find has no act, or the doctor not what is
    for the doctor; no longer."""
    tables.none(
        "SELECT n.case_id FROM case_now n WHERE n.state = 'handed_over' AND NOT EXISTS"
        f" (SELECT 1 FROM find f WHERE f.case_id = n.case_id AND {_LASTS} AND {_WITHOUT_ACT})"
        " AND NOT EXISTS (SELECT 1 FROM item i WHERE i.case_id = n.case_id"
        f" AND i.verdict = 'medical' AND {STANDS} AND NOT EXISTS (SELECT 1 FROM step s"
        " WHERE s.case_id = i.case_id AND s.kind IN ('passed_to_medical', 'not_taken')"
        " AND s.audit_seq >= i.audit_seq))"
    )


def an_act_is_seen_by_another_and_printed_twice(tables: Tables) -> None:
    """It says what was found, has a number of its own, and one notice where there is a fine."""
    tables.none(
        "SELECT a.id FROM find_act a JOIN find f ON f.id = a.find_id"
        " WHERE a.witness_id IN (a.staff_id, f.found_by)"
        f" OR NOT {_LASTS} OR NOT EXISTS (SELECT 1 FROM find_thing t WHERE t.find_id = f.id"
        " AND NOT EXISTS (SELECT 1 FROM ending e WHERE e.target_id = t.id))"
    )
    tables.none("SELECT act_no FROM find_act GROUP BY act_no HAVING count(*) > 1")
    tables.none(
        "SELECT a.audit_seq FROM find_act a LEFT JOIN print_job j ON j.audit_seq = a.audit_seq"
        " GROUP BY a.id HAVING count(*) FILTER (WHERE j.template = 'act') <> 2"
        " OR count(*) FILTER (WHERE j.template = 'fine') <> (a.fine_tyiyn IS NOT NULL)"
    )


def nobody_chooses_who_is_looked_through(tables: Tables) -> None:
    """A day's lots are 1, 2, 3 …, and fall as the seed says that stood there before them. What
    was taken in by the last act had its lot; where it fell, another officer looked first."""
    seeds = {
        seed_id: (seed, percent)
        for seed_id, seed, percent in tables.rows("SELECT id, seed, percent FROM draw_seed")
    }
    drawn = defaultdict(list)
    for seed_id, no, falls, drawing in tables.rows(
        "SELECT seed_id, no, drawn, id FROM drawing ORDER BY seed_id, no"
    ):
        drawn[seed_id].append(no)
        seed, percent = seeds[seed_id]
        digest = hmac.digest(seed, no.to_bytes(8, "big"), "sha256")
        due = int.from_bytes(digest, "big") % 10_000 < percent * 100
        assert bool(falls) == due, (no, falls)
        assert seed_id < drawing
    for numbers in drawn.values():
        assert numbers == list(range(1, len(numbers) + 1)), numbers
    for case_id, person_id, prisoner_id, day, by, checked in tables.rows(
        "SELECT c.id, m.person_id, c.prisoner_id, c.day, s.staff_id,"
        " (SELECT json_extract(x.data, '$.staff') FROM step x WHERE x.case_id = c.id"
        " AND x.kind = 'extra_checked') FROM step s JOIN gate_case c ON c.id = s.case_id"
        " JOIN member m ON m.case_id = c.id WHERE s.kind = 'accepted' AND s.audit_seq = ?",
        tables.last,
    ):
        lots = [
            falls
            for falls, person, prisoner in tables.rows(
                "SELECT d.drawn, d.person_id, d.prisoner_id FROM drawing d JOIN draw_seed s"
                " ON s.id = d.seed_id WHERE s.day = ? ORDER BY d.id",
                day,
            )
            if tables.are_one(person, person_id) and tables.are_one(prisoner, prisoner_id)
        ]
        begun = tables.rows("SELECT 1 FROM draw_seed WHERE day = ?", day)
        assert lots or not begun, case_id.hex()
        assert checked is not None or not any(lots[:1]), case_id.hex()
        assert checked is None or UUID(checked).bytes != by, case_id.hex()


def a_parcel_of_the_post_comes_once_and_is_opened_by_several(tables: Tables) -> None:
    tables.none(
        "SELECT p.post_no FROM parcel p JOIN case_now n ON n.case_id = p.case_id"
        " WHERE p.post_no IS NOT NULL AND n.state <> 'void'"
        " GROUP BY p.post_no HAVING count(*) > 1"
    )
    for case_id, told in tables.rows(
        "SELECT s.case_id, (SELECT json_extract(o.data, '$.staff') FROM step o"
        " WHERE o.case_id = s.case_id AND o.kind = 'opened') FROM step s"
        " JOIN parcel p ON p.case_id = s.case_id JOIN gate_case c ON c.id = s.case_id"
        " WHERE s.kind = 'accepted' AND (p.post_no IS NOT NULL"
        " OR c.service IN ('parcel', 'small_parcel'))"
    ):
        assert told is not None, case_id.hex()
        assert len(set(json.loads(told))) >= tables.desk.commission, case_id.hex()


PROMISES = (
    what_is_seized_is_in_a_find,
    what_a_search_found_is_a_find,
    a_case_with_a_find_is_not_over_without_its_act,
    a_case_does_not_wait_for_what_is_done,
    an_act_is_seen_by_another_and_printed_twice,
    nobody_chooses_who_is_looked_through,
    a_parcel_of_the_post_comes_once_and_is_opened_by_several,
)
