from features.texts import Text
from training.policy_draft.columns import DraftColumn, Use
from training.policy_draft.criteria import (
    Candidate,
    balanced,
    candidate_criteria,
    candidate_knockouts,
    evidence_of,
)
from training.policy_draft.evidence import Answer, Compared
from training.policy_draft.fields import DraftField
from training.readers.column_kinds import ColumnKind


def field(name, kind="category", doubtful=()):
    column = DraftColumn(header=name, kind=ColumnKind.CATEGORY, use=Use.MODEL)
    label = Text(en=name, fr=f"« {name} »")
    return DraftField(
        name=name, column=column, data={"type": kind}, label=label, doubtful=doubtful
    )


def compared(name, answer, won, deals=100, *, rest=50, tells=True):
    return Compared(field=name, answer=answer, won=won, deals=deals, rest_won=rest, rest_deals=100,
                    tells=tells)  # fmt: skip


def test_evidence_in_words():
    text = evidence_of(compared("a", Answer("Big"), 41, 60, rest=32))
    assert text.en == "Big: won 41 of 60, 68% [58%-77%], against 32%"
    assert text.fr.replace("\xa0", " ") == "Big : 41 sur 60 gagnées, 68 % [58 %-77 %], contre 32 %"


def test_two_answers_are_one_condition_on_the_good_side():
    yes, no = compared("a", Answer(True), 20), compared("a", Answer(False), 50, rest=20)
    (found,) = candidate_criteria([yes, no], {"a": field("a", "boolean")})
    assert found.data["when"] == {"a": False}
    assert found.data["points"] > 0


def test_a_word_that_may_be_unknown_earns_nothing():
    words = [compared("a", Answer(word), won) for word, won in
             (("x", 80), ("Unknown", 10), ("y", 50))]  # fmt: skip
    (found,) = candidate_criteria(words, {"a": field("a", doubtful=("Unknown",))})
    assert list(found.data["values"]) == ["x"]
    assert found.data["otherwise"] == 0


def test_neighbouring_bands_of_the_same_points_are_one():
    edges = [None, 1.0, 2.0, 3.0, None]
    bands = [compared("n", Answer(low=low, high=high), won) for low, high, won in
             zip(edges, edges[1:], (80, 80, 50, 50), strict=False)]  # fmt: skip
    (found,) = candidate_criteria(bands, {"n": field("n", "number")})
    assert [band.get("below") for band in found.data["bands"]] == [2, None]


def test_at_most_eight_the_surest_first():
    names = [f"f{n}" for n in range(12)]
    several = [compared(name, Answer("x"), 60 + n) for n, name in enumerate(names)]
    several += [compared(name, Answer(word), 50, tells=False) for name in names for word in "yz"]
    found = candidate_criteria(several, {name: field(name) for name in names})
    assert [one.field for one in found] == [f"f{n}" for n in range(11, 3, -1)]


def test_no_criterion_weighs_more_than_all_the_others():
    def candidate(points):
        return Candidate(field="f", data={"points": points}, evidence=())

    found = balanced([candidate(30), candidate(10), candidate(10)])
    assert [one.data["points"] for one in found] == [20, 10, 10]
    assert "lowered" in found[0].evidence[0].en
    assert balanced([candidate(30), candidate(5)])[0].data["points"] == 30
    assert balanced([]) == ()


def test_only_the_hopeless_are_proposed_as_knockouts():
    words = [compared("a", Answer("dead"), 0), compared("a", Answer("poor"), 20),
             compared("a", Answer("rare"), 0, 12)]  # fmt: skip
    (found,) = candidate_knockouts(words, {"a": field("a")})
    assert found.data["when"] == {"a": "dead"}
    assert found.data["then"] == "no_go"
