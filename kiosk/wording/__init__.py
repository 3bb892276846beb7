"""The words for every code, and why something does not pass, in the language of the screen.

`label` is the full word, `short` the one for a narrow column (SHORT_WIDTH). Data stands
beside words and never inflects them.
"""

from kiosk.wording.codes import (
    LABELS,
    SHORT,
    SHORT_WIDTH,
    goods_class,
    ground,
    label,
    paper,
    short,
)
from kiosk.wording.reasons import (
    DRAFT_REFERENCES,
    day_text,
    law,
    reason_line,
    rule_line,
    weight,
)

__all__ = [
    "DRAFT_REFERENCES",
    "LABELS",
    "SHORT",
    "SHORT_WIDTH",
    "day_text",
    "goods_class",
    "ground",
    "label",
    "law",
    "paper",
    "reason_line",
    "rule_line",
    "short",
    "weight",
]
