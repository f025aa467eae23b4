"""Two commands timed in turn: A B A B …, so that whatever else the machine does meets both alike."""

import os
import statistics
import time
from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Run:
    """One run of a command, its children included."""

    wall: float  # seconds
    cpu: float  # seconds, user and system
    peak: float  # MiB, of the largest process; at least what this one has, for a child is a copy at first
    status: int


@dataclass(frozen=True)
class Pair:
    """What all runs of two commands came to."""

    ours: list[Run]
    rival: list[Run]

    def median(self, side: str, figure: str) -> float:
        return statistics.median(getattr(run, figure) for run in getattr(self, side))

    def ratio(self, figure: str) -> float:
        """Our median by the rival's."""
        return self.median("ours", figure) / max(self.median("rival", figure), 1e-4)

    def least(self, side: str, figure: str) -> float:
        return min(getattr(run, figure) for run in getattr(self, side))

    def least_ratio(self, figure: str) -> float:
        """Our least by the rival's least: other work on the machine only ever adds, to short runs most of all."""
        ours, rival = (min(getattr(run, figure) for run in side) for side in (self.ours, self.rival))
        return ours / max(rival, 1e-4)

    def raw(self) -> dict[str, dict[str, list[float]]]:
        """Every figure of every run, in the order of the runs."""
        names = [field.name for field in fields(Run)]
        return {side: {name: [getattr(run, name) for run in getattr(self, side)] for name in names}
                for side in ("ours", "rival")}


def run(command: list[str]) -> Run:
    """Runs a command to its end. It writes to a pipe, as in use: some tools stop early when nobody reads them."""
    source, sink = os.pipe()
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_DUP2, sink, 1),
        (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
        (os.POSIX_SPAWN_CLOSE, source),
    ]
    begin = time.monotonic()
    child = os.posix_spawnp(command[0], command, os.environ, file_actions=actions)
    os.close(sink)
    while os.read(source, 1 << 20):
        pass
    _, status, usage = os.wait4(child, 0)
    wall = time.monotonic() - begin
    os.close(source)
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status))


def compare(ours: list[str], rival: list[str], runs: int) -> Pair:
    """Times both commands `runs` times, after one run of each that only warms the page cache."""
    pair = Pair([], [])
    for round in range(runs + 1):
        results = run(ours), run(rival)
        if round > 0:
            pair.ours.append(results[0])
            pair.rival.append(results[1])
    return pair
