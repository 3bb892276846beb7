"""The counter on which bags are listed, with a scale beside it; and what the register says of
them afterwards, asked in SQL."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from kiosk import paper_code
from kiosk.codes import CaseState
from kiosk.services.goods import shipped_catalogue
from kiosk.text import fill
from tests.paper import Paper, decode
from tests.tty import house
from tests.tty.gate import Gate, Press
from tests.tty.harness import Glass
from tests.tty.weighing import Scale
from tests.tty.window import Window


class Counter(Window):
    """The officer's place where bags are listed; `codes` are those of the catalogue in the
    language of the screen."""

    def __init__(
        self, gate: Gate, glass: Glass, press: Press, scale: Scale | None = None
    ) -> None:
        super().__init__(gate, glass, press)
        self.scale = scale
        things = shipped_catalogue.entries()
        self.codes = {one.code: one.code_in(gate.language) for one in things}
        self.names = {one.code: one.name.in_language(gate.language) for one in things}

    # ---- the scale

    def on_the_scale(self, grams: int) -> None:
        """Somebody puts the bag there, and it has come to rest."""
        assert self.scale is not None
        self.scale.put(grams)
        self.sees(fill(self.say("on the scale {number}"), number=kilograms(grams)))

    def off_the_scale(self, left: int, taken: int) -> None:
        """Asked for it, something is taken out of the bag; what still lies there is `left`."""
        assert self.scale is not None
        self.is_asked("Not accepted: take it off the scale, Enter; or type its weight   Esc")
        self.scale.put(left)
        self.sees(fill(self.say("off the scale {number}"), number=kilograms(taken)))

    # ---- listing

    def lists(self, code: str, quantity: str) -> None:
        """A thing by its code, and how much of it: in one write, as somebody types ahead."""
        self.strike(self.codes[code], "enter", quantity, "enter")

    def stands(self, text: str) -> None:
        """It stands somewhere on the glass, and is no sentence on the message row."""
        self.until(self.in_rows(text, range(1, 21)))

    def taken_in(self) -> str:
        """The number of the bag that was just recorded. It stands in the frame; on the message
        row it gives way to what became of the papers."""
        accepted = self.say("ACCEPTED") + "   "
        self.sees(accepted)
        return self.glass.text().partition(accepted)[2][:11]

    def papers_of(self, number: str, count: int) -> list[Paper]:
        """All papers with the barcode of this number, once so many are out."""
        code = paper_code.of_number(1, number)
        self.press.wait_for(paper_code.shown(code), count=count)
        papers = [one for one in decode(self.press.received).papers if code in one.barcodes]
        assert len(papers) == count
        assert not [fault for one in papers for fault in (*one.faults, *one.doubts)]
        return papers

    def label(self, number: str) -> None:
        self.scan_code(paper_code.of_number(1, number))

    def warned(self, msgid: str) -> str:
        return self.is_told(msgid, "!")


def kilograms(grams: int) -> str:
    """As Kyrgyz and Russian write it."""
    return f"{grams // 1000},{grams % 1000:03d}"


def rows(gate: Gate, query: str, *values: object) -> list[tuple[Any, ...]]:
    """What the register answers, asked beside the kiosk or after it."""
    db = house.register_of(gate)
    try:
        return db.run_read(lambda: list(db.file.execute_sql(query, values).fetchall()))
    finally:
        db.close()


def case_of(gate: Gate, number: str) -> UUID:
    series, year, no = number.split("-")
    ((found,),) = rows(
        gate,
        "SELECT object_id FROM register_number WHERE series = ? AND period = ? AND no = ?",
        series,
        f"20{year}",
        int(no),
    )
    return found


def state_of(gate: Gate, number: str) -> CaseState:
    ((state,),) = rows(
        gate, "SELECT state FROM case_now WHERE case_id = ?", case_of(gate, number)
    )
    return CaseState(state)


def number_of_find(gate: Gate, number: str) -> str:
    """The number of the one find in this bag."""
    ((no,),) = rows(
        gate,
        "SELECT no FROM register_number JOIN find ON find.id = object_id WHERE case_id = ?",
        case_of(gate, number),
    )
    return f"F-{number[2:4]}-{no:06d}"


def ledger_of(gate: Gate, number: str) -> list[tuple[Any, ...]]:
    """Kind, pieces and grams of each line that this bag has in the ledger, in their order."""
    return rows(
        gate,
        "SELECT kind, pieces, grams FROM ledger WHERE case_id = ? ORDER BY id",
        case_of(gate, number),
    )


def chain_is_whole(gate: Gate) -> None:
    with gate.run("audit", "verify") as verify:
        assert verify.wait_exit(timeout=20) == 0, verify.text()
