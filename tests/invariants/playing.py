"""Plays the days: as many registers as are asked for, each with its own acts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.invariants.days import Days, DaysOfGoods
from tests.invariants.prison import Prison


@dataclass(frozen=True)
class Played:
    registers: int
    acts: int
    refusals: int

    def __str__(self) -> str:
        return f"{self.registers} registers: {self.acts} acts recorded, {self.refusals} refused"


def play(
    first: Prison,
    folders: Iterator[Path],
    registers: int,
    steps: int,
    seed_of_all: int | None = None,
    shrinks: bool = False,
    days: type[Days | DaysOfGoods] = Days,
) -> Played:
    """`steps` acts at most on each of so many copies of the first morning's register; without
    a seed always the same ones.

    Raises AssertionError, with the acts that led there, for a promise that was broken.
    `shrinks` looks for the fewest of these acts, which takes minutes. `days`: of all acts, or
    of those with goods.
    """

    def a_folder() -> Path:
        folder = next(folders)
        folder.mkdir()
        return folder

    gates: list[Days | DaysOfGoods] = []

    def machine() -> Days | DaysOfGoods:
        gates.append(days(first, a_folder()))
        return gates[-1]

    run_state_machine_as_test(
        machine if seed_of_all is None else seed(seed_of_all)(machine),
        settings=settings(
            max_examples=registers,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            derandomize=seed_of_all is None,
            phases=(Phase.generate, Phase.shrink) if shrinks else (Phase.generate,),
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        ),
    )
    return Played(
        len(gates), sum(gate.acts for gate in gates), sum(gate.refusals for gate in gates)
    )
