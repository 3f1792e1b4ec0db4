"""Where a dossier lies: slots, piles, slips, the evening, the paper page."""
