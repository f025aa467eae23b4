"""What the last record says, so that a run tells whether it is better or worse."""

import json
from pathlib import Path
from statistics import median

# Two runs of one binary differ by less; what is beyond is worth a look.
NOISE = 0.10


class Stored:
    """The CPU ratios of the newest record below a folder."""

    def __init__(self, results: Path):
        records = sorted(results.glob("*/raw.json"))
        self.name = records[-1].parent.name if records else None
        known = json.loads(records[-1].read_text())["benchmarks"] if records else {}
        self.ratios = {name: ratio for name, entry in known.items() if (ratio := cpu_ratio(entry.get("runs", {})))}

    def change(self, name: str, ratio: float) -> str:
        """The recorded ratio, and how far a new one is from it."""
        before = self.ratios.get(name)
        if before is None:
            return "none"
        change = ratio / before - 1
        told = f"{before:.3f} ({change:+.0%})"
        return f"**{told} slower**" if change > NOISE else told


def cpu_ratio(runs: dict) -> float | None:
    sides = [median(runs[side]["cpu"]) for side in ("ours", "rival") if runs.get(side)]
    return sides[0] / sides[1] if len(sides) == 2 and sides[1] > 0 else None
