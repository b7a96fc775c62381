"""Gold corpora in, predictions out, in the form that the scorers of each corpus take."""

from quotesmith.evaluation.gold import iter_gold
from quotesmith.evaluation.predictions import TASKS, Task, iter_predictions

__all__ = ["TASKS", "Task", "iter_gold", "iter_predictions"]
