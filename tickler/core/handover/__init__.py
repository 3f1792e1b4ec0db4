"""A pile handed to a colleague: what both sides changed, and what a stand-in must know first."""
