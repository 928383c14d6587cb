"""How people are shown."""


def display_name(name: str, email: str) -> str:
    """How an assignee is shown: by name, or by e-mail until they have given one."""
    return name.strip() or email
