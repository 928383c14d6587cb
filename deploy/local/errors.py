"""What stops a local start; the message is the one sentence that the person sees."""


class StartError(Exception):
    """A start that cannot go on until somebody changes something."""
