"""Scales on a serial line: what they send, cut and understood; when a weight is at rest.

`profiles` says what is known of a make, `serial` runs one. `lines`, `frames`, `weights` and
`settling` are pure.
"""
