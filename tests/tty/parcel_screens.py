"""The screens of a stored parcel, one after the other, each looked at and left."""

from __future__ import annotations

from kiosk import paper_code
from tests.tty import house
from tests.tty.gate import Gate
from tests.tty.harness import Glass
from tests.tty.looks import (
    MESSAGE,
    QUESTION,
    check,
    escape,
    help_is_whole,
    wait_title,
    walk_through_fields,
)


def done(glass: Glass) -> None:
    """Something was recorded, and the screen says so."""
    glass.wait_for(lambda g: g.row(MESSAGE).startswith("+ "))


def said(gate: Gate, msgid: str) -> str:
    """What a sentence says up to its first place."""
    return gate.say(msgid).partition("{")[0].strip()


def what_is_spoiled(gate: Gate, glass: Glass) -> None:
    glass.press("home", "enter")
    wait_title(gate, glass, "PARCEL")
    check(glass, focus=1)
    help_is_whole(gate, glass, "PARCEL")
    before = glass.row(QUESTION)
    glass.press("4")
    glass.wait_for(lambda g: g.row(QUESTION) != before)
    check(glass, focus=1)
    escape(glass)
    glass.wait_for(before)
    to_the_doctor(gate, glass)
    glass.press(*["down"] * 4)
    glass.wait_for(gate.say("Enter find"))
    check(glass, focus=1)
    glass.press("enter")
    wait_title(gate, glass, "FIND RECORD")
    escape(glass)
    wait_title(gate, glass, "PARCEL")
    glass.press("2")
    wait_title(gate, glass, "ANOTHER PLACE")
    walk_through_fields(glass)
    glass.press("shift+tab", "A", "enter", "enter")
    wait_title(gate, glass, "PARCEL")
    done(glass)
    check(glass, focus=1)
    correct(gate, glass)
    glass.press("f8")
    wait_title(gate, glass, "MAKE VOID")
    walk_through_fields(glass)
    escape(glass)
    wait_title(gate, glass, "PARCEL")
    glass.press("7")
    wait_title(gate, glass, "DESTROY")
    walk_through_fields(glass)
    glass.press("shift+tab", ".5", "enter", "A-17", "f2")
    wait_title(gate, glass, "PARCEL")
    done(glass)
    check(glass, focus=1)
    glass.wait_for(f"{gate.say('a line corrected')}: {gate.say('spoiled')}")
    escape(glass)
    wait_title(gate, glass, "STORAGE")


def to_the_doctor(gate: Gate, glass: Glass) -> None:
    """Who does not take the medicine: it waits for its sender."""
    glass.press("3")
    wait_title(gate, glass, "TO THE DOCTOR")
    help_is_whole(gate, glass, "TO THE DOCTOR")
    walk_through_fields(glass)
    glass.press("shift+tab", "2", "Осмонова Таалайкүл", "f2")
    wait_title(gate, glass, "PARCEL")
    done(glass)
    glass.wait_for(gate.say("not taken, goes back"))
    glass.wait_for(f"{gate.say('not taken by the doctor')}: Осмонова")
    check(glass, focus=1)
    glass.press("3")
    wait_title(gate, glass, "BACK TO THE SENDER")
    check(glass, focus=1)
    escape(glass)
    wait_title(gate, glass, "PARCEL")
    check(glass, focus=1)


def correct(gate: Gate, glass: Glass) -> None:
    """What may be said of a line; how many of the soap there are in truth."""
    question = gate.say(
        "1 another amount   2 goes back   3 to the doctor   4 seized   5 accepted   Esc"
    )
    for digit in "241":
        glass.press("home", "down", "6")
        glass.wait_for(question)
        check(glass, focus=1)
        house.answer(glass, digit, gate.say("CORRECT A LINE"))
        if digit != "1":
            walk_through_fields(glass)
            escape(glass)
            wait_title(gate, glass, "PARCEL")
    check(glass, focus=1)
    glass.press("4", "f2")
    wait_title(gate, glass, "PARCEL")
    done(glass)
    check(glass, focus=1)


def hand_over(gate: Gate, glass: Glass) -> None:
    glass.press("home", "down", "enter")
    wait_title(gate, glass, "PARCEL")
    check(glass, focus=1)
    glass.press("enter")
    wait_title(gate, glass, "HANDOVER")
    both = gate.say("Fetch both: the bag at {place}, the money and papers in {safe}.")
    glass.wait_for(both.format(place="A-1", safe="S-1"))
    check(glass, focus=1)
    help_is_whole(gate, glass, "HANDOVER")
    glass.press("8")
    glass.wait_for(gate.say("Is all of it declined?  Enter = yes, it goes back   Esc = no"))
    check(glass, focus=1)
    escape(glass)
    glass.press("f2")
    done(glass)
    check(glass, focus=1)
    glass.press("7")
    wait_title(gate, glass, "PARCEL")
    glass.wait_for(gate.say("handed to the prisoner"))
    check(glass, focus=1)
    glass.press("f10", "6")
    wait_title(gate, glass, "STORAGE")


def scan_labels(gate: Gate, glass: Glass, numbers: tuple[str, ...]) -> None:
    """Of one that may be handed over, of one that was, and of one that never was."""
    unknown = numbers[1][:-3] + "999"
    scan_it = gate.say("Scan the label of what is to be handed over.   Esc = leave it")
    ours = paper_code.of_number(1, numbers[0])
    for code in (paper_code.of_number(1, unknown), ours[:-1] + "?", "4870000000017"):
        glass.press("f10", "6", numbers[0][-3:], "enter")
        wait_title(gate, glass, "HANDOVER")
        glass.wait_for(numbers[0])
        check(glass, focus=1)
        gate.reader.send(code.encode() + b"\r")
        glass.wait_for(scan_it)
        glass.wait_for(lambda g: g.row(MESSAGE).startswith("! "))
        glass.press("f2")  # hands over nothing now
        assert numbers[0] not in glass.text()
        check(glass, focus=0)
    label(gate, numbers[0])
    wait_title(gate, glass, "HANDOVER")
    glass.wait_for(numbers[0])
    label(gate, numbers[1])
    wait_title(gate, glass, "PARCEL")
    glass.wait_for(f"! {numbers[1]}")
    check(glass, focus=1)
    escape(glass)  # to no handover of the one before
    glass.wait_for(scan_it)
    assert numbers[0] not in glass.text()
    glass.press("f10", "6")
    wait_title(gate, glass, "STORAGE")
    glass.press("77/99", "enter")
    glass.wait_for(lambda g: g.row(MESSAGE).startswith("! ") and "77/99" in g.row(MESSAGE))
    check(glass, focus=1)
    # As its last digits, and whole, on a keyboard that stands on Russian; or by the file.
    for typed, shown in (
        (numbers[0][-3:], numbers[0][-3:]),
        ("з" + numbers[0][1:], numbers[0]),
        ("1.20", "1/20"),
    ):
        glass.press(typed)
        glass.wait_for(shown + "_")
        check(glass, focus=1)
        glass.press("enter")
        wait_title(gate, glass, "HANDOVER")
        glass.wait_for(numbers[0])
        escape(glass)
        wait_title(gate, glass, "STORAGE")


def label(gate: Gate, number: str) -> None:
    """The barcode of a label, as the reader sends it."""
    code = paper_code.of_number(1, number)
    gate.reader.send(code.encode() + b"\r")


def what_waits(gate: Gate, glass: Glass) -> None:
    glass.press("home", "down", "enter")
    wait_title(gate, glass, "PARCEL")
    glass.wait_for(gate.say("The prisoner is in the isolator. It waits until they come out."))
    check(glass, focus=1)
    escape(glass)
    wait_title(gate, glass, "STORAGE")


def send_on(gate: Gate, glass: Glass) -> None:
    glass.press("home", "down", "down", "enter")
    wait_title(gate, glass, "PARCEL")
    glass.wait_for(gate.say("The prisoner was transferred. It goes back, or on to them."))
    check(glass, focus=1)
    glass.press("5")
    wait_title(gate, glass, "SEND ON")
    walk_through_fields(glass)
    glass.press("p27", "f2")
    wait_title(gate, glass, "PARCEL")
    done(glass)
    check(glass, focus=1)
    escape(glass)
    wait_title(gate, glass, "STORAGE")


def give_back(gate: Gate, glass: Glass) -> None:
    glass.press("end", "enter")
    wait_title(gate, glass, "PARCEL")
    check(glass, focus=1)
    glass.press("enter")
    wait_title(gate, glass, "BACK TO THE SENDER")
    walk_through_fields(glass)
    glass.press("shift+tab", "2")
    glass.press("f2")
    wait_title(gate, glass, "PARCEL")
    done(glass)
    check(glass, focus=1)
