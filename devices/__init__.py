"""Passport readers, printers and scales of a counter, on one loop; knows nothing of prisons.

`devices.hub` runs them, `devices.events` is what they say, `devices.errors` what a line can
fail with, `devices.health` the words for their condition.
"""
