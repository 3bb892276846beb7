"""Override: a second person signs for what the rules refuse, on the screen of who asks."""

from __future__ import annotations

from typing import ClassVar

from kiosk import wording
from kiosk.codes import OverrideGround, Role
from kiosk.errors import AlreadyDone, DecisionChanged
from kiosk.rules.decision import Reason
from kiosk.rules.overriding import NOT_OVERRIDABLE, let_in_by_two
from kiosk.screens import choices
from kiosk.screens.goods.objections import lines_to_sign
from kiosk.screens.screen import DONE, FORM_KEYS, HeadedFormScreen
from kiosk.text import N_, _, fill
from kiosk.values import MemberRequest, Override, Proposal, VisitRequest
from kiosk.values.goods import GoodsProposal, GoodsRequest
from kiosk.widgets.fields import Choice, Passphrase, Text
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, cell, line, shorten

_REASONS_AT_MOST = 7
_MAY = 60


class OverrideScreen(HeadedFormScreen):
    """About a request, what the rules answered to it, and the names of who asks to enter.

    What stands against it is read before it is signed: keys struck before the screen stood
    there are dropped. The asker's own passphrase is never asked for.
    """

    HEAD_ROWS = 13
    TITLE_TEXT = N_("OVERRIDE")
    KEYS: ClassVar[dict[int, str]] = {key: FORM_KEYS[key] for key in (1, 2, 4)}
    help_name = "override"

    def __init__(self) -> None:
        super().__init__()
        self.request: VisitRequest | GoodsRequest | None = None
        self.proposal: Proposal | GoodsProposal | None = None
        self.names: tuple[str, ...] = ()

    def forget(self) -> None:
        super().forget()
        self.request = self.proposal = None
        self.names = ()
        self.head.show([])

    async def enter(self, *about: object) -> None:
        request, proposal, *names = about
        assert isinstance(request, VisitRequest | GoodsRequest)
        assert isinstance(proposal, Proposal | GoodsProposal)
        self.request, self.proposal = request, proposal
        self.names = tuple(str(name) for name in names)
        self._load()

    def _load(self) -> None:
        if not self.let_in:
            self.form.load([])
            return
        self.form.load(
            [
                Choice(
                    "ground",
                    N_("Ground"),
                    required=True,
                    options=choices.options(OverrideGround),
                    help=N_("On what ground, by its digit"),
                ),
                Text(
                    "words",
                    N_("In words"),
                    required=True,
                    limit=200,
                    help=N_("In a few words, why"),
                ),
                Text(
                    "login",
                    N_("Signs"),
                    required=True,
                    limit=32,
                    help=N_("The login of another person, a supervisor"),
                ),
                Passphrase(
                    "passphrase",
                    N_("Passphrase"),
                    required=True,
                    help=N_("Theirs, then Enter = sign   Esc = the refusal stays"),
                ),
            ]
        )

    @property
    def let_in(self) -> tuple[str, ...]:
        """Who would go in (ids); nobody where the law's own bounds stand against it."""
        if self.request is None or self.proposal is None:
            return ()
        people = [str(member.person_id) for member in self._asking(self.request)]
        if self.proposal.decision.passes and self.things:
            return tuple(people)
        return let_in_by_two(self.proposal.decision, people)

    @property
    def things(self) -> list[str]:
        """The things of a bag that pass only where somebody signs, and why they do not."""
        if not isinstance(self.request, GoodsRequest):
            return []
        assert isinstance(self.proposal, GoodsProposal)
        return lines_to_sign(self.request, self.proposal)

    @property
    def consequence(self) -> bool:
        return True

    @property
    def unsaved(self) -> bool:
        """Somebody stands here refused: the next scan waits until it is signed or left."""
        return self.request is not None

    async def save(self) -> None:
        from kiosk.services import vouching

        values = dict(self.form.values)
        self.form.set("passphrase", "", proposed=False)
        self.form.draw()
        asker = self.kiosk.signed_in
        second = await self.kiosk.write(
            vouching.vouch, values["login"], values["passphrase"], asker
        )
        signed = Override(second, OverrideGround(values["ground"]), values["words"])
        if isinstance(self.request, GoodsRequest):
            # The bag is still to be listed: what was signed goes along with it.
            await self.kiosk.go("package", signed, replace=True)
            self.request = self.proposal = None
        elif isinstance(self.proposal, Proposal) and self.proposal.news:
            await self._let_in(self.proposal, signed)
        else:
            await self._admit(self.request, signed)

    async def _let_in(self, proposal: Proposal, signed: Override) -> None:
        """They were admitted before, and what came since is signed for now."""
        from kiosk.services import going_in

        case_id = proposal.request.case_id
        try:
            await self.kiosk.write(
                going_in.let_in, self.kiosk.signed_in, case_id, proposal.decision, signed
            )
        except DecisionChanged as refusal:
            await self.kiosk.back()
            self.kiosk.tell(refusal)
            return
        self._load()
        await self.kiosk.back()
        self.kiosk.front.say(DONE, N_("Signed by {name}: they go in."), name=signed.second.name)

    async def _admit(self, request: VisitRequest | None, signed: Override) -> None:
        from kiosk.services import visits

        assert request is not None
        assert self.proposal is not None
        try:
            recorded = await self.kiosk.write(
                visits.admit,
                self.kiosk.signed_in,
                request,
                self.proposal.decision,
                signed,
            )
        except (DecisionChanged, AlreadyDone) as refusal:
            await self.kiosk.back()
            self.kiosk.tell(refusal)
            return
        self._load()
        await self.kiosk.go("arrival", recorded, replace=True)
        self.kiosk.front.say(
            DONE,
            N_("Visit {number} is recorded, signed by {name}. The badge is printing."),
            number=recorded.number,
            name=signed.second.name,
        )

    @staticmethod
    def _asking(request: VisitRequest | GoodsRequest) -> tuple[MemberRequest, ...]:
        """Those who ask to enter, or who brings a bag."""
        return (request.sender,) if isinstance(request, GoodsRequest) else request.members

    # ---- drawing

    def draw(self) -> None:
        super().draw()
        if self.request is None or self.proposal is None:
            self.head.show([])
            return
        reasons = self.proposal.decision.reasons
        self.head.show([*self._who(), (), *self._table(reasons), (), self._advice(reasons)])

    def speak(self) -> None:
        super().speak()
        if not self.let_in:
            self.ask(N_("Esc = back; the refusal stays as it was"))

    def _who(self) -> list[Line]:
        assert self.request is not None
        assert self.proposal is not None
        asker, prisoner = self.kiosk.signed_in, self.proposal.prisoner
        role = next((role for role in Role if role in asker.roles), Role.OFFICER)
        whom = f"{prisoner.name.short}, {prisoner.file_number}"
        visitors = ", ".join(self.names)
        said = f"{visitors} → {whom}, {wording.label(self.request.service)}"
        return [
            line(
                at(2, _("Asked by")), at(16, f"{asker.name}, {wording.label(role)}", Ink.BOLD)
            ),
            line(at(2, _("For")), at(16, shorten(said, 62), Ink.BOLD)),
        ]

    def _table(self, reasons: tuple[Reason, ...]) -> list[Line]:
        """Every reason, those that nobody may sign away first, and whether one may."""
        ordered = sorted(reasons, key=lambda one: one.code not in NOT_OVERRIDABLE)
        against = [(self._said(one), one.code in NOT_OVERRIDABLE) for one in ordered]
        against += [(thing, False) for thing in self.things]
        lines: list[Line] = [
            line(
                at(2, _("what stands against it"), Ink.HEAD),
                at(_MAY, _("can be overridden"), Ink.HEAD),
            )
        ]
        for number, (said, final) in enumerate(against[:_REASONS_AT_MOST], 1):
            lines.append(
                line(
                    at(2, str(number), Ink.BOLD),
                    cell(4, said, _MAY - 6),
                    at(_MAY, _("no, by law"), Ink.BAD) if final else at(_MAY, _("yes")),
                )
            )
        more = len(against) - _REASONS_AT_MOST
        if more > 0:
            lines.append(line(at(4, fill(_("and {count} more"), count=more), Ink.DIM)))
        return lines

    def _said(self, reason: Reason) -> str:
        who, said = self._name_of(reason.person), wording.reason_line(reason)
        return f"{who}: {said}" if who else said

    def _name_of(self, person: str | None) -> str:
        """The visitor a reason is about, where there are several."""
        assert self.request is not None
        if person is None or len(self.names) < 2:
            return ""
        members = zip(self._asking(self.request), self.names, strict=False)
        return next((name for one, name in members if str(one.person_id) == person), "")

    def _advice(self, reasons: tuple[Reason, ...]) -> Line:
        if not self.let_in:
            return line(at(2, _("Nobody may sign for this: it opens no gate."), Ink.BAD))
        if any(reason.code in NOT_OVERRIDABLE for reason in reasons):
            said = _("Signing lets in only those whose reasons can be overridden.")
            return line(at(2, said, Ink.WARN))
        return line(at(2, _("Who signs: it is recorded and printed with your name."), Ink.WARN))
