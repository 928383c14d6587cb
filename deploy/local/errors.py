"""What stops a local start; the message is the one sentence that the person sees."""


class StartError(Exception):
    """A start that cannot go on until somebody changes something."""


class ChildFailedError(StartError):
    """Work that was to be done once ended badly; `words` are its last ones, and name its log."""

    def __init__(self, name: str, words: str) -> None:
        super().__init__(f"{name} failed: {words}")
        self.words = words
