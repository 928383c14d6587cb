"""What can go wrong with people, access and profiles."""

from shared.errors import (
    BusyError,
    ConflictError,
    ForbiddenError,
    InvalidError,
    NotFoundError,
    UnauthenticatedError,
)


class AlreadySetUpError(ConflictError):
    code = "directory.already_set_up"
    title = "This installation has its first owner already; sign in instead."


class LoginFailedError(UnauthenticatedError):
    code = "directory.login_failed"
    title = "The e-mail address or the password is not right."


class SecondFactorNeededError(UnauthenticatedError):
    code = "directory.second_factor_needed"
    title = "Enter the code of your authenticator app."


class SecondFactorWrongError(UnauthenticatedError):
    code = "directory.second_factor_wrong"
    title = "This code is not right, or was used already."


class TooManyTriesError(BusyError):
    code = "directory.too_many_tries"
    title = "Too many tries; wait a moment."


class SessionUnknownError(UnauthenticatedError):
    code = "directory.session_unknown"
    title = "This session has ended; sign in again."


class UnsubscribeLinkError(NotFoundError):
    code = "directory.unsubscribe_link"
    title = "This link is not one of ours; choose in your settings what you are mailed."


class ApiKeyUnknownError(UnauthenticatedError):
    code = "directory.api_key_unknown"
    title = "This API key is unknown, revoked or expired."


class SecondFactorStateError(ConflictError):
    code = "directory.second_factor_state"
    title = "The second factor is not in the state that this needs."


class CodeWrongError(InvalidError):
    code = "directory.code_wrong"
    title = "This code is not right; check the clock of your phone."


class PasswordWrongError(ForbiddenError):
    code = "directory.password_wrong"
    title = "This is not your present password."


class PasswordRefusedError(InvalidError):
    code = "directory.password_refused"
    title = "This password is not good enough."


class ResetUnknownError(NotFoundError):
    code = "directory.reset_unknown"
    title = "This link was used already or has expired; ask for a new one."


class PersonExistsError(ConflictError):
    code = "directory.person_exists"
    title = "Somebody with this e-mail address is there already."


class NotPersonError(ForbiddenError):
    code = "directory.not_a_person"
    title = "Only a person who has signed in can do this, not an API key."


class WorkspaceNotFoundError(NotFoundError):
    code = "directory.workspace_not_found"
    title = "There is no such workspace, or you are not a member of it."


class MemberNotFoundError(NotFoundError):
    code = "directory.member_not_found"
    title = "There is no such member in this workspace."


class RoleNotFoundError(NotFoundError):
    code = "directory.role_not_found"
    title = "There is no such role in this workspace."


class TeamNotFoundError(NotFoundError):
    code = "directory.team_not_found"
    title = "There is no such team in this workspace."


class ProfileNotFoundError(NotFoundError):
    code = "directory.profile_not_found"
    title = "There is no such profile, or you do not work with it."


class InvitationNotFoundError(NotFoundError):
    code = "directory.invitation_not_found"
    title = "This invitation is unknown, used, withdrawn or expired."


class ApiKeyNotFoundError(NotFoundError):
    code = "directory.api_key_not_found"
    title = "There is no such API key in this workspace."


class ExpiryPastError(InvalidError):
    code = "directory.expiry_past"
    title = "This end lies in the past."


class SessionNotFoundError(NotFoundError):
    code = "directory.session_not_found"
    title = "You have no such session."


class ChangedMeanwhileError(ConflictError):
    code = "directory.changed_meanwhile"
    title = "Somebody changed this after you opened it; look again before you save."


class LastOwnerError(ConflictError):
    code = "directory.last_owner"
    title = "A workspace must keep at least one owner."


class GrantTooHighError(ForbiddenError):
    code = "directory.grant_too_high"
    title = "You cannot give or take access that you do not have yourself."


class OwnersOnlyError(ForbiddenError):
    code = "directory.owners_only"
    title = "Only an owner may make, change or remove an owner."


class RoleBuiltInError(ConflictError):
    code = "directory.role_built_in"
    title = "This role comes with Parley; make a copy and change that."


class RoleInUseError(ConflictError):
    code = "directory.role_in_use"
    title = "Somebody still has this role, or is invited with it."


class NameTakenError(ConflictError):
    code = "directory.name_taken"
    title = "This name is in use already."


class AlreadyMemberError(ConflictError):
    code = "directory.already_member"
    title = "This person is a member of the workspace already."


class HoursError(InvalidError):
    code = "directory.working_hours"
    title = "The intervals of a day must not overlap and must end after they begin."


class ProfileAlreadyConnectedError(ConflictError):
    code = "directory.profile_already_connected"
    title = "This account is connected in this workspace already."


class OtherAccountError(ConflictError):
    code = "directory.other_account"
    title = "You signed in with another account than the one of this profile."


class ProfileNotConnectedError(ConflictError):
    code = "directory.profile_not_connected"
    title = "This profile is not connected; connect it again."


class ConnectionStateError(NotFoundError):
    code = "directory.connection_unknown"
    title = "This attempt to connect was finished already or took too long; start again."


class WebhookNotFoundError(NotFoundError):
    code = "directory.webhook_not_found"
    title = "There is no such webhook endpoint, or it tells of more than you may see."


class WebhookDeliveryNotFoundError(NotFoundError):
    code = "directory.webhook_delivery_not_found"
    title = "This endpoint has no such delivery, or it is no longer kept."


class WebhookAddressError(InvalidError):
    code = "directory.webhook_address"
    title = "Webhooks cannot be sent to this address."


class TooManyWebhooksError(ConflictError):
    code = "directory.too_many_webhooks"
    title = "This workspace has as many webhook endpoints as it can have."


class WebhookOffError(ConflictError):
    code = "directory.webhook_off"
    title = "This endpoint is off; enable it first."
