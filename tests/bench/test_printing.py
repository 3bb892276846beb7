"""What printing may cost, as far as CI can hold it: bytes, CPU, memory, simulated time."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from devices.printers.escpos_printer import Times
from devices.sim.printer import Ability
from kiosk.codes import Template
from kiosk.roll import Roll, render
from tests.bench import counter
from tests.bench.at_the_gate import AtTheGate, at_rest
from tests.bench.counter import Trouble
from tests.bench.printing import TROUBLES
from tests.bench.slow_press import BAUD, EVERYTHING, MM_PER_S, POLLED, SERIAL, SlowPress
from tests.bench.test_budgets import NOISE
from tests.unit.printer_gate import gate_of, proven
from tests.unit.simulated_time import in_simulated_time, now

pytestmark = pytest.mark.alone

REST_S = 600


@pytest.fixture
def no_collector() -> Iterator[None]:
    """Its pauses grow with all that other tests left behind."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.tty
def test_the_first_print_adds_little_memory_and_a_ready_printer_costs_hardly_anything(
    tmp_path: Path,
) -> None:
    press = SlowPress(tmp_path, SERIAL, baud=None, mm_per_s=None)
    there = AtTheGate(tmp_path, press, 1)
    try:
        with there.open() as glass:
            before, after = there.first_print(glass)
            # Less would mean that the byte builder was there before.
            assert 2_000 <= after - before <= 18_000, "kB"
            rest = at_rest(there, glass, 4)
            assert rest.kiosk.cpu_percent <= 0.2 * 10
            assert rest.kiosk.wakeups <= 10
    finally:
        there.close()
        press.close()


@pytest.mark.usefixtures("no_collector")
@pytest.mark.parametrize("trouble", TROUBLES)
def test_register_spool_and_driver_never_hold_the_loop_when_a_printer_is_in_trouble(
    trouble: str, tmp_path: Path
) -> None:
    """In processor time."""
    press = SlowPress(tmp_path, SERIAL, baud=115_200, mm_per_s=None)

    async def work() -> Trouble:
        async with counter.counter(tmp_path, press) as there:
            return await counter.troubled(there, trouble, 1)

    try:
        assert counter.run(work()).held.cpu <= 0.02 * NOISE
    finally:
        press.close()


@pytest.mark.parametrize(("knows", "bytes_a_second"), [(EVERYTHING, 3), (POLLED, 12)])
def test_a_ready_printer_is_asked_in_a_few_bytes(
    knows: frozenset[Ability], bytes_a_second: int, tmp_path: Path
) -> None:
    async def test() -> float:
        async with gate_of(tmp_path, "tcp", knows=knows, times=Times()) as gate:
            await gate.printer.ready()
            before, since = len(gate.sim.received), now()
            await gate.sim.until(lambda: now() - since >= REST_S, REST_S * 2)
            return (len(gate.sim.received) - before) / (now() - since)

    assert 0 < in_simulated_time(test) <= bytes_a_second


def test_a_receipt_of_24_rows_is_proved_one_and_a_half_seconds_after_it_was_sent(
    tmp_path: Path,
) -> None:
    body = msgspec.json.encode(counter.receipt("P-26-000001"))
    receipt = render(Template.RECEIPT, body, Roll())

    async def test() -> float:
        async with gate_of(
            tmp_path, "tcp", times=Times(), baud=BAUD, mm_per_s=MM_PER_S
        ) as gate:
            await gate.printer.ready()
            since = now()
            assert proven(await gate.printer.send(receipt))
            return now() - since

    assert 0.93 < in_simulated_time(test) <= 1.5
