"""Who has the turn, and who is spoken to."""
