"""`python -m tests.bench`: the speed table of the README, measured on the demo."""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench import at_the_gate, measure
from tests.bench.measure import percentile

PEOPLE = 10_000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE, help="visitors in the long list")
    parser.add_argument("--scans", type=int, default=60)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        for row in rows(Path(name), arguments.people, arguments.scans):
            print("| " + " | ".join(row) + " |", flush=True)
    return 0


def rows(folder: Path, count: int, scans: int) -> Iterator[tuple[str, str, str]]:
    yield "what", "budget", "measured"
    yield "---", "---", "---"
    measure.compiled()
    demo = folder / "demo"
    starts = [measure.first_paint(demo) for _ in range(6)][1:]
    yield "start to first paint", "≤ 0.35 s", f"{statistics.median(starts):.2f} s"
    with measure.demo(demo) as glass:
        measure.opened(glass)
        gate = folder / "gate"
        gate.mkdir()
        memory = f"{measure.gate_memory(gate) / 1000:.1f} MB; demo {glass.rss() / 1000:.1f} MB"
        yield "memory, signed in, before the first print", "≤ 60 MB", memory
        letters, tabs = measure.form(glass)
        yield "a letter, CPU", "≤ 2.5 ms", f"{letters.cpu_ms:.1f} ms"
        yield (
            "a letter, bytes",
            "≤ 80",
            f"{letters.median_bytes:.0f} (at most {max(letters.bytes)})",
        )
        yield "Tab, CPU", "≤ 3 ms", f"{tabs.cpu_ms:.1f} ms"
        yield "Tab, bytes", "≤ 260", f"{tabs.median_bytes:.0f} (at most {max(tabs.bytes)})"
        item = measure.till(glass)
        yield "a line of a bag, five keys, CPU", "≤ 40 ms", f"{item.cpu_ms:.1f} ms"
        switched = measure.switches(glass)
        yield "switch to a kept screen, bytes", "≤ 3000", f"{max(switched.bytes)} at most"
        yield (
            "switch to a kept screen",
            "≤ 15 ms",
            f"{statistics.median(switched.wall_ms):.1f} ms",
        )
        rest = measure.idle(glass)
        yield "idle", "0 B/s, ≤ 0.05 % CPU", f"{rest.bytes} B, {rest.cpu_percent:.3f} % CPU"
        measured = measure.visits(glass, demo, scans)
        card, enter = measured.to_card, measured.to_printer
        yield "scan's last byte to card, p95", "≤ 60 ms", f"{percentile(card, 0.95):.0f} ms"
        yield (
            "Enter to first byte at the printer, p95, warm",
            "≤ 50 ms",
            (f"{percentile(enter[1:], 0.95):.0f} ms"),
        )
    bags = folder / "bags"
    bags.mkdir()
    wall, cpu = at_the_gate.receipts(bags, 40)
    yield (
        f"key to first byte of a receipt, p50 / p95 of {len(wall)}",
        "≤ 50 ms",
        f"{statistics.median(wall):.0f} / {percentile(wall, 0.95):.0f} ms, "
        f"CPU {statistics.median(cpu):.0f} / {percentile(cpu, 0.95):.0f} ms",
    )
    crowd = folder / "crowd"
    measure.crowd(crowd, count)
    with measure.demo(crowd) as glass:
        measure.opened(glass)
        page = measure.whole_list(glass)
        yield f"list of {count:,} people, first page", "≤ 50 ms", f"{page:.0f} ms"
        found = measure.searches(glass, ("аса", "өмү", "zhe", "бек", "tok"))
        yield f"search among {count:,}, a letter, p95", "–", f"{percentile(found, 0.95):.0f} ms"


if __name__ == "__main__":
    sys.exit(main())
