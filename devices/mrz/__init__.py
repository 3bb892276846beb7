"""The machine-readable zone (ICAO Doc 9303) of a document: bytes in, checked fields out."""
