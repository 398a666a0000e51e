from types import SimpleNamespace

import numpy as np

from training.set_aside import told_aside


def test_nothing_was_set_aside():
    assert told_aside(None, None) == []


def test_deals_without_a_history_are_counted():
    known = SimpleNamespace(covered=np.array([True, False, False]), rewound=("amount",))
    assert told_aside(None, known) == [  # type: ignore[arg-type]
        "as known at their event: amount",
        "2 deals left out: their history says nothing of their event",
    ]
