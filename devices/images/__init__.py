"""Pictures of documents, read in a process of their own: the kiosk imports nothing of this but
`process`, and what that needs: `child`, `protocol` and `reading`."""
