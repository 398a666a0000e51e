"""``qualifox policy``: read, compare and edit policies."""

import typer

from qualifox.policy_pages import diff, schema, show

policy_app = typer.Typer(
    help="Read, check, compare and edit policies.", no_args_is_help=True, add_completion=False
)
for command in (show, diff, schema):
    policy_app.command()(command)
