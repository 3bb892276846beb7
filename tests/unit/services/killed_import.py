"""An import that kills itself with SIGKILL at its n-th audit entry: a program of a test."""

from __future__ import annotations

import os
import signal
import sys
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from kiosk.clock import FixedClock
from kiosk.keyfile import derive
from kiosk.lists.prisoners import read
from kiosk.models.database import open_database
from kiosk.services import prisoner_import, staff
from kiosk.services.desk import Desk


def main(folder: Path, at: int, entries: int) -> None:
    keys = derive(bytes(range(32)))
    db = open_database(folder / "gate.db", keys.database)
    desk = Desk(1, "p1", "Prison 1", ZoneInfo("Asia/Bishkek"), FixedClock(at), keys.audit)
    (administrator,) = (u for u in db.run_read(staff.users, desk) if u.login == "admin")
    left = entries

    def count(statement: str) -> None:
        nonlocal left
        left -= statement.startswith("INSERT INTO audit_entry")
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    db.run_write(lambda: db.file.connection().set_trace_callback(count))
    read_list = read(folder / "list.csv", date(2026, 3, 6))
    db.run_write(prisoner_import.apply, desk, administrator, read_list)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
