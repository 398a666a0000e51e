"""One trial, in the process that it may kill: ``python -m serving.champion FOLDER VERSION``.

Prints one line of JSON and ends with 0 where the version is sound, with 3 where it is bad, and
with 4 where the machine, and not the version, is at fault.
"""

import json
import sys
from pathlib import Path

from features.errors import ArtifactError, QualifoxError
from models.artifact import is_whole, load_artifact
from models.qualifier import Qualifier
from serving.champion.canary import answers_to_canaries, golden, require_same

BAD, NO_VERDICT = 3, 4


def main(folder: Path, version: str) -> int:
    """Load a version twice, ask both the canary deals, and compare."""
    try:
        first, second = _loaded(folder, version), _loaded(folder, version)
        require_same(answers_to_canaries(first), answers_to_canaries(second))
        line = {"golden": golden(first), "policy": first.policy.fingerprint}
    except (OSError, MemoryError, ImportError) as error:
        print(repr(error), file=sys.stderr)
        return NO_VERDICT
    except QualifoxError as error:
        print(str(error).splitlines()[0], file=sys.stderr)
        return BAD
    except Exception as error:  # noqa: BLE001 (whatever its numbers make a library raise)
        print(repr(error)[:300], file=sys.stderr)
        return BAD
    print(json.dumps(line))
    return 0


def _loaded(folder: Path, version: str) -> Qualifier:
    if not is_whole(folder, version):
        raise ArtifactError("its files are not those that its version names")
    return load_artifact(folder)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
