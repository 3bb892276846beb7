"""The first words to a printer on a line that was opened, or that fell silent.

Whoever had the line before may have stopped in the middle of a command: the kiosk was killed,
the cable came out, a person gave a paper up. A printer that waits for the rest of a picture
would take the next paper for it. So before the first paper:

1.  DLE DC4 8 is executed at once, wherever the printer is; it throws away what it holds, the
    begun command with it, and says so. Also no paper of before comes out later, of which a
    person may have said that it did not.
2.  A printer without that command takes it for data of the begun command, or ignores its ten
    control codes. Then GS r 1 and a process id are asked for: in order, so that an answer says
    that they were taken for commands.
3.  If none comes, so many NULs follow as the longest command may lack. They end any command of
    ours: a NUL in the place of a high length byte is what stands there (no length of ours
    reaches 256 but that of a picture, whose high byte counts rows or bytes below 256), in the
    place of a low one it makes the command shorter; as an argument it feeds nothing, cuts at
    most, and chooses what ESC @ undoes. Outside commands a NUL prints nothing. Then both are
    asked for once more, with patience: one that was only slow keeps its better proof.
4.  What the printer was taught so and can prove, and GS a has it tell changes by itself.

A line half printed stays in its line buffer; ESC @ at the beginning of each paper empties it,
and with it what a printer printed of questions that it did not understand.
"""

from __future__ import annotations

from devices.printers.commands import (
    ASK_PROOF,
    AUTOMATIC_STATUS,
    PADDING,
    SHORT_PADDING,
    ask_process_id,
)
from devices.printers.connection import Connection
from devices.printers.printer import ProofBy

# With nothing to print before them, answers come at once.
PROBE_S = 0.5
# How far apart two answers to GS r may come when nothing is printed between them.
APART_S = 0.3

_BY_COMMAND = frozenset({ProofBy.PROCESS_ID, ProofBy.GS_R})


async def greet(connection: Connection, best: ProofBy, behind_paper_s: float) -> None:
    """Brings the printer into step, and learns what it can prove papers by, `best` at most.

    It may take `behind_paper_s` to print what an earlier kiosk left in it.

    Leaves it not greeted when it says that it cannot print now, or when it proved papers
    before and now does not: it executes nothing. Raises PortLost or PortStuck.
    """
    if connection.cleared is None:
        connection.cleared = await connection.clear()
    await connection.ask()
    if connection.blocked or not (connection.mute or connection.answered_last):
        return
    asks = best in _BY_COMMAND
    proves_by = await _probe(connection, best, PROBE_S) if asks else frozenset()
    if not proves_by and not connection.cleared:
        await connection.tell(PADDING)
        # Padded once, it is in step, whatever it says.
        connection.cleared = True
    if asks and not proves_by:
        # Asked again, also in step: what is learnt now holds for all papers of this line.
        patience = behind_paper_s if connection.mute is False else PROBE_S
        proves_by = await _probe(connection, best, patience)
    memory = connection.memory
    connection.idles = asks and bool(memory.proves_by) and not proves_by
    if connection.idles:
        return
    memory.proves_by |= proves_by
    pushed = connection.answers.pushed
    await connection.tell(AUTOMATIC_STATUS)
    await connection.heard(
        APART_S + connection.on_the_wire(), lambda: connection.answers.pushed > pushed
    )
    connection.greeted = True


async def _probe(connection: Connection, best: ProofBy, seconds: float) -> frozenset[ProofBy]:
    """What it answers in order; behind the last of its answers it owes none."""
    answers = connection.answers
    process_id = connection.memory.process_ids.next()
    asks_id = best is ProofBy.PROCESS_ID
    connection.proofs_owed += 1
    before = answers.proofs
    asked = ask_process_id(process_id) if asks_id else b""
    await connection.tell(SHORT_PADDING + asked + ASK_PROOF)
    await connection.heard(seconds + connection.on_the_wire(), lambda: answers.proofs > before)
    proves_by = set()
    if answers.proofs > before:
        proves_by.add(ProofBy.GS_R)
        # Answers still owed come before its own, and at once.
        while connection.proofs_owed:
            owed = connection.proofs_owed
            await connection.heard(APART_S, lambda: connection.proofs_owed < owed)  # noqa: B023 - awaited in the same round
            if connection.proofs_owed == owed:
                connection.proofs_owed = 0
    if answers.printed(process_id):
        proves_by.add(ProofBy.PROCESS_ID)
    return frozenset(proves_by)
