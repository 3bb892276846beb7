"""Benchmarks of the real program: `python -m tests.bench` prints the table of the README."""
