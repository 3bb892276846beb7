"""Cuts the bytes of any reader into documents and codes, whatever stands around them.

`Framer` is fed what comes. `text` finds zones in plain characters, `envelopes` opens blocks
with a check and commands with a length, `decodings` tries other meanings of the bytes.

Pure: bytes in, frames out; the caller keeps the time.
"""

from devices.readers.framing.framer import Framer
from devices.readers.framing.frames import (
    BlockEnd,
    Code,
    CodeFrame,
    Frame,
    MrzFrame,
    RejectedFrame,
)

__all__ = [
    "BlockEnd",
    "Code",
    "CodeFrame",
    "Frame",
    "Framer",
    "MrzFrame",
    "RejectedFrame",
]
