"""What can go wrong when work is delegated."""

from shared.errors import NotFoundError


class AssigneeNotFoundError(NotFoundError):
    code = "ticketing.assignee_not_found"
    title = "This person is not a member of the workspace (any more)."
