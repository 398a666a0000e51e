"""A policy written out as YAML that reads back to the same policy."""

from collections.abc import Mapping
from typing import Any

import yaml

from features.policy.yaml_source import plain_scalar


class _Writer(yaml.SafeDumper):
    """Writes every value out, as a policy must, and quotes what would read as something else."""

    def ignore_aliases(self, data: object) -> bool:
        """Refuse anchors."""
        del data
        return True


def _text(writer: _Writer, text: str) -> yaml.ScalarNode:
    is_plain = isinstance(plain_scalar(text), str) and text == text.strip() and text.isprintable()
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style=None if is_plain else '"')


_Writer.add_representer(str, _text)


def written_policy(data: Mapping[str, Any]) -> str:
    """Return data as YAML in blocks, in the order of its keys."""
    return yaml.dump(dict(data), Dumper=_Writer, sort_keys=False, allow_unicode=True, width=10_000)


def written_on_one_line(data: Mapping[str, Any]) -> str:
    r"""Return data as one line of YAML for each of its keys, in their order.

    >>> written_on_one_line({"values": {"1e5": 10, "null": -5}, "ordered": True})
    'values: {"1e5": 10, "null": -5}\nordered: true'
    """
    lines = []
    for key, value in data.items():
        nested = yaml.dump(
            {key: value}, Dumper=_Writer, sort_keys=False, allow_unicode=True, width=1_000_000,
            default_flow_style=True,
        )  # fmt: skip
        lines.append(nested.strip()[1:-1])
    return "\n".join(lines)
