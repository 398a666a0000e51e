"""No id is given out twice, by any thread or by a child of the process."""

import os
from concurrent.futures import ThreadPoolExecutor

from serving.random_ids import AT_ONCE, RANDOM, RandomBytes


def test_ids_have_their_length_and_are_given_out_once():
    source = RandomBytes()
    ids = [source.hex(16) for _ in range(3 * AT_ONCE // 16)]
    assert {len(one) for one in ids} == {32}
    assert len(set(ids)) == len(ids)
    assert len(source.hex(AT_ONCE)) == 2 * AT_ONCE


def test_threads_never_get_the_same():
    source = RandomBytes()
    with ThreadPoolExecutor(8) as pool:
        ids = list(pool.map(lambda _: source.hex(8), range(4_000)))
    assert len(set(ids)) == len(ids)


def test_a_child_does_not_give_out_what_its_parent_does():
    RANDOM.hex(8)
    reads, writes = os.pipe()
    child = os.fork()
    if not child:
        os.write(writes, RANDOM.hex(8).encode())
        os._exit(0)
    os.waitpid(child, 0)
    assert os.read(reads, 16).decode() != RANDOM.hex(8)
