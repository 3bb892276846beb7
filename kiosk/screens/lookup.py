"""The search for a prisoner or a person inside a form, as it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.values import Found
from kiosk.widgets.choices import Option

if TYPE_CHECKING:
    from kiosk.screens.screen import FormScreen, KioskScreen

FROM_LETTER = 2


def option_of(found: Found) -> Option:
    """One line of the list: the name, then what tells namesakes apart."""
    note = f"{found.born[:4]}  {found.note}" if found.note else found.born[:4]
    return Option(str(found.subject_id), found.name.full, note)


def make_ready(screen: KioskScreen) -> None:
    """Have the words of all names read meanwhile, for a name that will be misspelt."""
    # Whom it cannot reach meets the fault with the next letter, and is told so.
    screen.run_worker(_read_words(screen), group="words", exclusive=True, exit_on_error=False)


async def _read_words(screen: KioskScreen) -> None:
    from kiosk.services import find

    await screen.kiosk.read(find.make_ready)


async def offer(screen: FormScreen, field: str, kind: str, *first: Option) -> bool:
    """Offer what is found for the letters typed in a Lookup, from the second letter on, below
    the options that come `first`. False when nobody is found for them."""
    typed = screen.form.typed(field)
    if len(typed.strip()) < FROM_LETTER:
        make_ready(screen)
        return True
    from kiosk.services import find

    kiosk = screen.kiosk
    found = await kiosk.read(find.find, kiosk.signed_in, typed, frozenset({kind}))
    screen.form.offer(field, [*first, *(option_of(one) for one in found)])
    return bool(found)
