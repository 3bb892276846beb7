"""A simulated thermal printer, for the demo, for the tests and for who has none.

`python -m devices.sim.printer --help` starts one by itself.
"""

from devices.sim.printer.answers import Ability
from devices.sim.printer.printer import EVERYTHING, SimulatedPrinter

__all__ = ["EVERYTHING", "Ability", "SimulatedPrinter"]
