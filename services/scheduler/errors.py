"""What can go wrong when content is planned and published."""

from shared.errors import NotFoundError


class ProfileNotFoundError(NotFoundError):
    code = "scheduler.profile_not_found"
    title = "There is no such profile, or you do not work with it."
