"""What the reading of a source set aside, in sentences for whoever trains on it."""

from training.as_known import AsKnown
from training.outcomes.reading import OutcomeReading


def told_aside(reading: OutcomeReading | None, known: AsKnown | None) -> list[str]:
    """Return what was set aside on the way, in sentences."""
    told = []
    if reading is not None:
        told += [text.en for text in reading.warnings]
        told += [f"{int(p.rows.sum()):,} deals set aside: {p.reason.en}" for p in reading.left_out]
    if known is not None:
        lacking = int((~known.covered).sum())
        told.append(f"as known at their event: {', '.join(known.rewound) or 'no column'}")
        if lacking:
            told.append(f"{lacking:,} deals left out: their history says nothing of their event")
    return told
