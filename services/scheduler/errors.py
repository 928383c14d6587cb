"""What can go wrong when content is planned and published."""

from shared.errors import ConflictError, InvalidError, NotFoundError


class ProfileNotFoundError(NotFoundError):
    code = "scheduler.profile_not_found"
    title = "There is no such profile, or you do not work with it."


class PostNotFoundError(NotFoundError):
    code = "scheduler.post_not_found"
    title = "There is no such post, or it is not for you."


class PublicationNotFoundError(NotFoundError):
    code = "scheduler.publication_not_found"
    title = "There is no such publication, or it is not for you."


class AssetNotFoundError(NotFoundError):
    code = "scheduler.asset_not_found"
    title = "There is no such picture."


class PostChangedError(ConflictError):
    """`data` names the version now."""

    code = "scheduler.post_changed"
    title = "Somebody changed this post meanwhile."


class PostStateError(ConflictError):
    """`data` names the state that stands in the way."""

    code = "scheduler.post_state"
    title = "This cannot be done to the post any more."


class PostRefusedError(InvalidError):
    """`data` lists the issues: profile, field, code, limit."""

    code = "scheduler.post_refused"
    title = "A network would not take this post."


class TimeError(InvalidError):
    code = "scheduler.time"
    title = "A post is planned for a time to come, in a time zone that exists."


class RangeError(InvalidError):
    code = "scheduler.range"
    title = "A range begins before it ends, and is at most 100 days long."


class PictureError(InvalidError):
    code = "scheduler.picture"
    title = "This is not a picture that can be published."


class PictureTooLargeError(InvalidError):
    code = "scheduler.picture_too_large"
    title = "A picture has at most 20 megabytes."
