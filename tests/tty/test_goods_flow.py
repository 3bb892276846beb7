"""A day of bags at the gate, in Kyrgyz and in Russian, from the ticket to the prisoner's hand.

What is brought is listed with a scale, what is found in it gets its act, what was posted is
opened by two, what is for the doctor goes to the doctor, and what cannot be handed over goes
back. Bytes of a keyboard and of three serial lines go in; the glass, the papers and the
register are read at the end.
"""

from __future__ import annotations

from collections import Counter as Counts
from pathlib import Path

import pytest

from devices.health import DeviceFlag
from kiosk.codes import CaseState, PrisonerEventKind, Status
from kiosk.services.prisoner_events import CODES
from kiosk.text import fill, in_language
from tests.paper import decode
from tests.paper.reading import codes as codes_on
from tests.tty import bags, counter, household
from tests.tty.counter import Counter
from tests.tty.gate import Gate, Press
from tests.tty.household import OFFICER, SUPERVISOR, Prisoner
from tests.tty.looks import MESSAGE, escape
from tests.tty.weighing import Scale

pytestmark = pytest.mark.tty

KEYS_AT_MOST = 56
ENTITLEMENT = 20_000  # grams of a package, KG-DRAFT


@pytest.mark.parametrize("language", ["ky", "ru"])
def test_a_day_of_bags(language: str, tmp_path: Path) -> None:
    gate = Gate(tmp_path, language=language, printer_port="press")
    press = Press(tmp_path / "press")
    scale = Scale(gate)
    household.at_noon(gate)
    bags.configure(gate)
    stored = bags.furnish(gate)
    with gate.run() as glass:
        at = Counter(gate, glass, press, scale)
        at.sign_in(OFFICER)
        the_answer_before_the_wait(at)
        bag = eight_things_by_few_keys(at)
        papers_of_the_bag(at, bag, tmp_path)
        its_label_leads_to_the_handover(at, bag)
        it_is_over_with_its_act(at, bag)
        labels_that_open_nothing(at, bag, stored[bags.WIFE].number)
        posted = opened_by_two(at)
        medicine = for_the_doctor(at)
        moved = one_who_is_moved(at, stored[bags.SISTER].number)
        another_for_him_goes_back_unopened(at)
        the_ban_is_decided(at)
        void = made_void(at, posted)
        glass.term()
        assert glass.wait_exit() == 143
    all_of_it_holds(at, bag, medicine, moved, void, stored[bags.WIFE].number)
    scale.close()
    press.close()
    gate.close()


def the_answer_before_the_wait(at: Counter) -> None:
    one = bags.MOTHER
    at.glass.press("5", "f7")
    at.sees_screen("NEW TICKET")
    at.scan(one)
    at.sees(one.name)
    at.glass.press("shift+tab", "shift+tab")
    at.glass.press(at.say("package (handed in)")[:7], "enter", "f2")
    at.is_told("Ticket {number}. It may be brought today.")
    escape(at.glass)
    at.sees_screen("WAITING BOARD")
    at.glass.press("enter")
    at.is_told("Ticket {number} is called to this window.")
    at.glass.press("enter")
    at.sees_screen("PACKAGE, SENDER")
    at.scan(one)
    at.sees(one.name, one.to.file_number, at.say("MAY BE TAKEN"))
    at.sees(fill(at.say("got {used} of {limit}"), used=0, limit=6), "20")
    at.glass.press("f2")
    at.sees_screen("PACKAGE")


def eight_things_by_few_keys(at: Counter) -> str:
    """Sugar above its limit, medicine, and shoes with six SIM cards; the rest passes."""
    at.on_the_scale(11_300)
    at.begin()
    at.strike("enter")
    at.lists("te", "2")
    at.lists("su", "3")
    at.warned("Limit: {name}. Accepted {kept}, goes back {back}")
    at.lists("tm", "4")
    at.lists("so", "5")
    at.lists("sk", "6")
    at.lists("br", "2")
    at.lists("me", "1")
    at.off_the_scale(11_180, taken=120)
    at.strike("enter")
    at.lists("sho", "1")
    at.strike("f7", "2", "6", "enter", "7")
    at.off_the_scale(10_380, taken=800)
    at.strike("enter")
    at.is_asked("F2 = close, {weight} kg   line: 1 accept 2 return 3 doctor 4 seize   ↑")
    at.sees(at.say("SEIZE"), at.say("MEDICAL"), fill(at.say("ACCEPT {count}"), count=2))
    at.sees(f"{counter.kilograms(9380)} ", counter.kilograms(ENTITLEMENT))
    at.press.fault(DeviceFlag.PAPER_OUT)
    at.strike("f2")
    assert at.struck <= KEYS_AT_MOST
    number = at.taken_in()
    at.sees(counter.kilograms(9380), "C-1")
    at.warned("Paper is out. Put in a roll; printing goes on by itself.")
    assert not any(number in one for one in at.press.papers)
    # Pressed once more it is the same bag.
    at.glass.press("f2")
    at.is_told("Already recorded: {number}.")
    at.press.mend(DeviceFlag.PAPER_OUT)
    return number


def papers_of_the_bag(at: Counter, bag: str, folder: Path) -> None:
    receipt, label, contents = at.papers_of(bag, 3)
    say = in_language(bags.MOTHER.language)
    things = {code: " ".join(at.names[code].split()) for code in ("te", "su", "me", "sho")}
    for paper, title in ((receipt, "RECEIPT"), (contents, "CONTENTS")):
        assert say(title) in paper.text
        assert "9,380" in paper.text
        assert things["te"] in paper.text
    for word in ("Returned", "Seized", "To the medical unit", "over the limit"):
        assert say(word) in receipt.text
    # What was seized is the act's; the prisoner reads what reached the parcel.
    assert things["sho"] in receipt.text
    assert things["sho"] not in contents.text
    assert bags.ORDINARY.surname.upper() in label.text
    assert at.names["br"] in label.text
    assert "C-1" in label.text
    assert bags.MOTHER.surname not in label.text
    for paper in (receipt, label):
        assert codes_on(paper, folder) == [("CODE-128", paper.barcodes[0])]


def its_label_leads_to_the_handover(at: Counter, bag: str) -> None:
    at.glass.press("enter")
    at.sees_screen("MENU")
    at.label(bag)
    at.sees_screen("HANDOVER")
    at.sees(bag, bags.ORDINARY.file_number, at.names["te"])
    at.glass.press("f2")
    at.is_told("Handed over and signed: {number}.")
    at.glass.press("7")
    at.sees_screen("PARCEL")
    at.warned("Something was seized. It closes when the act is written.")
    at.sees(at.say("handed to the prisoner"))
    at.label(bag)
    at.warned("{number} was handed over already; something of it is open.")
    at.glass.press("3")
    at.sees_screen("TO THE DOCTOR")
    at.glass.press("enter", "Осмонова", "f2")
    at.is_told("Written down: the doctor has the medicine.")
    at.menu()


def it_is_over_with_its_act(at: Counter, bag: str) -> None:
    assert counter.state_of(at.gate, bag) == CaseState.HANDED_OVER
    at.glass.press("7")
    at.sees_screen("FINDS")
    at.sees(at.say("NO ACT YET"), "6 ")
    at.glass.press("enter")
    at.sees_screen("FIND RECORD")
    at.sees(bag, bags.MOTHER.name, bags.ORDINARY.file_number)
    at.glass.press("стелька", "enter", "1", "enter", "enter", "004417", "enter")
    at.glass.press("f2", "1", "f2", "2", "f2")
    at.is_told("Act {act} is printing; {number} waited for it and is over.")
    assert counter.state_of(at.gate, bag) == CaseState.CLOSED
    at.sees("A-")
    found = counter.number_of_find(at.gate, bag)
    first, second, fine = at.papers_of(found, 3)
    say = in_language(bags.MOTHER.language)
    assert bag in first.text
    assert "004417" in second.text
    assert say("NOTICE OF A FINE") in fine.text
    assert "20 000" in fine.text
    assert bags.MOTHER.name in fine.text
    at.menu()


def labels_that_open_nothing(at: Counter, bag: str, bread: str) -> None:
    at.label(bag)
    at.warned("{number} was handed over already: nothing of it is here.")
    at.menu()
    at.label(bag[:-6] + "004711")
    at.warned("There is no parcel {number} here. Compare it with the label.")
    at.label(bread)
    at.warned("{number}: past its time since {time}. Look before it is handed over.")
    at.sees(at.say("HANDOVER"), bread)
    # He does not want it.
    at.glass.press("8")
    at.is_asked("Is all of it declined?  Enter = yes, it goes back   Esc = no")
    at.answer("enter", lambda g: g.row(MESSAGE)[0] == "+")
    at.is_told("Declined: {number}. It goes back to the sender.")
    at.label(bread)
    at.warned("{number} goes back to its sender, who signs for it.")
    at.menu()


def read_the_wrapper(at: Counter, to: Prisoner, answer: str) -> None:
    """Of a posted parcel: for whom, what is answered at once (msgid), from whom."""
    at.glass.press("4")
    at.sees_screen("POSTED PARCEL")
    at.glass.press("enter", to.file_number)
    at.stands(to.surname)
    at.glass.press("enter")
    at.sees(at.say(answer))
    at.glass.press("мамытова г")
    at.sees(at.say("as on the wrapper"))
    at.glass.press("enter")


def opened_by_two(at: Counter) -> str:
    read_the_wrapper(at, bags.POSTED_TO, "MAY BE TAKEN")
    at.glass.press("RR004417001KG", "enter", "enter", "2", "f2")
    at.sees_screen("PACKAGE")
    at.sees("RR004417001KG")
    at.strike("4.5", "enter")
    at.lists("te", "3")
    at.lists("bk", "2")
    at.strike("f2")
    number = at.taken_in()
    at.label(number)
    at.sees(at.say("HANDOVER"), "RR004417001KG")
    at.menu()
    return number


def for_the_doctor(at: Counter) -> str:
    one = bags.DAUGHTER
    at.glass.press("3")
    at.sees_screen("PACKAGE, SENDER")
    at.scan(one)
    at.sees(one.name, at.say("MAY BE TAKEN"))
    at.glass.press("shift+tab", "shift+tab", "2")
    at.sees(at.say("not counted"))
    at.glass.press("f2")
    at.sees_screen("PACKAGE")
    at.on_the_scale(640)
    at.strike("enter")
    at.lists("me", "3")
    at.strike("f2")
    number = at.taken_in()
    to_doctor = fill(at.say("to the doctor {number}"), number=counter.kilograms(640))
    at.stands(f"{number}   {to_doctor}")
    at.label(number)
    at.sees_screen("PARCEL")
    at.glass.press("3")
    at.sees_screen("TO THE DOCTOR")
    at.sees("Осмонова")
    at.glass.press("2", "f2")
    at.is_told("Lines not taken: {count}. Back to the sender; the paper is printing.")
    at.sees(at.say("not taken, goes back"))
    assert counter.state_of(at.gate, number) == CaseState.TO_RETURN
    at.label(number)
    at.warned("{number}: the doctor did not take its medicine; the sender signs for it.")
    at.glass.press("1")
    at.sees_screen("BACK TO THE SENDER")
    at.glass.press("1", "enter", "f2")
    at.is_told("Given back and signed: {number}.")
    assert counter.state_of(at.gate, number) == CaseState.CLOSED
    at.label(number)
    at.warned("{number} went back to its sender already: nothing of it is here.")
    at.menu()
    return number


def one_who_is_moved(at: Counter, soap: str) -> str:
    """What stands in the storage for him is barred, reviewed, and goes back, signed for."""
    at.hand_over(SUPERVISOR)
    at.find(bags.MOVES.file_number)
    at.glass.press("enter")
    at.sees_screen("PRISONER")
    at.sees(soap, " -2,500 ", "  5  ")  # one of six was brought
    at.glass.press("2")
    at.sees_screen("EVENTS")
    at.glass.press("1")
    at.sees_screen("NEW EVENT")
    states = CODES[PrisonerEventKind.STATUS]
    assert states is not None
    at.glass.press(str(list(states).index(Status.TRANSFERRED) + 1), "f2")
    at.is_told("Recorded. Planned visits that it concerns are up for review.")
    at.menu()
    at.label(soap)
    at.warned("The prisoner was transferred. It goes back, or on to them.")
    at.sees_screen("PARCEL")
    at.menu()
    at.glass.press("8", "5")
    at.sees_screen("REVIEWS")
    at.sees(bags.SISTER.surname, bags.MOVES.file_number)
    at.glass.press("enter")
    at.sees_screen("PARCEL")
    at.glass.press("4")
    at.is_asked("Why?  1 declined   2 kept too long   3 the prisoner is gone   Esc = no")
    at.answer("3", lambda g: g.row(MESSAGE)[0] == "+")
    at.is_told("It goes back to the sender. The entitlement has it back.")
    at.glass.press("enter")
    at.sees_screen("BACK TO THE SENDER")
    at.glass.press("shift+tab", "1", "f2")
    at.is_told("Given back and signed: {number}.")
    at.label(soap)
    at.warned("{number} went back to its sender already: nothing of it is here.")
    at.menu()
    return soap


def another_for_him_goes_back_unopened(at: Counter) -> None:
    """Nobody looks into it, so nobody is named who does."""
    read_the_wrapper(
        at, bags.MOVES, "He is not in this prison: it goes back unopened, with the notice."
    )
    at.glass.press("RR004417002KG", "f2")
    at.is_asked("Enter = refuse, the notice prints   F7 override   Esc = back")
    at.answer("enter", lambda g: g.row(MESSAGE)[0] == "+")
    at.menu()


def the_ban_is_decided(at: Counter) -> None:
    at.glass.press("8", "5")
    at.sees_screen("REVIEWS")
    at.sees(bags.MOTHER.surname, at.say("a ban is proposed"))
    at.glass.press("end", "enter")
    at.sees_screen("NEW RESTRICTION")
    at.glass.press("f2")
    at.sees_screen("REVIEWS")
    at.until(lambda g: bags.MOTHER.surname not in g.text())
    at.menu()


def made_void(at: Counter, posted: str) -> str:
    """The same paper in the hand of two is told; the wrong parcel is made void."""
    at.label(posted)
    at.warned("{number} was scanned at window {window} at {time}. Is the paper there twice?")
    at.sees_screen("HANDOVER")
    at.glass.press("7")
    at.sees_screen("PARCEL")
    at.glass.press("f8")
    at.sees_screen("MAKE VOID")
    at.is_asked("Why it is void, by its digit   Esc = it is not")
    at.answer("2", at.asked("In a few words, or nothing; Enter = make it void"))
    at.glass.press("f2")
    at.is_told("{number} is void. Its number stays.")
    at.label(posted)
    at.warned("{number} is void: this paper opens nothing. Take it back.")
    at.menu()
    return posted


def all_of_it_holds(
    at: Counter, bag: str, medicine: str, moved: str, void: str, declined: str
) -> None:
    """The chain is whole; each paper came out once; what was given back was given back once."""
    gate = at.gate
    counter.chain_is_whole(gate)
    ledger = {
        one: counter.ledger_of(gate, one) for one in (bag, medicine, moved, void, declined)
    }
    assert ledger == {
        bag: [("use", 1, 9380)],
        medicine: [],
        moved: [("use", 1, 2500), ("refund", -1, -2500)],
        void: [("use", 1, 4500), ("refund", -1, -4500)],
        declined: [("use", 1, 2500), ("refund", -1, -2500)],
    }
    assert counter.state_of(gate, void) == CaseState.VOID
    papers = decode(at.press.received).papers
    assert not [fault for one in papers for fault in (*one.faults, *one.doubts)]
    assert max(Counts(one.text for one in papers).values()) == 1
    assert counter.rows(gate, "SELECT count(*) FROM parcel") == [(5,)]
    assert counter.rows(gate, "SELECT count(*) FROM step WHERE kind = 'opened'") == [(1,)]
