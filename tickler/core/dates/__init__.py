"""Dates: the grammar a rep types, working days, ranges, repeats, time zones."""
