"""Doc -> clusters of mentions that refer to one entity, whoever finds them."""

from quotesmith.coreference.adapter import CorefereeAdapter
from quotesmith.coreference.clusters import Cluster, CoreferenceResolver, no_clusters
from quotesmith.coreference.on_doc import clusters_on_doc

__all__ = ["Cluster", "CorefereeAdapter", "CoreferenceResolver", "clusters_on_doc", "no_clusters"]
