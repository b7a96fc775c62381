"""Speech that the layout of a page gives: turns of dialogue, and turns behind a speaker's label."""
