"""The words of relations, of permissions, and of records that are one."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from kiosk.codes import Consent, Difference, Issuer, Proof, SameGround
from kiosk.text import N_

WORDS: Mapping[type[Enum], Mapping[Enum, str]] = {
    Proof: {
        Proof.PASSPORT: N_("passport or ID card"),
        Proof.BIRTH_CERTIFICATE: N_("certificate of birth"),
        Proof.MARRIAGE_CERTIFICATE: N_("certificate of marriage"),
        Proof.COURT_DECISION: N_("decision of a court"),
        Proof.OTHER: N_("another paper"),
    },
    Consent: {
        Consent.YES: N_("agrees"),
        Consent.NO: N_("REFUSES"),
        Consent.UNASKED: N_("not asked"),
    },
    SameGround: {
        SameGround.DOCUMENT: N_("a document shows it"),
        SameGround.PERSONAL_NUMBER: N_("the same personal number"),
        SameGround.FACE: N_("known by sight"),
        SameGround.OTHER: N_("another ground"),
    },
    Issuer: {
        Issuer.PRISON: N_("head of the prison"),
        Issuer.INVESTIGATOR: N_("investigator"),
        Issuer.COURT: N_("court"),
        Issuer.PROSECUTOR: N_("prosecutor"),
    },
    Difference: {
        Difference.BIRTH: N_("date of birth"),
        Difference.SEX: N_("sex"),
        Difference.PERSONAL_NUMBER: N_("personal number"),
    },
}
