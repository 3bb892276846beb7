"""How readings compare with the truth, and the tables that say so."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tests.bench.measure import percentile
from tests.pictures.corpus import Specimen
from tests.pictures.readers import Reading
from tests.pictures.zones import fields

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """One picture as one reader read it."""

    specimen: Specimen
    reading: Reading
    seed: int

    @property
    def part(self) -> str:
        """standard, hard, traps or plain."""
        return self.specimen.id.partition("-")[0]

    @property
    def exact(self) -> bool:
        """All ten fields are right, whatever the reader thinks of them."""
        return self.specimen.accept and self._right

    @property
    def accepted(self) -> bool:
        return self.exact and self.reading.ok

    @property
    def silent(self) -> bool:
        """Vouched for, and wrong."""
        return self.reading.ok and not (self.specimen.accept and self._right)

    @property
    def _right(self) -> bool:
        truth = self.specimen.truth
        return truth is not None and self.reading.fields == fields(truth)


@dataclass(frozen=True, slots=True)
class Score:
    """All that one reader did. `memory_mib`: (pictures read, VmRSS then); `begun_anew`: how
    often its process was another one from there on."""

    name: str
    verdicts: Sequence[Verdict]
    memory_mib: Sequence[tuple[int, float]]
    begun_anew: int

    def of(self, *parts: str) -> list[Verdict]:
        return [verdict for verdict in self.verdicts if verdict.part in parts]


def table(scores: Iterable[Score]) -> Iterator[Row]:
    yield (
        "reader",
        "standard exact",
        "hard exact",
        "accepted",
        "silent errors",
        "traps refused",
        "no zone refused",
        "median / p95",
        "CPU median / p95",
        "no zone, longest",
        "memory",
    )
    yield ("---",) * 11
    for score in scores:
        readable = score.of("standard", "hard")
        traps, plain = score.of("traps"), score.of("plain")
        silent = sum(verdict.silent for verdict in score.verdicts)
        longest = max((verdict.reading.wall_ms for verdict in plain), default=0.0)
        yield (
            score.name,
            _share([verdict.exact for verdict in score.of("standard")]),
            _share([verdict.exact for verdict in score.of("hard")]),
            _share([verdict.accepted for verdict in readable]),
            str(silent),
            f"{sum(not verdict.reading.ok for verdict in traps)} of {len(traps)}",
            f"{sum(not verdict.reading.ok for verdict in plain)} of {len(plain)}",
            _spread([verdict.reading.wall_ms for verdict in readable]),
            _spread([verdict.reading.cpu_ms for verdict in readable]),
            f"{longest:.0f} ms",
            _memory(score),
        )


def categories(scores: Sequence[Score]) -> Iterator[Row]:
    """Exact readings by category; for traps and pictures without a zone, how many refused."""
    yield ("category", *(score.name for score in scores))
    yield ("---",) * (len(scores) + 1)
    names = dict.fromkeys((v.part, v.specimen.category) for v in scores[0].verdicts)
    for part, category in names:
        cells = []
        for score in scores:
            among = [v for v in score.of(part) if v.specimen.category == category]
            good = sum(v.exact if v.specimen.accept else not v.reading.ok for v in among)
            cells.append(f"{good} of {len(among)}")
        yield (f"{part}: {category}", *cells)


def failures(score: Score) -> Iterator[str]:
    """Each picture that was read wrong or vouched for wrongly; made up, so it may be shown."""
    for verdict in score.verdicts:
        specimen = verdict.specimen
        if verdict.silent or (specimen.accept and not verdict.accepted):
            kind = "SILENT" if verdict.silent else "doubted" if verdict.exact else "wrong"
            cost = f"{verdict.reading.wall_ms:.0f} ms"
            what = f"{verdict.seed} {specimen.id} {specimen.category}"
            yield f"{score.name}: {what}: {kind}, {cost}"
            yield "    printed  " + " ".join(specimen.truth or ("nothing",))
            yield "    read     " + " ".join(verdict.reading.said)


def markdown(rows: Iterable[Row]) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _memory(score: Score) -> str:
    held = ", ".join(f"{mib:.0f} MiB at {count}" for count, mib in score.memory_mib)
    return held + (f"; begun anew {score.begun_anew} times" if score.begun_anew else "")


def _share(answers: Sequence[bool]) -> str:
    if not answers:
        return "–"
    return f"{sum(answers)} of {len(answers)} ({sum(answers) / len(answers):.1%})"


def _spread(values: Sequence[float]) -> str:
    if not values:
        return "–"
    return f"{statistics.median(values):.0f} / {percentile(values, 0.95):.0f} ms"
