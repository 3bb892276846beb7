"""What commands take: days, times, the configuration."""

from __future__ import annotations

import argparse
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.config import Settings

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is no date: write it as 2026-11-24") from None


def moment(text: str) -> datetime:
    """A day and hour; without an offset it is one of the site's clocks."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text} is no moment: write it as 2026-11-24T10:00"
        ) from None


def seconds(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} is no time: write seconds, as 60")
    return number


def settings(arguments: argparse.Namespace) -> Settings:
    """The configuration; what is said from here on is said in the site's first language."""
    from kiosk.config import load
    from kiosk.text import use

    loaded = load(arguments.config)
    arguments.log_file = loaded.log_file
    use(loaded.site.languages[0])
    return loaded
