"""May this visit or parcel pass? Pure functions: facts in, a decision out."""
