"""What is written down, on paper and in the register: numbers, papers, reasons, the chain."""

from __future__ import annotations

import json
from collections import defaultdict
from uuid import UUID

from kiosk.services import audit, decision_record
from tests.invariants.promises_of_the_ledger import GOODS
from tests.invariants.tables import Tables

_AT_THE_DOCTOR = {
    (before, after) for before in ("stored", "handed_over") for after in (before, "to_return")
}
# From the state before to the state after each kind of step (the state machines of a visit and
# of a parcel).
_MOVES = {
    "booked": {("", "booked")},
    "moved": {("booked", "booked")},
    "admitted": {("", "admitted"), ("booked", "admitted")},
    "refused": {("", "refused"), ("booked", "refused"), ("inspected", "refused")},
    "entered": {("admitted", "inside"), ("inside", "inside")},
    "turned_away": {("admitted", "admitted"), ("inside", "inside"), ("admitted", "left")},
    "left": {("inside", "inside"), ("inside", "left"), ("inside", "admitted")},
    "stopped": {("inside", "inside"), ("inside", "left"), ("inside", "admitted")},
    "closed": {("left", "closed"), ("stored", "closed"), ("handed_over", "closed")},
    # From "left" where all were turned away, with the act of what was found on one of them.
    "cancelled": {(before, "cancelled") for before in ("booked", "admitted", "left")},
    "void": {
        (before, "void")
        for before in ("booked", "admitted", "left", "closed", "cancelled", "refused", "stored")
    },
    "weighed": {("", "inspected")},
    "opened": {("", "inspected"), ("inspected", "inspected")},
    "extra_checked": {("", "inspected"), ("inspected", "inspected")},
    "accepted": {("", "stored"), ("inspected", "stored")},
    "placed": {("stored", "stored"), ("to_return", "to_return")},
    "passed_to_medical": _AT_THE_DOCTOR,
    "not_taken": _AT_THE_DOCTOR,
    "medicine_returned": {
        ("stored", "stored"),
        ("handed_over", "handed_over"),
        ("to_return", "closed"),
    },
    "handed_over": {("stored", after) for after in ("handed_over", "to_return", "closed")},
    "not_to_prisoner": {("stored", "to_return")},
    "returned": {("to_return", "closed")},
    "forwarded": {("stored", "forwarded")},
    "corrected": {("stored", "stored"), ("stored", "to_return")},
}


def numbers_have_no_hole(tables: Tables) -> None:
    """In each series and period 1, 2, 3 … and the counter knows the last one."""
    tables.none(
        "SELECT n.series, n.period FROM register_number n GROUP BY n.series, n.period"
        ' HAVING min(n.no) <> 1 OR max(n.no) <> count(*) OR max(n.no) <> (SELECT s."last"'
        " FROM sequence s WHERE s.series = n.series AND s.period = n.period)"
    )
    tables.none(
        "SELECT series, object_id FROM register_number GROUP BY series, object_id"
        " HAVING count(*) > 1"
    )


def who_was_admitted_or_refused_has_a_number(tables: Tables) -> None:
    """V for an admission, P for what was taken in, R for a refusal, also that of one of a
    group; F for each find, T for each ticket."""
    admitted, refused, partly = (
        {case_id for (case_id,) in tables.rows(sql)}
        for sql in (
            "SELECT case_id FROM step WHERE kind = 'admitted'",
            "SELECT case_id FROM step WHERE kind = 'refused'",
            "SELECT s.case_id FROM step s JOIN member m ON m.case_id = s.case_id"
            " WHERE s.kind = 'admitted' AND m.no NOT IN"
            " (SELECT value FROM json_each(s.data, '$.members'))",
        )
    )
    numbered = defaultdict(set)
    for series, object_id in tables.rows("SELECT series, object_id FROM register_number"):
        numbered[series].add(object_id)
    assert numbered["V"] == admitted
    assert numbered["R"] == refused | partly
    for series, sql in (
        ("P", "SELECT case_id FROM step WHERE kind = 'accepted'"),
        ("F", "SELECT id FROM find"),
    ):
        assert numbered[series] == {one for (one,) in tables.rows(sql)}, series
    assert numbered["T"] == {ticket for (ticket,) in tables.rows("SELECT id FROM ticket")}


def one_first_paper_and_numbered_copies(tables: Tables) -> None:
    """A badge for each who was admitted, one notice for a refusal (of a bag of which each thing
    goes back the receipt that says so); copies count 1, 2, 3 …"""
    tables.none(
        "SELECT s.case_id FROM step s WHERE s.kind = 'admitted'"
        " AND json_array_length(s.data, '$.members') <> (SELECT count(*) FROM print_job j"
        " WHERE j.case_id = s.case_id AND j.template = 'badge' AND j.copy_of IS NULL)"
    )
    tables.none(
        "SELECT n.object_id FROM register_number n WHERE n.series = 'R' AND 1 <>"
        " (SELECT count(*) FROM print_job j WHERE j.case_id = n.object_id"
        " AND j.template IN ('refusal', 'receipt') AND j.copy_of IS NULL)"
    )
    tables.none("SELECT id FROM print_job WHERE (copy_of IS NULL) <> (copy_no = 0)")
    tables.none(
        "SELECT copy_of FROM print_job WHERE copy_of IS NOT NULL GROUP BY copy_of"
        " HAVING min(copy_no) <> 1 OR max(copy_no) <> count(*)"
        " OR count(DISTINCT copy_no) <> count(*)"
    )
    tables.none("SELECT id FROM print_job WHERE id NOT IN (SELECT job_id FROM spool)")


def a_parcel_has_its_receipt_its_label_and_its_list(tables: Tables) -> None:
    """One receipt for its sender. A label, another for each correction after which it still
    lies there, and at most one for each place that it was carried to; a list inside where a
    thing that has a name is for its prisoner."""
    for (
        case_id,
        receipts,
        labels,
        lists,
        corrected,
        by_that_over,
        carried,
        accepted,
    ) in tables.rows(
        "SELECT s.case_id,"
        " count(*) FILTER (WHERE j.template = 'receipt'),"
        " count(*) FILTER (WHERE j.template = 'label'),"
        " count(*) FILTER (WHERE j.template = 'contents'),"
        " (SELECT count(*) FROM step c WHERE c.case_id = s.case_id AND c.kind = 'corrected'),"
        " (SELECT count(*) FROM step c JOIN step o ON o.case_id = c.case_id"
        " AND o.audit_seq = c.audit_seq AND o.state <> 'stored'"
        " WHERE c.case_id = s.case_id AND c.kind = 'corrected'),"
        " (SELECT count(*) FROM step c JOIN print_job p ON p.audit_seq = c.audit_seq"
        " WHERE c.case_id = s.case_id AND c.kind = 'placed' AND p.template = 'label'),"
        " EXISTS (SELECT 1 FROM item i LEFT JOIN item_words w ON w.item_id = i.id"
        " WHERE i.case_id = s.case_id AND i.verdict = 'accept' AND i.replaces IS NULL"
        " AND (i.code IS NOT NULL OR w.words IS NOT NULL))"
        " FROM step s LEFT JOIN print_job j ON j.case_id = s.case_id AND j.copy_of IS NULL"
        " WHERE s.kind = 'accepted' GROUP BY s.case_id"
    ):
        told = (case_id.hex(), receipts, labels, lists, corrected, by_that_over, carried)
        assert receipts == 1, told
        assert labels == 1 + corrected - by_that_over + carried, told
        assert accepted <= lists <= labels, told


def steps_follow_one_another(tables: Tables) -> None:
    """Steps of a case count 1, 2, 3 … and each leads from a state to one that may follow."""
    before: dict[bytes, tuple[int, str]] = {}
    for case_id, no, kind, state in tables.rows(
        "SELECT case_id, no, kind, state FROM step ORDER BY case_id, no"
    ):
        last_no, was = before.get(case_id, (0, ""))
        assert no == last_no + 1, (case_id.hex(), no)
        assert (was, state) in _MOVES[kind], (case_id.hex(), kind, was, state)
        before[case_id] = no, state


def who_is_refused_is_told_why(tables: Tables) -> None:
    """Each refusal has a reason with its rule and reference; of a group, each who stays out.
    Two may also sign for what the rules let pass of a bag and the catalogue does not."""
    for case_id, service, result, told, inputs, seq in tables.rows(
        "SELECT d.case_id, c.service, d.result, d.reasons, d.inputs, d.audit_seq"
        " FROM decision d JOIN gate_case c ON c.id = d.case_id WHERE d.result <> 'allow'"
    ):
        reasons = [one for one in json.loads(told) if not one.get("condition")]
        assert reasons or (result == "override" and service in GOODS), case_id.hex()
        for reason in reasons:
            assert reason["rule"] or reason.get("restriction"), (case_id.hex(), reason)
            assert reason["legal_ref"], (case_id.hex(), reason)
        if result == "part" and seq == tables.last:
            asked = {one["person"] for one in json.loads(inputs)["people"]}
            because = {reason.get("person") for reason in reasons}
            out = {
                str(UUID(bytes=person))
                for (person,) in tables.rows(
                    "SELECT m.person_id FROM member m JOIN step s ON s.case_id = m.case_id"
                    " WHERE m.case_id = ? AND s.kind = 'admitted' AND m.no NOT IN"
                    " (SELECT value FROM json_each(s.data, '$.members'))",
                    case_id,
                )
            }
            assert out & asked <= because, (case_id.hex(), because)


def a_decision_is_made_again_alike(tables: Tables) -> None:
    """What was kept of the facts gives the same answer; those of the last act."""
    for (case_id,) in tables.rows(
        "SELECT DISTINCT case_id FROM decision WHERE audit_seq = ?", tables.last
    ):
        for again in decision_record.decide_again(UUID(bytes=case_id)):
            assert again.agrees, (case_id.hex(), again)


def nothing_hangs_at_the_gate_of_a_closed_case(tables: Tables) -> None:
    tables.none(
        "SELECT n.case_id, d.tag FROM deposit d JOIN member m ON m.id = d.member_id"
        " JOIN case_now n ON n.case_id = m.case_id WHERE n.state = 'closed'"
        " AND NOT EXISTS (SELECT 1 FROM ending e WHERE e.target_id = d.id)"
    )


def a_tag_hangs_for_one_visitor(tables: Tables) -> None:
    tables.none(
        "SELECT d.tag FROM deposit d"
        " WHERE NOT EXISTS (SELECT 1 FROM ending e WHERE e.target_id = d.id)"
        " GROUP BY d.tag HAVING count(DISTINCT d.member_id) > 1"
    )


def every_act_is_one_entry_of_the_chain(tables: Tables) -> None:
    """The chain, the seals and the counters are whole, and the caches equal a rebuild."""
    found = audit.verify(tables.desk)
    assert found.is_whole, found.findings
    assert found.entries == tables.last


PROMISES = (
    numbers_have_no_hole,
    who_was_admitted_or_refused_has_a_number,
    one_first_paper_and_numbered_copies,
    a_parcel_has_its_receipt_its_label_and_its_list,
    steps_follow_one_another,
    who_is_refused_is_told_why,
    a_decision_is_made_again_alike,
    nothing_hangs_at_the_gate_of_a_closed_case,
    a_tag_hangs_for_one_visitor,
    every_act_is_one_entry_of_the_chain,
)
