"""The rules: pure functions of what they are given; no clock, no files, no database."""
