"""What stands against one who asks to enter, or to hand something in, by themselves.

Readings that the rules left open: a document that is out of date or withdrawn refuses for
every service; being inside already, and a second visit on one day, concern visits, the
second not those of lawyers, consuls and monitors, who may come as often as they like. A
prisoner who withholds consent refuses a visitor, not what they send.
"""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.codes import Category, ReasonCode
from kiosk.rules.ages import adult_from
from kiosk.rules.asked import Asked
from kiosk.rules.decision import Reason
from kiosk.rules.facts import DocumentFacts, PersonFacts
from kiosk.rules.kinds import GOODS, PRIVILEGED, SOCIAL
from kiosk.rules.permissions import about_permission
from kiosk.rules.relations import about_relation


def about_person(one: PersonFacts, asked: Asked) -> Iterator[Reason]:
    """Reasons apart from restrictions, in the order in which an officer asks."""
    facts, rules = asked.facts, asked.rules
    if one.document is not None:
        yield from _about_document(one.person, one.document, asked)
    if facts.service in GOODS:
        return
    if one.relation is not None and one.relation.consent is False:
        yield rules.reason(ReasonCode.PRISONER_REFUSES, one.person)
    if facts.service in SOCIAL:
        yield from about_relation(one, asked)
        if facts.prisoner.category is Category.REMAND:
            yield from about_permission(one, asked)
    if one.inside:
        yield rules.reason(ReasonCode.ALREADY_INSIDE, one.person)
    if asked.day in one.met_on and facts.service not in PRIVILEGED:
        yield rules.reason(ReasonCode.DUPLICATE_TODAY, one.person)


def _about_document(person: str, document: DocumentFacts, asked: Asked) -> Iterator[Reason]:
    if is_withdrawn(document):
        yield asked.rules.reason(ReasonCode.DOCUMENT_WITHDRAWN, person)
    if document.expires is not None and document.expires < asked.day:
        yield asked.rules.reason(ReasonCode.DOCUMENT_EXPIRED, person, until=document.expires)


def is_withdrawn(document: DocumentFacts) -> bool:
    """Whether the document is a Kyrgyz ID card of the series AN, withdrawn in 2024.

    Typed by hand the series may stand in Cyrillic letters.
    """
    series = document.number.replace(" ", "").upper()[:2]
    return document.country == "KGZ" and series in ("AN", "АН")


def is_adult(one: PersonFacts, asked: Asked) -> bool:
    """Whether the person is an adult that day. An unknown birth makes no adult of them."""
    adult = adult_from(one.birth)
    return adult is not None and adult <= asked.day
