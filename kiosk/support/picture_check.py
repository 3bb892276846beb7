"""Whether the folder of pictures, or the scanner, is there and can be used; for `doctor`."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Iterator

from devices.readers.folder import PictureFolder
from kiosk.config import Settings
from kiosk.device_board import rejected_sentence
from kiosk.support.doctor import Check, State
from kiosk.text import _, fill
from kiosk.wiring import scanner_of


def folder(settings: Settings) -> Iterator[Check]:
    """The folder into which a camera drops pictures, and what lies in it."""
    path = settings.place(settings.reader.port)
    if not path.is_dir():
        yield Check(
            "reader",
            State.FAULT,
            fill(_("{path} is no folder"), path=path),
            _("Make the folder, or set [reader] port to the one the camera writes to."),
        )
    elif not os.access(path, os.R_OK | os.W_OK | os.X_OK, effective_ids=True):
        yield Check(
            "reader",
            State.FAULT,
            fill(_("{path} cannot be written by this user"), path=path),
            _("Let the kiosk's user read and delete there: a picture read is deleted."),
        )
    else:
        pictures = PictureFolder(path)
        pictures.look(0.0)
        if pictures.left:
            yield Check(
                "reader",
                State.WARN,
                fill(_("{path} holds pictures: {count}"), path=path, count=pictures.left),
                _("They show people and nobody reads them: have them deleted."),
            )
        else:
            yield Check("reader", State.OK, str(path))


def scanner(settings: Settings) -> Iterator[Check]:
    """The scanner; it is asked whether it is there, which takes some seconds."""
    scanner = scanner_of(settings)
    if shutil.which(scanner.program) is None:
        yield Check(
            "reader",
            State.FAULT,
            fill(_("the program {program} is not installed"), program=scanner.program),
            _("Install it: apt install sane-utils"),
        )
        return
    fault = asyncio.run(scanner.probe())
    if fault is not None:
        yield Check(
            "reader",
            State.FAULT,
            _(rejected_sentence(fault)),
            _("See `scanimage -L` as the kiosk's user; set [reader] device and options."),
        )
    else:
        yield Check("reader", State.OK, scanner.device or _("the first scanner there is"))
