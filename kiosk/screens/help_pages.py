"""What each screen is for, in a few sentences for its page of help (F1)."""

from __future__ import annotations

from kiosk.text import N_

ABOUT = {
    "menu": N_(
        "The menu. A digit opens a line at once. A document put on the reader opens Arrival "
        "from anywhere; a badge opens Departure."
    ),
    "sign_in": N_(
        "Sign in with your own login and passphrase: what is recorded bears your name. Five "
        "wrong passphrases close the login for a while; an administrator can help."
    ),
    "lock": N_(
        "Nobody has pressed a key for three minutes, or the officer locked the kiosk. Their "
        "passphrase opens it where it was left. Somebody else signs them out with F8."
    ),
    "first_start": N_(
        "The register is new. Its first user is an administrator, who then enters the other "
        "users, the prisoners and the bans. Keep a copy of the key file in a sealed envelope: "
        "without it nobody can read the register."
    ),
    "arrival": N_(
        "Left: who stands there. Right: whom they visit and whether they may pass. Enter does "
        "what the question says. A refusal prints a notice with every reason, its rule and the "
        "first possible day, so that nobody is sent away without knowing why. 2 lists a "
        "package that the same person brings for the same prisoner, before the visit or after "
        "it."
    ),
    "person": N_(
        "A person who was not here before. What the document says stands there already: pass "
        "it with Enter, or correct it. A star marks what is still missing, an exclamation mark "
        "what is doubtful; single letters or digits set apart are to be compared with the "
        "document. The prisoner is found by two letters of the name, in either script."
    ),
    "bringing": N_(
        "Who brings a package, and for whom. Scan the sender's document: whom they came for "
        "last stands there already. Above stands what the prisoner may still get. F7 writes "
        "down somebody new; F2 goes on to the list of what is in the bag. A refusal is "
        "recorded there, with its notice."
    ),
    "posted": N_(
        "A parcel of the post. First for whom: whoever is not found, or not in this prison, "
        "gets nothing, and it goes back unopened. The sender is found by the name on the "
        "wrapper, or typed as it stands there. Those named open it together; no post number "
        "is recorded twice."
    ),
    "package": N_(
        "The till. Two or three letters of a thing, Enter, how much of it, Enter. A digit says "
        "what becomes of the last line, or of the one the arrows chose; 0 weighs the bag anew. "
        "Only what is not accepted is weighed by itself, so take it off the scale before "
        "Enter. What is over a limit goes back by itself. Every line is kept as it is typed."
    ),
    "visit_kind": N_(
        "Which visit it is to be. Each kind has its own rules: lawyers, consuls and monitors "
        "are not counted and pass the isolator. A short visit may be paid by a long one. A "
        "long one asks for its nights and its room."
    ),
    "finds": N_(
        "What was found in packages, at searches and elsewhere. First, in red, what has no act "
        "yet: until it is written the visit or the parcel does not close. F7 is for what was "
        "thrown over the wall or found with staff."
    ),
    "find_record": N_(
        "What was found, how much, where it was hidden, who saw it and who got it. The act "
        "prints twice, and the notice of the fine for whoever brought it. Nothing waits for "
        "it: Esc leaves it as it is, and the list of finds says that it is not finished."
    ),
    "deposit_search": N_(
        "What each visitor leaves hangs under a tag, whose other half they keep. A pat-down is "
        "done by somebody of the same sex; of a child only the things are searched. Whoever "
        "does not consent has done nothing wrong: they do not go in, and the visit is not used "
        "up when nobody of the group goes in."
    ),
    "prisoner": N_(
        "What a prisoner has used and has left, by rule, and the lines of which that is the "
        "sum: each bears its day, its case and what was left after it. A balance is never "
        "typed. F5 prints all of it; every opening of a card is recorded."
    ),
    "adjust": N_(
        "A balance is changed by hand with a reason from the list. A supervisor enters it, or "
        "signs with their own passphrase beside the officer who does. Nothing is taken below "
        "zero. What is carried over is gone from the time before."
    ),
    "opening_balance": N_(
        "When the kiosk begins in the middle of a year, the paper journal knows what was used "
        "before. Write its count once for each prisoner and service; a correction replaces it."
    ),
    "unfinished": N_(
        "Visits that are neither inside nor over: admitted and not searched yet, or gone "
        "while something of theirs hangs here. Look at it before the shift ends."
    ),
    "departure": N_(
        "Scan the badge or type its number. Compare the face, take the badge back, give back "
        "what hangs under the tag, press Enter. F4 says how the visit ended, stops it, or "
        "calls off one that nobody entered. A supervisor makes a visit void with F8."
    ),
    "inside": N_(
        "Everybody who was admitted and has not left. Those who should have left stand first, "
        "with an exclamation mark. Enter opens the visit for departure."
    ),
    "find": N_(
        "Type two letters of a name, Cyrillic or Latin, or digits of a file or document "
        "number. A slip or the other keyboard does no harm. Namesakes are told apart by the "
        "year of birth or the last digits shown, typed beside the name. Every card that is "
        "opened is recorded with your name."
    ),
    "card": N_(
        "What is known of somebody: documents, relations, permissions, records that are one. "
        "Nothing is overwritten: a correction is a new version, and what ends is kept with its "
        "day. Close kin whose proof you have seen is approved by you, any other relation by a "
        "supervisor, who also joins and parts double records."
    ),
    "board": N_(
        "Who waits, by ticket, with the answer they were given before the wait. Enter calls "
        "the ticket; to call one before those who wait longer asks a reason, which is kept. "
        "Enter once more, when they came, opens their arrival. NO: they know, and may still "
        "come to the window. ASK: a person or another paper decides."
    ),
    "new_ticket": N_(
        "A place in the queue. A scan fills it in: who it is, and whom they visited last. The "
        "ticket says at once whether it may be today, and if not, why and from when. It names "
        "nobody. Without a scan the ticket says that the answer is given at the window."
    ),
    "call_board": N_(
        "For the waiting room: the numbers that are called now, with their windows. No names."
    ),
    "registers": N_("What was done and what is planned, as lists."),
    "rooms": N_(
        "Where visits take place, and how many at one time: visits, not people. A room with "
        "sessions to come is closed after they are taken back."
    ),
    "storage": N_(
        "Everything that was taken in and is not settled: first what spoils, by its hour. What "
        "must be kept waits for a prisoner who is in the isolator, at court or in hospital. "
        "What is past its hour is looked at before it is handed over; a supervisor has it "
        "destroyed with an act, and the rest of the parcel goes on. Where a label cannot be "
        "scanned, the number on it is typed, or that of the file: 77/21."
    ),
    "parcel": N_(
        "A parcel with all its lines and all that happened to it. A supervisor corrects a "
        "line, sends it after a transferred prisoner, sends back what was kept too long, makes "
        "it void. What goes back, or is void, is given back to the entitlement once."
    ),
    "parcel_form": N_(
        "Something is recorded about a parcel; whose it is stands above. F2 records it and "
        "leads back to the parcel, Esc leaves the parcel as it is."
    ),
    "handover": N_(
        "Read the list aloud, let the prisoner look, then sign. A parcel is handed over whole "
        "or declined whole, and handed over once. Medicine is handed to the doctor, who signs; "
        "what they do not take goes back to the sender, who signs for it too."
    ),
    "catalogue": N_(
        "What families bring, by code and name: may it pass, how much of it, how long it "
        "keeps. A code or the start of a word finds a thing, in any language and on any "
        "layout. Nothing is overwritten: a change is a new row that begins on a day, with the "
        "rule it rests on. What is forbidden or withdrawn stays readable in old parcels."
    ),
    "places": N_(
        "Where parcels stand. What spoils goes into the cold store, money and documents into a "
        "safe, what goes back to its sender apart. A place where something stands is given up "
        "after it is moved."
    ),
    "sessions": N_(
        "When there is room for visits. A place is a visit, whoever comes along. A closed day "
        "or session puts the visits planned there up for review; opening it settles them. "
        "Left and right change the day, PgUp and PgDn the week."
    ),
    "plan_sessions": N_(
        "A small time table: the same hours on the same weekdays, for up to a year. Sessions "
        "that are there already stay, so the same table may be planned twice."
    ),
    "bookings": N_(
        "Visits planned for sessions. Each holds a place and one visit of the entitlement. "
        "Who is called off, moved or does not come gives both back. An exclamation mark: "
        "something has changed since, look at it under reviews."
    ),
    "booking": N_(
        "F2 asks the rules about the day of the session; Enter books. At the gate they are "
        "asked once more, with what is known then."
    ),
    "setup": N_(
        "What is entered here is recorded for good. A mistake is corrected by a new entry."
    ),
    "rules": N_(
        "Who is entitled to what, as the prison signed it; until then every decision says that "
        "nobody did. A changed number is a new set: it is looked at first, taken in, signed. "
        "What the head or a court grants one prisoner stands above the rules of all."
    ),
    "restrictions": N_(
        "Who is kept out, or visited only under a condition. It holds for whole days, its last "
        "one included, or from a moment of today. Whoever is kept out is recognised by every "
        "document of theirs. A new one puts up for review the visits it concerns; lifting it "
        "settles them. Nothing is deleted."
    ),
    "reviews": N_(
        "Planned visits, and people inside, that something new concerns: a restriction, a "
        "closed day, a prisoner who is away. Move it, call it off, or say that it changes "
        "nothing. A line goes by itself when its cause is lifted or undone. A ban that an "
        "officer proposed opens filled in; a supervisor puts it on, or says no."
    ),
    "report": N_(
        "Four questions, the same for every report. Both days are included. Who looked at "
        "which report is kept in the register."
    ),
    "report_lines": N_(
        "The lines of a report; all of the one in focus stands below. Names and numbers are "
        "whole here, on paper and in the csv, so mind who reads over your shoulder. The csv is "
        "written into the state folder and never leaves this computer by itself."
    ),
    "override": N_(
        "Another person, a supervisor, signs here with their own passphrase. Who asked never "
        "signs. Both names, the ground and the words are kept. Some reasons nobody may sign "
        "away: the prisoner is not here or does not agree, a child without an adult."
    ),
    "papers": N_(
        "Every paper and what became of it. First those of which nobody knows whether they "
        "came out: look at the printer and the counter, and say it. A paper that may have come "
        "out is printed again only as a marked copy. What waits prints by itself."
    ),
    "language": N_("Changes the screen at once. Papers for visitors keep their own languages."),
    "paper": N_("In the demo there is no printer; its paper is shown here as text."),
    "samples": N_(
        "All papers of the gate, with made-up people. What stands on a sample is no fact of "
        "the register, so it is printed by the command only."
    ),
    "preview": N_(
        "A paper as this printer prints it: its letters, its width, its codes as boxes. A "
        "letter that this screen lacks stands as its nearest, or grey; paper has the true one."
    ),
}
