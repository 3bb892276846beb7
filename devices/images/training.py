"""Trains the classifier of OCR-B anew and writes its weights beside this file.

    python -m devices.images.training --lines 24000

Needs Debian's `fonts-ocr-b` and `fonts-dejavu-core`; the same seed gives the same weights on
the same versions of numpy, scipy and Pillow. Nothing here runs at a gate.
"""

from __future__ import annotations

import argparse
import sys
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from devices.images.classifier import WEIGHTS, Classifier
from devices.images.letters import NO_CHARACTER, PATCH_HEIGHT, PATCH_WIDTH, Floats
from devices.images.print_shop import LINE, PrintShop

HIDDEN = (192, 96)
BATCH = 256
RATE = 1.5e-3
# Evened patches seldom leave ±4; a byte a pixel keeps 400,000 of them in 190 MB.
_STEPS = 32


def drawn(seed: int, lines: int) -> tuple[np.ndarray, np.ndarray]:
    """Patches as bytes, shape (lines * 44, pixels), and their classes."""
    patches = np.empty((lines * LINE, PATCH_HEIGHT * PATCH_WIDTH), np.int8)
    classes = np.empty(lines * LINE, np.int64)
    for number, (line, wanted) in enumerate(PrintShop(seed).cells(lines)):
        place = slice(number * LINE, (number + 1) * LINE)
        patches[place] = np.clip(line.reshape(LINE, -1) * _STEPS, -127, 127).astype(np.int8)
        classes[place] = wanted
    return patches, classes


def _evened(patches: np.ndarray) -> Floats:
    return patches.astype(np.float32) / np.float32(_STEPS)


def trained(
    patches: np.ndarray, classes: np.ndarray, rounds: int, seed: int
) -> list[tuple[Floats, Floats]]:
    """The layers after `rounds` passes of Adam over all cells, the rate falling to nothing."""
    random = np.random.default_rng(seed)
    sizes = (patches.shape[1], *HIDDEN, NO_CHARACTER + 1)
    values = []
    for inputs, outputs in pairwise(sizes):
        scale = np.sqrt(2 / inputs)
        values.append(random.normal(0, scale, (inputs, outputs)).astype(np.float32))
        values.append(np.zeros(outputs, np.float32))
    first = [np.zeros_like(value) for value in values]
    second = [np.zeros_like(value) for value in values]
    steps, total = 0, rounds * (len(classes) // BATCH)
    for number in range(rounds):
        order = random.permutation(len(classes))
        lost = 0.0
        began = time.monotonic()
        for start in range(0, len(order) - BATCH + 1, BATCH):
            chosen = order[start : start + BATCH]
            loss, slopes = _slopes(values, _evened(patches[chosen]), classes[chosen])
            lost += loss
            steps += 1
            rate = RATE * 0.5 * (1 + np.cos(np.pi * steps / total))
            for value, slope, mean, square in zip(values, slopes, first, second, strict=True):
                mean += 0.1 * (slope - mean)
                square += 0.001 * (slope * slope - square)
                corrected = square / (1 - 0.999**steps)
                value -= rate * (mean / (1 - 0.9**steps)) / (np.sqrt(corrected) + 1e-8)
                if value.ndim == 2:
                    value *= 1 - rate * 0.01  # weights that nothing needs shrink
        batches = len(order) // BATCH
        print(
            f"round {number + 1}: loss {lost / batches:.4f}, {time.monotonic() - began:.0f} s",
            flush=True,
        )
    return list(zip(values[::2], values[1::2], strict=True))


def _slopes(
    values: list[Floats], inputs: Floats, classes: np.ndarray
) -> tuple[float, list[Floats]]:
    """The mean loss of a batch and its slope for each array of `values`."""
    layers = [inputs]
    for weights, bias in zip(values[:-2:2], values[1:-2:2], strict=True):
        layers.append(np.maximum(layers[-1] @ weights + bias, 0))
    scores = layers[-1] @ values[-2] + values[-1]
    scores -= scores.max(axis=1, keepdims=True)
    likely = np.exp(scores)
    likely /= likely.sum(axis=1, keepdims=True)
    rows = np.arange(len(classes))
    loss = float(-np.log(likely[rows, classes] + 1e-9).mean())
    slope = likely
    slope[rows, classes] -= 1
    slope /= len(classes)
    slopes: list[Floats] = []
    for depth in range(len(layers) - 1, -1, -1):
        slopes = [layers[depth].T @ slope, slope.sum(axis=0), *slopes]
        if depth:
            slope = (slope @ values[2 * depth].T) * (layers[depth] > 0)
    return loss, slopes


def share_right(layers: list[tuple[Floats, Floats]], seed: int, lines: int) -> float:
    """The share of cells read right, of lines that were never trained on."""
    patches, classes = drawn(seed, lines)
    likely = Classifier(layers).log_likelihoods(_evened(patches))
    return float((likely.argmax(axis=1) == classes).mean())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--lines", type=int, default=24_000, help="lines of 44 characters")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--seed", type=int, default=9303)
    parser.add_argument("--to", type=Path, default=Path(__file__).with_name(WEIGHTS))
    arguments = parser.parse_args()
    patches, classes = drawn(arguments.seed, arguments.lines)
    print(f"{len(classes)} cells drawn", flush=True)
    layers = trained(patches, classes, arguments.rounds, arguments.seed)
    right = share_right(layers, arguments.seed + 1, arguments.lines // 20)
    print(f"{right:.2%} of new cells right")
    kept: dict[str, Any] = {}
    for number, (weights, bias) in enumerate(layers):
        kept[f"weights{number}"] = weights.astype(np.float16)
        kept[f"bias{number}"] = bias.astype(np.float32)
    np.savez_compressed(arguments.to, **kept)
    return 0


if __name__ == "__main__":
    sys.exit(main())
