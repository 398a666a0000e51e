"""The roll tells the living from the dead by their locks, not by their numbers or the clock."""

import os
import signal
import subprocess
import sys
import threading

from serving.champion.follower_note import follower_note, follower_said
from serving.champion.roll import WorkerNote, living_workers

SAYS = """
import sys, time
from pathlib import Path
from serving.champion.roll import WorkerNote
note = WorkerNote(Path(sys.argv[1]))
note.write({"version": "v"})
print("written", flush=True)
time.sleep(60)
"""


def test_a_worker_is_on_the_roll_until_it_leaves(tmp_path):
    one, two = WorkerNote(tmp_path / "w", "1"), WorkerNote(tmp_path / "w", "2")
    one.write({"version": "a"})
    two.write({"version": "b"})
    one.write({"version": "c"})
    told = [(each["worker"], each["version"]) for each in living_workers(tmp_path / "w")]
    assert told == [("1", "c"), ("2", "b")]
    one.leave()
    one.leave()
    assert [each["worker"] for each in living_workers(tmp_path / "w")] == ["2"]
    two.leave()
    assert list((tmp_path / "w").iterdir()) == []


def test_a_worker_that_was_killed_is_cleared_away(tmp_path):
    command = [sys.executable, "-c", SAYS, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=dict(os.environ)) as worker:
        assert worker.stdout is not None
        worker.stdout.readline()
        assert [one["worker"] for one in living_workers(tmp_path)] == [str(worker.pid)]
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    assert living_workers(tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_a_note_without_a_life_or_without_sense_is_not_believed(tmp_path):
    (tmp_path / "7.json").write_text('{"worker": "7"}', encoding="utf-8")
    assert living_workers(tmp_path) == []
    note = WorkerNote(tmp_path, "8")
    note.write({})
    (tmp_path / "8.json").write_text("[", encoding="utf-8")
    assert living_workers(tmp_path) == []
    (tmp_path / "8.json").write_text("[]", encoding="utf-8")
    assert living_workers(tmp_path) == []
    note.leave()


def test_a_disk_that_refuses_the_note_is_told_once_and_stops_nothing(tmp_path, caplog):
    (tmp_path / "file").write_text("", encoding="utf-8")
    note = WorkerNote(tmp_path / "file" / "under")
    note.write({})
    note.write({})
    assert len(caplog.records) == 1


def test_the_follower_says_of_its_last_look_while_it_lives(tmp_path):
    assert follower_said(tmp_path / "f") is None
    note = follower_note(tmp_path / "f")
    note.write({"ok": True})
    assert follower_said(tmp_path / "f") == {"worker": "follower", "ok": True}
    note.leave()
    assert follower_said(tmp_path / "f") is None


def test_who_takes_over_a_dead_ones_name_is_not_cleared_away_with_him(tmp_path):
    """Readers look all the time while one after another dies and the next takes the name over."""
    stop, seen = threading.Event(), []

    def look():
        while not stop.is_set():
            seen.append(len(living_workers(tmp_path)))

    readers = [threading.Thread(target=look) for _ in range(3)]
    for one in readers:
        one.start()
    try:
        for number in range(200):
            note = WorkerNote(tmp_path, "follower")
            note.write({"number": number})
            (said,) = living_workers(tmp_path)
            assert said["number"] == number
            assert note._alive is not None
            note._alive.close()  # it dies: its files stay, its lock does not
    finally:
        stop.set()
        for one in readers:
            one.join()
    assert {0, 1} >= set(seen)
