"""The commands, one room a subject; each imports what it needs when it is called."""
