"""A family comes in together: its adults before its children."""

from __future__ import annotations

from .gatehouse import Gatehouse


def test_a_child_named_first_still_enters_after_its_adult(gatehouse: Gatehouse) -> None:
    child, mother = gatehouse.child(), gatehouse.visitor()
    recorded = gatehouse.visit(gatehouse.prisoner(), child, mother)
    entered = gatehouse.rows(
        "SELECT member.role FROM step JOIN member ON member.id = step.member_id"
        " WHERE step.case_id = ? AND step.kind = 'entered' ORDER BY step.no",
        recorded.case_id.bytes,
    )
    assert entered == [("lead",), ("child",)]
