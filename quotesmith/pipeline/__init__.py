"""The spaCy edge: bounded input in, the component, its data on the Doc."""

from quotesmith.pipeline.component import QuotesmithComponent
from quotesmith.pipeline.extensions import annotate
from quotesmith.pipeline.loading import load
from quotesmith.pipeline.reading import pipe, read

__all__ = ["QuotesmithComponent", "annotate", "load", "pipe", "read"]
