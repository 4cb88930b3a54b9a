"""Answers as JSON, the same over HTTP, from Python and on the command line; the service adds its links."""
