"""Answers cases line by line: `kiosk decide --jsonl`, and a file of cases with answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

import msgspec

from kiosk.rules import cases
from kiosk.rules.cases import BadCase, Case, Difference
from kiosk.rules.preset import parse
from kiosk.rules.rule_set import RuleSet

_PRESETS = files("kiosk.rules") / "presets"
_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class Tried:
    """One case of a file that says what it expects. `error`: why it could not be read.

    `line` is its place in the file, from 1.
    """

    line: int
    case_id: object
    differences: tuple[Difference, ...] = ()
    error: str = ""

    @property
    def passes(self) -> bool:
        return not self.differences and not self.error


def answers(lines: Iterable[bytes], zone: ZoneInfo) -> Iterator[bytes]:
    """One line of JSON for each case, without its end; a bad one answers `id` and `error`."""
    for line in lines:
        if not line.strip():
            continue
        try:
            case = cases.read(line)
            yield _encode(cases.answer(case, _rules_of(case, None), zone))
        except BadCase as bad:
            yield _encode({"id": cases.id_of(line), "error": str(bad)})


def cases_of(content: bytes) -> list[bytes]:
    """The cases of a file: one over all its lines, or one a line."""
    try:
        msgspec.json.decode(content)
    except (msgspec.DecodeError, RecursionError):
        return content.splitlines()
    return [content]


def run_cases(lines: Iterable[bytes], rules: RuleSet | None, zone: ZoneInfo) -> Iterator[Tried]:
    """Try every case against `rules`, or against the set that it names when that is None.

    Only the keys in `expect` are compared; a case without any only has to be readable.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            case = cases.read(line)
            answered = cases.answer(case, _rules_of(case, rules), zone)
            yield Tried(number, case.id, cases.compare(case, answered))
        except BadCase as bad:
            yield Tried(number, cases.id_of(line), error=str(bad))


def _rules_of(case: Case, rules: RuleSet | None) -> RuleSet:
    if rules is not None:
        return rules
    if case.settings.rule_set is None:
        raise BadCase(f"settings.rule_set is missing; there are: {', '.join(preset_names())}")
    return preset(case.settings.rule_set)


def preset_names() -> tuple[str, ...]:
    """The rule sets that come with the program."""
    names = (file.name for file in _PRESETS.iterdir())
    return tuple(sorted(name[: -len(".toml")] for name in names if name.endswith(".toml")))


@lru_cache(maxsize=8)
def preset(name: str) -> RuleSet:
    """A rule set that comes with the program. Raises BadCase when there is none."""
    if name not in preset_names():
        known = ", ".join(preset_names())
        raise BadCase(f"settings.rule_set: no set is called {name!r}; there are: {known}")
    return parse((_PRESETS / f"{name}.toml").read_text("utf-8"))
