"""A parcel that came by post: for whom, from whom, its number, and who opens it."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from kiosk.codes import DraftKind, Service
from kiosk.errors import Invalid
from kiosk.screens import choices, lookup
from kiosk.screens.goods import entitlement_lines, sender_draft, ways_in
from kiosk.screens.goods.brought import Brought
from kiosk.screens.goods.sender_draft import PostedDraft
from kiosk.screens.screen import GATE_KEYS, HeadedFormScreen
from kiosk.text import N_, _
from kiosk.values import MemberRequest, Name, Officer, PersonCard
from kiosk.values.goods import MayBring
from kiosk.widgets.fields import Choice, Field, Lookup, Option, Text

BY_POST = (
    Service.PARCEL,
    Service.SMALL_PARCEL,
    Service.PACKAGE,
    Service.MEDICAL_PACKAGE,
)
POST_NO_LENGTH = 30
# Before the name of a sender whom nobody knows, where else the id of somebody known stands.
_AS_TYPED = "="
_KEYS = {**GATE_KEYS, 2: N_("Go on"), 4: N_("List"), 8: N_("Drop")}


class Posted(HeadedFormScreen):
    """The prisoner first: whoever is not here gets nothing, and it goes back unopened.

    The sender is taken as the wrapper names them, or is somebody known of that name.
    """

    TITLE_TEXT = N_("POSTED PARCEL")
    HEAD_ROWS = entitlement_lines.ROWS
    help_name = "posted"

    def __init__(self) -> None:
        super().__init__()
        self.asked: MayBring | None = None
        self.gate_staff: tuple[Officer, ...] = ()
        self.unknown = False
        self._written: tuple[Name, UUID, PersonCard] | None = None

    def forget(self) -> None:
        super().forget()
        self.asked = self._written = None
        self.unknown = False
        self.head.show([])

    @property
    def keys(self) -> Mapping[int, str]:
        return _KEYS

    # ---- what it is about

    async def enter(self, *about: object) -> None:
        """Without anything; what was typed and not listed yet is taken up."""
        from kiosk.services.goods import by_post

        ways_in.must_take_packages(self.kiosk)
        if self.unsaved:
            return
        self.gate_staff = await self.kiosk.read(by_post.may_open, self.kiosk.signed_in)
        self.asked = self._written = None
        self.unknown = False
        self._load(await sender_draft.posted(self.kiosk))
        await self._look()

    async def returned(self) -> None:
        await super().returned()
        await self._look()

    @property
    def _opened_by(self) -> list[str]:
        """The fields that name the commission."""
        return [f"opens_{no}" for no in range(1, self.kiosk.settings.goods.commission + 1)]

    def _load(self, left: PostedDraft | None) -> None:
        first, *_others = self._opened_by
        values = {"service": Service.PARCEL.value, first: str(self.kiosk.signed_in.staff_id)}
        if left is None:
            fields = self._fields({})
            self.form.load(fields, values, proposed=tuple(values), first="service")
        else:
            self.form.load(self._fields(left.labels), left.values)
            self.form.touched = True

    def _fields(self, labels: Mapping[str, str]) -> list[Field]:
        """`labels` are the names of those who were found before, by the code that stands in
        the field."""
        known = tuple(Option(code, name) for code, name in labels.items())
        staff = tuple(Option(str(one.staff_id), one.name) for one in self.gate_staff)
        return [
            Choice("service", N_("Service"), required=True, options=choices.options(BY_POST)),
            Lookup(
                "prisoner",
                N_("Prisoner"),
                required=True,
                help=N_("Two letters of the name, or the file number"),
                missing=N_(
                    "No prisoner is chosen. For one whom nobody knows here, it goes back."
                ),
                known=known,
            ),
            Lookup(
                "sender",
                N_("Sender"),
                required=True,
                help=N_("The name on the wrapper; Enter = as typed, ↓ = one of these"),
                missing=N_("Who sent it? Type the name as it stands on the wrapper."),
                known=known,
            ),
            Text(
                "post_no",
                N_("Post number"),
                required=True,
                limit=POST_NO_LENGTH,
                help=N_("As it stands on the wrapper, under the bars"),
                missing=N_("The post number is missing. Type it from the wrapper."),
            ),
            *(
                Choice(
                    name,
                    N_("Opened by"),
                    options=staff,
                    help=N_("Who opens it, and sees what is in it; F4 = all"),
                )
                for name in self._opened_by
            ),
        ]

    # ---- while it is filled

    async def changed(self, field: str) -> None:
        if field == "prisoner":
            self.unknown = not await lookup.offer(self, "prisoner", "prisoner")
        elif field == "sender":
            typed = self.form.typed("sender").strip()
            as_typed = Option(_AS_TYPED + typed, typed, _("as on the wrapper"))
            await lookup.offer(self, "sender", "person", as_typed)
        if field in ("prisoner", "sender", "service"):
            await self._look()
            self._draw_head()

    async def _look(self) -> None:
        """What this prisoner may still get, and whether from this sender."""
        from kiosk.services.goods import may_bring

        values = self.form.values
        self.asked = None
        if values.get("prisoner") and values.get("service"):
            sender = values["sender"]
            known = sender and not sender.startswith(_AS_TYPED)
            self.asked = await self.kiosk.read(
                may_bring.look,
                self.kiosk.signed_in,
                Service(values["service"]),
                UUID(values["prisoner"]),
                MemberRequest(UUID(sender), None) if known else None,
            )

    def draw(self) -> None:
        super().draw()
        self._draw_head()

    def _draw_head(self) -> None:
        if self.asked is not None:
            self.head.show(entitlement_lines.entitlement_lines(self.asked))
        elif self.unknown and not self.form.values.get("prisoner"):
            self.head.show(
                entitlement_lines.nobody_lines(
                    _("Nobody here is called so. A parcel for them goes back unopened.")
                )
            )
        else:
            self.head.show([])

    # ---- what is kept

    async def keep(self) -> None:
        values = {name: value for name, value in self.form.values.items() if value}
        if not values.keys() & {"prisoner", "sender", "post_no"}:
            return  # what the form proposes by itself is nobody's work
        labels = {
            values[name]: self.form.typed(name)
            for name in ("prisoner", "sender")
            if name in values
        }
        sender = _name(labels.get(values.get("sender", ""), "")).short
        draft = PostedDraft(values, labels)
        await sender_draft.keep_posted(self.kiosk, draft, sender, len(self.form.values))

    async def drop(self) -> None:
        await sender_draft.drop(self.kiosk, DraftKind.POSTED)
        await super().drop()

    # ---- what leads on

    async def save(self) -> None:
        from kiosk.services import prisoners
        from kiosk.services.goods import by_post

        kiosk, values = self.kiosk, self.form.values
        members = self._commission()
        post_no = values["post_no"]
        await kiosk.read(by_post.must_be_new, kiosk.signed_in, post_no, members)
        prisoner = await kiosk.read(prisoners.card, UUID(values["prisoner"]))
        brought = Brought(
            service=Service(values["service"]),
            sender=await self._sender(prisoner.prisoner_id),
            prisoner=prisoner,
            post_no=post_no,
            commission=members,
        )
        await kiosk.go("package", brought)
        self.form.touched = False
        await sender_draft.drop(kiosk, DraftKind.POSTED)

    def _commission(self) -> tuple[UUID, ...]:
        """Nobody, of what goes back unopened. Raises Invalid, naming the field, where one is
        missing or is named twice."""
        if self.asked is not None and entitlement_lines.goes_back_unopened(self.asked):
            return ()
        members: list[UUID] = []
        for name in self._opened_by:
            chosen = self.form.values.get(name)
            if not chosen:
                raise Invalid(
                    name, N_("A posted parcel is opened by several together. Name them all.")
                )
            one = UUID(chosen)
            if one in members:
                raise Invalid(name, N_("This officer is named already. Name another one."))
            members.append(one)
        return tuple(members)

    async def _sender(self, prisoner_id: UUID) -> PersonCard:
        """Who was found, or who is written down by the name on the wrapper, once."""
        from kiosk.services import identify, senders

        kiosk, values = self.kiosk, self.form.values
        sender = values["sender"]
        if not sender.startswith(_AS_TYPED):
            return await kiosk.write(identify.card, kiosk.signed_in, UUID(sender))
        name = _name(sender.removeprefix(_AS_TYPED))
        if self._written is None or self._written[:2] != (name, prisoner_id):
            card = await kiosk.write(senders.from_wrapper, kiosk.signed_in, name, prisoner_id)
            self._written = name, prisoner_id, card
        return self._written[2]


def _name(typed: str) -> Name:
    """The name on a wrapper: the surname stands first, as on every paper of the prison."""
    words = [word[:1].upper() + word[1:] for word in typed.split()]
    return Name(" ".join(words[:1]), " ".join(words[1:2]), " ".join(words[2:]))
