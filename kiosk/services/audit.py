"""Checks that what is recorded is what was recorded: the chain, the seals, the caches.

Whoever changes the file with the database's own key must get past the triggers, then past
the digests and macs, whose key is another; a tail cut off whole shows only against a head
kept elsewhere, so the last head stands beside the file and on each closing slip.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.models import PERSONAL
from kiosk.models.audit import Pen
from kiosk.models.base import columns_of, subject_of, table_of
from kiosk.models.engine import RegisterFile
from kiosk.services.caches import check_caches, check_numbers, check_words
from kiosk.services.chain import NO_MAC, digest, mac, seal
from kiosk.services.chained_rows import ChainedRows, read
from kiosk.services.desk import Desk
from kiosk.services.findings import Finding, FindingKind, Findings
from kiosk.services.goods.lots import check_lots


@dataclass(frozen=True, slots=True)
class Verification:
    """`head` is the code of the last entry, in four groups, as closing slips print it."""

    entries: int
    rows: int
    personal_rows: int
    head: str
    findings: tuple[Finding, ...]

    @property
    def is_whole(self) -> bool:
        return not self.findings


def head_code(last_mac: bytes) -> str:
    """The head of a chain as people compare it: `1e88 b76b 632c 5688`."""
    digits = last_mac[:8].hex()
    return " ".join(digits[at : at + 4] for at in range(0, 16, 4))


def verify(desk: Desk) -> Verification:
    """Checks the whole register of the desk's gate; to be run with `db.read`.

    Sees one state of the register, so admissions may go on meanwhile.
    """
    file: RegisterFile = Pen._meta.database
    found = Findings()
    # Before the first query: a head written later may belong to an entry not seen here.
    kept = _kept_head(file, desk.gate)
    chain = _check_chain(file, desk, kept, found)
    sealed = _check_seals(file, desk.audit_key, found)
    check_numbers(file, found)
    check_caches(file, found)
    check_words(file, found)
    check_lots(file, found)
    return Verification(
        entries=chain.entries,
        rows=chain.rows,
        personal_rows=sealed,
        head=head_code(chain.mac),
        findings=found.listed(),
    )


# ---- the chain and its facts


@dataclass(slots=True)
class _Chain:
    entries: int = 0
    rows: int = 0
    last: int = 0
    mac: bytes = NO_MAC


def _check_chain(
    file: RegisterFile, desk: Desk, kept: tuple[int, bytes] | None, found: Findings
) -> _Chain:
    chain = _Chain()
    facts = ChainedRows(file, desk.gate)
    # Entries whose rows did not fit in the order of the file; looked at once more when
    # rows that stand out of their order are known.
    doubtful: dict[int, tuple[bytes, int, list[tuple[str, bytes]]]] = {}
    holes: list[range] = []
    follows = True
    entries = read(
        file,
        "SELECT seq, at, offset_min, staff_id, object_id, rows, digest, mac, action"
        " FROM audit_entry WHERE gate_id = ? ORDER BY seq",
        desk.gate,
    )
    for seq, at, offset_min, staff_id, object_id, rows, covered, entry_mac, action in entries:
        if seq != chain.last + 1:
            hole = range(chain.last + 1, seq)
            found.add(FindingKind.ENTRY_MISSING, hole.start, len(hole))
            holes.append(hole)
            follows = False
        # Without its neighbour an entry cannot be checked; the next one can.
        if follows and entry_mac != mac(
            desk.audit_key,
            gate=desk.gate,
            seq=seq,
            at=at,
            offset_min=offset_min,
            staff_id=staff_id,
            object_id=object_id,
            rows=rows,
            digest=covered,
            previous=chain.mac,
            action=action,
        ):
            found.add(FindingKind.MAC, seq)
        if kept is not None and kept[0] == seq and kept[1] != entry_mac:
            found.add(FindingKind.CUT_OFF, seq)
        its_rows = facts.of(seq)
        if len(its_rows) != rows or digest(its_rows) != covered:
            doubtful[seq] = (covered, rows, its_rows)
        chain.entries += 1
        chain.rows += rows
        chain.last, chain.mac, follows = seq, entry_mac, True
    facts.drain()
    for seq, (covered, rows, its_rows) in doubtful.items():
        its_rows += facts.strays.pop(seq, [])
        if len(its_rows) != rows or digest(its_rows) != covered:
            found.add(FindingKind.ROWS, seq)
    for seq, strays in sorted(facts.strays.items()):
        if 0 < seq <= chain.last and not any(seq in hole for hole in holes):
            found.add(FindingKind.ROWS, seq)
        else:
            found.add(FindingKind.STRAY_ROW, f"{strays[0][0]}, {seq}", len(strays))
    for table, gate in facts.foreign:
        found.add(FindingKind.STRAY_ROW, f"{table}, {gate}")
    _check_heads(file, desk.gate, chain, kept, found)
    return chain


def _check_heads(
    file: RegisterFile,
    gate: int,
    chain: _Chain,
    kept: tuple[int, bytes] | None,
    found: Findings,
) -> None:
    pen = next(read(file, "SELECT seq, mac FROM pen WHERE gate_id = ?", gate), (0, NO_MAC))
    if pen != (chain.last, chain.mac):
        found.add(FindingKind.PEN, chain.last)
    if kept is None:
        if chain.entries:
            found.add(FindingKind.HEAD_MISSING, file.head_path.name)
    elif kept[0] > chain.last:
        found.add(FindingKind.CUT_OFF, kept[0])


def _kept_head(file: RegisterFile, gate: int) -> tuple[int, bytes] | None:
    """The head in the file beside the database; it may lag, it never leads."""
    try:
        lines = file.head_path.read_text(encoding="ascii").splitlines()
        heads = {
            int(one): (int(seq), bytes.fromhex(code))
            for one, seq, code in map(str.split, lines)
        }
    except (OSError, ValueError):
        return None
    return heads.get(gate, (0, NO_MAC))


# ---- personal data


def _check_seals(file: RegisterFile, key: bytes, found: Findings) -> int:
    checked = 0
    for model in PERSONAL:
        table, columns, subject = table_of(model), sorted(columns_of(model)), subject_of(model)
        names = ", ".join(f'p."{column}"' for column in columns)
        joined = read(
            file,
            f'SELECT s.mac, s.gate_id, s.audit_seq, s.subject_id, s."table", {names}'
            f" FROM {table} p LEFT JOIN seal s ON s.id = p.id",
        )
        for sealed_by, gate, seq, subject_id, sealed_table, *values in joined:
            checked += 1
            row = dict(zip(columns, values, strict=True))
            name = f"{table} {row['id'].hex()}"
            if sealed_by is None:
                found.add(FindingKind.SEAL_MISSING, name)
            elif sealed_by != seal(key, table, row) or (
                (gate, seq, subject_id, sealed_table)
                != (row["gate_id"], row["audit_seq"], row[subject], table)
            ):
                found.add(FindingKind.SEAL_BROKEN, name)
        gone = read(
            file,
            'SELECT s.id FROM seal s WHERE s."table" = ?'
            f" AND NOT EXISTS (SELECT 1 FROM {table} p WHERE p.id = s.id)"
            " AND NOT EXISTS (SELECT 1 FROM erasure e WHERE e.subject_id = s.subject_id)",
            table,
        )
        for (identifier,) in gone:
            found.add(FindingKind.PERSONAL_ROW_GONE, f"{table} {identifier.hex()}")
    return checked
