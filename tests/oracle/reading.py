"""Answers one case as plainly as the text reads: JSON in, JSON out, nothing remembered."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.oracle.days import ZONE, adult, anniversary, begins, ends, moment, within
from tests.oracle.sets import ROWS
from tests.oracle.words import (
    AWAY,
    CLOSE,
    GONE,
    GOODS,
    ON_DUTY,
    PRIVILEGED,
    SOCIAL_VISITS,
)

Case = dict[str, Any]
# Further than any limit of the made-up cases reaches.
DAYS_LOOKED_AT = 1100


def answer(case: Case) -> dict[str, Any]:
    """What the case format's answer says, its `rules` and the order of lists apart."""
    at = moment(case["request"]["at"])
    judged = Judgement(case, at)
    outcome = judged.outcome
    before, unit = judged.balance()
    taken = 0
    if outcome != "refused" and before is not None:
        taken = judged.grams if unit == "grams" else 1
    return {
        "id": case["id"],
        "outcome": outcome,
        "reasons": sorted({code for code, *_ in (*judged.reasons, *judged.of_items)}),
        "people": {
            one["id"]: sorted(
                {code for code, person, *_ in judged.reasons if person == one["id"]}
            )
            for one in case["request"]["people"]
        },
        "admitted": judged.admitted if outcome != "refused" else [],
        "refused_items": sorted(judged.refused_items),
        "conditions": sorted(judged.conditions),
        "restrictions": sorted(
            {which for *_, which in (*judged.reasons, *judged.of_items) if which}
        ),
        "remaining_before": before,
        "remaining_after": None if before is None else before - taken,
        "remaining_unit": unit,
        "next_allowed": next_allowed(case, at) if outcome != "allowed" else None,
    }


def next_allowed(case: Case, at: datetime) -> str | None:
    """The first later local date, at the same time of day, on which all of it passes."""
    for days in range(1, DAYS_LOOKED_AT):
        local = at.astimezone(ZONE)
        later = datetime.combine(local.date() + timedelta(days), local.time(), ZONE)
        if Judgement(case, later.astimezone(UTC)).outcome == "allowed":
            return later.date().isoformat()
    return None


def last_day(case: Case) -> date:
    """The last day that `next_allowed` looks at."""
    return moment(case["request"]["at"]).astimezone(ZONE).date() + timedelta(DAYS_LOOKED_AT - 1)


class Judgement:
    """One case, looked at as if it were asked at `at`; known is what was known when asked."""

    def __init__(self, case: Case, at: datetime) -> None:
        self.case, self.at = case, at
        self.request = case["request"]
        self.known = moment(self.request["at"])
        self.day = at.astimezone(ZONE).date()
        self.service: str = self.request["service"]
        self.pays: str = self.request.get("swap_from") or self.service
        self.prisoner = case["prisoner"]
        # code, person, restriction
        self.reasons: list[tuple[str, str | None, str | None]] = []
        # What refuses single things only: code, restriction.
        self.of_items: list[tuple[str, str]] = []
        self.conditions: set[str] = set()
        self.refused_items: set[str] = set()
        self.status()
        self.restrictions()
        self.grams = self.weight()
        self.entitlement()
        self.session()
        self.people()

    # ---- what comes of it

    @property
    def admitted(self) -> list[str]:
        stopped = {person for _, person, _ in self.reasons}
        return [one["id"] for one in self.request["people"] if one["id"] not in stopped]

    @property
    def outcome(self) -> str:
        if any(person is None for _, person, _ in self.reasons):
            return "refused"
        people, items = self.request["people"], self.request.get("items") or []
        nobody = bool(people) and not self.admitted
        nothing = bool(items) and len(self.refused_items) == len(items)
        if nobody or nothing:
            return "refused"
        return "partly" if self.reasons or self.refused_items else "allowed"

    def balance(self) -> tuple[int | None, str]:
        """What is left of the entitlement that pays, the least of several; and its unit."""
        if self.service in PRIVILEGED:
            return None, "count"
        counts = [
            row["value"] - self.used(row)
            for row in self.rows(self.pays)
            if row["limit"] == "count" and row["value"] is not None
        ]
        if counts:
            return min(counts), "count"
        grams = [
            row["value"] - self.used(row)
            for row in self.rows(self.pays)
            if row["limit"] == "grams" and row["period"] != "each" and row["value"] is not None
        ]
        return (min(grams), "grams") if grams else (None, "count")

    # ---- the prisoner

    def status(self) -> None:
        now = None
        for event in self.prisoner["status_events"]:
            began = moment(event["at"])
            if began <= self.at and began <= self.known:
                ended = event.get("until") and moment(event["until"]) <= self.at
                now = "present" if ended else event["kind"]
        goods = self.service in GOODS
        if now is None or now in GONE:
            self.add("not_in_prison")
        elif now in AWAY and not goods:
            self.add("prisoner_away")
        elif now in ("isolator", "quarantine") and self.service not in PRIVILEGED:
            self.add(now)

    @property
    def is_minor(self) -> bool:
        return not adult(self.prisoner["birth"], self.day)

    # ---- what is kept out

    def restrictions(self) -> None:
        people = [one["id"] for one in self.request["people"]]
        items = self.request.get("items") or []
        file_no = self.prisoner["file_no"]
        for one in self.case["restrictions"]:
            lifted = one.get("lifted_at")
            if lifted and moment(lifted) <= self.known:
                continue
            if not within(one["from"], one["to"], self.at):
                continue
            listed = one["services"]
            star = "*" in listed and self.service not in ON_DUTY
            if self.service not in listed and not star:
                continue
            target = one["target"]
            if target.get("prisoner") not in (None, file_no):
                continue
            if target.get("person") is not None and target["person"] not in people:
                continue
            if one.get("goods") is not None:
                hit = {item["id"] for item in items if item["class"] in one["goods"]}
                self.refused_items |= hit
                if hit:
                    self.of_items.append((self.kind_of(one), one["id"]))
                continue
            self.restrict(one, target.get("person"))

    def kind_of(self, one: dict[str, Any]) -> str:
        kinds = {"facility": "facility_restriction", "prisoner": "prisoner_restricted"}
        return kinds.get(one["target"]["type"], "banned")

    def restrict(self, one: dict[str, Any], person: str | None) -> None:
        kind, which = one["kind"], one["id"]
        if kind in ("ban", "stop"):
            self.add(self.kind_of(one), person, which)
        elif kind in ("no_contact", "child_protection"):
            self.add(kind, person, which)
        elif kind == "closed" and self.service == "short_visit":
            self.conditions.add("closed_visit")
        elif kind == "closed" and self.service == "long_visit":
            self.add("closed_visit", person, which)
        elif kind == "pre_info":
            self.conditions.add("pre_info")

    # ---- what the law gives

    def rows(self, service: str) -> list[dict[str, Any]]:
        """The winner of each limit and period for `service`."""
        every = ROWS[self.case["settings"]["rule_set"]] + self.case.get("rules_added", [])
        winners: dict[tuple[str, str], dict[str, Any]] = {}
        for row in every:
            if service not in row["service"] or not self.matches(row.get("scope", {})):
                continue
            key = row["limit"], row["period"]
            if key not in winners or rank(row) < rank(winners[key]):
                winners[key] = row
        return list(winners.values())

    def matches(self, scope: dict[str, Any]) -> bool:
        told = {**self.prisoner, "prisoner": self.prisoner["file_no"], "minor": self.is_minor}
        return all(
            value in told["medical"] if key == "medical" else told[key] == value
            for key, value in scope.items()
        )

    def used(self, row: dict[str, Any]) -> int:
        first, last = self.window(row["period"])
        return sum(
            grams if row["limit"] == "grams" else pieces
            for service, day, pieces, grams in self.lines()
            if service in row["service"] and first <= day <= last
        )

    def window(self, period: str) -> tuple[date, date]:
        day = self.day
        if period == "month":
            first = day.replace(day=1)
            return first, (first + timedelta(31)).replace(day=1) - timedelta(1)
        if self.case["settings"].get("period_start") == "admission":
            admitted = date.fromisoformat(self.prisoner["admitted"])
            year = day.year if anniversary(admitted, day.year) <= day else day.year - 1
            return anniversary(admitted, year), anniversary(admitted, year + 1) - timedelta(1)
        return date(day.year, 1, 1), date(day.year, 12, 31)

    def lines(self) -> list[tuple[str, date, int, int]]:
        """The history as amounts used: service, day it counts on, pieces, grams."""
        lines: dict[str, tuple[str, date, int, int]] = {}
        for no, entry in enumerate(self.case["history"]):
            if moment(entry["at"]) > self.known:
                continue
            name = entry.get("id") or f"#{no}"
            day = moment(entry.get("for") or entry["at"]).astimezone(ZONE).date()
            grams = entry.get("grams") or 0
            match entry["entry"]:
                case "use":
                    lines.pop(entry.get("of_reserve") or "", None)
                    lines[name] = entry["service"], day, 1, grams
                case "reserve":
                    lines[name] = entry["service"], day, 1, grams
                case "refund":
                    lines.pop(entry["of"], None)
                case "adjust" | "carry":
                    lines[name] = entry["service"], day, -(entry.get("qty") or 0), -grams
                case "swap":
                    lines[name] = entry["from"], day, 1, 0
        return list(lines.values())

    def weight(self) -> int:
        items = self.request.get("items")
        if items:
            kept = [one for one in items if one["id"] not in self.refused_items]
            return sum(one["grams"] or 0 for one in kept)
        grams = self.request.get("grams")
        return grams if isinstance(grams, int) else 0

    def entitlement(self) -> None:
        if self.service in PRIVILEGED:
            return
        rows = self.rows(self.pays)
        if not any(row["limit"] in ("count", "grams") for row in rows):
            self.add("no_rule")
        for row in rows:
            value, period = row["value"], row["period"]
            if value is None:
                continue
            if row["limit"] == "count" and self.used(row) >= value:
                self.add("monthly_exhausted" if period == "month" else "count_exhausted")
            if row["limit"] == "grams" and period == "each":
                everything_refused = self.refused_items and not self.grams
                if self.grams <= 0 and not everything_refused:
                    self.add("invalid_weight")
                elif self.grams > value:
                    self.add("weight_exceeded")
            monthly = row["limit"] == "grams" and period == "month"
            if monthly and self.used(row) + self.grams > value:
                self.add("monthly_exhausted")
            if row["limit"] == "count" and period == "year":
                self.interval(row)

    def interval(self, row: dict[str, Any]) -> None:
        if not self.case["settings"].get("min_interval") or not row["value"]:
            return
        days = [
            day
            for service, day, pieces, _ in self.lines()
            if service in row["service"] and pieces > 0 and day <= self.day
        ]
        if days and (self.day - max(days)).days < 365 // row["value"]:
            self.add("min_interval")

    # ---- the place

    def session(self) -> None:
        if self.service in GOODS:
            return
        blocked = self.day.isoformat() in self.case.get("blocked_dates", [])
        # A monitor may come on any day and at any hour.
        if blocked and self.service != "monitor_visit":
            self.add("date_blocked")
        session = self.request.get("session")
        if not session:
            return
        if session["blocked"]:
            self.add("session_blocked")
        if session["taken"] >= session["places"]:
            self.add("session_full")
        file_no = self.prisoner["file_no"]
        for pair in self.case.get("non_associations", []):
            if file_no in pair and (set(pair) - {file_no}) & set(session["others"]):
                self.add("non_association")

    # ---- those who ask

    def people(self) -> None:
        for one in self.request["people"]:
            self.document(one)
            if self.service not in GOODS:
                self.presence(one)
            if self.service in SOCIAL_VISITS:
                self.relation(one)
                if self.prisoner["category"] == "remand":
                    self.permission(one)
        if self.service not in GOODS:
            self.group()

    def document(self, one: dict[str, Any]) -> None:
        paper = one.get("document")
        if not paper:
            return
        if paper.get("expiry") and date.fromisoformat(paper["expiry"]) < self.day:
            self.add("document_expired", one["id"])
        if paper.get("series") == "AN":
            self.add("document_withdrawn", one["id"])

    def presence(self, one: dict[str, Any]) -> None:
        for inside in self.case.get("inside", []):
            if inside["person"] == one["id"] and moment(inside["since"]) <= self.known:
                self.add("already_inside", one["id"])
        for planned in self.case.get("open_visits", []):
            if (
                (planned["person"], planned["prisoner"])
                == (one["id"], self.prisoner["file_no"])
                and moment(planned["planned"]).astimezone(ZONE).date() == self.day
                and self.service not in PRIVILEGED
            ):
                self.add("duplicate_today", one["id"])

    def relation(self, one: dict[str, Any]) -> None:
        relation, who = one.get("relation"), one["id"]
        if self.service == "long_visit" and (not relation or relation["kind"] not in CLOSE):
            self.add("relation_not_close", who)
        if not relation:
            return
        if not relation["approved"]:
            self.add("relation_not_approved", who)
        if relation.get("from") and self.at < begins(relation["from"]):
            self.add("relation_not_yet", who)
        if relation.get("to") and self.at >= ends(relation["to"]):
            self.add("relation_expired", who)
        if relation["prisoner_consent"] is False:
            self.add("prisoner_refuses", who)

    def permission(self, one: dict[str, Any]) -> None:
        for paper in one.get("permissions", []):
            if paper["prisoner"] != self.prisoner["file_no"]:
                continue
            if self.at < begins(paper["from"]):
                self.add("permission_not_yet", one["id"])
            if paper.get("to") and self.at >= ends(paper["to"]):
                self.add("permission_expired", one["id"])
            if paper["uses"] is not None and paper["used"] >= paper["uses"]:
                self.add("permission_used_up", one["id"])
            return
        self.add("no_permission", one["id"])

    def group(self) -> None:
        people = self.request["people"]
        refused = {person for _, person, _ in self.reasons}
        grown = [one for one in people if adult(one["birth"], self.day)]
        good = [one for one in grown if one["id"] not in refused]
        if not good:
            for one in people:
                if one not in grown:
                    self.add("no_adult", one["id"])
        limits = [
            row["value"] for row in self.rows(self.service) if row["limit"] == "max_adults"
        ]
        if limits and limits[0] is not None:
            for one in good[limits[0] :]:
                self.add("too_many_adults", one["id"])

    def add(self, code: str, person: str | None = None, restriction: str | None = None) -> None:
        self.reasons.append((code, person, restriction))


def rank(row: dict[str, Any]) -> tuple[int, int]:
    scope = row.get("scope", {})
    levels = [
        {"prisoner"},
        {"medical"},
        {"sex", "minor"},
        {"condition"},
        {"regime"},
        {"category"},
    ]
    for level, keys in enumerate(levels):
        if keys & scope.keys():
            return level, -len(scope)
    return len(levels), 0
