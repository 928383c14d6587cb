"""Figures as bodies."""

from services.analytics.domain.figures import Figure
from services.analytics.domain.metrics import Metric
from services.analytics.schemas.reports import FigureView, NumberView, SpreadView, WithinView


def view(figure: Figure) -> FigureView:
    spread = figure.spread
    return FigureView(
        value=figure.value,
        count=figure.count,
        of=figure.of,
        spread=None
        if spread is None
        else SpreadView(
            mean=spread.mean,
            median=spread.median,
            p90=spread.p90,
            fastest=spread.fastest,
            slowest=spread.slowest,
            within=[
                WithinView(seconds=seconds, count=count, share=count / figure.count)
                for seconds, count in spread.within.items()
            ],
        ),
    )


def number(metric: Metric, now: Figure, before: Figure | None) -> NumberView:
    return NumberView(metric=metric, now=view(now), before=before and view(before))
