"""A second, naive reading of the deciding rules, written apart from kiosk.rules.

It answers a case of the case format day by day and row by row, with no thought of speed, so
that two readings of the same text can be compared over many made-up cases:

    python -m tests.oracle --cases 100000
"""
