"""Environment names and defaults of inbox."""

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from shared.profiles.outside import OutsideSettings


class InboxSettings(OutsideSettings):
    """`undo_seconds` is how long a reply can be taken back before it leaves.

    One call to a network may take `patience_seconds`; what it may have done is looked for until
    `quiet_seconds` later, when "it is not there" is believed.
    `hooks_url` is where networks reach `/hooks`; profiles are polled every `poll_seconds`, or every
    `poll_beside_push_seconds` where the network also tells us by itself.
    What a network delivered is kept raw for `delivery_days` after it was handled.
    """

    model_config = SettingsConfigDict(env_prefix="INBOX_", extra="ignore")

    hooks_url: str = "http://127.0.0.1:8700/hooks"
    poll_seconds: float = Field(default=15, gt=0)
    poll_beside_push_seconds: float = Field(default=120, gt=0)
    reconcile_seconds: float = Field(default=120, gt=0)
    delivery_days: int = Field(default=90, ge=30, le=3650)
    undo_seconds: float = Field(default=5, ge=0, le=120)
    patience_seconds: float = Field(default=45, gt=0, le=300)
    quiet_seconds: float = Field(default=30, ge=0, le=3600)
