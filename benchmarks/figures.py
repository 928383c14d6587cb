"""A figure, what it is compared with, and what it ought to be."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Target:
    """A bound on the value of a figure or on its ratio to the baseline."""

    bound: float
    on_ratio: bool = False
    at_most: bool = False

    def holds(self, value: float, ratio: float | None) -> bool:
        measured = ratio if self.on_ratio else value
        if measured is None:
            return False
        return measured <= self.bound if self.at_most else measured >= self.bound

    def said(self, unit: str) -> str:
        sign = "≤" if self.at_most else "≥"
        of = "× baseline" if self.on_ratio else unit
        return f"{sign} {self.bound:,g} {of}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured number; `ratio` is to what the baseline of that name gave in the same run."""

    name: str
    value: float
    unit: str
    baseline: str | None = None
    ratio: float | None = None
    target: Target | None = None

    def row(self) -> dict[str, Any]:
        """What is kept of it."""
        holds = None if self.target is None else self.target.holds(self.value, self.ratio)
        target = None if self.target is None else self.target.said(self.unit)
        return {
            "name": self.name,
            "value": _rounded(self.value),
            "unit": self.unit,
            "baseline": self.baseline,
            "ratio": None if self.ratio is None else _rounded(self.ratio),
            "target": target,
            "holds": holds,
        }


def _rounded(number: float) -> float:
    """Three digits that mean something."""
    return float(f"{number:.3g}") if abs(number) < 1000 else round(number)
