"""The four kinds of table, from which triggers, seals and digests are derived."""

from __future__ import annotations

from typing import Any

from peewee import Model

from kiosk.models.fields import Big, Bytes, Id, Small


class Row(Model):
    """Any table of the register. Its database is bound when one is opened."""

    class Meta:
        # Typed columns on SQLite: a text can never slip into a number's place, so what is
        # hashed is what stands there.
        strict_tables = True
        # WITHOUT ROWID on SQLite: for tables read by a short key of several columns. Facts
        # gain nothing by it (2,151 bytes a visit against 2,094, as every other index would
        # carry the 16 bytes), and their row order is the order in which they were chained.
        clustered = False
        legacy_table_names = False


class Frozen(Row):
    """Inserted and never changed or deleted; the database refuses it by trigger."""


class Fact(Frozen):
    """Something that happened. Covered by the digest of the audit entry `audit_seq`."""

    id = Id(primary_key=True)
    gate_id = Small()
    audit_seq = Big()


class Personal(Row):
    """Data about a person: inserted, never changed, deleted only after an `erasure`.

    Covered by a `seal` of the same id instead of the chain; the salt dies with the row.
    `Meta.subject` names the column that says whose data it is.
    """

    id = Id(primary_key=True)
    gate_id = Small()
    audit_seq = Big()
    salt = Bytes(16)


class Now(Row):
    """A cache of what is true now; follows from facts and can be rebuilt."""


class Local(Row):
    """Belongs to this machine: changed freely, never replicated, in no chain."""


def table_of(model: type[Row]) -> str:
    return str(model._meta.table_name)


def columns_of(model: type[Row]) -> tuple[str, ...]:
    """The columns of a table in the order of its definition."""
    return tuple(field.column_name for field in model._meta.sorted_fields)


def subject_of(model: type[Personal]) -> str:
    """The column of a personal table that says whose data a row is."""
    meta: Any = model._meta
    return str(meta.subject)
