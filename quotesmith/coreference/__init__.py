"""Which mentions of a text refer to one entity: what to hold against what, and who says how likely that is."""

from quotesmith.coreference.adapter import CorefereeAdapter
from quotesmith.coreference.clusters import Cluster, CoreferenceResolver, no_clusters
from quotesmith.coreference.learned import AntecedentScorer, Links, LinkScorer, locate
from quotesmith.coreference.mentions import EntityNumber, MentionCandidate, MentionCandidates, MentionContext
from quotesmith.coreference.on_doc import clusters_on_doc
from quotesmith.coreference.pairs import PAIR_FEATURES, Pairs, make_pairs
from quotesmith.coreference.pronouns import GENDERS, MEANT, PronounClass, pronoun_class

__all__ = [
    "GENDERS",
    "MEANT",
    "PAIR_FEATURES",
    "AntecedentScorer",
    "Cluster",
    "CorefereeAdapter",
    "CoreferenceResolver",
    "EntityNumber",
    "LinkScorer",
    "Links",
    "MentionCandidate",
    "MentionCandidates",
    "MentionContext",
    "Pairs",
    "PronounClass",
    "clusters_on_doc",
    "locate",
    "make_pairs",
    "no_clusters",
    "pronoun_class",
]
