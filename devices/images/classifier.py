"""Which character a patch shows: a small perceptron, its weights a file of this package."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import IO

import numpy as np

from devices.images.letters import Floats

WEIGHTS = "ocr_b.npz"


class Classifier:
    """From a patch's pixels through layers of ramps to the characters and `no character`."""

    def __init__(self, layers: list[tuple[Floats, Floats]]) -> None:
        self._layers = layers

    def log_likelihoods(self, patches: Floats) -> Floats:
        """Of each character, for evened patches of shape (N, H, W): shape (N, 38)."""
        values = patches.reshape(len(patches), -1)
        for weights, bias in self._layers[:-1]:
            values = np.maximum(values @ weights + bias, 0)
        weights, bias = self._layers[-1]
        scores = values @ weights + bias
        scores -= scores.max(axis=1, keepdims=True)
        result: Floats = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
        return result


@cache
def shipped() -> Classifier:
    """The classifier with the weights of this package (`python -m devices.images.training`)."""
    with files("devices.images").joinpath(WEIGHTS).open("rb") as file:
        return loaded(file)


def loaded(file: IO[bytes]) -> Classifier:
    """The classifier with the weights that a training has written."""
    with np.load(file) as kept:
        count = len(kept.files) // 2
        return Classifier(
            [
                (kept[f"weights{n}"].astype(np.float32), kept[f"bias{n}"].astype(np.float32))
                for n in range(count)
            ]
        )
