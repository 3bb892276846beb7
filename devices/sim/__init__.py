"""Simulated devices on pseudo-terminals, for `kiosk demo` and the tests."""
