"""``qualifox``: every command, and what a person sees when something is wrong."""

import sys

import typer
from typer.exceptions import TyperException

from features.errors import InputError, QualifoxError
from models.version import CODE_VERSION
from qualifox.accounts import accounts
from qualifox.bento import bento
from qualifox.deals import deals
from qualifox.demo import demo, simulate, stop
from qualifox.doctor import doctor
from qualifox.effort import effort
from qualifox.explain import explain
from qualifox.follow import follow
from qualifox.home import be_quiet
from qualifox.keys import keys_commands
from qualifox.log import log_commands
from qualifox.monitor import monitor
from qualifox.one_deal import answer, what_if
from qualifox.override import override
from qualifox.plan import plan
from qualifox.policy import policy_commands
from qualifox.promote import promote
from qualifox.refused import refused
from qualifox.replay import replay
from qualifox.retrain import retrain
from qualifox.review import review
from qualifox.rollback import rollback
from qualifox.score import score
from qualifox.serve import serve
from qualifox.terminal import say
from qualifox.train import train

CHECK_FAILED, WRONG_USE = 1, 2

app = typer.Typer(
    help="Which deals deserve our effort, which do not, and what must we find out first?",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
MODELS = (train, retrain, promote, rollback, review, monitor)
PAST = (replay, effort, refused, override)
OPEN = (score, answer, what_if, plan, accounts)
SERVICE = (serve, follow, bento, stop)
for command in (*MODELS, *PAST, *OPEN, *SERVICE, doctor, simulate, demo, explain):
    app.command()(command)
app.add_typer(deals, name="deals")
app.add_typer(policy_commands, name="policy")
app.add_typer(keys_commands, name="keys")
app.add_typer(log_commands, name="log")


@app.callback(invoke_without_command=True)
def root(
    *,
    version: bool = typer.Option(False, "--version", help="Print the version and stop."),
) -> None:
    """Ask which deals deserve our effort."""
    if version:
        typer.echo(CODE_VERSION)
        raise typer.Exit


def run(arguments: list[str]) -> int:
    """Run a command line and return its exit status: 0 done, 1 a check failed, 2 wrong use."""
    be_quiet()
    try:
        status = app(arguments, standalone_mode=False, prog_name="qualifox")
    except TyperException as error:
        told = getattr(error, "format_message", error.__str__)()
        say(f"error: {told}\n  hint: qualifox {' '.join(arguments[:1])} --help")
        return WRONG_USE
    except (typer.Abort, KeyboardInterrupt):
        say("stopped")
        return CHECK_FAILED
    except OSError as error:
        say(f"error: {error.filename or 'the system'}: {error.strerror or error}")
        return CHECK_FAILED
    except QualifoxError as error:
        say(f"error: {error}")
        return WRONG_USE if isinstance(error, InputError) else CHECK_FAILED
    return status if isinstance(status, int) else 0


def main() -> None:
    """Run the command line of this process."""
    sys.exit(run(sys.argv[1:]))
