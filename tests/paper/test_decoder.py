"""The decoder is right about hand-made bytes, most of them examples of Epson's reference."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from tests.paper import Barcode, Dots, Feed, Qr, Raster, decode
from tests.paper.code128 import parse
from tests.paper.drawn_letters import KYRGYZ, UNKNOWN
from tests.paper.picture import drawn
from tests.paper.reading import agreement, codes
from tests.paper.specimens import (
    BEGIN,
    CUT,
    DEFINED,
    EPSON_CODE128,
    bitmap,
    picture,
    qr,
)


def test_letters_of_the_kazakh_page_are_those_of_its_standard() -> None:
    """KZ-1048 by the table of the Unicode consortium: BD Ң BE ң A5 Ө B4 ө AF Ү BF ү."""
    (paper,) = decode(BEGIN + b"\xbd\xbe\xa5\xb4\xaf\xbf \xc0\xe0\xb9\n" + CUT).papers
    assert (paper.text, paper.faults, paper.cut) == ("ҢңӨөҮү Аа№", [], "partial")


def test_styles_change_within_a_row() -> None:
    data = b"a\x1bE\x01b\x1bE\x00\x1d!\x11c\x1b!\x00d\n"
    (paper,) = decode(BEGIN + data + CUT).papers
    a, b, c, d = paper.rows[0].letters
    assert (a.bold, b.bold, c.bold) == (False, True, False)
    assert [(one.width, one.height, one.at) for one in (a, b, c, d)] == [
        (1, 1, 0), (1, 1, 12), (2, 2, 24), (1, 1, 48),
    ]  # fmt: skip
    assert paper.rows[0].feed == 48, "a tall row takes the paper that it needs"


def test_a_tabulator_and_a_position_jump_over_blanks() -> None:
    (paper,) = decode(BEGIN + b"a\tb\x1b$\xf0\x00c\n" + CUT).papers
    assert paper.text == "a" + 7 * " " + "b" + 11 * " " + "c"
    assert paper.rows[0].columns == 21
    assert paper.faults == []


def test_user_defined_characters_are_named_by_their_dots() -> None:
    (paper,) = decode(BEGIN + DEFINED + b"\x1b%\x01" + b'!"#$%&' + b"\x1b%\x00!\n" + CUT).papers
    assert (paper.text, paper.faults) == (KYRGYZ + "!", [])


def test_a_defined_character_is_forgotten_by_a_new_beginning() -> None:
    again = DEFINED + b"\x1b%\x01!\n" + BEGIN + b"\x1b%\x01!\n"
    (paper,) = decode(BEGIN + again + CUT).papers
    assert paper.text == "Ң\n!"


def test_a_defined_character_that_is_no_letter_is_doubted() -> None:
    noise = b"\x1b&\x03!!\x0c" + bytes(range(36)) + b"\x1b%\x01!\n"
    decoded = decode(BEGIN + noise + CUT)
    assert decoded.papers[0].text == UNKNOWN
    assert any(UNKNOWN in doubt for doubt in decoded.doubts)


def test_a_picture_is_kept_dot_by_dot() -> None:
    ring = bitmap(["########", "#......#", "########"])
    (paper,) = decode(BEGIN + b"\x1ba\x01" + picture(ring) + CUT).papers
    assert paper.items == [Raster(ring, "center")]
    sheet = drawn(paper.items, 384)
    assert [sheet.getpixel((32 + 188 + x, 33)) for x in range(8)] == [0, *[255] * 6, 0]


def test_the_example_of_the_reference_for_code128_comes_out() -> None:
    (paper,) = decode(BEGIN + EPSON_CODE128 + CUT).papers
    assert (paper.barcodes, paper.faults) == (["No.123456"], [])


def test_the_check_character_of_code128_is_that_of_a_known_symbol() -> None:
    """PJJ123C in code set A has the check character 54: the example of the encyclopedia."""
    assert parse(b"{APJJ123C").check == 54


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"{BV2600451210", "V2600451210"),
        (b"{BV{C\x1a\x00\x2d\x0c\x0a", "V2600451210"),
        (b"{APJJ\x0d", "PJJ\r"),
        (b"{B{{a{S\x01{1b", "{a\x01b"),
        (b"{AX{Sa", "Xa"),
    ],
)
def test_code_sets_may_change_within_a_barcode(data: bytes, text: str) -> None:
    assert parse(data).text == text


def test_zbarimg_reads_both_codes_off_the_whole_picture(tmp_path: Path) -> None:
    bars = b"\x1dw\x02\x1dh\x50\x1dkI\x0f{BV2600451210-7"
    data = (
        BEGIN + b"\x1ba\x01" + qr("GBV012600451210") + b"\x1bd\x02" + bars + b"\x1bd\x06" + CUT
    )
    (paper,) = decode(data).papers
    assert paper.faults == []
    assert paper.codes == [
        Qr("GBV012600451210", 6, "M", "center"),
        Barcode("V2600451210-7", parse(b"{BV2600451210-7").values, 2, 80, "center"),
    ]
    assert paper.fed_to_knife == 180
    assert sorted(codes(paper, tmp_path)) == [
        ("CODE-128", "V2600451210-7"),
        ("QR-Code", "GBV012600451210"),
    ]


def test_questions_belong_to_the_paper_in_front_of_them() -> None:
    proof = b"\x1d(H\x06\x0000A001" + b"\x1dr\x01"
    decoded = decode(BEGIN + b"a\n" + CUT + proof + b"\x10\x04\x01\x10\x05\x02")
    (paper,) = decoded.papers
    assert (paper.process_ids, paper.proof_asked) == (["A001"], 1)
    assert decoded.realtime == {"DLE EOT 1": 1, "DLE ENQ 2": 1}
    assert (decoded.questions, decoded.faults) == (1, [])


def test_clearing_the_buffer_is_known_by_its_whole_length() -> None:
    assert decode(b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08").realtime == {"DLE DC4 8": 1}
    assert decode(b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x09").faults


def test_nul_bytes_may_fill_up_what_a_lost_line_broke_off() -> None:
    assert decode(b"\0" * 300 + BEGIN + b"a\n" + CUT).faults == []
    assert decode(BEGIN + b"a\n" + CUT + b"\0" * 8 + b"\x1dr\x01").faults == []
    assert decode(BEGIN + b"a\0\n" + CUT).faults


def test_a_printer_may_be_asked_what_it_proves_before_there_is_a_paper() -> None:
    asked = decode(b"\0" * 8 + b"\x1d(H\x06\x0000A001\x1dr\x01\x1da\x0e" + BEGIN + b"a\n" + CUT)
    assert asked.faults == []
    assert asked.realtime == {"GS ( H": 1, "GS r": 1, "GS a": 1}
    assert asked.papers[0].process_ids == []


def test_paper_without_print_is_counted_in_dots() -> None:
    (paper,) = decode(BEGIN + b"a\n\x1bd\x02\x1bJ\x10\n" + CUT).papers
    assert paper.items[1:3] == [Feed(60), Feed(16)]
    assert paper.fed_to_knife == 6 + 60 + 16 + 30


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"\x1b@\x1bt\x35\xca\n" + CUT, "Kanji"),
        (b"\x1b@a\n" + CUT, "FS . is missing"),
        (b"\x1b@\x1c.\xca\n" + CUT, "before a code page"),
        (b"\x1b@\x1c.\x1bt\x63\n" + CUT, "unknown code page 99"),
        (b"a\n" + CUT, "before ESC @"),
        (BEGIN + b"a" * 49 + b"\n" + CUT, "49 columns"),
        (BEGIN + b"\x1d!\x10" + b"a" * 25 + b"\n" + CUT, "50 columns"),
        (BEGIN + b"\x98\n" + CUT, "no 98"),
        (BEGIN + b"\xad\n" + CUT, "no ad"),
        (BEGIN + b"\x07\n" + CUT, "stray byte 07"),
        (BEGIN + b"a\r\n" + CUT, "stray byte 0d"),
        (BEGIN + b"a\x00b\n" + CUT, "stray byte 00"),
        (BEGIN + b"\x1b*\n" + CUT, "unknown ESC command"),
        (BEGIN + b"\x1c&\n" + CUT, "unknown FS command"),
        (BEGIN + b"\x1dL\0\0" + CUT, "unknown GS command"),
        (BEGIN + b"\x10\x14\x01\x00\x01", "unknown DLE command"),
        (BEGIN + b"\x10\x04\x09", "unknown DLE EOT"),
        (BEGIN + b"\x1d!\x88a\n" + CUT, "undefined bits"),
        (BEGIN + b"\x1b!\x02a\n" + CUT, "undefined bits"),
        (BEGIN + b"a\x1ba\x01\n" + CUT, "ESC a in the middle"),
        (BEGIN + b"\x1ba\x03\n" + CUT, "unknown alignment"),
        (BEGIN + b"a" + CUT, "cut in the middle"),
        (BEGIN + b"\x1dV\x07", "unknown cut"),
        (BEGIN + b"a\n", "behind the last cut"),
        (BEGIN + b"a", "left in the buffer"),
        (BEGIN + b"\x1bJ\x10", "behind the last cut"),
        (BEGIN + b"a" + BEGIN + CUT, "throws a begun row away"),
        (BEGIN + b"\x1d!", "cut short"),
        (BEGIN + b"\x1dv0\0\x01\0\x08\0\xff", "cut short"),
        (BEGIN + b"a" + picture(bitmap(["########"])) + CUT, "picture in the middle"),
        (BEGIN + b"\x1dv0\x05\x01\0\x01\0\xff" + CUT, "unknown GS v"),
        (BEGIN + picture(Dots(584, 1, bytes(73))) + CUT, "584 dots on 576"),
        (BEGIN + picture(Dots(32, 1, b"\xff\x10\x04\x01")) + CUT, "real-time command 100401"),
        (BEGIN + b"\x1b&\x02!!\x0c" + bytes(24) + CUT, "ESC & of 2 bytes"),
        (BEGIN + b"\x1b&\x03!\x7f" + CUT, "for 21 to 7f"),
        (BEGIN + b"\x1b$\x40\x02" + CUT, "off the paper"),
        (BEGIN + b"\x1dkI\x04abcd" + CUT, "no code set"),
        (BEGIN + b"\x1dkI\x04{C\x64\x01" + CUT, "not in code set C"),
        (BEGIN + b"\x1dkI\x04{Aab" + CUT, "not in code set A"),
        (BEGIN + b"\x1dkI\x04{B\x80a" + CUT, "not in code set B"),
        (BEGIN + b"\x1dkI\x12{B" + b"a" * 16 + CUT, "633 dots on 576"),
        (BEGIN + b"\x1dk\x04A\0" + CUT, "unknown barcode"),
        (BEGIN + b"\x1dw\x07" + CUT, "unknown barcode width"),
        (BEGIN + b"\x1dH\x02" + CUT, "writes under the barcode"),
        (BEGIN + b"\x1d(k\x03\x001Q0" + CUT, "empty QR code"),
        (BEGIN + qr("a" * 800) + CUT, "dots on 576"),
        (BEGIN + qr("ж") + CUT, "guess the letters"),
        (BEGIN + b"\x1d(k\x03\x001C\x11" + CUT, "unknown QR function 67"),
        (BEGIN + b"\x1d(L\x02\x0000", "unknown GS ( command"),
        (BEGIN + CUT + b"\x1d(H\x06\x0000A\x0101", "process id of"),
        (BEGIN + b"a\n\x1dr\x01" + CUT, "GS r in front of the cut"),
        (BEGIN + b"a\n" + b"\x1d(H\x06\x0000A001" + CUT, "in front of the cut"),
    ],
)  # fmt: skip
def test_the_decoder_finds_faults(data: bytes, fault: str) -> None:
    assert any(fault in found for found in decode(data).faults), decode(data).faults


@pytest.mark.parametrize("lost", [b"\xc0?\xe0", b"a \xa4 b"])
def test_a_letter_that_got_lost_is_doubted(lost: bytes) -> None:
    decoded = decode(BEGIN + lost + b"\n" + CUT)
    assert decoded.doubts
    assert not decoded.faults


def test_a_question_at_the_end_of_a_sentence_is_none() -> None:
    assert decode(BEGIN + b"Out? Yes\n" + CUT).doubts == []


def test_a_roll_of_58_mm_has_384_dots() -> None:
    wide = BEGIN + picture(Dots(576, 1, bytes(72))) + CUT
    assert decode(wide, 48).faults == []
    assert any("576 dots on 384" in fault for fault in decode(wide, 32).faults)


def test_a_printer_may_have_its_pages_under_other_numbers() -> None:
    data = b"\x1b@\x1c.\x1bt\x3b\x80\n" + CUT
    assert decode(data).faults
    assert decode(data, pages={59: "cp866"}).papers[0].text == "А"


def test_the_decoder_knows_nothing_of_what_made_the_bytes() -> None:
    program = "import sys, tests.paper; print([m for m in sys.modules if m[:5] in _OURS])"
    done = subprocess.run(
        [sys.executable, "-c", program.replace("_OURS", "('kiosk', 'devic', 'escpo')")],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"


def test_bold_prints_every_dot_once_more_to_the_right() -> None:
    thin, bold = (
        drawn(decode(BEGIN + style + b"I\n" + CUT).papers[0].items, 384)
        for style in (b"", b"\x1bE\x01")
    )
    assert _ink(bold) > _ink(thin)


def test_agreement_is_the_share_of_letters_that_were_read() -> None:
    assert agreement("Өмүр, бек", "Өмүрбек") == 1
    assert agreement("Омүрбек", "Өмүрбек") == pytest.approx(6 / 7)


def _ink(sheet: Image.Image) -> int:
    return sheet.histogram()[0]
