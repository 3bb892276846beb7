"""What an officer does: one function a step, one transaction each.

Services take the `Desk` first, then who acts; they are plain functions, run on the threads
of `kiosk.models.database`, and give frozen values of `kiosk.values`.
"""
