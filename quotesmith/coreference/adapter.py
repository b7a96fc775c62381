"""coreferee's grammar with our scorer, on bounded windows of the Doc."""

import copy
from functools import cache
from typing import Any

from attrs import frozen
from spacy.tokens import Doc
from spacy.vocab import Vocab

from quotesmith.coreference.clusters import Cluster, about_targets
from quotesmith.coreference.on_doc import chain_cluster
from quotesmith.coreference.scorer import TendencyScorer
from quotesmith.coreference.windows import copy_windows, find_windows
from quotesmith.errors import MissingAnnotationError
from quotesmith.lexicon.people import load_people
from quotesmith.records import TextSpans

CHAIN_MENTIONS = 50
COREFEREE_FEATURES = (
    "tags",
    "morphs",
    "ent_types",
    "lefthand_deps_to_children",
    "righthand_deps_to_children",
    "lefthand_deps_to_parents",
    "righthand_deps_to_parents",
    "parent_tags",
    "parent_morphs",
    "parent_lefthand_deps_to_children",
    "parent_righthand_deps_to_children",
)


@frozen
class _Pipeline:
    """As much of a spaCy pipeline as coreferee asks for."""

    meta: dict[str, str]
    vocab: Vocab


# Questions that its rules ask about one token again and again.
_QUESTIONS = (
    "is_independent_noun",
    "is_potential_anaphor",
    "is_potentially_definite",
    "is_potentially_introducing_noun",
    "is_potentially_referring_back_noun",
    "get_propn_subtree",
)


@frozen
class CorefereeAdapter:
    """Clusters by coreferee's grammar; needs a parse, and none of coreferee's own models.

    Linear in the targets: only windows around them are read, on copies. The caller's Doc stays as it is.
    """

    language: str = "en"

    def __call__(self, doc: Doc, targets: TextSpans) -> list[Cluster]:
        """The clusters with a mention that overlaps a target, in order of their first mention.

        Raises:
            MissingAnnotationError: if `doc` has words but no dependency parse.
        """
        if not targets or not len(doc):
            return []
        if not doc.has_annotation("DEP"):
            msg = "coreference needs a dependency parse; add 'parser' to the pipeline, or use coref='none'"
            raise MissingAnnotationError(msg)
        clusters: list[Cluster] = []
        for start, window in copy_windows(doc, find_windows(doc, targets)):
            annotator = self._annotator(window.vocab)
            # What coreferee does itself outside of training; it would then tidy up, which a copy doesn't need.
            annotator.rules_analyzer.initialize(window)
            annotator.annotate(window, used_in_training=True)
            offset = doc[start].idx
            clusters.extend(chain_cluster(window, chain, offset=offset) for chain in window._.coref_chains)
        return about_targets(clusters, targets)

    def _annotator(self, vocab: Vocab) -> Any:
        """An annotator for one window; its memory of the window is shared with no other thread."""
        from coreferee.annotation import Annotator
        from coreferee.data_model import FeatureTable
        from coreferee.manager import CorefereeBroker

        CorefereeBroker.set_extensions()
        shim = _Pipeline({"lang": self.language}, vocab)
        annotator = Annotator(shim, shim, FeatureTable(**{feature: [] for feature in COREFEREE_FEATURES}), None)
        annotator.rules_analyzer = _remembering(annotator.rules_analyzer)
        annotator.tendencies_analyzer = TendencyScorer(load_people(self.language))
        whole_chain = annotator.get_compatibility

        def bounded_chain(token: Any, mentions: set[Any]) -> Any:
            if len(mentions) <= CHAIN_MENTIONS:
                return whole_chain(token, mentions)
            nearest = sorted(mentions, key=lambda mention: abs(mention.root_index - token.i))
            return whole_chain(token, set(nearest[:CHAIN_MENTIONS]))

        annotator.get_compatibility = bounded_chain
        return annotator


def _remembering(rules: Any) -> Any:
    """A copy of the rules that looks words up in sets and asks each question about a token once."""
    rules = copy.copy(_with_sets(rules))
    for question in _QUESTIONS:
        setattr(rules, question, cache(getattr(rules, question)))
    return rules


@cache
def _with_sets(rules: Any) -> Any:
    """A copy of a language's rules in which lists of words are sets; coreferee has one object for all."""
    rules = copy.copy(rules)
    for name, value in vars(rules).items():
        if isinstance(value, list) and name != "blacklisted_phrases":
            setattr(rules, name, frozenset(value))
    return rules
