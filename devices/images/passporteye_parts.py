"""PassportEye's own modules, brought into memory without the two libraries it hardly uses.

Of matplotlib it wants the drawing of a box, which nobody here asks for, and of scikit-learn
the principal components of points in a plane. Both together are 1.1 s and 83 MiB of its
1.3 s and 109 MiB on top of numpy and scipy; a stand-in for each is put in their place for as
long as PassportEye is imported, and taken away again.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]


class PlanePCA:
    """Principal components, as `sklearn.decomposition.PCA` gives PassportEye's RotatedBox.

    `components_`: one direction a row, the longest first, whose sign is nobody's business;
    `mean_`: the middle of the points.
    """

    components_: Points
    mean_: Points

    def __init__(self, components: int) -> None:
        self._count = components

    def fit(self, points: Points) -> PlanePCA:
        """For points of shape (N, 2)."""
        self.mean_ = points.mean(axis=0)
        centred = points - self.mean_
        _, directions = np.linalg.eigh(centred.T @ centred)
        self.components_ = directions.T[::-1][: self._count]
        return self

    def transform(self, points: Points) -> Points:
        """The same points along the components."""
        return (points - self.mean_) @ self.components_.T


def load() -> tuple[ModuleType, ModuleType]:
    """`passporteye.mrz.image` and `passporteye.mrz.text`."""
    with _standing_in(_stand_ins()):
        return (
            importlib.import_module("passporteye.mrz.image"),
            importlib.import_module("passporteye.mrz.text"),
        )


def _stand_ins() -> dict[str, ModuleType]:
    modules = {
        name: ModuleType(name)
        for name in (
            "sklearn",
            "sklearn.decomposition",
            "matplotlib",
            "matplotlib.pyplot",
            "matplotlib.patches",
        )
    }
    vars(modules["sklearn.decomposition"])["PCA"] = PlanePCA
    for name in ("pyplot", "patches"):
        vars(modules["matplotlib"])[name] = modules[f"matplotlib.{name}"]
    return modules


@contextmanager
def _standing_in(modules: dict[str, ModuleType]) -> Iterator[None]:
    """`modules` are what an import finds; a library that is there already stays."""
    put = {name: module for name, module in modules.items() if name not in sys.modules}
    sys.modules.update(put)
    try:
        yield
    finally:
        for name in put:
            del sys.modules[name]
