"""`python -m tests.pictures`: the same pictures through every reader, and the table of it.

The pictures of seed 2026 may be tuned on; `--seeds 2027 424242` are for judging.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.pictures import kept, scores
from tests.pictures.corpus import FIXED_SEED, Specimen
from tests.pictures.readers import Ours, PassportEye, Reader, Unavailable
from tests.pictures.scores import Score, Verdict

READERS: dict[str, tuple[Callable[[], Reader], ...]] = {
    "passporteye": (PassportEye.default,),
    "legacy": (PassportEye.legacy,),
    "first": (Ours.first_path,),
    "ours": (Ours,),
}
READERS["all"] = tuple(itertools.chain.from_iterable(READERS.values()))

# How much memory a reader holds is asked after so many pictures.
_MILESTONES = (20, 100, 200)
_AGAIN = 30


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reader", choices=READERS, default="ours")
    parser.add_argument("--seeds", type=int, nargs="+", default=[FIXED_SEED])
    parser.add_argument("--only", default="", help="ids or categories that begin so")
    parser.add_argument("--categories", action="store_true", help="also by category")
    parser.add_argument("--failures", action="store_true", help="also what was read wrong")
    parser.add_argument(
        "--kept",
        type=Path,
        default=Path(tempfile.gettempdir()) / "gatebook-pictures",
        metavar="DIR",
        help="where the drawn pictures are kept",
    )
    arguments = parser.parse_args()
    done = []
    for start in READERS[arguments.reader]:
        try:
            reader = start()
        except Unavailable as reason:
            print(f"left out: {reason}", file=sys.stderr)
            continue
        drawn = (
            (seed, specimen)
            for seed in arguments.seeds
            for specimen in kept.specimens(seed, arguments.kept)
            if f"{specimen.id} {specimen.category}".startswith(arguments.only)
            or specimen.category.startswith(arguments.only)
        )
        score = judged(reader, drawn)
        done.append(score)
        if arguments.failures:
            print("\n".join(scores.failures(score)), flush=True)
    if not done:
        return 1
    print(scores.markdown(scores.table(done)))
    if arguments.categories:
        print()
        print(scores.markdown(scores.categories(done)))
    return 0


def judged(reader: Reader, drawn: Iterable[tuple[int, Specimen]]) -> Score:
    """Every picture once; then the first ones again, until the last milestone is reached."""
    verdicts: list[Verdict] = []
    memory: list[tuple[int, float]] = []
    again: list[bytes] = []
    count = 0

    def counted() -> None:
        nonlocal count
        count += 1
        if count in _MILESTONES:
            memory.append((count, reader.memory_mib()))

    try:
        for seed, specimen in drawn:
            if not again:
                # What only the first picture pays is not the warm reader's time.
                reader.read(specimen.picture)
            verdicts.append(Verdict(specimen, reader.read(specimen.picture), seed))
            counted()
            if len(again) < _AGAIN:
                again.append(specimen.picture)
        # One seed's pictures are not quite as many as the last milestone.
        if _MILESTONES[-1] - len(again) <= count:
            for picture in again:
                reader.read(picture)
                counted()
        return Score(reader.name, verdicts, memory, reader.begun_anew)
    finally:
        reader.close()


if __name__ == "__main__":
    sys.exit(main())
