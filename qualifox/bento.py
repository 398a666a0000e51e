"""``qualifox bento``: the service and its champion in one bento, for where there is no MLflow."""

import tempfile
from pathlib import Path

from qualifox.home import home_folder
from qualifox.options import JsonOption, ModelOption, chosen_model
from qualifox.terminal import out, print_json, say


def bento(*, model: ModelOption = None, json: JsonOption = False) -> None:
    """Build a bento that carries the champion, and print its tag."""
    from models.registry import Registry
    from serving.bento import build, lay_out

    home = home_folder()
    registry = Registry(home)
    champion = chosen_model(registry, model)
    folder = registry.fetch(champion)
    with tempfile.TemporaryDirectory(prefix="qualifox-bento-") as place:
        tag = build(lay_out(folder, Path(place) / "bento"), home / "bentoml")
    if json:
        print_json({"tag": tag, "model": champion.name, "version": champion.number})
        return
    out.print(tag, markup=False)
    say(f"serve it with: BENTOML_HOME={home / 'bentoml'} bentoml serve {tag}")
