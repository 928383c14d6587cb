"""Every screen of the web app by its address; pictures and axe walk through this list."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Screen:
    """`ready` is a selector of something that is drawn once the screen is complete."""

    name: str
    path: str
    ready: str


# A feature adds its screens here.
SCREENS = (
    Screen("account-profile", "/account", "form input"),
    Screen("account-security", "/account/security", "form input"),
    Screen("account-sessions", "/account/sessions", "table"),
    Screen("account-api-keys", "/account/api-keys", "h2"),
    Screen("not-found", "/nowhere", "h1"),
)
