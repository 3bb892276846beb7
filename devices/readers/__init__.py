"""Readers of documents and codes.

A driver is one long task: `serial` and `wedge` bring characters, which `framing` cuts, `folder`
and `scanimage` pictures, which a worker reads.
"""
