"""A day at the gate, in Kyrgyz and in Russian: every flow of a visit in one long story.

From the queue ticket to the way out, with all that may stand between: one of a group refused,
several reasons at once, two persons who sign, papers of a court, nights in a room, a full
session, a prisoner who is moved. Bytes of a keyboard and of two serial lines go in; the glass,
the register and the papers are read at the end.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk import badge_code, paper_code
from kiosk.codes import Series
from kiosk.models import Presence, RegisterNumber
from kiosk.text import in_language
from tests.paper import decode
from tests.tty import house, household
from tests.tty.gate import Gate, Press
from tests.tty.looks import MESSAGE, check, escape, title
from tests.tty.window import Window

pytestmark = pytest.mark.tty


@pytest.mark.parametrize("language", ["ky", "ru"])
def test_a_day_at_the_gate(language: str, tmp_path: Path) -> None:
    gate = Gate(tmp_path, language=language, printer_port="press")
    press = Press(tmp_path / "press")
    household.at_noon(gate)
    old = household.furnish(gate)
    with gate.run() as glass:
        at = Window(gate, glass, press)
        who_sits_down_is_told_who_must_leave(at)
        from_the_queue_to_the_badge(at)
        one_of_three_is_refused(at)
        every_reason_at_once(at)
        two_sign_for_one(at)
        a_paper_of_the_court_is_used_up(at)
        somebody_new(at)
        an_aunt_needs_a_supervisor(at)
        nights_in_a_room(at)
        behind_glass(at)
        a_full_session(at)
        something_new_concerns_those_who_come(at)
        one_by_one(at)
        badges_that_open_nothing(at, old)
        what_is_left_line_by_line(at)
        reports_of_the_day(at)
        the_last_go_home(at)
        glass.term()
        assert glass.wait_exit() == 143
    all_of_it_holds(at)
    press.close()
    gate.close()


def who_sits_down_is_told_who_must_leave(at: Window) -> None:
    at.sign_in(household.OFFICER)
    at.is_told("Should have left at {at}: {name}, badge {badge}", "!")
    assert household.OVERDUE.surname in at.glass.row(MESSAGE)
    at.glass.press("f9")
    at.sees(household.OVERDUE.surname, household.SOON_OUT.surname)
    row = next(one for one in at.glass.screen.display if household.OVERDUE.surname in one)
    assert row[1] == "!"
    at.is_told("Ends at {at}, in {minutes} min: {name}, badge {badge}", "!")
    at.glass.press("/")
    at.until(lambda g: household.SOON_OUT.surname not in "".join(g.screen.display[:20]))
    check(at.glass)
    at.menu()


def from_the_queue_to_the_badge(at: Window) -> None:
    one = household.WAITS
    at.glass.press("5", "f7")
    at.sees_screen("NEW TICKET")
    at.begin()
    at.scan(one)
    at.sees(one.name)
    at.strike("f2")
    at.is_told("Ticket {number}. May pass today.")
    assert at.struck == 1
    code = paper_code.encode_ticket(1, house.today(at.gate), 1)
    at.paper(paper_code.shown(code))
    at.menu()
    # The visitor comes to the window and shows the ticket.
    at.scan_code(code)
    at.sees_screen("WAITING BOARD")
    at.sees("001", at.say("may pass"))
    at.glass.press("enter")
    at.is_told("Ticket {number} is called to this window.")
    at.glass.press("enter")
    at.sees(at.say("MAY PASS"), one.name)
    at.glass.press("enter")
    number = at.admitted(one)
    assert number in at.paper(f"{number}-1")
    at.menu()
    at.glass.press("5")
    at.sees(at.say("Nobody is waiting."))
    at.menu()


def one_of_three_is_refused(at: Window) -> None:
    mother, child, banned = household.MOTHER, household.CHILD, household.BANNED
    at.begin()
    at.scan(mother)
    at.sees(mother.name, at.say("MAY PASS"))
    for one in (child, banned):
        at.scan(one)
        at.is_asked("Another document: Enter = to the same visit   2 = next case   Esc")
        at.answer("enter", at.in_rows(one.name, range(2, 4)))
    at.is_asked("Enter = admit, refuse the rest  ↑↓ one  2 package  8 take out  7 add")
    at.sees(at.say("BANNED"))
    at.strike("enter")
    number = at.admitted(mother, people=2)
    assert at.struck <= 6
    at.paper(f"{number}-2")
    at.menu()


def every_reason_at_once(at: Window) -> None:
    one = household.THRICE
    at.begin()
    at.scan(one)
    rules = ("R-06", "R-07", "V-17")
    at.sees(one.name, *rules)
    today = house.today(at.gate)
    until = today + timedelta(days=31)
    for text in (*rules, f"{until:%d.%m.%Y}", f"01.01.{today.year + 1}"):
        assert text in at.glass.text()
    at.answer("enter", at.numbered("REFUSED"))
    number = at.verdict("REFUSED")
    assert at.struck <= 2
    at.paper(number)


def two_sign_for_one(at: Window) -> None:
    at.begin()
    at.scan(household.GRIEF)
    at.sees(household.GRIEF.name)
    at.is_asked("Enter = refuse  1 card  2 package  3 prisoner  4 kind  7 add  F7 override")
    at.answer("f7", at.titled("OVERRIDE"))
    check(at.glass)
    at.answer("4", at.asked("In a few words, why"))
    at.strike("атасы каза болду", "enter", household.SUPERVISOR, "enter")
    at.strike(household.PASSPHRASE, "enter")
    number = at.admitted(household.GRIEF)
    assert at.struck <= 45
    at.paper(f"{number}-1")


def a_paper_of_the_court_is_used_up(at: Window) -> None:
    one = household.PERMITTED
    at.scan(one)
    at.sees(one.name, "R-20")
    at.answer("1", at.titled("VISITOR"))
    check(at.glass)
    at.glass.press("2")
    at.sees_screen("RELATIONS")
    at.glass.press("6")
    at.sees_screen("PERMISSIONS")
    at.glass.press("1")
    at.sees_screen("NEW PERMISSION")
    at.glass.press(one.to.file_number)
    at.until(at.in_rows(one.to.file_number, range(6, 20)))
    at.glass.press("enter", "3", "4-117", "enter", "enter", "enter", "1", "enter")
    at.is_told("The permission is recorded.")
    for screen in ("RELATIONS", "VISITOR", "ARRIVAL"):
        escape(at.glass)
        at.sees_screen(screen)
    at.sees(at.say("MAY PASS"))
    at.glass.press("enter")
    number = at.admitted(one)
    at.scan_code(at.code_of(f"{number}-1"))
    at.sees_screen("DEPARTURE")
    at.glass.press("enter")
    at.sees(at.say("ALL HAVE LEFT"))
    at.glass.press("f3", one.holder.number)
    at.sees(one.name)
    at.glass.press("enter")
    at.sees(one.name, "R-12", "R-23")
    at.answer("enter", at.numbered("REFUSED"))


def somebody_new(at: Window) -> None:
    one = household.NEWCOMER
    at.begin()
    at.scan(one)
    at.sees_screen("ARRIVAL, NEW PERSON")
    at.strike("enter", "enter", "Маратовна", "enter")
    at.strike("555123456", "enter", "enter", "ос")
    at.until(at.in_rows(one.to.file_number, range(14, 20)))
    at.strike("enter", "4", "2")
    at.sees(at.say("MAY PASS"))
    at.strike("enter")
    at.admitted(one)
    assert at.struck <= 40


def an_aunt_needs_a_supervisor(at: Window) -> None:
    one = household.AUNT
    at.scan(one)
    at.sees(one.name)
    at.is_asked("Enter = refuse  1 card  2 package  3 prisoner  4 kind  7 add  F7 override")
    at.answer("8", at.titled("MENU"))
    at.is_told("Nothing was recorded: {name}")
    at.hand_over(household.SUPERVISOR)
    at.find(one.holder.number)
    at.glass.press("f2")
    at.sees_screen("VISITOR")
    at.glass.press("2")
    at.sees(at.say("not approved"))
    at.glass.press("1")
    at.sees_screen("APPROVAL")
    at.glass.press("f2")
    at.is_told("The relation is approved.")
    at.hand_over(household.OFFICER)
    at.find(one.holder.number)
    at.begin()
    at.strike("enter")
    at.sees(at.say("MAY PASS"))
    at.strike("enter")
    at.admitted(one)
    assert at.struck == 2


def nights_in_a_room(at: Window) -> None:
    at.scan(household.WIFE)
    at.sees(household.WIFE.name)
    at.glass.press("4")
    at.sees_screen("KIND OF VISIT")
    at.glass.press("3")
    at.sees(at.say("Nights"))
    at.glass.press("2", "enter", "enter")
    at.sees(at.say("MAY PASS"), at.say("nights {count}").format(count=2))
    at.glass.press("enter")
    number = at.admitted(household.WIFE)
    leaves = house.today(at.gate) + timedelta(days=2)
    assert f"{leaves:%d.%m.}" in at.paper(f"{number}-1")


def behind_glass(at: Window) -> None:
    one = household.BEHIND_GLASS
    at.scan(one)
    at.sees(
        one.name, at.say("MAY PASS"), f"{house.today(at.gate) + timedelta(days=90):%d.%m.%Y}"
    )
    assert any("│ ! " in row for row in at.glass.screen.display)
    at.begin()
    at.strike("enter")
    at.admitted(one)
    assert at.struck <= 2


def a_full_session(at: Window) -> None:
    one = household.CROWDED_OUT
    at.scan(one)
    at.sees(one.name, "R-29")
    at.answer("4", at.titled("KIND OF VISIT"))
    check(at.glass)
    at.glass.press("9")
    at.sees("18:00-20:00")
    at.glass.press("2")
    at.sees(at.say("MAY PASS"), "18:00-20:00")
    at.glass.press("8")
    at.is_told("Nothing was recorded: {name}")


def something_new_concerns_those_who_come(at: Window) -> None:
    at.hand_over(household.SUPERVISOR)
    at.find(household.WAITS.holder.number)
    at.glass.press("f2")
    at.sees_screen("VISITOR")
    at.glass.press("3")
    at.sees_screen("RESTRICTIONS")
    at.is_asked("7 = a new restriction   Esc = back")
    at.glass.press("7")
    at.sees_screen("NEW RESTRICTION")
    at.glass.press("1", *["tab"] * 6, "4", "f2")
    at.sees_screen("RESTRICTIONS")
    assert at.glass.row(MESSAGE).startswith("! ")
    at.menu()
    at.find(household.BOOKED.file_number)
    at.glass.press("enter")
    at.sees_screen("PRISONER")
    at.glass.press("2")
    at.sees_screen("EVENTS")
    at.glass.press("1")
    at.sees_screen("NEW EVENT")
    at.glass.press("2", "f2")
    at.is_told("Recorded. Planned visits that it concerns are up for review.")
    at.menu()
    at.glass.press("8", "5")
    at.sees_screen("REVIEWS")
    at.sees(household.WAITS.surname, household.TOMORROW.surname)
    at.glass.press("down")
    at.answer("2", lambda g: household.TOMORROW.surname not in g.text())
    check(at.glass)
    # She is inside: Enter leads to her way out, and with her the review goes.
    at.glass.press("enter")
    at.sees_screen("DEPARTURE")
    at.sees(household.WAITS.name)
    at.glass.press("enter")
    at.sees(at.say("ALL HAVE LEFT"))
    at.menu()
    at.glass.press("8", "5")
    at.sees(at.say("Nothing has to be looked at again."))
    at.hand_over(household.OFFICER)


def one_by_one(at: Window) -> None:
    """A child first, her mother afterwards, who breaks off the visit; the others by one key."""
    mother, child = household.MOTHER, household.CHILD
    number = at.number_of[mother]
    at.scan_code(at.code_of(f"{number}-2"))
    at.sees_screen("DEPARTURE")
    at.sees(mother.name, child.name)
    at.glass.press("1", "enter")
    at.is_told("A child would stay inside without an adult.", "!")
    escape(at.glass)
    at.is_asked("Enter = the marked leave   a digit = only this one   Esc = back")
    at.glass.press("2", "enter")
    at.is_told("Recorded. {count} still inside.")
    assert child.name not in at.glass.text()
    at.glass.press("f4")
    at.sees(at.say("visitor left early"))
    at.glass.press("2")
    at.is_asked("Enter = leaves, the badge is back   Esc = somebody else")
    at.glass.press("enter")
    at.sees(at.say("ALL HAVE LEFT"))

    at.scan_code(at.code_of(f"{at.number_of[household.NEWCOMER]}-1"))
    at.sees(household.NEWCOMER.surname)
    at.begin()
    at.strike("enter")
    at.sees(at.say("ALL HAVE LEFT"))
    assert at.struck == 1


def badges_that_open_nothing(at: Window, old: household.OldBadges) -> None:
    at.scan_code(old.yesterday)
    yesterday = house.today(at.gate) - timedelta(days=1)
    at.sees(at.say("This badge is of {day}.").format(day=f"{yesterday:%d.%m.%Y}"))
    at.menu()
    at.scan_code(old.void)
    at.is_told("Visit {number} is void: this badge opens nothing. Take it back.", "!")
    year = house.today(at.gate).year
    at.scan_code(badge_code.encode(1, year, 654321, 1))
    at.is_told("There is no visit {number}. Compare with the badge, or look under F9.", "!")
    at.scan_code(badge_code.encode(2, year, 1, 1))
    at.is_told("This badge is of gate {gate}. It is taken back there.", "!")
    assert title(at.glass) == at.say("MENU")


def what_is_left_line_by_line(at: Window) -> None:
    today = house.today(at.gate)
    # Forty days ago, yesterday, and two today: those of this year count.
    days = (today - timedelta(days=40), today - timedelta(days=1), today, today)
    used = sum(1 for day in days if day.year == today.year)
    at.find(household.QUEUE.file_number)
    at.glass.press("enter")
    at.sees_screen("PRISONER")
    at.sees(f" {used} / 6 ", "V-01")
    for one in (household.WAITS, household.NEWCOMER):
        at.sees(at.number_of[one])
    lines = [one for one in at.glass.screen.display if "V-01" in one and " V-" in one]
    left = [one[59:64].strip() for one in lines if f"{today:%d.%m.%Y}" in one]
    assert sorted(left) == [str(6 - used), str(7 - used)]
    at.find(household.SPENT.file_number)
    at.glass.press("enter")
    at.sees(" 3 / 2 ", at.number_of[household.GRIEF])
    at.menu()


def reports_of_the_day(at: Window) -> None:
    """Wide cells are cut in the list; the line in focus stands whole below it."""
    at.glass.press("8", "7")
    at.sees_screen("REPORTS")
    for digit, names in (
        ("1", (household.MOTHER, household.CHILD, household.BANNED)),
        ("2", (household.THRICE, household.BANNED, household.PERMITTED)),
    ):
        at.glass.press(digit, "f2")
        at.until(at.titled("REPORT"))
        for one in names:
            at.until(one.surname)
        escape(at.glass)
        at.sees_screen("REPORTS")
    at.menu()


def the_last_go_home(at: Window) -> None:
    at.glass.press("f9")
    at.sees_screen("WHO IS INSIDE")
    at.glass.press("enter")
    at.sees(household.OVERDUE.name, at.say("OVERDUE"))
    at.glass.press("f9")
    at.sees_screen("WHO IS INSIDE")
    while at.say("Nobody is inside.") not in at.glass.text():
        at.glass.press("enter")
        at.sees_screen("DEPARTURE")
        at.glass.press("enter")
        at.sees(at.say("ALL HAVE LEFT"))
        at.glass.press("f9")
        at.sees_screen("WHO IS INSIDE")


def all_of_it_holds(at: Window) -> None:
    """After the day: the chain is whole, nobody is inside, no number is missing, and each
    paper came out once."""
    gate = at.gate
    with gate.run("audit", "verify") as verify:
        assert verify.wait_exit() == 0
    db = house.register_of(gate)
    try:
        assert db.run_read(lambda: Presence.select().count()) == 0
        rows = db.run_read(
            lambda: [(row.series, row.period, row.no) for row in RegisterNumber.select()]
        )
    finally:
        db.close()
    given: dict[tuple[str, str], list[int]] = {}
    for series, period, no in sorted(rows):
        given.setdefault((series, period), []).append(no)
    for numbers in given.values():
        assert numbers == list(range(1, len(numbers) + 1)), given

    papers = decode(at.press.received).papers
    assert not [fault for paper in papers for fault in (*paper.faults, *paper.doubts)]
    badges = Counter(code for paper in papers for code in paper.qrs)
    assert badges == Counter(map(at.code_of, at.badges))
    refusals = [
        paper_code.encode(Series.REFUSAL, 1, int(period), no)
        for series, period, no in sorted(rows)
        if series == Series.REFUSAL
    ]
    others = Counter(code for paper in papers for code in paper.barcodes)
    ticket = paper_code.encode_ticket(1, house.today(gate), 1)
    assert others == Counter([ticket, *refusals])
    notice = next(paper for paper in papers if refusals[0] in paper.barcodes)
    assert in_language("en")("Not possible today: {service}.").partition(":")[0] in notice.text
    assert household.BANNED.name in notice.text
    assert household.MOTHER.name not in notice.text
