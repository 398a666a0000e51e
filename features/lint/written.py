"""Parts of a policy as they would stand in its file, short enough for a sentence."""

import json
import re

from features.conditions import Condition
from features.errors import printable

LONGEST_PART = 90
_QUOTED_WORD = re.compile(r'"([A-Za-z_][A-Za-z_ ]*)"')
_WORDS_OF_YAML = frozenset({"true", "false", "null"})


def in_yaml(condition: Condition) -> str:
    """Return a condition as YAML on one line.

    >>> from features.conditions import Comparison
    >>> in_yaml(Comparison("amount", "above", 5.0))
    '{amount: {above: 5}}'
    """
    text = json.dumps(_shown(condition.to_data()), ensure_ascii=False)
    return printable(_QUOTED_WORD.sub(_bare, text), LONGEST_PART)


def _shown(data: object) -> object:
    if isinstance(data, dict):
        return {key: _shown(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_shown(item) for item in data]
    return int(data) if isinstance(data, float) and data.is_integer() else data


def _bare(quoted: "re.Match[str]") -> str:
    word = quoted.group(1)
    return quoted.group(0) if word.lower() in _WORDS_OF_YAML else word
