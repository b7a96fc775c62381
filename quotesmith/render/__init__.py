"""Documents, selections and graphs for people to look at: HTML and the terminal. Imports no spaCy."""
