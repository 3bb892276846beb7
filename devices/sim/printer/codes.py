"""Barcodes and QR codes as a printer makes them: what they say, and how wide they come. Pure.

Sizes are in modules (narrow bars, squares), by ISO/IEC 15417 (CODE128) and 18004 (QR).
"""

from __future__ import annotations

# GS k m; 0 to 6 are the same in the older form.
_KINDS = ("UPC-A", "UPC-E", "EAN13", "EAN8", "CODE39", "ITF", "CODABAR", "CODE93", "CODE128")
_CODE128 = 73
# Bytes that a QR code of version 1, 2, … holds at correction M.
_QR_BYTES = (14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504)


def barcode(parameters: bytes) -> tuple[str, int]:
    """The code of GS k m … as "[CODE128 V-26-1]", and its width in modules (0: unknown).

    ("", 0) for what the printer does not print: an unknown kind, or CODE128 whose data does
    not begin with its code set.
    """
    kind = parameters[0]
    data = parameters[2 : 2 + parameters[1]] if kind >= 65 else parameters[1:-1]
    if kind == _CODE128:
        return _code128(data)
    at = kind - 65 if kind >= 65 else kind
    if not data or at >= len(_KINDS):
        return "", 0
    return f"[{_KINDS[at]} {data.decode('ascii', 'replace')}]", 0


def _code128(data: bytes) -> tuple[str, int]:
    """`data` names its code set first: {A, {B or {C; in C a byte is two digits."""
    if data[:2] not in (b"{A", b"{B", b"{C"):
        return "", 0
    text = ""
    symbols = 1  # the check digit
    code_set = 0
    at = 0
    while at < len(data):
        if data[at] == 0x7B and data[at + 1 : at + 2] != b"{":
            code_set = data[at + 1] if data[at + 1 : at + 2] in (b"A", b"B", b"C") else code_set
            at += 1
        elif code_set == ord("C"):
            text += f"{data[at]:02}"
        else:
            text += chr(data[at])
            at += data[at] == 0x7B
        symbols += 1
        at += 1
    # Eleven modules a symbol, thirteen the stop sign.
    return f"[CODE128 {text}]", 11 * symbols + 13


def qr(data: bytes) -> tuple[str, int]:
    """The code as "[QR …]", and the modules of its side without the white around it."""
    version = next(
        (number for number, most in enumerate(_QR_BYTES, 1) if len(data) <= most), 40
    )
    return f"[QR {data.decode('utf-8', 'replace')}]", 17 + 4 * version
