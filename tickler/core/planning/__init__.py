"""How much fits into a day, and proposals that move what does not fit."""
