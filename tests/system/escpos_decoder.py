"""The decoder of what a printer was sent, under its earlier name."""

from __future__ import annotations

from tests.paper import Paper, decode

__all__ = ["Paper", "decode"]
