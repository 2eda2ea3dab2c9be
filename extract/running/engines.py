"""Who does the work? This process, or worker processes; results come in the order of the shards."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import TypeVar

from extract.running.limits import start_worker
from extract.running.pieces import Piece, split_piece
from extract.running.work import Done, Job, do_pieces, join_done, lost_piece

AHEAD = 4  # shards under way for each worker: memory does not grow with their number
TRIES = 2  # an article that ends its worker so often, alone, is given up

T = TypeVar("T")
Shard = Sequence[Piece] | Sequence[Done]  # to do, or taken over from an earlier run


def run_here(job: Job, shards: Iterable[Shard]) -> Iterator[list[Done]]:
    """The results of all shards, made in this process."""
    for shard in shards:
        pieces, done = sort_shard(shard)
        yield done + do_pieces(job, pieces)


def sort_shard(shard: Shard) -> tuple[list[Piece], list[Done]]:
    """What of a shard is to do, and what is done."""
    return [one for one in shard if isinstance(one, Piece)], [one for one in shard if isinstance(one, Done)]


class Processes:
    """So many worker processes; one that is killed costs no more than the time of its shards."""

    def __init__(self, job: Job, workers: int) -> None:
        self.job, self.workers = job, workers
        self.waiting = deque[tuple[Shard, Future[list[Done]]]]()
        self.pool = self.start(workers)

    def start(self, workers: int) -> ProcessPoolExecutor:
        """Fresh workers."""
        return ProcessPoolExecutor(workers, initializer=start_worker, initargs=(self.job.megabytes,))

    def run(self, shards: Iterable[Shard]) -> Iterator[list[Done]]:
        """The results of all shards, in their order."""
        try:
            for shard in shards:
                self.waiting.append((shard, self.submit(shard)))
                if len(self.waiting) > AHEAD * self.workers:
                    yield self.take()
            while self.waiting:
                yield self.take()
        finally:
            self.pool.shutdown(cancel_futures=True)

    def submit(self, shard: Shard) -> Future[list[Done]]:
        """A shard's result to be; a pool that is broken by now breaks it."""
        future = Future[list[Done]]()
        pieces, done = sort_shard(shard)
        if done:
            future.set_result(done)
            return future
        try:
            return self.pool.submit(do_pieces, self.job, pieces)
        except BrokenProcessPool as error:
            future.set_exception(error)
            return future

    def take(self) -> list[Done]:
        """The oldest shard's result; where a worker was killed its pieces are done alone, to see which one it was."""
        shard, future = self.waiting.popleft()
        try:
            return future.result()
        except BrokenProcessPool:
            self.restart()
            return [self.do_alone(piece) for piece in sort_shard(shard)[0]]

    def restart(self) -> None:
        """Fresh workers for what the broken pool left undone."""
        self.pool.shutdown()
        self.pool = self.start(self.workers)
        for index, (shard, future) in enumerate(self.waiting):
            if isinstance(future.exception(), BrokenProcessPool):
                self.waiting[index] = (shard, self.submit(shard))

    def do_alone(self, piece: Piece) -> Done:
        """A piece's result, each article in a worker of its own, so that none takes the blame for another."""
        return join_done(piece, [self.try_alone(part) for part in split_piece(piece)])

    def try_alone(self, piece: Piece) -> Done:
        """The result of a piece of one article; an error where it ends its worker again and again."""
        for _ in range(TRIES):
            with self.start(1) as pool:
                try:
                    return pool.submit(do_pieces, self.job, [piece]).result()[0]
                except BrokenProcessPool:
                    continue
        return lost_piece(self.job, piece, f"its worker was killed {TRIES} times: out of memory, or stuck")


def in_blocks(things: Iterable[T], size: int) -> Iterator[list[T]]:
    """Things in lists of `size`, the last one shorter."""
    things = iter(things)
    while block := list(islice(things, size)):
        yield block
