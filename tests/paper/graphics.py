"""Pictures and codes: GS v 0, GS k and GS ( k, which want an empty row and room."""

from __future__ import annotations

from tests.paper.code128 import BadCode, parse
from tests.paper.elements import Barcode, Dots, Qr, Raster
from tests.paper.lettering import Lettering
from tests.paper.picture import qr_squares


class Graphics(Lettering):
    """How the next code will look, and what was stored for it."""

    def reset(self) -> None:
        super().reset()
        self.qr_module, self.qr_correction, self.qr_payload = 3, "L", b""
        self.bar_module, self.bar_height = 3, 162

    def raster(self) -> None:
        zero, mode, wide_low, wide_high, high_low, high_high = self.take(6)
        bytes_wide, rows = wide_low + 256 * wide_high, high_low + 256 * high_high
        self.told(f"GS v 0 {mode}")
        if zero != ord("0") or mode & ~48 not in (0, 1, 2, 3) or not bytes_wide or not rows:
            self.fault(f"unknown GS v {zero:02x} {mode} of {bytes_wide} bytes, {rows} rows")
            return
        if not self.initialised:
            self.fault("a picture before ESC @")
        self.at_beginning("picture")
        width, height = 1 + (mode & 1), 1 + (mode >> 1 & 1)
        if bytes_wide * 8 * width > self.area:
            self.fault(f"a picture of {bytes_wide * 8 * width} dots on {self.area}")
        dots = Dots(bytes_wide * 8, rows, self.take(bytes_wide * rows))
        self.paper.items.append(Raster(dots, self.align, width, height))

    def barcode(self) -> None:
        system, count = self.take(2)
        data = self.take(count)
        self.told(f"GS k {system}")
        if system != 73:
            self.fault(f"unknown barcode {system}")
            return
        self.at_beginning("barcode")
        try:
            code = parse(data)
        except BadCode as reason:
            self.fault(f"bad CODE128: {reason}")
            return
        if code.modules * self.bar_module > self.area:
            self.fault(f"a barcode of {code.modules * self.bar_module} dots on {self.area}")
        self.paper.items.append(
            Barcode(code.text, code.values, self.bar_module, self.bar_height, self.align)
        )

    def two_dimensional(self) -> None:
        low, high = self.take(2)
        if low + 256 * high < 3:
            self.fault("GS ( k without its parameters")
            return
        code, function, *parameters = self.take(low + 256 * high)
        self.told(f"GS ( k {code} {function}")
        if code != 49:
            self.fault(f"unknown 2D code {code}")
            return
        match function, parameters:
            case 65, [50, 0]:
                pass
            case 65, _:
                self.fault("QR codes are of model 2")
            case 67, [module] if 1 <= module <= 16:
                self.qr_module = module
            case 69, [level] if 48 <= level <= 51:
                self.qr_correction = "LMQH"[level - 48]
            case 80, [48, *payload] if payload:
                self.qr_payload = bytes(payload)
            case 81, [48]:
                self.print_qr()
            case _:
                self.fault(f"unknown QR function {function} with {parameters[:4]}")

    def print_qr(self) -> None:
        self.at_beginning("QR code")
        if not self.qr_payload:
            self.fault("empty QR code")
            return
        if not self.qr_payload.isascii():
            self.fault("a reader would guess the letters of this QR code")
            return
        qr = Qr(self.qr_payload.decode(), self.qr_module, self.qr_correction, self.align)
        wide = len(qr_squares(qr)) * qr.module
        if wide > self.area:
            self.fault(f"a QR code of {wide} dots on {self.area}")
        self.paper.items.append(qr)
