"""Bad input through the real program: each a sentence that says what to do, nothing lost, and
the next scan works.

One gate and one kiosk for the whole file; every test begins on the menu and ends with a scan
of somebody known, whose card must open as if nothing had happened.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk import badge_code
from kiosk.codes import SignInKind
from kiosk.models import Person, PersonDetail, SignIn
from kiosk.widgets.lines import ALLOWED
from tests.paper import decode
from tests.tty import house
from tests.tty.gate import Gate
from tests.tty.harness import Glass
from tests.tty.looks import title
from tests.tty.window_tries import (
    TITLES,
    answer,
    confirmed,
    document,
    drop_form,
    fill_in,
    home,
    newcomer,
    next_scan_works,
    nothing_opened,
    numbers,
    rows,
    spoilt,
    told,
    wait_title,
)

pytestmark = pytest.mark.tty
CUT = b"\x1dV"


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gate]:
    gate = Gate(tmp_path_factory.mktemp("gate"), language="en")
    house.furnish(gate)
    yield gate
    gate.close()


@pytest.fixture(scope="module")
def kiosk(gate: Gate) -> Iterator[Glass]:
    with gate.run() as glass:
        house.enter(gate, glass)
        yield glass


@pytest.fixture
def glass(gate: Gate, kiosk: Glass) -> Iterator[Glass]:
    """The kiosk on its menu; afterwards the next scan must work."""
    yield kiosk
    next_scan_works(gate, kiosk)
    assert kiosk.glyphs() <= ALLOWED


# ---- readings that are none


def test_an_empty_frame_asks_for_the_document_once_more(gate: Gate, glass: Glass) -> None:
    gate.reader.send(b"\x02\x03")
    told(glass, "Nothing was read. Put the document on the reader once more.")
    nothing_opened(glass)


def test_a_truncated_read_asks_for_the_document_once_more(gate: Gate, glass: Glass) -> None:
    upper, middle, lower = newcomer().holder.td1()
    gate.swipe((upper, middle[:21]))
    told(glass, "The document was not read to the end. Put it down once more.")
    nothing_opened(glass)
    # The same document, whole.
    gate.swipe((upper, middle, lower))
    wait_title(glass, "ARRIVAL, NEW PERSON")


def test_characters_that_no_document_holds_are_a_misread(gate: Gate, glass: Glass) -> None:
    upper, middle, lower = newcomer().holder.td1()
    for strange in ("\x1b[35;45m", "\x1b]0;owned\x07", "\u202e", "[red]x[/red]"):
        gate.reader.send(
            b"\r\n".join((upper.encode(), middle.encode(), strange.encode(), lower.encode()))
            + b"\r\n"
        )
        glass.wait_for(lambda g: g.row(23).startswith("! ") or title(g) in TITLES)
        drop_form(glass)
    shown = bytes(glass.received)
    assert b"35;45m" not in shown
    assert b"owned" not in shown
    assert "\u202e".encode() not in shown


def test_a_badge_of_nobody_says_where_to_look(gate: Gate, glass: Glass) -> None:
    gate.reader.send(badge_code.encode(1, house.today(gate).year, 987654, 1).encode() + b"\r")
    told(glass, "There is no visit 987654. Compare with the badge, or look under F9.")
    nothing_opened(glass)


def test_a_badge_misread_in_one_digit_is_not_believed(gate: Gate, glass: Glass) -> None:
    code = badge_code.encode(1, house.today(gate).year, 1, 1)
    gate.reader.send(spoilt(code, 9).encode() + b"\r")
    told(glass, "The check digits do not agree. Put the document down once more, or type it.")
    nothing_opened(glass)


def test_a_document_read_twice_opens_one_card(gate: Gate, glass: Glass) -> None:
    def looks() -> int:
        return SignIn.select().where(SignIn.kind == SignInKind.CONSULT).count()

    before = rows(gate, looks)
    known = house.COMING[-1]
    gate.swipe((*house.lines(known.holder), *house.lines(known.holder)))
    glass.wait_for("MAY PASS")
    assert known.name in glass.row(1)
    gate.swipe(house.lines(known.holder))
    glass.quiet(0.15)
    assert rows(gate, looks) == before + 1


# ---- documents that a person has to look at


def test_a_number_whose_check_digit_fails_is_typed_from_the_card(
    gate: Gate, glass: Glass
) -> None:
    one = newcomer()
    upper, middle, lower = one.holder.td1()
    gate.swipe((spoilt(upper, 12), middle, lower))
    told(glass, "Its check digit fails: scan it again, or type it from the card.")
    wait_title(glass, "ARRIVAL, NEW PERSON")
    assert glass.row(3)[1] == "!"
    # Enter is no answer: the number is typed, or the document read again.
    glass.press("f2")
    told(glass, "Its check digit fails: scan it again, or type it from the card.")
    glass.press("enter", "f2")
    glass.quiet()
    told(glass, "Its check digit fails: scan it again, or type it from the card.")
    glass.press(one.holder.number, "f2")
    fill_in(glass, house.COMING[0].file_number)
    glass.wait_for("MAY PASS")
    kept = document(gate, one.holder.number)
    assert (kept.source, kept.check) == ("typed", "review")


def test_only_the_composite_of_a_card_wrong_has_the_pin_compared(
    gate: Gate, glass: Glass
) -> None:
    known = house.COMING[20]
    upper, middle, lower = known.holder.td1()
    gate.swipe((upper, spoilt(middle, 29), lower))
    glass.wait_for("Is the PIN on the card 1 12031986 00021?")
    told(glass, "The card check fails: read the PIN from the card, digit by digit.")
    answer(glass)
    glass.wait_for("? Enter = admit")
    glass.press("enter")
    glass.wait_for("ADMITTED")
    assert confirmed(gate) == ["compare_personal_number"]


def test_only_the_composite_of_a_passport_wrong_is_a_warning(gate: Gate, glass: Glass) -> None:
    upper, lower = house.PASSPORT.holder.td3()
    gate.swipe((upper, spoilt(lower, 43)))
    told(glass, "The last check digit fails: compare, then Enter.")
    answer(glass)
    glass.wait_for("? Enter = admit")
    glass.press("enter")
    glass.wait_for("ADMITTED")
    assert confirmed(gate) == ["composite"]


def test_a_document_of_no_known_state_is_compared_and_recorded(
    gate: Gate, glass: Glass
) -> None:
    one = newcomer()
    holder = one.holder.but(issuer="QQQ", nationality="QQQ", number="X12345678", optional="")
    gate.swipe(holder.td1())
    wait_title(glass, "ARRIVAL, NEW PERSON")
    told(glass, "No known state issues this: compare the document.")
    glass.press("enter", "f2")
    fill_in(glass, house.COMING[1].file_number)
    glass.wait_for("MAY PASS")
    assert document(gate, "X12345678").country == "QQQ"


@pytest.mark.parametrize(
    ("one", "fact", "rule"),
    [
        (house.EXPIRED, "The document expired: 20.05.2025", "rule R-07"),
        (house.WITHDRAWN, "The document is withdrawn from use (series AN)", "rule R-08"),
    ],
)
def test_a_document_that_is_no_longer_good_is_refused_with_rule_and_notice(
    gate: Gate, glass: Glass, one: house.Visitor, fact: str, rule: str
) -> None:
    gate.swipe(house.lines(one.holder))
    glass.wait_for("NOT TODAY")
    assert fact in glass.text()
    assert rule in glass.text()
    answer(glass)
    glass.wait_for("REFUSED")
    number = glass.text().partition("REFUSED   ")[2][:11]
    assert number.startswith("R-")
    gate.printer.wait_for(lambda data: CUT in data[data.find(number.encode()) :])
    paper = decode(gate.printer.received).papers[-1]
    assert number in paper.text
    assert one.name in paper.text


# ---- typed


MARKUP = "[red]x[/red]"


def test_markup_escapes_and_bidi_marks_typed_in_a_name_are_letters_or_nothing(
    gate: Gate, glass: Glass
) -> None:
    one = newcomer()
    gate.swipe(house.lines(one.holder))
    wait_title(glass, "ARRIVAL, NEW PERSON")
    before = len(glass.received)
    glass.press(MARKUP)
    glass.send(b"\x1b[35;45m" + "\u202e\u2066".encode() + b"\x1b]lowned\x07")
    glass.wait_for("[red]x[/red]lowned")
    shown = bytes(glass.received[before:])
    assert b"35;45m" not in shown
    assert b"\x1b]" not in shown
    assert "\u202e".encode() not in shown
    glass.press("enter", "[/]", "enter")
    told(glass, "No letter in this name. Type it as on the card.")
    glass.press("Бек[/]", "f2")
    glass.wait_for("Two letters of the name, or the file number")
    printed = len(gate.printer.received)
    fill_in(glass, house.COMING[2].file_number)
    glass.wait_for("MAY PASS")
    assert "[red]x[/red]lowned" in glass.row(1)
    glass.press("enter")
    glass.wait_for("ADMITTED")
    gate.printer.wait_for(lambda data: CUT in data[printed:])
    paper = gate.printer.received[printed:]
    assert b"35;45m" not in paper
    assert b"\x1b]" not in paper
    assert not decode(paper).faults
    assert "[red]x[/red]lowned" in decode(paper).papers[0].text


def test_an_impossible_date_stays_typed_and_marked(gate: Gate, glass: Glass) -> None:
    glass.press("1")
    wait_title(glass, "ARRIVAL, NEW PERSON")
    glass.press("1", "enter", "ID3999001", "enter", "enter")
    glass.wait_for(lambda g: g.reversed(5) != "")
    glass.press("31021990", "enter")
    told(glass, "No such date: 31.02.1990. Correct the day.")
    assert glass.row(5)[1] == "!"
    assert "31.02.1990" in glass.row(5)
    # Left with Tab it keeps its mark, and F2 leads back to it.
    glass.press("tab", "2", "f2")
    glass.wait_for(lambda g: g.reversed(5) != "")
    told(glass, "No such date: 31.02.1990. Correct the day.")
    glass.press("home", "right", "backspace", "2", "right", "backspace", "8", "enter")
    glass.wait_for(lambda g: "28.02.1990" in g.row(5) and g.row(5)[1] == " ")


# ---- at a bad moment


def test_a_scan_over_an_unsaved_form_waits_and_f6_takes_it_up(gate: Gate, glass: Glass) -> None:
    one, other = newcomer(), house.COMING[5]
    gate.swipe(house.lines(one.holder))
    wait_title(glass, "ARRIVAL, NEW PERSON")
    glass.press("Сатыбалдиева")
    glass.wait_for("Сатыбалдиева_")
    gate.swipe(house.lines(other.holder))
    told(glass, "Scan waiting: 1. F6 takes it after this form.")
    assert "Сатыбалдиева" in glass.row(8)
    glass.press("f6")
    told(glass, "This form is not saved yet. F2 saves it, then F6 takes the scan.")
    glass.press("f2")
    fill_in(glass, house.COMING[3].file_number)
    glass.wait_for("MAY PASS")
    assert "Сатыбалдиева Айгүл" in glass.row(1)
    glass.press("enter")
    glass.wait_for("ADMITTED")
    glass.press("f6")
    glass.wait_for(other.name)


def test_a_scan_while_nobody_is_signed_in_shows_nobody(gate: Gate, glass: Glass) -> None:
    glass.press("0")
    wait_title(glass, "SIGN IN")
    before = len(glass.received)
    gate.swipe(house.lines(house.COMING[6].holder))
    told(glass, "A document lies on the reader. Sign in first, then scan it.")
    assert "Айгүл".encode() not in glass.received[before:]
    house.enter(gate, glass)


def test_the_wrong_passphrase_five_times_tells_how_long_to_wait(
    gate: Gate, glass: Glass
) -> None:
    glass.press("0")
    wait_title(glass, "SIGN IN")
    glass.press(house.SUPERVISOR, "enter")
    for _ in range(5):
        glass.press("not the right words", "enter")
        glass.wait_for(lambda g: g.row(23).startswith("! Login or passphrase is wrong."))
        told(glass, "Login or passphrase is wrong. Type both again.")
        glass.press("x", "backspace")
        glass.wait_for(lambda g: not g.row(23).strip())
    glass.press("not the right words", "enter")
    glass.wait_for("! Too many wrong passphrases. Try again after ")
    assert glass.row(23).rstrip().endswith("or ask an administrator.")
    assert "…" not in glass.row(23)
    # Somebody else may work meanwhile.
    glass.press("escape")
    glass.wait_for(lambda g: house.SUPERVISOR not in g.text())
    house.enter(gate, glass)


def test_what_was_typed_ahead_of_a_refusal_does_not_answer_it(gate: Gate, glass: Glass) -> None:
    before = numbers(gate, "R"), glass.bells
    # F3, the name and Enter open the card; the second Enter was struck before it was seen.
    glass.press("f3", "0040", "escape")
    home(glass)
    glass.press("f3", house.BANNED.holder.number, "enter", "enter")
    glass.wait_for("NOT TODAY")
    glass.quiet()
    assert "? Enter = refuse" in glass.text()
    assert numbers(gate, "R") == before[0]
    assert glass.bells > before[1]
    home(glass)
    # A swipe and Enter at the same moment, whichever is heard first.
    glass.kill(signal.SIGSTOP)
    gate.swipe(house.lines(house.BANNED.holder))
    glass.press("enter")
    glass.kill(signal.SIGCONT)
    glass.wait_for("NOT TODAY")
    glass.quiet()
    assert "? Enter = refuse" in glass.text()
    assert numbers(gate, "R") == before[0]
    # Having read it, Enter refuses.
    glass.press("enter")
    glass.wait_for("REFUSED")


def test_what_was_typed_ahead_of_may_pass_admits(gate: Gate, glass: Glass) -> None:
    one = house.COMING[10]
    glass.press("f3", one.holder.number, "enter", "enter")
    glass.wait_for("ADMITTED")
    assert one.name in glass.row(1)


# ---- the reader's cable


def test_a_reader_pulled_out_in_the_middle_works_when_it_is_plugged_in_again(
    gate: Gate, glass: Glass
) -> None:
    upper, middle, _lower = newcomer().holder.td1()
    gate.reader.send(f"{upper}\r\n{middle[:9]}".encode())
    gate.reader.unplug()
    glass.wait_for("Reader lost")
    glass.wait_for(lambda g: g.row(23).startswith("! "))
    assert "Plug it in" in glass.row(23)
    nothing_opened(glass)
    gate.reader.plug()
    glass.wait_for("Reader ready")


def test_nobody_was_recorded_by_what_was_only_tried(gate: Gate, kiosk: Glass) -> None:
    surnames = rows(gate, lambda: {row.surname for row in PersonDetail.select()})
    assert {"[/]"} & surnames == set()
    people = rows(gate, lambda: Person.select().count())
    # The furnished ones, and the four newcomers whose forms were saved.
    assert people == len(house.COMING) + 4 + 4


def test_the_chain_is_whole_after_all_this(gate: Gate, kiosk: Glass, tmp_path: Path) -> None:
    with gate.run("audit", "verify") as verify:
        assert verify.wait_exit() == 0
