"""Who is one over many documents."""
