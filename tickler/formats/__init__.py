"""Bytes to rows and back: one module a format, none of them knows the database."""
