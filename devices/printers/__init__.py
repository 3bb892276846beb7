"""Thermal printers that speak ESC/POS: text to bytes, bytes to paper, and what they say back.

`printer` is the interface and its outcomes, `escpos_printer` and `file` are printers. `escpos`
builds the bytes of one paper in the letters of `codepages`, those that a printer lacks taught
to it by `user_defined` or drawn by `drawing`.

An `escpos_printer` opens one of the `lines` (serial, `usblp`, `tcp`), again and again; each
`connection` begins with a `greeting` and carries one `delivery` after the other. `commands`
are what is said, `answers` and `status` what is heard.
"""
