"""Lines of requests that end together are written together, each whole and in its order."""

import asyncio
import json

from serving.edge.access_log import AccessLog, Gathered
from serving.edge.visit import Visit


def test_lines_of_one_moment_are_one_write():
    written: list[str] = []

    async def requests():
        write = Gathered(written.append)
        for moment in (("a\n", "b\n"), ("c\n",)):
            for line in moment:
                write(line)
            assert not written or written[-1] != moment[-1]
            await asyncio.sleep(0)

    asyncio.run(requests())
    assert written == ["a\nb\n", "c\n"]


def test_a_line_is_one_object_whatever_is_in_it():
    lines: list[str] = []
    AccessLog(lines.append).note(Visit.of('a\nb"é', "POST"), 1.2345)
    (line,) = lines
    assert line.count("\n") == 1
    told = json.loads(line)
    assert (told["request_id"], told["ms"], told["log"]) == ('a\nb"é', 1.23, "access")
