"""The screen's process carries no OpenSSL, and whatever asks for it later gets it."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec

import pytest

# In a process of its own: this one has imported everything already.
_SCREEN = """
from pathlib import Path
from kiosk import openssl
openssl.leave_out()
import kiosk.app, kiosk.demo.post, kiosk.services.opening, kiosk.services.staff, kiosk.wiring
libraries = Path("/proc/self/maps").read_text()
assert "/libcrypto" not in libraries and "/libssl" not in libraries, "OpenSSL was loaded"
import hashlib, hmac, ssl
assert hashlib.sha256(b"").hexdigest().startswith("e3b0c442")
assert hmac.digest(b"Jefe", b"what do ya want for nothing?", "sha256").hex()[:8] == "5bdcc146"
import fpdf
"""


@pytest.mark.skipif(find_spec("_md5") is None, reason="a Python without hashes of its own")
def test_what_the_screen_imports_goes_without_openssl_and_a_pdf_gets_it() -> None:
    subprocess.run([sys.executable, "-c", _SCREEN], check=True)
