"""What can go wrong in the inbox, with codes."""

from shared.errors import (
    BusyError,
    ConflictError,
    ForbiddenError,
    InvalidError,
    NotFoundError,
    UnauthenticatedError,
)


class ProfileNotFoundError(NotFoundError):
    code = "inbox.profile_not_found"
    title = "There is no such profile, or you do not work with it."


class ConversationNotFoundError(NotFoundError):
    code = "inbox.conversation_not_found"
    title = "There is no such conversation, or it is not for you."


class ConversationChangedError(ConflictError):
    """`data` names the version now, the fields that moved and who moved them."""

    code = "inbox.conversation_changed"
    title = "Somebody changed this conversation meanwhile."


class AnsweredMeanwhileError(ConflictError):
    """`data` names what the writer has not seen: interactions, and replies on their way."""

    code = "inbox.answered_meanwhile"
    title = "Something was written here since you looked."


class AssigneeError(InvalidError):
    code = "inbox.assignee"
    title = "This person or team cannot take this conversation."


class SnoozeInPastError(InvalidError):
    code = "inbox.snooze_in_past"
    title = "Choose a moment in the future."


class TagNotFoundError(NotFoundError):
    code = "inbox.tag_not_found"
    title = "There is no such tag."


class TagNameTakenError(ConflictError):
    code = "inbox.tag_name_taken"
    title = "There is a tag of this name already."


class SavedViewNotFoundError(NotFoundError):
    code = "inbox.saved_view_not_found"
    title = "There is no such saved view, or it is not yours."


class SavedViewChangedError(ConflictError):
    code = "inbox.saved_view_changed"
    title = "This saved view was changed meanwhile."


class SavedViewLimitError(ConflictError):
    code = "inbox.saved_view_limit"
    title = "There are as many saved views of this sort as there can be; remove one first."


class NoteNotFoundError(NotFoundError):
    code = "inbox.note_not_found"
    title = "There is no such note, or it is not for you."


class NoteNotYoursError(ForbiddenError):
    code = "inbox.note_not_yours"
    title = "Only its author may change a note."


class NoteChangedError(ConflictError):
    code = "inbox.note_changed"
    title = "This note was changed meanwhile."


class MentionError(InvalidError):
    code = "inbox.mention_unknown"
    title = "A mentioned person does not work here."


class ContactNotFoundError(NotFoundError):
    code = "inbox.contact_not_found"
    title = "There is no such contact, or it is not for you."


class ContactChangedError(ConflictError):
    code = "inbox.contact_changed"
    title = "Somebody changed this contact meanwhile."


class ContactMergeError(InvalidError):
    code = "inbox.contact_merge_itself"
    title = "A contact cannot be merged with itself."


class InteractionNotFoundError(NotFoundError):
    code = "inbox.interaction_not_found"
    title = "There is no such interaction, or it is not for you."


class ActionNotFoundError(NotFoundError):
    code = "inbox.action_not_found"
    title = "There is no such action, or it is not for you."


class ActionStateError(ConflictError):
    """`data` names the state that the action is in."""

    code = "inbox.action_state"
    title = "This is no longer possible in the state that the action is in."


class ActionImpossibleError(ConflictError):
    """`data["reason"]` is the reason code of the capability document."""

    code = "inbox.action_impossible"
    title = "The network does not allow this here."


class TextRefusedError(InvalidError):
    """`data["reason"]` is the reason code of the capability document."""

    code = "inbox.text_refused"
    title = "The network does not take this text."


class SearchTooSlowError(BusyError):
    code = "inbox.search_too_slow"
    title = "This search takes too long; add a word or a filter."


class HookNotFoundError(NotFoundError):
    code = "inbox.hook_not_found"
    title = "No profile has this webhook address."


class HookNotSignedError(UnauthenticatedError):
    code = "inbox.hook_not_signed"
    title = "The call is not signed with the secret of this webhook address."


class DeliveryNotFoundError(NotFoundError):
    code = "inbox.delivery_not_found"
    title = "There is no such failed delivery, or you do not work with its profile."
