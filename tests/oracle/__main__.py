"""python -m tests.oracle --cases N: compare `kiosk decide --jsonl` with the oracle."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import Counter

from tests.oracle.cases import made_up
from tests.oracle.comparing import differences
from tests.oracle.reading import answer, last_day


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--show", type=int, default=3, metavar="N", help="of each difference")
    arguments = parser.parse_args()
    cases = [made_up(seed) for seed in range(arguments.seed, arguments.seed + arguments.cases)]
    told = subprocess.run(
        [sys.executable, "-m", "kiosk", "decide", "--jsonl"],
        input="".join(json.dumps(case) + "\n" for case in cases),
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    assert len(told) == len(cases)
    found: Counter[str] = Counter()
    for case, line in zip(cases, told, strict=True):
        for what, theirs, ours in differences(json.loads(line), answer(case), last_day(case)):
            found[what] += 1
            if found[what] <= arguments.show:
                print(f"{case['id']}: {what}: decided {theirs}, the oracle {ours}")
                print(f"   {json.dumps(case)}")
    print(f"{len(cases)} cases, differences: {dict(found) or 'none'}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
