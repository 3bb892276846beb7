"""Readers of documents and codes: `serial` is the task, `framing` cuts its bytes."""
