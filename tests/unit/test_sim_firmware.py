"""What the simulated printer answers and when, by the words of Epson's reference."""

from __future__ import annotations

import asyncio

import pytest

from devices.health import DeviceFlag
from devices.sim.printer.answers import Ability
from devices.sim.printer.firmware import Firmware
from devices.sim.printer.head import Head
from devices.sim.printer.printer import EVERYTHING
from tests.unit.simulated_time import in_simulated_time

CUT = b"\x1dV\x00"
ASK = {n: bytes((0x10, 0x04, n)) for n in (1, 2, 3, 4)}
PUSHES = b"\x1da\xff"
CLEAR = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
WELL = b"\x10\x00\x00\x0f"


def process_id(identity: bytes) -> bytes:
    return b"\x1d(H\x06\x0000" + identity


def done(identity: bytes) -> bytes:
    return b"\x37\x22" + identity + b"\x00"


class Bench:
    """The printer's program with nothing around it: what it said, what it printed."""

    def __init__(
        self,
        knows: frozenset[Ability] = EVERYTHING,
        *,
        mm_per_s: float | None = None,
        buffer_bytes: int = 4096,
    ) -> None:
        self.said = bytearray()
        self.papers: list[str] = []
        self.program = Firmware(
            Head(48),
            mm_per_s=mm_per_s,
            knows=knows,
            buffer_bytes=buffer_bytes,
            say=self.said.extend,
            finished=lambda paper, raw: self.papers.append(paper),
            looks_up=lambda: None,
        )

    def answers(self, data: bytes) -> bytes:
        """What it says to `data` at once."""
        before = len(self.said)
        self.program.take(data)
        return bytes(self.said[before:])


# ---- asked


@pytest.mark.parametrize(
    ("fault", "bits"),
    [
        (DeviceFlag.PAPER_NEAR_END, {1: 0, 2: 0, 3: 0, 4: 0x0C}),
        (DeviceFlag.PAPER_OUT, {1: 0x08, 2: 0x20, 3: 0, 4: 0x60}),
        (DeviceFlag.COVER_OPEN, {1: 0x08, 2: 0x04, 3: 0, 4: 0}),
        (DeviceFlag.CUTTER, {1: 0x08, 2: 0x40, 3: 0x08, 4: 0}),
        (DeviceFlag.OVERHEATED, {1: 0x08, 2: 0x40, 3: 0x40, 4: 0}),
        (DeviceFlag.OFFLINE, {1: 0x08, 2: 0x08, 3: 0, 4: 0}),
    ],
)
def test_each_question_has_its_bits(fault: DeviceFlag, bits: dict[int, int]) -> None:
    bench = Bench()
    bench.program.fault(fault)
    for question, more in bits.items():
        assert bench.answers(ASK[question]) == bytes((0x12 | more,))
    bench.program.mend(fault)
    for question in bits:
        assert bench.answers(ASK[question]) == b"\x12"


def test_a_question_is_answered_at_once_also_without_paper_and_behind_a_full_buffer() -> None:
    bench = Bench()
    bench.program.fault(DeviceFlag.PAPER_OUT)
    bench.program.take(b"a\n" * 100)
    assert bench.answers(b"b\n" + ASK[4] + b"c\n") == b"\x72"


def test_a_question_in_two_pieces_is_a_question() -> None:
    bench = Bench()
    assert bench.answers(b"\x10") == b""
    assert bench.answers(b"\x04") == b""
    assert bench.answers(b"\x01") == b"\x12"
    assert bench.answers(b"\x04\x01") == b""


def test_a_question_within_a_picture_is_answered_and_stays_a_part_of_it() -> None:
    bench = Bench()
    picture = b"\x1dv0\x00\x03\x00\x02\x00" + ASK[4] + b"abc"
    assert bench.answers(picture + b"d\n" + CUT) == b"\x12"
    assert bench.papers == ["[drawn 24x2]\nd"]


def test_a_half_mute_one_answers_what_it_knows() -> None:
    bench = Bench()
    bench.program.questions = frozenset((1, 4))
    assert bench.answers(ASK[1] + ASK[2] + ASK[3] + ASK[4]) == b"\x12\x12"


def test_the_paper_sensor_is_told_in_order() -> None:
    bench = Bench()
    bench.program.lines_left = 2
    assert bench.answers(b"a\nb\n" + CUT + b"\x1dr\x01") == b""
    bench.program.mend(DeviceFlag.PAPER_OUT)
    assert bytes(bench.said) == b"\x00"
    bench.program.fault(DeviceFlag.PAPER_NEAR_END)
    assert bench.answers(b"\x1dr\x01") == b"\x03"
    assert bench.answers(b"\x1dr\x02") == b"\x00"


def test_it_tells_its_maker_and_model() -> None:
    assert Bench().answers(b"\x1dIB\x1dIC") == b"\x5fEPSON\x00\x5fTM-T88V\x00"


# ---- unasked


@pytest.mark.parametrize(
    ("fault", "four"),
    [
        (DeviceFlag.PAPER_NEAR_END, b"\x10\x00\x03\x0f"),
        (DeviceFlag.PAPER_OUT, b"\x18\x00\x0c\x0f"),
        (DeviceFlag.COVER_OPEN, b"\x38\x00\x00\x0f"),
        (DeviceFlag.CUTTER, b"\x18\x08\x00\x0f"),
        (DeviceFlag.OVERHEATED, b"\x18\x40\x00\x0f"),
        (DeviceFlag.OFFLINE, b"\x58\x00\x00\x0f"),
    ],
)
def test_a_change_is_pushed_once_it_is_wanted(fault: DeviceFlag, four: bytes) -> None:
    bench = Bench()
    bench.program.fault(fault)
    bench.program.mend(fault)
    assert bench.said == b""
    assert bench.answers(PUSHES) == WELL
    bench.said.clear()
    bench.program.fault(fault)
    bench.program.fault(fault)
    assert bytes(bench.said) == four
    bench.program.mend(fault)
    assert bytes(bench.said) == four + WELL


@pytest.mark.parametrize("ending", [b"\x1da\x00", b"\x1b@"])
def test_pushing_ends_when_it_is_unwanted_and_with_initialising(ending: bytes) -> None:
    bench = Bench()
    bench.program.take(PUSHES + ending)
    bench.said.clear()
    bench.program.fault(DeviceFlag.COVER_OPEN)
    assert bench.said == b""


def test_paper_that_ends_while_it_prints_is_pushed() -> None:
    bench = Bench()
    bench.program.lines_left = 1
    assert bench.answers(PUSHES + b"a\nb\n") == WELL + b"\x18\x00\x0c\x0f"


# ---- process ids


def test_a_process_id_is_confirmed_when_the_paper_is_out() -> None:
    bench = Bench()
    assert bench.answers(b"a\n" + CUT + process_id(b"0001")) == done(b"0001")
    assert bench.papers == ["a"]


@pytest.mark.parametrize("lines", [1, 2])
def test_a_process_id_waits_for_paper(lines: int) -> None:
    bench = Bench()
    bench.program.lines_left = lines
    assert bench.answers(b"a\nb\n" + CUT + process_id(b"0001")) == b""
    assert bench.papers == []
    bench.program.mend(DeviceFlag.PAPER_OUT)
    assert bench.papers == ["a\nb"]
    assert bytes(bench.said) == done(b"0001")


def test_of_the_process_ids_that_wait_only_the_newest_is_confirmed() -> None:
    async def printing() -> bytes:
        bench = Bench(mm_per_s=150)
        bench.program.take(b"a\n" + process_id(b"0001") + b"b\n" + process_id(b"0002"))
        await asyncio.sleep(1)
        return bytes(bench.said)

    assert in_simulated_time(printing) == done(b"0002")


@pytest.mark.parametrize("clearing", [CLEAR, b"\x10\x05\x02"])
def test_what_was_cleared_is_never_confirmed_nor_printed(clearing: bytes) -> None:
    bench = Bench()
    bench.program.lines_left = 1
    bench.program.take(b"a\nb\n" + CUT + process_id(b"0001"))
    bench.program.fault(DeviceFlag.CUTTER)
    bench.program.take(clearing)
    bench.said.clear()
    bench.program.mend(DeviceFlag.CUTTER)
    bench.program.mend(DeviceFlag.PAPER_OUT)
    assert bench.answers(b"c\n" + CUT + process_id(b"0002")) == done(b"0002")
    # What was on the paper already stays there, and the next grows on to it.
    assert bench.papers == ["a\nc"]


def test_clearing_is_answered() -> None:
    assert Bench().answers(CLEAR) == b"\x37\x25\x00"


def test_clearing_ends_a_command_that_is_not_whole() -> None:
    bench = Bench()
    bench.program.take(b"\x1dv0\x00\x48\x00\x64\x00" + bytes(100) + CLEAR)
    bench.program.take(b"a\n" + CUT)
    assert bench.papers == ["a"]


def test_recovering_clears_nothing_while_there_is_no_error() -> None:
    bench = Bench()
    bench.program.fault(DeviceFlag.PAPER_OUT)
    bench.program.take(b"a\n" + CUT + b"\x10\x05\x02\x10\x05\x01")
    bench.program.mend(DeviceFlag.PAPER_OUT)
    assert bench.papers == ["a"]


# ---- what it lacks


@pytest.mark.parametrize(
    ("ability", "command"),
    [
        (Ability.DLE_EOT, ASK[1] + ASK[2] + ASK[3] + ASK[4]),
        (Ability.GS_R, b"\x1dr\x01\x1dr\x02"),
        (Ability.ASB, PUSHES),
        (Ability.PROCESS_ID, process_id(b"0001")),
        (Ability.CLEAR, CLEAR),
    ],
)
def test_what_it_does_not_know_it_passes_over(ability: Ability, command: bytes) -> None:
    bench = Bench(EVERYTHING - {ability})
    assert bench.answers(b"a" + command + b"b\n" + CUT) == b""
    assert bench.papers == ["ab"]
    assert Bench().answers(command) != b""


# ---- its memory


def test_a_full_buffer_takes_no_more_until_it_prints_again() -> None:
    bench = Bench(buffer_bytes=100)
    bench.program.fault(DeviceFlag.COVER_OPEN)
    bench.program.take(b"x" * 99)
    assert bench.program.room == 1
    bench.program.take(b"\x1d")
    assert bench.program.room == 0
    bench.program.mend(DeviceFlag.COVER_OPEN)
    assert bench.program.room == 100


def test_a_picture_greater_than_its_memory_comes_through_while_it_prints() -> None:
    bench = Bench(buffer_bytes=100)
    left = b"\x1dv0\x00\x48\x00\x18\x00" + bytes(72 * 24) + b"\n" + CUT
    while left:
        room = bench.program.room
        assert room
        bench.program.take(left[:room])
        left = left[room:]
    assert bench.papers == ["[drawn 576x24]"]


# ---- its time


def test_twenty_four_lines_need_their_time() -> None:
    async def printing() -> tuple[bytes, bytes]:
        bench = Bench(mm_per_s=150)
        bench.program.take(b"x\n" * 24 + process_id(b"0001"))
        # 24 lines of 3.75 mm: 0.6 s.
        await asyncio.sleep(0.599)
        before = bytes(bench.said)
        await asyncio.sleep(0.002)
        return before, bytes(bench.said)

    assert in_simulated_time(printing) == (b"", done(b"0001"))


def test_what_it_reads_ahead_of_a_cut_it_has_not_printed() -> None:
    """GS r behind a line is answered before the line is out; behind a cut it is not."""

    async def asking(commands: bytes) -> int:
        bench = Bench(mm_per_s=150)
        bench.program.take(commands + b"\x1dr\x01")
        said = len(bench.said)
        await asyncio.sleep(2)
        assert bytes(bench.said) == b"\x00"
        return said

    assert in_simulated_time(lambda: asking(b"a\nb\n")) == 1
    assert in_simulated_time(lambda: asking(b"a\nb\n" + CUT)) == 0


def test_a_fault_in_the_middle_of_a_slow_paper_stops_it_there() -> None:
    async def printing() -> tuple[list[str], list[str]]:
        bench = Bench(mm_per_s=100)
        bench.program.take(b"a\n" * 10 + CUT)
        await asyncio.sleep(0.1)
        bench.program.fault(DeviceFlag.OVERHEATED)
        await asyncio.sleep(10)
        before = list(bench.papers)
        bench.program.mend(DeviceFlag.OVERHEATED)
        await asyncio.sleep(1)
        return before, bench.papers

    before, after = in_simulated_time(printing)
    assert before == []
    assert after == ["\n".join("a" * 10)]
