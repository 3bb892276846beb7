"""Pictures of made-up documents; `python -m tests.pictures` shows how well they are read."""
