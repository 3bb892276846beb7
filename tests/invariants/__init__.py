"""What must hold at the gate whatever happens: days played by a machine, and its promises.

    python -m tests.invariants --steps 20000 --seed 7

plays as many acts as it is told; the test beside it plays a few days in every run.
"""
