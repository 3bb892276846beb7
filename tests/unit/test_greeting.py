"""What is learnt of a printer when its line is opened holds for all its papers."""

from __future__ import annotations

from pathlib import Path

from printer_gate import SHORT, Gate, paper, proven

from devices.health import DeviceState
from devices.port import LineSettings
from devices.printers.commands import ASK_PROOF
from devices.printers.escpos_printer import EscposPrinter
from devices.printers.lines import SerialLine
from devices.sim.printer import SimulatedPrinter
from devices.sim.printer.answers import CLEARED


class SlowStarter(SimulatedPrinter):
    """Answers in real time and clears, but is too busy for the first question in order."""

    def _answer(self, data: bytes) -> None:
        in_real_time = data == CLEARED or data[0] & 0x93 == 0x12
        if in_real_time or self.received.count(ASK_PROOF) > 1:
            super()._answer(data)


async def test_a_printer_that_is_slow_to_begin_still_proves_by_process_id(
    tmp_path: Path,
) -> None:
    sim = SlowStarter(tmp_path / "printer")
    sim.plug_in()
    line = SerialLine(LineSettings(str(tmp_path / "printer"), baud=115_200))
    gate = Gate(sim, EscposPrinter(line, times=SHORT))
    await gate.until(DeviceState.READY)
    assert proven(await gate.send(paper()))
    await gate.close()
