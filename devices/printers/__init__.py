"""Thermal printers that speak ESC/POS: text to bytes, bytes to paper, and what they say back.

`printer` is the interface and its outcomes, `line` and `file` are printers, `escpos` builds
the bytes of one paper in the letters of `codepages`, those that a printer lacks taught to it
by `user_defined` or drawn by `drawing`, and `status` reads the answers.
"""
