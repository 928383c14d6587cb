"""What can go wrong when work is delegated."""

from shared.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError


class ConversationNotFoundError(NotFoundError):
    code = "ticketing.conversation_not_found"
    title = "There is no such conversation, or it is not for you."


class TicketNotFoundError(NotFoundError):
    code = "ticketing.ticket_not_found"
    title = "There is no such ticket, or it is not for you."


class TicketExistsError(ConflictError):
    """`data["ticket_id"]` is the ticket, where the asking person may see it."""

    code = "ticketing.ticket_exists"
    title = "This conversation has a ticket already that is not closed."


class TicketChangedError(ConflictError):
    """`data` names the version now, the fields that moved and who moved them."""

    code = "ticketing.ticket_changed"
    title = "Somebody changed this ticket meanwhile."


class StateImpossibleError(ConflictError):
    """`data` names the state of the ticket and the one that was wanted."""

    code = "ticketing.state_impossible"
    title = "A ticket in this state cannot be moved there."


class AssigneeError(InvalidError):
    code = "ticketing.assignee"
    title = "This person or team cannot take this ticket."


class WatcherError(InvalidError):
    code = "ticketing.watcher"
    title = "This person does not work here, or not with this profile."


class MentionError(InvalidError):
    code = "ticketing.mention_unknown"
    title = "A mentioned person does not work here."


class TooManyTagsError(InvalidError):
    code = "ticketing.too_many_tags"
    title = "A ticket carries fifty tags at the most."


class CalendarNotFoundError(NotFoundError):
    code = "ticketing.calendar_not_found"
    title = "There is no such calendar."


class CalendarUsedError(ConflictError):
    """`data["policies"]` are the names of the policies that count by it."""

    code = "ticketing.calendar_used"
    title = "A policy counts by this calendar."


class PolicyNotFoundError(NotFoundError):
    code = "ticketing.policy_not_found"
    title = "There is no such policy."


class PolicyOverlapError(ConflictError):
    """`data["policy"]` is the name of the other one."""

    code = "ticketing.policy_overlap"
    title = "Another policy holds for one of these profiles, or for all others."


class SlaChangedError(ConflictError):
    code = "ticketing.sla_changed"
    title = "Somebody changed this calendar or policy meanwhile."


class PolicyProfilesError(ForbiddenError):
    code = "ticketing.policy_profiles"
    title = "This policy holds for profiles that you do not work with."
