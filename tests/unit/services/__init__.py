"""The services of the gate, proved on a real encrypted register."""
