"""python -m tests.invariants --steps N --seed S: play so many acts, and tell what broke."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from itertools import count
from pathlib import Path

from tests.invariants.days import Days, DaysOfGoods
from tests.invariants.playing import play
from tests.invariants.prison import founded


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.invariants")
    parser.add_argument("--steps", type=int, default=20_000, metavar="N")
    parser.add_argument("--seed", type=int, default=0, metavar="S")
    parser.add_argument("--a-day", type=int, default=60, metavar="N", help="steps a register")
    parser.add_argument("--goods", action="store_true", help="bags and parcels alone")
    parser.add_argument("--shrink", action="store_true", help="look for the fewest acts")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        folders = (Path(folder) / str(no) for no in count())
        began = time.process_time()
        played = play(
            founded(Path(folder)),
            folders,
            registers=-(-arguments.steps // arguments.a_day),
            steps=arguments.a_day,
            seed_of_all=arguments.seed,
            shrinks=arguments.shrink,
            days=DaysOfGoods if arguments.goods else Days,
        )
        print(f"{played}, {time.process_time() - began:.0f} s of CPU")
    return 0


if __name__ == "__main__":
    sys.exit(main())
