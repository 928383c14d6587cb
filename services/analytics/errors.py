"""What can go wrong when numbers are asked for."""

from shared.errors import InvalidError


class PeriodError(InvalidError):
    code = "analytics.period"
    title = "A period ends after it starts and spans at most 400 days."
