"""Search words, and the excerpts that show where they were found."""
