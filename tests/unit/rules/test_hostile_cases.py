"""Whatever stands in a line of cases, it is answered, and so are the lines after it."""

from __future__ import annotations

import json

import pytest

from kiosk.support.deciding import answers
from tests.unit.rules import ZONE
from tests.unit.rules.test_cases import PLAIN, case

DEEP = 100_000
INTERVAL = {"id": "I1", "service": ["short_visit"], "limit": "min_interval"}
USED = {"entry": "use", "id": "v1", "service": "short_visit", "at": "2026-01-09T04:00:00Z"}


@pytest.mark.parametrize(
    "line",
    [
        b"[" * DEEP + b"]" * DEEP,
        b'{"id":' + b"[" * DEEP + b"]" * DEEP + b"}",
        b'{"a":' * DEEP + b"1" + b"}" * DEEP,
        b'{"id":"x","prisoner":' + b"[" * 900 + b"]" * 900 + b"}",
        b"\x00",
        '{"id":"x"}'.encode("utf-16"),
        b'{"id":' + b"9" * 10_000 + b"}",
    ],
)
def test_a_line_that_is_no_case_does_not_stop_the_next(line: bytes) -> None:
    bad, good = map(json.loads, answers([line, json.dumps(PLAIN).encode()], ZONE))
    assert bad.keys() == {"id", "error"}
    assert good["outcome"] == "allowed"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (b'{"id": "x\\"1", "request": {"grams": NaN}}', 'x"1'),
        (b'{"id": 17, "request": {"grams": 1e309}}', 17),
        (b'{"id": "x1", "request": {"gr', "x1"),
        (b'{"id": 1.5e, "request"', None),
        (b'{"id": "\\ud800", ', None),
    ],
)
def test_what_is_no_json_is_answered_with_the_id_at_its_beginning(
    line: bytes, found: str | int | None
) -> None:
    [told] = map(json.loads, answers([line], ZONE))
    assert (told["id"], "error" in told) == (found, True)


@pytest.mark.parametrize(
    "at",
    [
        "9999-12-31T23:59:59Z",
        "9999-12-31T23:59:59-23:59",
        "0001-01-01T00:00:00+23:59",
        "0001-01-01T00:00:00Z",
    ],
)
def test_the_ends_of_the_calendar_are_days_like_others(at: str) -> None:
    isolator = {"kind": "isolator", "at": "2023-02-01T04:00:00Z", "until": at}
    for one in (
        case(request={"at": at}),
        case(prisoner={"status_events": [isolator]}),
        case(history=[USED | {"for": at}]),
    ):
        [told] = map(json.loads, answers([json.dumps(one).encode()], ZONE))
        assert told["outcome"] in ("allowed", "refused")


@pytest.mark.parametrize("days", [-(2**62), -1, 10**9, 2**62])
def test_an_interval_may_be_longer_than_the_calendar(days: int) -> None:
    one = case(rules_added=[INTERVAL | {"value": days}], history=[USED])
    [told] = map(json.loads, answers([json.dumps(one).encode()], ZONE))
    assert told["outcome"] == ("refused" if days > 0 else "allowed")
