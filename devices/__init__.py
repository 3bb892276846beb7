"""Passport readers and printers of a counter, on one event loop; knows nothing of prisons.

`devices.hub` runs them, `devices.events` is what they say, `devices.errors` what a line can
fail with, `devices.health` the words for their condition.
"""
