"""How a model is judged: windows of closing days, splits, figures with intervals, verdicts."""
