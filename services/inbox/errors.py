"""What can go wrong in the inbox, with codes."""

from shared.errors import NotFoundError


class ProfileNotFoundError(NotFoundError):
    code = "inbox.profile_not_found"
    title = "There is no such profile, or you do not work with it."
