"""`qualifox serve` follows the registry: a new alias is answered with, without a restart."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from benchmarks.swaps.judge import Seen, call, service, settled
from benchmarks.swaps.versions import expected, make_version
from qualifox.background import _started, find_service
from qualifox.follow import pointer_of
from serving.champion.follower_note import follower_said
from serving.champion.places import Places
from serving.champion.roll import living_workers
from serving.champion.succession import ring, succeed

PUBLISH = """
import sys
from pathlib import Path
from qualifox.home import be_quiet
be_quiet()
import mlflow
from features.policy import load_policy
from models.registry import Registry
folder, version = Path(sys.argv[2]), sys.argv[3]
policy, registry = load_policy(folder / "policy.yaml"), Registry(Path(sys.argv[1]))
with mlflow.start_run(experiment_id=registry.experiment(policy.name)) as run:
    pass
registry.name_it(registry.publish(folder, version, policy, run.info.run_id), "champion")
"""


def test_a_champion_published_while_it_runs_is_answered_with(tmp_path, serving):
    """The policy answers alone at first; then somebody trains and promotes beside it."""
    home, made = tmp_path / "home", tmp_path / "made"
    made.mkdir()
    version = make_version(made, 1)
    folder = version.folder.rename(made / "artifact")
    places = Places(pointer_of(home, "swapped"))
    arguments = ("--policy", str(folder / "policy.yaml"), "--model", "swapped")
    with serving(home, *arguments, "--workers", "2") as client:
        assert client.score({"fit": 0.5})[1]["evidence_level"] == "none"
        publish = [sys.executable, "-c", PUBLISH, str(home), str(folder), version.version]
        done = subprocess.run(publish, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        ring(places)
        settled(places, version.version, 2)
        client.connection.close()  # it was idle for so long that the service has hung up
        assert client.score({"fit": 0.5})[1]["evidence_level"] != "none"
        assert follower_said(places.follower) is not None
        found = find_service(home)
        assert found is not None
        beside = _children_named(found.pid, "qualifox.following")
        assert len(beside) == 1
    deadline = time.monotonic() + 5
    while any(map(_started, beside)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not any(map(_started, beside))
    assert living_workers(places.workers) == []


def test_the_end_of_the_service_breaks_no_request_that_it_took(tmp_path):
    """A connection may be refused from then on; an answer, once begun, is whole and good."""
    folders = tmp_path / "served"
    folders.mkdir()
    version = make_version(folders, 0)
    places = Places(folders / "swapped.json")
    succeed(places, version)
    seen, stop = Seen({version.version: expected(version)}), threading.Event()
    with service(tmp_path, places.pointer, 2) as port:
        settled(places, version.version, 2)
        callers = [threading.Thread(target=call, args=(port, seen, stop)) for _ in range(3)]
        for one in callers:
            one.start()
        time.sleep(1.0)
    time.sleep(0.2)
    stop.set()
    for one in callers:
        one.join()
    assert seen.answers > 20
    assert seen.mixed == []
    assert not [one for one in seen.failed if "IncompleteRead" in one or one[0].isdigit()]
    assert living_workers(places.workers) == []


def test_a_service_that_is_killed_leaves_no_follower_and_no_worker(tmp_path):
    folders = tmp_path / "served"
    folders.mkdir()
    version = make_version(folders, 0)
    places = Places(folders / "swapped.json")
    succeed(places, version)
    with service(tmp_path, places.pointer, 2, follower=True):
        settled(places, version.version, 2)
        deadline = time.monotonic() + 10
        while follower_said(places.follower) is None and time.monotonic() < deadline:
            time.sleep(0.1)
        assert follower_said(places.follower) is not None
        (first,) = _children_named(os.getpid(), "serving.service:QualifoxService")
        os.kill(first, signal.SIGKILL)
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            if not living_workers(places.workers) and follower_said(places.follower) is None:
                break
            time.sleep(0.1)
    assert follower_said(places.follower) is None
    assert living_workers(places.workers) == []


def _children_named(parent: int, word: str) -> list[int]:
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            words = (place / "cmdline").read_bytes().decode().split("\0")
            _, _, rest = (place / "stat").read_text(encoding="utf-8").rpartition(")")
        except OSError:
            continue
        if word in words and int(rest.split()[1]) == parent:
            found.append(int(place.name))
    return found
