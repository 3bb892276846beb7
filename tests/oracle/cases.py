"""Made-up cases: every part of the case format, with values that meet at the edges."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from tests.oracle.days import ZONE

Case = dict[str, Any]

VISITS = (
    *("short_visit",) * 6,
    *("long_visit",) * 3,
    *("lawyer_visit", "official_visit", "consular_visit", "monitor_visit", "clergy_visit"),
)
GOODS = (
    *("package",) * 5,
    "parcel",
    "parcel",
    "small_parcel",
    "small_parcel",
    "medical_package",
)
CLASSES = ("meat", "phone", "tea")


def made_up(seed: int) -> Case:
    """Case number `seed`; the same number always gives the same case."""
    return _Writer(Random(seed)).case(f"c{seed}")


class _Writer:
    def __init__(self, random: Random) -> None:
        self.random = random
        day = date(2026, 1, 1) + timedelta(random.randrange(365))
        hour = random.choice((2, 4, 6, 10, 17, 18, 19))  # some are the next local day
        self.at = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
        self.service: str = random.choice(VISITS if random.random() < 0.65 else GOODS)

    def case(self, name: str) -> Case:
        random = self.random
        prisoner = self.prisoner()
        people = [self.person(no, prisoner) for no in range(self.how_many())]
        people[random.randrange(len(people))]["lead"] = True
        return {
            "id": name,
            "settings": {
                "rule_set": "TEST-2026",
                "period_start": self.mostly("calendar", "admission"),
                "min_interval": random.random() < 0.1,
            },
            "rules_added": self.rules_added(),
            "prisoner": prisoner,
            "history": self.history(),
            "restrictions": [self.restriction(no) for no in range(self.few())],
            "non_associations": [["P-1", "P-9"]] if random.random() < 0.2 else [],
            "blocked_dates": [self.day(0)] if random.random() < 0.05 else [],
            "inside": self.inside(),
            "open_visits": self.open_visits(),
            "request": self.request(people),
        }

    # ---- chance

    def few(self) -> int:
        return self.random.choice((0, 0, 0, 0, 1, 1, 2))

    def mostly(self, usual: Any, seldom: Any, often: float = 0.85) -> Any:
        return usual if self.random.random() < often else seldom

    def how_many(self) -> int:
        goods = self.service in GOODS
        return 1 if goods else self.random.choice((1, 1, 1, 2, 2, 3, 4))

    def day(self, *around: int) -> str:
        """A plain date so many days from the local day asked about."""
        days = self.random.choice(around) if len(around) != 2 else self.random.randint(*around)
        return (self.at.astimezone(ZONE).date() + timedelta(days)).isoformat()

    def time(self, first: int, last: int) -> str:
        """A moment so many hours from the one asked about."""
        hours = self.random.randint(first, last)
        return f"{self.at + timedelta(hours=hours):%Y-%m-%dT%H:%M:%SZ}"

    def edge(self, first: int, last: int) -> str:
        """A plain date or a moment, some days from now."""
        if self.random.random() < 0.6:
            return self.day(first, last)
        return self.time(first * 24, last * 24)

    # ---- the prisoner

    def prisoner(self) -> dict[str, Any]:
        random = self.random
        remand = random.random() < 0.3
        events: list[dict[str, Any]] = []
        if random.random() < 0.97:
            events.append({"kind": "present", "at": "2023-02-01T04:00:00Z"})
        if random.random() < 0.25:
            kinds = ("isolator", "isolator", "quarantine", "court", "hospital", "transferred")
            kind = random.choice((*kinds, "released", "dead", "present"))
            event: dict[str, Any] = {"kind": kind, "at": self.time(-300, 40)}
            ends = kind in ("isolator", "quarantine", "court", "hospital")
            if ends and random.random() < 0.8:
                event["until"] = (
                    self.time(41, 400) if random.random() < 0.8 else self.time(0, 40)
                )
                if event["until"] <= event["at"]:
                    event["until"] = self.time(41, 400)
            events.append(event)
        birth = random.choice(("1980-05-01", "1961-02-28", self.child_birth(), "1990-11-30"))
        return {
            "file_no": "P-1",
            "category": "remand" if remand else "convict",
            "regime": self.mostly("strict", random.choice(("general", "special")), 0.93),
            "condition": self.mostly("ordinary", random.choice(("light", "strict")), 0.93),
            "sex": self.mostly("M", "F"),
            "birth": birth,
            "admitted": random.choice(("2023-02-01", "2022-02-28", "2024-06-15")),
            "medical": random.choice(([], [], [], ["ill"], ["pregnant"], ["child_under_3"])),
            "status_events": events,
        }

    def child_birth(self) -> str:
        """Somebody who becomes an adult about now."""
        around = self.at.astimezone(ZONE).date() + timedelta(self.random.randint(-5, 40))
        try:
            return around.replace(year=around.year - 18).isoformat()
        except ValueError:
            return f"{around.year - 18}-03-01"

    # ---- the past

    def rules_added(self) -> list[dict[str, Any]]:
        if self.random.random() > 0.15:
            return []
        scope = self.random.choice(
            ({"prisoner": "P-1"}, {"prisoner": "P-2"}, {"medical": "ill"}, {"minor": True})
        )
        return [
            {
                "id": "I1",
                "service": [self.random.choice(("short_visit", "long_visit", "package"))],
                "scope": scope,
                "limit": "count",
                "period": self.random.choice(("year", "month")),
                "value": self.random.choice((0, 1, 5, None)),
            }
        ]

    def history(self) -> list[dict[str, Any]]:
        entries: list[dict[str, Any]] = []
        for no in range(self.random.choice((0, 1, 2, 3, 4, 6))):
            entries += self.past(f"v{no}")
        return entries

    def past(self, name: str) -> list[dict[str, Any]]:
        random = self.random
        goods = self.service in GOODS
        usual = (
            ("package", "parcel", "small_parcel") if goods else ("short_visit", "long_visit")
        )
        service = random.choice((*usual, self.service))
        at = self.time(-24 * 330, 20)
        entry: dict[str, Any] = {"id": name, "service": service, "at": at}
        if goods:
            entry["grams"] = random.choice((1000, 5000, 10_000, 15_000, 30_000))
        kind = random.choice(("use",) * 6 + ("reserve", "adjust", "carry", "swap", "refused"))
        if kind == "reserve":
            entry["for"] = self.time(-24 * 20, 24 * 100)
            entries = [{"entry": "reserve", **entry}]
            if random.random() < 0.4:
                used = {key: entry[key] for key in entry if key != "for"}
                entries.append(
                    {"entry": "use", **used, "id": f"{name}u", "of_reserve": name, "at": at}
                )
            return entries
        if kind in ("adjust", "carry"):
            given = {"grams": 5000} if goods and random.random() < 0.5 else {"qty": 1}
            return [{"entry": kind, "service": service, "at": at, **given}]
        if kind == "swap":
            return [{"entry": "swap", "from": "long_visit", "to": "short_visit", "at": at}]
        if kind == "refused":
            return [{"entry": "refused", "id": name, "service": service, "at": at}]
        entries = [{"entry": "use", **entry}]
        if random.random() < 0.2:
            entries.append({"entry": "refund", "of": name, "at": self.time(-200, 30)})
        return entries

    # ---- the limits

    def restriction(self, no: int) -> dict[str, Any]:
        random = self.random
        target = random.choice(
            (
                {"type": "person", "person": "A0"},
                {"type": "person", "person": "A1"},
                {"type": "pair", "person": "A0", "prisoner": "P-1"},
                {"type": "pair", "person": "A0", "prisoner": "P-2"},
                {"type": "prisoner", "prisoner": "P-1"},
                {"type": "facility"},
            )
        )
        kind = random.choice(
            ("ban", "ban", "no_contact", "closed", "child_protection", "pre_info")
        )
        goods = None
        if target["type"] == "facility":
            goods = random.choice((None, ["meat"], ["meat", "tea"]))
            kind = "ban" if goods and random.random() < 0.5 else "stop"
        first, last = random.choice(((-30, 5), (-30, 0), (-3, 3)))
        begin = self.edge(first, last)
        end = random.choice((None, self.edge(4, 60), self.edge(6, 9)))
        lifted = self.time(-48, 24) if random.random() < 0.2 else None
        return {
            "id": f"B{no}",
            "kind": kind,
            "target": target,
            "services": random.choice(
                (["*"], ["*"], ["short_visit"], ["lawyer_visit", "official_visit"], ["package"])
            ),
            "goods": goods,
            "from": begin,
            "to": end,
            "lifted_at": lifted,
            "ground": "order 7",
        }

    def inside(self) -> list[dict[str, Any]]:
        if self.random.random() > 0.06:
            return []
        return [{"person": "A0", "since": self.time(-5, 1)}]

    def open_visits(self) -> list[dict[str, Any]]:
        if self.random.random() > 0.12:
            return []
        return [
            {
                "id": "b1",
                "person": self.random.choice(("A0", "A1")),
                "prisoner": self.random.choice(("P-1", "P-1", "P-2")),
                "service": "short_visit",
                "planned": self.time(-30, 60),
            }
        ]

    # ---- what is asked

    def request(self, people: list[dict[str, Any]]) -> dict[str, Any]:
        random = self.random
        request: dict[str, Any] = {
            "service": self.service,
            "at": f"{self.at:%Y-%m-%dT%H:%M:%SZ}",
            "swap_from": None,
            "session": None,
            "people": people,
        }
        if self.service in GOODS:
            if random.random() < 0.4:
                request["items"] = [
                    {
                        "id": f"i{no}",
                        "class": random.choice(CLASSES),
                        "grams": random.choice((500, 2000, 4999, 18_001)),
                    }
                    for no in range(random.randint(1, 3))
                ]
            else:
                request["grams"] = random.choice(
                    (0, 1, 4999, 5000, 5001, 10_000, 20_000, 20_001, 29_000)
                )
            return request
        if self.service == "short_visit" and random.random() < 0.15:
            request["swap_from"] = "long_visit"
        if random.random() < 0.3:
            request["session"] = {
                "id": "AM",
                "places": 10,
                "taken": random.choice((3, 3, 3, 9, 9, 10, 11)),
                "others": random.choice(([], ["P-9"], ["P-5"])),
                "blocked": random.random() < 0.1,
            }
        return request

    def person(self, no: int, prisoner: dict[str, Any]) -> dict[str, Any]:
        random = self.random
        one: dict[str, Any] = {
            "id": f"A{no}",
            "birth": random.choice(
                ("1985-07-01",) * 5 + ("2015-03-04", self.child_birth(), "2008", "1975")
            ),
            "lead": False,
            "relation": self.relation(),
            "document": None,
            "permissions": [],
        }
        if random.random() < 0.8:
            one["document"] = {
                "series": self.mostly("ID", "AN", 0.95),
                "expiry": self.mostly("2031-01-01", self.day(-2, 3), 0.9),
            }
        if prisoner["category"] == "remand" and random.random() < 0.85:
            one["permissions"] = [self.permission()]
        return one

    def relation(self) -> dict[str, Any] | None:
        random = self.random
        if self.service not in ("short_visit", "long_visit") or random.random() < 0.25:
            return None
        return {
            "kind": random.choice(
                (*("spouse", "parent", "sibling") * 2, "other_kin", "not_kin")
            ),
            "approved": random.random() < 0.9,
            "prisoner_consent": self.mostly(True, False, 0.93),
            "from": self.mostly(None, self.edge(-20, 20)),
            "to": self.mostly(None, self.edge(-5, 60)),
        }

    def permission(self) -> dict[str, Any]:
        uses = self.random.choice((None, None, 1, 3))
        return {
            "issuer": "court",
            "number": "4",
            "prisoner": self.mostly("P-1", "P-2", 0.92),
            "from": self.day(-60, 4),
            "to": self.mostly(self.day(5, 90), self.day(-2, 2)),
            "uses": uses,
            "used": self.random.choice((0, 0, 1)),
        }
