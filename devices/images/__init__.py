"""Pictures of documents, read in a process of their own: nothing here is imported by the kiosk
but `reading`, what a picture amounts to, and `worker`'s other end."""
