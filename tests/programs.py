"""Debian programs that some tests need; a new user may lack them, CI may not."""

from __future__ import annotations

import os
import shutil

import pytest


def need(program: str, package: str) -> str:
    """The path of `program`; without it the test is skipped, and fails when CI=true."""
    path = shutil.which(program)
    if path is None:
        sentence = f"{program} is not installed (apt install {package})"
        if os.environ.get("CI") == "true":
            pytest.fail(sentence)
        pytest.skip(sentence)
    return path
