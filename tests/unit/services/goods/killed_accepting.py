"""Takes in the bag whose list is kept, and kills itself before the end: a program of a test."""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from kiosk.clock import FixedClock
from kiosk.codes import DraftKind, Service
from kiosk.keyfile import derive
from kiosk.models.database import open_database
from kiosk.services import drafts, staff
from kiosk.services.desk import Desk
from kiosk.services.goods import accepting, asking
from kiosk.values import MemberRequest
from kiosk.values.goods import BroughtLine, GoodsRequest


@dataclass(frozen=True)
class Listed:
    """The list of a bag, as a screen keeps it."""

    case_id: UUID
    prisoner_id: UUID
    sender_id: UUID
    lines: tuple[BroughtLine, ...]
    gross: int

    @property
    def request(self) -> GoodsRequest:
        return GoodsRequest(
            case_id=self.case_id,
            service=Service.PACKAGE,
            prisoner_id=self.prisoner_id,
            sender=MemberRequest(self.sender_id, None),
            lines=self.lines,
            gross_grams=self.gross,
        )


def main(folder: Path, at: int) -> None:
    keys = derive(bytes(range(32)))
    db = open_database(folder / "gate.db", keys.database)
    desk = Desk(1, "p1", "Prison 1", ZoneInfo("Asia/Bishkek"), FixedClock(at), keys.audit)
    (officer,) = (one for one in db.run_read(staff.users, desk) if one.login == "officer")

    def look(statement: str) -> None:
        if statement.startswith("INSERT INTO audit_entry"):
            os.kill(os.getpid(), signal.SIGKILL)

    db.run_write(lambda: db.file.connection().set_trace_callback(look))
    listed = db.run_read(drafts.take, desk, officer, DraftKind.PACKAGE, Listed)
    assert listed is not None
    request = listed.request
    seen = db.run_read(asking.propose, desk, officer, request)
    db.run_write(accepting.accept, desk, officer, request, seen.decision, seen.earlier)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
