"""The roles of colour on the glass, and the palettes that paint them.

A role never speaks alone: whoever uses one also writes a word or a sign, so the monochrome
palette loses nothing.
"""

from __future__ import annotations

from enum import StrEnum

from rich.style import Style


class Ink(StrEnum):
    """One letter each, so that the inks of a drawn line are a string as long as the line."""

    PLAIN = " "
    BOLD = "b"  # decisive
    DIM = "d"  # proposed by the machine, or a place not filled yet
    GOOD = "g"  # may pass, done; never without its words or `+`
    BAD = "r"  # no, fault; never without its words or `!`
    WARN = "y"  # a person or a paper must decide
    HEAD = "c"  # rules, frames, headings
    FOCUS = "f"  # the field or line that keys go to
    MARK = "m"  # a character to compare with the document
    MARK_IN_FOCUS = "n"  # the same where all around it is in reverse
    BAR = "s"  # the status bar


class Palette(StrEnum):
    DARK = "dark"
    LIGHT = "light"
    MONOCHROME = "monochrome"


# Bold doubles the colour: on the Linux console it is what makes a colour bright, also on
# kernels that do not know SGR 90-97.
_DARK = {
    Ink.PLAIN: Style.null(),
    Ink.BOLD: Style(bold=True),
    Ink.DIM: Style(dim=True),
    Ink.GOOD: Style(color="green", bold=True),
    Ink.BAD: Style(color="red", bold=True),
    Ink.WARN: Style(color="yellow", bold=True),
    Ink.HEAD: Style(color="cyan"),
    Ink.FOCUS: Style(reverse=True),
    # Not bold: in reverse that is dark grey on grey on the Linux console.
    Ink.MARK: Style(color="yellow", reverse=True),
    Ink.MARK_IN_FOCUS: Style(color="yellow", bold=True),
    Ink.BAR: Style(reverse=True),
}
_LIGHT = {
    Ink.PLAIN: Style(color="black", bgcolor="white"),
    Ink.BOLD: Style(color="black", bgcolor="white", bold=True),
    Ink.DIM: Style(color="black", bgcolor="white", dim=True),
    Ink.GOOD: Style(color="green", bgcolor="white"),
    Ink.BAD: Style(color="red", bgcolor="white"),
    Ink.WARN: Style(color="yellow", bgcolor="white", bold=True),
    Ink.HEAD: Style(color="blue", bgcolor="white"),
    Ink.FOCUS: Style(color="white", bgcolor="black"),
    Ink.MARK: Style(color="white", bgcolor="red"),
    Ink.MARK_IN_FOCUS: Style(color="red", bgcolor="white"),
    Ink.BAR: Style(color="white", bgcolor="black"),
}
_MONOCHROME = {
    **_DARK,
    Ink.GOOD: Style(bold=True),
    Ink.BAD: Style(bold=True),
    Ink.WARN: Style(bold=True),
    Ink.HEAD: Style.null(),
    Ink.MARK: Style(reverse=True),
    Ink.MARK_IN_FOCUS: Style(bold=True),
}
_PALETTES = {
    Palette.DARK: _DARK,
    Palette.LIGHT: _LIGHT,
    Palette.MONOCHROME: _MONOCHROME,
}

_styles: dict[str, Style] = {}
_sequences: dict[str, str] = {}

RESET = "\x1b[m"


def use(palette: Palette) -> None:
    """Paint with `palette` from now on; what stands on the glass changes when repainted."""
    for ink, style in _PALETTES[palette].items():
        _styles[ink.value] = style
        _sequences[ink.value] = _sequence(style)


def style(ink: str) -> Style:
    """The style that the palette in use gives to the role with this letter."""
    return _styles[ink]


def sgr(ink: str) -> str:
    """The sequence that sets this role, whatever was set before."""
    return _sequences[ink]


def _sequence(style: Style) -> str:
    """As the sixteen colours of the Linux console, on every terminal."""
    codes = [
        code for code, on in (("1", style.bold), ("2", style.dim), ("7", style.reverse)) if on
    ]
    if style.color is not None and style.color.number is not None:
        codes.append(str(30 + style.color.number))
    if style.bgcolor is not None and style.bgcolor.number is not None:
        codes.append(str(40 + style.bgcolor.number))
    return f"\x1b[0;{';'.join(codes)}m" if codes else RESET


use(Palette.DARK)
