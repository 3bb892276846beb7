"""Bytes that no reader should send, a million of them: `python -m tests.fuzz`."""
