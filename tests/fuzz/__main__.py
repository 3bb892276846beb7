"""`python -m tests.fuzz --inputs 1000000`: a coverage-guided fuzzer over framer and parser.

Ends with the counts and 0; or stops at the first broken promise, keeps its input in the folder
`--keep` and says how to run it again.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path
from random import Random

import atheris

# First, so that the simulated readers are not counted.
from tests.fuzz.inputs import HEAD, damaged, made

with atheris.instrument_imports(include=["devices.mrz", "devices.readers"]):
    from tests.fuzz.promises import Watch


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=9303)
    parser.add_argument("--keep", type=Path, default=Path(), help="where a failing input goes")
    parser.add_argument("--again", type=Path, help="check one kept input and stop")
    arguments = parser.parse_args()
    watch = Watch()
    if arguments.again is not None:
        watch.check(arguments.again.read_bytes())
        print("every promise holds")
        return 0
    _fuzz(watch, arguments.inputs, arguments.seed, arguments.keep)
    return 0


def _fuzz(watch: Watch, inputs: int, seed: int, keep: Path) -> None:
    began = time.monotonic()
    cpu = time.process_time()
    done = 0

    def one(data: bytes) -> None:
        nonlocal done
        watch.check(data)
        done += 1
        if done == inputs:
            _report(watch, done, time.monotonic() - began, time.process_time() - cpu)
            os._exit(0)  # libFuzzer never returns, and would print a dictionary of its own

    atheris.Setup(
        [
            sys.argv[0],
            f"-runs={inputs}",
            f"-seed={seed}",
            "-max_len=600",
            "-len_control=0",
            "-timeout=30",
            "-verbosity=0",
            f"-artifact_prefix={keep}/",
        ],
        one,
        custom_mutator=_mutated,
    )
    atheris.Fuzz()


def _mutated(data: bytes, most: int, seed: int) -> bytes:
    """Most inputs are made anew, a quarter are damaged ones, the rest are atheris' own."""
    chance = Random(seed)
    kind = chance.random()
    if kind < 0.6 or len(data) <= HEAD:
        return made(chance)[:most]
    if kind < 0.85:
        return (data[:HEAD] + damaged(data[HEAD:], chance))[:most]
    return bytes(atheris.Mutate(data, most))


def _report(watch: Watch, inputs: int, wall: float, cpu: float) -> None:
    print(f"{inputs} inputs in {wall:.0f} s ({cpu:.0f} s of processor), every promise holds")
    print(f"slowest input: {watch.slowest * 1000:.0f} ms")
    for outcome, count in sorted(watch.outcomes.items()):
        print(f"{count:>9}  {outcome}")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
