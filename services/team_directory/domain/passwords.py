"""What a password must be; length beats variety, so there are no other rules of form."""

from services.team_directory.errors import PasswordRefusedError

SHORTEST = 10
LONGEST = 256
_TELLING = 3  # A shorter name stands in many a good password by chance.
_OBVIOUS = ("password", "passwort", "qwertz", "qwerty", "1234567890", "parley")


def check_password(password: str, email: str) -> None:
    """Raise `PasswordRefusedError` with the reason unless the password is good enough."""
    lowered = password.lower()
    if not SHORTEST <= len(password) <= LONGEST:
        raise PasswordRefusedError(f"A password has {SHORTEST} to {LONGEST} characters.")
    if len(set(lowered)) < SHORTEST // 2:
        raise PasswordRefusedError("This password repeats too few characters.")
    name = email.split("@", maxsplit=1)[0].lower()
    if (len(name) >= _TELLING and name in lowered) or lowered.startswith(_OBVIOUS):
        raise PasswordRefusedError("This password is easy to guess.")
