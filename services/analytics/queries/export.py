"""A breakdown as CSV: one line for each row, one column for each part of each number."""

import csv
import io
from collections.abc import Iterator, Mapping

from services.analytics.domain.metrics import RECIPES, Metric, Shape
from services.analytics.queries.names import NAMED
from services.analytics.schemas.reports import BreakdownView, FigureView

_SPREAD = ("mean", "median", "p90", "fastest", "slowest")


def as_csv(report: BreakdownView, names: Mapping[str, str]) -> str:
    """Seconds, shares from 0 to 1; what there is nothing to tell of is empty.

    Rows with an id begin with the name that belongs to it, if it is known.
    """
    named = report.by in NAMED
    out = io.StringIO()
    writer = csv.writer(out)
    metrics = [number.metric for number in report.rows[0].numbers] if report.rows else []
    head = [report.by.value, f"{report.by.value}_id"] if named else [report.by.value]
    writer.writerow([*head, *(name for metric in metrics for name in _header(metric))])
    for row in report.rows:
        cells = (cell for number in row.numbers for cell in _cells(number.metric, number.now))
        key = row.key or ""
        writer.writerow([*([_safe(names.get(key, "")), key] if named else [key]), *cells])
    return out.getvalue()


def _safe(name: str) -> str:
    """A spreadsheet takes what begins like a formula for one; an apostrophe keeps it a text."""
    return f"'{name}" if name.startswith(("=", "+", "-", "@", "\t", "\r")) else name


def _header(metric: Metric) -> Iterator[str]:
    match RECIPES[metric].shape:
        case Shape.DURATION:
            yield f"{metric.value}_count"
            yield from (f"{metric.value}_{name}" for name in _SPREAD)
        case Shape.SHARE:
            yield from (metric.value, f"{metric.value}_count", f"{metric.value}_of")
        case _:
            yield metric.value


def _cells(metric: Metric, figure: FigureView) -> Iterator[float | int | str]:
    match RECIPES[metric].shape:
        case Shape.DURATION:
            yield figure.count
            for name in _SPREAD:
                yield "" if figure.spread is None else round(getattr(figure.spread, name), 1)
        case Shape.SHARE:
            yield "" if figure.value is None else round(figure.value, 4)
            yield figure.count
            yield figure.of or 0
        case _:
            yield "" if figure.value is None else int(figure.value)
