"""Parsers held against bytes that nobody thought of; docs/reliability.md says how it is run."""
