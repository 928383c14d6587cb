"""Which conversation a piece of writing belongs to."""

_SEPARATOR = "\u241f"


def thread_key(thread_id: str, customer_id: str, *, private: bool) -> str:
    """The place of a conversation within a profile.

    A private thread is one conversation, whoever takes part. In public, each customer below a post
    is a conversation of their own, so that answering one does not mark the others as answered.
    """
    return thread_id if private else f"{thread_id}{_SEPARATOR}{customer_id}"
