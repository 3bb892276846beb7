"""Whose keys are these: an officer's, or those of a reader that plays keyboard?

Time is made up: a key comes when the test says, alone or with others in one read.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keyboards import LAYOUTS, typed
from mrz_builder import ASANOVA, BEKOV, BEKOV_PASSPORT, KARIMOV

from kiosk import badge_code, paper_code
from kiosk.bursts import GAP_S, HOLD_S, QUIET_S, Bursts, Scan
from kiosk.codes import Series
from kiosk.keyboard import Keyboard, Stroke
from kiosk.wiring import OUR_CODES

CARD = "\r".join(ASANOVA.td1()) + "\r"
PASSPORT = "\r\n".join(BEKOV_PASSPORT.td3()) + "\r\n"
CODE = badge_code.encode(1, 26, 4512, 1) + "\r"
TICKET = paper_code.encode(Series.TICKET, 1, 26, 328_046) + "\r"
SCANS = {"card": CARD, "passport": PASSPORT, "badge": CODE, "ticket": TICKET}


@dataclass
class Desk:
    """Keys go in with their times; `typed` is what reached the screen, `scans` the reader."""

    bursts: Bursts[Stroke]
    now: float = 100.0
    typed: str = ""
    scans: str = ""
    longest: float = 0.0
    """The longest that a key waited."""

    def __post_init__(self) -> None:
        self._keyboard = Keyboard()
        self._waiting: list[float] = []

    def read(self, text: str, after: float = 0.0) -> Desk:
        """`text` arrives in one go, `after` seconds after what came before."""
        self.pass_time(after)
        strokes = self._keyboard.feed(text)
        self._waiting += [self.now] * len(strokes)
        self._take(self.bursts.feed(strokes, self.now))
        return self

    def keys(self, text: str, gap: float) -> Desk:
        """`text` arrives key by key, `gap` seconds before each."""
        for character in text:
            self.read(character, gap)
        return self

    def pass_time(self, seconds: float) -> Desk:
        until = self.now + seconds
        while (due := self.bursts.deadline) is not None and due <= until:
            self.now = max(self.now, due)
            self._take(self.bursts.lapse(self.now))
        self.now = until
        return self

    def _take(self, out: Sequence[Stroke | Scan]) -> None:
        for one in out:
            if isinstance(one, Scan):
                self.scans += one.text
                del self._waiting[: len(one.text)]
            else:
                self.typed += one.character or f"[{one.key}]"
                self.longest = max(self.longest, self.now - self._waiting.pop(0))

    def settle(self) -> Desk:
        return self.pass_time(1.0)


def desk(prefix: str = "") -> Desk:
    return Desk(Bursts(OUR_CODES, [badge_code.BEGINNING, "T01"], prefix))


def without_ends(text: str) -> str:
    return text.rstrip("\r\n")


# ---- a reader


@pytest.mark.parametrize("gap", [0.0, 0.001, 0.0025, 0.01, 1 / 60])
@pytest.mark.parametrize("scan", SCANS)
def test_a_scan_key_by_key_is_the_readers_whole(scan: str, gap: float) -> None:
    text = SCANS[scan]
    one = desk().keys("ab", 0.15).pass_time(0.5).keys(text, gap).settle()
    assert one.typed == "ab"
    assert without_ends(one.scans) == without_ends(text)


@pytest.mark.parametrize("size", [1, 3, 7, 64, 500])
@pytest.mark.parametrize("scan", SCANS)
def test_a_scan_in_pieces_of_any_size_is_the_readers_whole(scan: str, size: int) -> None:
    one, text = desk(), SCANS[scan]
    for at in range(0, len(text), size):
        one.read(text[at : at + size], 0.012)
    assert one.settle().typed == ""
    assert without_ends(one.scans) == without_ends(text)


@pytest.mark.parametrize("caps", [False, True], ids=["", "caps"])
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("scan", SCANS)
@pytest.mark.parametrize("together", [False, True], ids=["key-by-key", "together"])
def test_a_scan_under_any_layout_comes_back(
    scan: str, layout: str, caps: bool, together: bool
) -> None:
    text = SCANS[scan]
    seen = typed(text, layout, caps=caps)
    one = (desk().read(seen) if together else desk().keys(seen, 0.004)).settle()
    assert one.typed == ""
    assert without_ends(one.scans) == without_ends(text)


@pytest.mark.parametrize("first", SCANS)
@pytest.mark.parametrize("second", SCANS)
@pytest.mark.parametrize("gap", [0.0, 0.003])
def test_two_scans_glued_are_two(first: str, second: str, gap: float) -> None:
    glued = SCANS[first] + SCANS[second]
    one = (desk().keys(glued, gap) if gap else desk().read(glued)).settle()
    assert one.typed == ""
    ends = "\r\n"
    assert one.scans.translate(str.maketrans("", "", ends)) == glued.translate(
        str.maketrans("", "", ends)
    )


@pytest.mark.parametrize("lines", [ASANOVA.td1(), BEKOV_PASSPORT.td3()])
@pytest.mark.parametrize("end", ["", "\r", "\n", "\r\n", "\t", "\r\r", "\x03", "~\r"])
@pytest.mark.parametrize("together", [False, True], ids=["key-by-key", "together"])
def test_no_end_of_a_line_reaches_the_screen(
    lines: tuple[str, ...], end: str, together: bool
) -> None:
    text = "\r".join(lines) + end
    one = (desk().read(text) if together else desk().keys(text, 0.01)).settle()
    assert one.typed == ""


def test_an_enter_that_a_network_delivers_late_still_belongs_to_its_scan() -> None:
    one = desk().read(without_ends(CARD)).read("\r", 0.15)
    assert one.settle().typed == ""
    assert one.read("\r").typed == "\r"


def test_an_enter_of_the_officer_after_the_scan_is_the_officers() -> None:
    assert desk().read(CARD).read("\r", 0.1).typed == "\r"
    assert desk().read(without_ends(CARD)).read("\r", QUIET_S + 0.01).typed == "\r"


def test_a_jerk_of_the_network_does_not_tear_a_scan() -> None:
    one = desk()
    for at in range(0, len(CARD), 20):
        one.read(CARD[at : at + 20], QUIET_S - 0.02)
    assert one.settle().typed == ""
    assert without_ends(one.scans) == without_ends(CARD)


def test_a_machine_that_was_held_up_does_not_tear_a_scan() -> None:
    bursts = desk().bursts
    first, rest = Keyboard().feed(CARD[:1]), Keyboard().feed(CARD[1:])
    assert bursts.feed(first, 5.0) == []
    # The rest had come 2 ms later; it is read half a second later.
    out = bursts.feed(rest, 5.5)
    assert out == [Scan(CARD)]


@pytest.mark.parametrize("count", [10, 31, 45, 80])
def test_a_scan_that_breaks_off_types_nothing(count: int) -> None:
    one = desk().keys(CARD[:count], 0.004).settle()
    assert (one.typed, one.scans) == ("", CARD[:count])
    assert one.keys("Асанова\r", 0.1).settle().typed == "Асанова\r"


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("place", [0, 1, 3, 7, 20])
def test_a_misread_scan_read_at_once_types_nothing(place: int, layout: str) -> None:
    for text in (CARD, PASSPORT):
        misread = text[:place] + "?" + text[place + 1 :]
        one = desk().read(typed(misread, layout)).settle()
        assert "\r" not in one.typed
        assert one.scans


@pytest.mark.parametrize("place", [0, 1, 3, 7, 20])
def test_no_enter_of_a_misread_scan_reaches_the_question(place: int) -> None:
    for text in (CARD, PASSPORT):
        misread = text[:place] + "0" + text[place + 1 :]
        assert "\r" not in desk().keys(misread, 0.004).settle().typed


def test_a_function_key_is_never_part_of_a_scan() -> None:
    one = desk().read(CARD[:50]).read("\x1b[[A", 0.01)
    assert one.typed == "[f1]"


@given(
    scan=st.sampled_from([CARD, PASSPORT, CODE, TICKET]),
    prefix=st.sampled_from(["", "~"]),
    reads=st.lists(st.tuples(st.integers(1, 5), st.floats(0, 2)), min_size=100, max_size=100),
)
def test_no_lateness_tears_a_scan_while_no_silence_was_heard(
    scan: str, prefix: str, reads: list[tuple[int, float]]
) -> None:
    bursts = desk(prefix).bursts
    strokes = Keyboard().feed(prefix + scan)
    out: list[Stroke | Scan] = []
    now = 5.0
    for size, pause in reads:
        now += pause
        if strokes:
            out += bursts.feed(strokes[:size], now)
            del strokes[:size]
    assert not strokes
    heard = [one.text for one in out if isinstance(one, Scan)]
    assert len(heard) == len(out)
    assert without_ends("".join(heard)) == without_ends(scan)


# ---- an officer


# The words of this work, in which documents' beginnings might hide.
WORDS = (
    *("Асанова", "Айгүл", "Маратовна", "Мамытов", "Мамырбек", "Шаршенова", "Зайцев", "Зарина"),
    *("Сыдыков", "Фатима", "Фархат", "Чынара", "Виктория", "Петров", "Пазылов", "Исмаилов"),
    *("Кадыров", "Акматалиев", "Вячеслав", "Чингиз", "Арстанбек", "кармалган", "№ 16 мекеме"),
    *("ASANOVA", "CHINARA", "PAVEL", "VIKTORIA", "IRINA", "ISKENDER", "AIBEK", "VIRGINIA"),
    *("PAKIZA", "CAUSE", "VALERIA", "PAUL", "ismailov", "osmonov", "bekova", "admin"),
    *("ID1234567", "AN3000042", "PE1234567", "AC0012345", "GBV01260045121", "0412/19"),
    *("11203198601234", "20511197900457", "0555123456", "12.03.1986", "V-26-004512-1"),
)


@pytest.mark.parametrize("word", WORDS)
def test_what_an_officer_types_fast_arrives_and_hardly_waits(word: str) -> None:
    chance = random.Random(word)
    one = desk()
    for character in word + "\r":
        # Rolling over: two keys almost at once, then the hand moves on.
        one.read(character, chance.choice([0.005, 0.02, 0.06, 0.09, 0.14]))
    one.settle()
    assert (one.typed, one.scans) == (word + "\r", "")
    assert one.longest <= HOLD_S + 1e-9


@pytest.mark.parametrize("word", [word for word in WORDS if not word.startswith("GBV")])
def test_what_is_typed_ahead_and_delivered_at_once_arrives_at_once(word: str) -> None:
    one = desk().read(word + "\r" + word + "\t1\x1b[[B")
    assert one.typed == f"{word}\r{word}\t1[f2]"
    assert one.longest == 0


@settings(max_examples=300)
@given(
    st.lists(
        st.tuples(
            st.text(st.sampled_from("ABCIPVKGZRUSабвгзсфшмпкяБ<09 \r\t"), max_size=9),
            st.floats(0, 0.3),
        ),
        max_size=12,
    )
)
def test_short_bursts_lose_no_key_and_keep_their_order(reads: list[tuple[str, float]]) -> None:
    one = desk()
    for text, pause in reads:
        if text:
            one.read(text, max(pause, GAP_S + 0.001))
    assert one.settle().typed == "".join(text for text, _ in reads)
    assert one.scans == ""
    assert one.longest <= HOLD_S + 1e-9


@settings(max_examples=300)
@given(
    st.lists(st.tuples(st.text(max_size=60), st.floats(0, 0.5)), max_size=8),
    st.sampled_from(["", "~", "\x02"]),
)
def test_whatever_comes_what_is_typed_was_struck_in_that_order(
    reads: list[tuple[str, float]], prefix: str
) -> None:
    bursts = desk(prefix).bursts
    struck: list[Stroke] = []
    passed: list[Stroke | Scan] = []
    now = 10.0
    for text, pause in reads:
        now += pause
        keys = Keyboard().feed(text)
        struck += keys
        if keys:
            passed += bursts.feed(keys, now)
    passed += bursts.lapse(now + 10)
    rest = iter(id(key) for key in struck)
    assert all(id(key) in rest for key in passed if not isinstance(key, Scan))


def test_a_key_held_down_is_typed() -> None:
    for key in "5бPБ":
        one = desk().keys(key * 60, 0.033).settle()
        assert one.typed == key * 60


def test_keys_that_type_nothing_never_wait() -> None:
    one = desk().read("\x1b[[A\x1b[A\x7f")
    assert one.typed == "[f1][up]\x7f"
    assert one.bursts.deadline is None


def test_what_is_held_comes_before_the_key_behind_it() -> None:
    assert desk().read("P").read("\x1b[[B", 0.01).typed == "P[f2]"
    assert desk().read("P").read("\r", 0.01).typed == "P\r"


def test_a_passphrase_pasted_in_one_piece_is_typed() -> None:
    for passphrase in ("correcthorsebatterystaple", "a long walk to the gate", "P<KGZ"):
        assert desk().read(passphrase).settle().typed == passphrase


# ---- with a prefix


@pytest.mark.parametrize("gap", [0.0, 0.003, 0.05, 0.15])
@pytest.mark.parametrize("caps", [False, True], ids=["", "caps"])
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("scan", SCANS)
@pytest.mark.parametrize("prefix", ["~", "("])
def test_a_prefix_makes_a_scan_at_any_speed(
    prefix: str, scan: str, layout: str, caps: bool, gap: float
) -> None:
    seen = typed(prefix + SCANS[scan], layout, caps=caps)
    one = desk(prefix).keys("ab", 0.1).keys(seen, gap).settle().keys("cd", 0.1)
    assert one.typed == "abcd"
    assert without_ends(one.scans) == without_ends(SCANS[scan])


def test_a_control_character_may_be_the_prefix() -> None:
    one = desk("\x02").read("\x02" + CARD + "\x03\x02" + CODE).settle()
    assert one.typed == ""
    assert without_ends(CARD) in one.scans
    assert without_ends(CODE) in one.scans


def test_with_a_prefix_no_other_key_waits() -> None:
    one = desk("~").keys("P<KGZASANOVA\r", 0.001)
    assert (one.typed, one.longest) == ("P<KGZASANOVA\r", 0)


def test_a_prefix_that_somebody_typed_is_typed() -> None:
    assert desk("~").read("~").settle().read("a").typed == "~a"


def test_scans_between_tildes_type_nothing() -> None:
    lines = "~".join(("", *BEKOV.td1(), ""))
    for text in (f"{lines}\r", lines, lines + lines, f"{lines}\r~{CODE}"):
        one = desk("~").read(text).settle()
        assert one.typed == ""
        assert KARIMOV.td1()[0] not in one.scans
        assert BEKOV.td1()[2] in one.scans


def test_the_layouts_differ() -> None:
    assert all(a != b for a, b in pairwise(typed(CARD, layout) for layout in ("us", "winkeys")))
