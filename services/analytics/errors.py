"""What can go wrong when numbers are asked for."""

from shared.errors import InvalidError, NotFoundError


class PeriodError(InvalidError):
    code = "analytics.period"
    title = "A period ends after it starts and spans at most 400 days."


class ProfileNotFoundError(NotFoundError):
    code = "analytics.profile_not_found"
    title = "There is no such profile."


class PostNotFoundError(NotFoundError):
    code = "analytics.post_not_found"
    title = "There is no such post."
