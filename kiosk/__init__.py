"""Gatebook's kiosk: who and what passes a prison's gate, decided, recorded and printed."""

__version__ = "0.1.0"
