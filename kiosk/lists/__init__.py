"""Lists as offices send them: files in, checked lines and named faults out. Pure."""
