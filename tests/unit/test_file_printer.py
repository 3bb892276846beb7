"""A file in place of a printer."""

from __future__ import annotations

import resource
from pathlib import Path

from printer_gate import paper

from devices.printers.file import FilePrinter
from devices.printers.printer import Delivered, Outcome, Proof, Why
from tests.paper import decode


async def test_a_file_gets_the_papers_one_after_the_other(tmp_path: Path) -> None:
    printer = FilePrinter(tmp_path / "papers.bin")
    await printer.ready()
    for text in ("one", "two"):
        kept = await printer.send(paper(text))
        assert (kept.delivered, kept.proof) == (Delivered.ALL, Proof.PROVEN)
        assert kept.sent == len(paper(text))
    papers = decode((tmp_path / "papers.bin").read_bytes()).papers
    assert [one.text for one in papers] == ["one", "two"]


async def test_a_file_that_cannot_be_written_has_printed_nothing(tmp_path: Path) -> None:
    printer = FilePrinter(tmp_path / "no folder" / "papers.bin")
    assert (await printer.send(paper())).delivered is Delivered.NONE


async def test_a_paper_that_the_disk_takes_only_in_part_is_taken_back(tmp_path: Path) -> None:
    file = tmp_path / "papers.bin"
    printer = FilePrinter(file)
    assert (await printer.send(paper("one"))).proof is Proof.PROVEN
    whole = file.read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, hard))
    try:
        outcome = await printer.send(b"x" * 2_000_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert outcome == Outcome(Delivered.NONE, Proof.NONE, Why.STALLED)
    assert file.read_bytes() == whole
