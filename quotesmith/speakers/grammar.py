"""Tags and relations that the rules ask for: Penn tags, universal parts of speech, spaCy's English labels."""

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
OBJECTS = frozenset({"dobj", "iobj", "dative", "obj"})
# What acts or owns is somebody rather than a place, which is where something happens.
ACTORS = SUBJECTS | {"poss"}
PARTICIPANTS = ACTORS | {"dobj", "pobj", "conj"}
# Relations of the head of a noun phrase.
PHRASE_HEADS = PARTICIPANTS | {"iobj", "dative", "attr", "appos", "oprd"}
# Relations by which a word stands in the clause where its head does.
SAME_PLACE = frozenset({"conj", "appos", "compound"})
NOMINALS = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
# Headings write verbs with capitals too: "Okafor Breaks With Lindqvist".
CLAUSE_WORDS = frozenset({"VERB", "AUX", "ADP", "SCONJ", "CCONJ", "PRON", "DET", "ADV", "PART"})
CLOSED_CLASSES = CLAUSE_WORDS - {"VERB", "ADV"}
PLURAL_TAGS = frozenset({"NNS", "NNPS"})
PHRASE_BREAKS = frozenset({",", "(", "[", ";", ":", "–", "—", "-"})
OPENING_BRACKETS = frozenset({"(", "["})
HYPHENS = frozenset({"-", "‐", "‑"})
