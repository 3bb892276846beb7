"""A case as JSON is judged as it was known at its moment, and answered key by key."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from kiosk.rules import cases
from kiosk.rules.cases import BadCase
from kiosk.support.deciding import answers, preset, run_cases
from tests.unit.rules import TEST_2026, ZONE

PLAIN: dict[str, Any] = {
    "id": "x1",
    "settings": {"rule_set": "TEST-2026", "period_start": "calendar", "min_interval": False},
    "rules_added": [],
    "prisoner": {
        "file_no": "P-1",
        "category": "convict",
        "regime": "strict",
        "condition": "ordinary",
        "sex": "M",
        "birth": "1980-05-01",
        "admitted": "2023-02-01",
        "medical": [],
        "status_events": [{"kind": "present", "at": "2023-02-01T04:00:00Z"}],
    },
    "history": [],
    "restrictions": [],
    "non_associations": [],
    "blocked_dates": [],
    "inside": [],
    "open_visits": [],
    "request": {
        "service": "short_visit",
        "at": "2026-04-01T04:00:00Z",
        "swap_from": None,
        "session": None,
        "people": [
            {
                "id": "A",
                "birth": "1985-07-01",
                "lead": True,
                "relation": {
                    "kind": "spouse",
                    "approved": True,
                    "prisoner_consent": True,
                    "from": None,
                    "to": None,
                },
                "document": {"series": "ID", "expiry": "2031-01-01"},
                "permissions": [],
            }
        ],
    },
}
USE = {"entry": "use", "id": "v1", "service": "short_visit", "at": "2026-01-09T04:00:00Z"}


def case(**changes: Any) -> dict[str, Any]:
    """PLAIN with other top keys; `request` and `prisoner` are laid over theirs."""
    made = deepcopy(PLAIN)
    for key in ("request", "prisoner", "settings"):
        made[key].update(changes.pop(key, {}))
    return made | changes


def answer(made: dict[str, Any]) -> dict[str, Any]:
    [line] = answers([json.dumps(made).encode()], ZONE)
    told: dict[str, Any] = json.loads(line)
    return told


def left(*history: dict[str, Any]) -> int:
    before: int = answer(case(history=list(history)))["remaining_before"]
    return before


def test_the_answer_has_every_key_of_the_format() -> None:
    assert answer(case(history=[USE])) == {
        "id": "x1",
        "outcome": "allowed",
        "reasons": [],
        "people": {"A": []},
        "admitted": ["A"],
        "refused_items": [],
        "conditions": [],
        "restrictions": [],
        "remaining_before": 2,
        "remaining_after": 1,
        "remaining_unit": "count",
        "next_allowed": None,
        "rules": ["T01", "T16"],
    }


# ---- history


@pytest.mark.parametrize(
    ("history", "before"),
    [
        ([], 3),
        ([USE], 2),
        ([USE | {"override": True}], 2),
        ([USE, {"entry": "refund", "of": "v1", "at": "2026-01-10T04:00:00Z"}], 3),
        ([{"entry": "refund", "of": "v1", "at": "2026-01-10T04:00:00Z"}, USE], 3),
        # Given back once, however often.
        ([USE, *[{"entry": "refund", "of": "v1", "at": "2026-01-10T04:00:00Z"}] * 2], 3),
        # Not yet given back when it was asked.
        ([USE, {"entry": "refund", "of": "v1", "at": "2026-04-01T04:00:01Z"}], 2),
        ([USE | {"at": "2026-04-01T04:00:00Z"}], 2),
        ([USE | {"at": "2026-04-01T04:00:01Z"}], 3),
        # At 18:00 UTC it is midnight here.
        ([USE | {"at": "2025-12-31T17:59:59Z"}], 3),
        ([USE | {"at": "2025-12-31T18:00:00Z"}], 2),
        ([{"entry": "refused", "service": "short_visit", "at": "2026-02-03T04:00:00Z"}], 3),
    ],
)
def test_what_was_used_by_then(history: list[dict[str, Any]], before: int) -> None:
    assert left(*history) == before


def test_a_reserve_counts_in_the_period_of_its_visit() -> None:
    reserve = {
        "entry": "reserve",
        "id": "b1",
        "service": "short_visit",
        "at": "2025-12-01T04:00:00Z",
        "for": "2026-06-01T04:00:00Z",
    }
    assert left(reserve) == 2
    assert left(reserve | {"for": "2027-06-01T04:00:00Z"}) == 3
    assert left(reserve, {"entry": "refund", "of": "b1", "at": "2026-01-01T04:00:00Z"}) == 3


def test_a_use_stands_in_the_place_of_its_reserve() -> None:
    reserve = {
        "entry": "reserve",
        "id": "b1",
        "service": "short_visit",
        "at": "2026-01-01T04:00:00Z",
        "for": "2026-02-01T04:00:00Z",
    }
    use = USE | {"at": "2026-02-01T05:00:00Z", "of_reserve": "b1"}
    assert left(reserve, use) == 2
    assert left(reserve, use, {"entry": "refund", "of": "v1", "at": use["at"]}) == 3
    # Not yet fulfilled when it was asked.
    assert left(reserve, use | {"at": "2026-05-01T05:00:00Z"}) == 2


@pytest.mark.parametrize("entry", ["adjust", "carry"])
def test_what_is_written_by_hand_gives_more_where_it_is_positive(entry: str) -> None:
    line = {"entry": entry, "service": "short_visit", "at": "2025-12-31T18:00:00Z"}
    assert left(line | {"qty": 1}) == 4
    assert left(line | {"qty": -2}) == 1
    assert left(line | {"qty": 1, "at": "2025-12-31T17:59:59Z"}) == 3


def test_a_swap_used_a_long_visit_and_no_short_one() -> None:
    swap = {
        "entry": "swap",
        "from": "long_visit",
        "to": "short_visit",
        "at": "2026-02-02T04:00:00Z",
    }
    assert left(swap) == 3
    long = answer(case(history=[swap], request={"service": "long_visit"}))
    assert (long["remaining_before"], long["outcome"]) == (2, "allowed")


# ---- as it was known


def test_a_status_after_the_moment_asked_about_does_not_exist_yet() -> None:
    events = [
        *PLAIN["prisoner"]["status_events"],
        {"kind": "isolator", "at": "2026-04-01T04:00:01Z"},
    ]
    assert answer(case(prisoner={"status_events": events}))["outcome"] == "allowed"


def test_a_planned_end_of_a_status_is_known() -> None:
    events = [
        *PLAIN["prisoner"]["status_events"],
        {"kind": "isolator", "at": "2026-03-01T02:00:00Z", "until": "2026-04-11T02:00:00Z"},
    ]
    told = answer(case(prisoner={"status_events": events}))
    assert (told["reasons"], told["next_allowed"]) == (["isolator"], "2026-04-11")


@pytest.mark.parametrize("events", [[], [{"kind": "present", "at": "2026-05-01T04:00:00Z"}]])
def test_who_is_not_yet_admitted_is_not_in_prison(events: list[dict[str, Any]]) -> None:
    told = answer(case(prisoner={"status_events": events}))
    assert (told["reasons"], told["next_allowed"]) == (["not_in_prison"], None)


def ban(**changes: Any) -> dict[str, Any]:
    return {
        "id": "B1",
        "kind": "ban",
        "target": {"type": "pair", "person": "A", "prisoner": "P-1"},
        "services": ["*"],
        "goods": None,
        "from": "2026-01-01",
        "to": None,
        "lifted_at": None,
        "ground": "order 7",
    } | changes


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({}, "refused"),
        ({"to": "2026-04-01"}, "refused"),
        ({"to": "2026-03-31"}, "allowed"),
        ({"from": "2026-04-01"}, "refused"),
        ({"from": "2026-04-02"}, "allowed"),
        ({"to": "2026-04-01T04:00:00Z"}, "allowed"),
        ({"from": "2026-04-01T04:00:00Z"}, "refused"),
        ({"lifted_at": "2026-04-01T04:00:00Z"}, "allowed"),
        ({"lifted_at": "2026-04-01T04:00:01Z"}, "refused"),
        ({"target": {"type": "pair", "person": "A", "prisoner": "P-2"}}, "allowed"),
        ({"target": {"type": "prisoner", "prisoner": "P-1"}}, "refused"),
        ({"target": {"type": "facility"}, "kind": "stop"}, "refused"),
        ({"services": ["lawyer_visit"]}, "allowed"),
        ({"services": ["package"], "goods": ["meat"]}, "allowed"),
    ],
)
def test_a_ban_holds_on_whole_days_and_from_moment_to_moment(
    changes: dict[str, Any], outcome: str
) -> None:
    assert answer(case(restrictions=[ban(**changes)]))["outcome"] == outcome


def test_who_came_in_later_was_not_inside_yet() -> None:
    for since, reasons in (
        ("2026-04-01T04:00:00Z", ["already_inside"]),
        ("2026-04-01T04:00:01Z", []),
    ):
        told = answer(case(inside=[{"person": "A", "since": since}]))
        assert told["people"] == {"A": reasons}


def test_an_open_visit_of_the_same_local_day_is_a_second_one() -> None:
    visit = {
        "id": "b1",
        "person": "A",
        "prisoner": "P-1",
        "service": "short_visit",
        "planned": "2026-03-31T18:00:00Z",
    }
    assert answer(case(open_visits=[visit]))["reasons"] == ["duplicate_today"]
    for other in ({"planned": "2026-03-31T17:59:00Z"}, {"person": "B"}, {"prisoner": "P-2"}):
        assert answer(case(open_visits=[visit | other]))["reasons"] == []


# ---- the rest of the format


def test_added_rules_stand_above_the_set_where_their_scope_does() -> None:
    five = {
        "id": "I1",
        "service": ["short_visit"],
        "scope": {"prisoner": "P-1"},
        "limit": "count",
        "period": "year",
        "value": 5,
    }
    told = answer(case(rules_added=[five]))
    assert (told["remaining_before"], told["rules"]) == (5, ["I1", "T16"])
    assert answer(case(rules_added=[five | {"value": None}]))["remaining_before"] is None
    assert answer(case(rules_added=[five | {"scope": {"prisoner": "P-2"}}]))["rules"] == [
        "T01",
        "T16",
    ]


@pytest.mark.parametrize(
    ("grams", "reasons"),
    [
        (20_000, []),
        (20_001, ["weight_exceeded"]),
        (20_000.0, []),
        (1_500.5, ["invalid_weight"]),
        (0, ["invalid_weight"]),
        (None, ["invalid_weight"]),
    ],
)
def test_a_package_is_weighed_in_whole_grams(grams: float | None, reasons: list[str]) -> None:
    assert answer(case(request={"service": "package", "grams": grams}))["reasons"] == reasons


def test_a_package_is_judged_without_what_is_refused() -> None:
    items = [
        {"id": "i1", "class": "meat", "grams": 15_000},
        {"id": "i2", "class": "tea", "grams": 20_000},
    ]
    stop = ban(kind="stop", target={"type": "facility"}, services=["package"], goods=["meat"])
    told = answer(
        case(restrictions=[stop], request={"service": "package", "items": items, "grams": None})
    )
    assert (told["outcome"], told["refused_items"]) == ("partly", ["i1"])
    assert (told["reasons"], told["restrictions"]) == (["facility_restriction"], ["B1"])


def test_the_prisoners_kept_apart_are_named_in_any_order() -> None:
    session = {"id": "AM", "places": 10, "taken": 3, "others": ["P-9"], "blocked": False}
    for pair in (["P-1", "P-9"], ["P-9", "P-1"]):
        told = answer(case(non_associations=[pair], request={"session": session}))
        assert told["reasons"] == ["non_association"]


def test_only_a_year_of_birth_may_be_known() -> None:
    people = [PLAIN["request"]["people"][0] | {"birth": 2008}]
    told = answer(case(request={"people": people}))
    assert told["people"] == {"A": ["no_adult"]}
    assert told["next_allowed"] == "2027-01-01"


# ---- what is no case


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (case(hystory=[]), "hystory"),
        (case(request={"pepole": []}), "pepole"),
        (case(prisoner={"status": "present"}), "status"),
        (case(settings={"zone": "UTC"}), "zone"),
        (case(settings={"rule_set": "NONE"}), "KG-DRAFT"),
        (case(settings={"rule_set": None}), "rule_set is missing"),
        (case(request={"service": "walk"}), "walk"),
        (case(request={"at": "2026-04-01"}), "request.at"),
        (case(request={"at": "2026-04-01T10:00:00"}), "request.at"),
        (case(request={"at": "soon"}), "request.at"),
        (case(prisoner={"birth": "long ago"}), "prisoner.birth"),
        (case(blocked_dates=["9 May"]), "blocked_dates"),
        (case(restrictions=[ban(services=["walk"])]), "walk"),
        (case(restrictions=[ban(target={"type": "pair", "person": "A"})]), "prisoner"),
        (case(history=[{"entry": "use", "at": USE["at"]}]), "service"),
        (case(history=[{"entry": "refund", "of": "v9", "at": USE["at"]}]), "v9"),
        (case(history=[USE | {"entry": "adjust"}]), "qty"),
        (case(history=[{"entry": "swap", "at": USE["at"]}]), "from"),
    ],
)
def test_a_bad_case_is_answered_with_its_id_and_what_is_wrong(
    made: dict[str, Any], said: str
) -> None:
    told = answer(made)
    assert told.keys() == {"id", "error"}
    assert told["id"] == "x1"
    assert said in told["error"]


def test_a_line_that_is_no_json_does_not_stop_the_others() -> None:
    lines = [b"{", b"\n", b'"x"', b"\xff", json.dumps(PLAIN).encode()]
    told = [json.loads(line) for line in answers(lines, ZONE)]
    assert [one["id"] for one in told] == [None, None, None, "x1"]
    assert "error" not in told[-1]


# ---- expected answers


def test_a_file_of_cases_says_where_the_answer_is_another() -> None:
    lines = [
        json.dumps(case(expect={"outcome": "allowed", "rules": ["T16", "T01"]})).encode(),
        json.dumps(case(expect={"outcome": "refused", "remaining_before": 3})).encode(),
        b"",
        json.dumps(case(expect={"colour": "red"})).encode(),
    ]
    right, wrong, unknown = run_cases(lines, None, ZONE)
    assert right.passes
    assert not wrong.passes
    assert [(d.key, d.expected, d.answered) for d in wrong.differences] == [
        ("outcome", "refused", "allowed")
    ]
    assert (unknown.line, "colour" in unknown.error) == (4, True)


def test_a_file_of_cases_can_be_tried_on_another_set() -> None:
    three = case(expect={"remaining_before": 3}, settings={"rule_set": None})
    [tried] = run_cases([json.dumps(three).encode()], TEST_2026, ZONE)
    assert tried.passes
    general = case(expect={"outcome": "allowed"}, prisoner={"regime": "general"})
    [tried] = run_cases([json.dumps(general).encode()], preset("KG-DRAFT"), ZONE)
    assert tried.passes


def test_a_case_that_cannot_be_read_says_so() -> None:
    with pytest.raises(BadCase, match="hystory"):
        cases.read(json.dumps(case(hystory=[])))


def test_the_command_answers_line_by_line_without_a_register(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "kiosk", "decide", "--jsonl"],
        input=json.dumps(PLAIN) + "\n{}\n",
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=True,
    )
    one, other = map(json.loads, told.stdout.splitlines())
    assert one["outcome"] == "allowed"
    assert "prisoner" in other["error"]
    assert list(tmp_path.iterdir()) == []


def test_a_thousand_cases_take_less_than_a_second_of_cpu() -> None:
    line = json.dumps(
        case(
            history=[
                USE | {"id": f"v{n}", "at": f"2026-01-{n:02}T04:00:00Z"} for n in range(1, 21)
            ],
            restrictions=[ban(to="2026-06-30")],
        )
    ).encode()
    began = time.process_time()
    assert sum(1 for _ in answers([line] * 1000, ZONE)) == 1000
    assert time.process_time() - began < 1


@pytest.mark.parametrize("indent", [None, 2])
def test_a_file_holds_one_case_over_many_lines_or_one_a_line(
    tmp_path: Path, indent: int | None
) -> None:
    file = tmp_path / "cases.json"
    file.write_text(json.dumps(PLAIN, indent=indent) + "\n")
    command = [sys.executable, "-m", "kiosk", "decide", "--json", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["outcome"] == "allowed"
    file.write_text(f"{json.dumps(PLAIN)}\n\n{json.dumps(PLAIN)}\n")
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert len(done.stdout.splitlines()) == 2
