"""From files, folders and patterns to documents: one module a format, and what they share."""
