"""`python -m tests.bench.history FOLDER`: how long a decision takes with ten years behind it.

1,400 prisoners, 100,000 visitors, 300,000 visits. The register is built in FOLDER once, which
takes minutes, and is kept there. A decision is what the screen waits for: everything gathered
from the register, and the rules' answer. An admission decides again and writes.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from kiosk.codes import Relation, Service
from kiosk.demo.officer import OFFICER
from kiosk.services import visits
from kiosk.values import MemberRequest, Proposal, VisitRequest
from tests.bench.measure import percentile
from tests.bench.ten_years import History, Size, open_history

DRAWS = 500
BUDGET = 10.0  # ms, the 99th of 100


@dataclass(frozen=True)
class Took:
    """Of each draw: CPU and wall milliseconds."""

    cpu: list[float]
    wall: list[float]

    def row(self, what: str) -> tuple[str, ...]:
        return (
            what,
            *(
                f"{percentile(times, 0.5):.1f} / {percentile(times, 0.99):.1f} ms"
                for times in (self.cpu, self.wall)
            ),
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where the register is kept")
    parser.add_argument("--draws", type=int, default=DRAWS)
    arguments = parser.parse_args()
    history = open_history(arguments.folder, Size())
    for row in rows(history, arguments.draws):
        print("| " + " | ".join(row) + " |", flush=True)
    history.db.close()
    return 0


def rows(history: History, draws: int) -> Iterator[tuple[str, ...]]:
    yield "what", "CPU, p50 / p99", "wall, p50 / p99"
    yield "---", "---", "---"
    for what, draw in KINDS.items():
        took = decisions(history, draw, draws)
        yield took.row(f"decision: {what}")
    yield admissions(history, draws).row("admission")


Draw = Callable[[History, random.Random], VisitRequest]


def a_relative(history: History, chance: random.Random) -> VisitRequest:
    """A visitor, to whom they come; the entitlement may be used up."""
    person, prisoner = chance.choice(history.comers)
    return _request(history, Service.SHORT_VISIT, prisoner, person)


def a_stranger(history: History, chance: random.Random) -> VisitRequest:
    """Somebody who has never been there, for a long visit in a session."""
    person, _prisoner = chance.choice(history.comers)
    prisoner = chance.choice(history.prisoners)
    asked = _request(history, Service.LONG_VISIT, prisoner, person)
    return VisitRequest(
        asked.case_id, asked.service, prisoner, asked.members, chance.choice(history.slots), 2
    )


def a_group(history: History, chance: random.Random) -> VisitRequest:
    """Four who come together to one prisoner."""
    _person, prisoner = chance.choice(history.comers)
    people = {person for person, to in chance.sample(history.comers, 40) if to == prisoner}
    while len(people) < 4:
        people.add(chance.choice(history.comers)[0])
    return _request(history, Service.SHORT_VISIT, prisoner, *sorted(people)[:4])


def a_lawyer(history: History, chance: random.Random) -> VisitRequest:
    """One of those who have come hundreds of times."""
    prisoner = chance.choice(history.prisoners)
    return _request(history, Service.LAWYER_VISIT, prisoner, chance.choice(history.lawyers))


KINDS: dict[str, Draw] = {
    "a relative": a_relative,
    "a stranger, long visit in a session": a_stranger,
    "a group of four": a_group,
    "a lawyer": a_lawyer,
}


def decisions(history: History, draw: Draw, draws: int) -> Took:
    """Proposals on a reading thread, as the screen asks for them."""
    chance = random.Random(4)
    requests = [draw(history, chance) for _ in range(draws)]

    def propose(request: VisitRequest) -> tuple[float, float]:
        cpu, wall = time.thread_time(), time.perf_counter()
        visits.propose(history.desk, OFFICER, request)
        return (time.thread_time() - cpu) * 1000, (time.perf_counter() - wall) * 1000

    # The first opens a thread and its connection.
    history.db.run_read(propose, requests[0])
    times = [history.db.run_read(propose, request) for request in requests]
    return Took([cpu for cpu, _ in times], [wall for _, wall in times])


def admissions(history: History, draws: int) -> Took:
    """Officials, whose visits are counted without a limit: each in a transaction alone."""
    # Other ones each time: whoever was admitted in the last run is refused in this one.
    chance = random.Random()
    cpu: list[float] = []
    wall: list[float] = []

    def admit(request: VisitRequest, seen: Proposal) -> tuple[float, float]:
        begun, began = time.thread_time(), time.perf_counter()
        visits.admit(history.desk, OFFICER, request, seen.decision)
        return (time.thread_time() - begun) * 1000, (time.perf_counter() - began) * 1000

    for _ in range(draws * 2):
        person, _prisoner = chance.choice(history.comers)
        prisoner = chance.choice(history.prisoners)
        request = _request(history, Service.OFFICIAL_VISIT, prisoner, person)
        seen = history.db.run_read(visits.propose, history.desk, OFFICER, request)
        if seen.decision.passes:
            history.clock.at += 1000
            took = history.db.run_write(admit, request, seen)
            cpu.append(took[0])
            wall.append(took[1])
        if len(cpu) == draws:
            break
    return Took(cpu, wall)


def _request(history: History, service: Service, prisoner: UUID, *people: UUID) -> VisitRequest:
    relation = Relation.NOT_KIN if service is Service.LAWYER_VISIT else Relation.SIBLING
    members = tuple(MemberRequest(person, relation) for person in people)
    return VisitRequest(visits.new_case_id(history.desk), service, prisoner, members)


if __name__ == "__main__":
    sys.exit(main())
