"""``qualifox policy show``, ``diff`` and ``schema``: a policy to read, to compare and to edit."""

import json as json_text
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualifox.options import JsonOption, LanguageOption, chosen_language
from qualifox.terminal import out, print_json, say

if TYPE_CHECKING:
    from features.policy import Policy

FileArgument = Annotated[Path, typer.Argument(help="The policy file.", show_default=False)]
DIFFERENT = 1


def show(
    file: FileArgument,
    *,
    html: Annotated[
        Path | None, typer.Option("--html", help="Write the page to this file, in both languages.")
    ] = None,
    json: JsonOption = False,
    language: LanguageOption = "en",
) -> None:
    """Print a policy as a page that everybody can read."""
    from features.policy import load_policy
    from reports.policy_html import render_policy
    from reports.policy_lines import policy_lines
    from reports.policy_page import policy_page

    tongue, policy = chosen_language(language), load_policy(file)
    if html is not None:
        write_whole(html, render_policy(policy, tongue).encode())
        say(f"page: {html}")
    page = policy_page(policy, tongue)
    if json:
        print_json({"page": page.to_data(), "policy": dict(policy.data)})
    elif html is None:
        for line in policy_lines(page):
            out.print(line, soft_wrap=False)


def diff(
    before: Annotated[Path, typer.Argument(help="A policy file.", show_default=False)],
    after: Annotated[Path, typer.Argument(help="The other one.", show_default=False)],
    *,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with 1 when the policies differ.")
    ] = False,
    json: JsonOption = False,
    language: LanguageOption = "en",
) -> int:
    """Say in words what changes for deals from one policy to another."""
    from features.policy import load_policy
    from reports.difference_lines import difference_lines
    from reports.policy_difference import policy_difference

    tongue = chosen_language(language)
    found = policy_difference(load_policy(before), load_policy(after), tongue)
    if json:
        print_json(found.to_data())
    else:
        for line in difference_lines(found):
            out.print(line, soft_wrap=False)
    return DIFFERENT if exit_code and found.groups else 0


def schema(file: FileArgument) -> None:
    """Write the JSON Schema of a policy beside it, and name it in the file's first line."""
    from features.policy.json_schema import policy_schema
    from features.policy.schema_line import with_schema_line

    policy = _policy_as_far_as_it_goes(file)
    place = file.with_name(f"{file.stem}.schema.json")
    text = json_text.dumps(policy_schema(policy), ensure_ascii=False, indent=1)
    write_whole(place, f"{text}\n".encode())
    content = file.read_bytes()
    named = with_schema_line(content, place.name)
    if named != content:
        write_whole(file, named)
    say(f"schema: {place}")


def _policy_as_far_as_it_goes(file: Path) -> "Policy | None":
    """Return the policy, None where it has mistakes; a file that holds no mapping is an error."""
    from features.errors import PolicyError
    from features.policy import load_policy
    from features.policy.inheritance import read_policy_file

    try:
        return load_policy(file)
    except PolicyError as error:
        source, _ = read_policy_file(file)
        if not isinstance(source.data, dict):
            raise
        say(f"the file has mistakes, so its schema knows no names yet:\n{error}")
        return None


def write_whole(file: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all; a link goes on pointing to it."""
    import os
    import tempfile

    target = file.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    mode = target.stat().st_mode & 0o777 if target.exists() else None
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        draft.chmod(0o644 if mode is None else mode)
        draft.replace(target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
