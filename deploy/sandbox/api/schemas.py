"""Request bodies of the public API."""

from pydantic import BaseModel, Field

from deploy.sandbox.kinds import SCOPES
from deploy.sandbox.model import Media


class Text(BaseModel):
    text: str = Field(max_length=100_000)


class Message(Text):
    media: list[Media] = Field(default_factory=list)


class SubscriptionBody(BaseModel):
    """Where to call. With a `verify_token` the address must pass the challenge first."""

    url: str = Field(pattern=r"^https?://", max_length=2000)
    secret: str = Field(min_length=16, max_length=200)
    verify_token: str | None = None


class AuthorizeQuery(BaseModel):
    """What an application asks an owner for. The page asks for `account` and `decision`."""

    client_id: str
    redirect_uri: str = Field(pattern=r"^https?://")
    state: str = ""
    scope: str = " ".join(SCOPES)
    code_challenge: str = ""
    account: str = Field(default="", description="id or handle")
    decision: str = Field(default="", description="approve or deny")


class TokenForm(BaseModel):
    """One form for every kind of grant; `password` takes a handle and its access code."""

    grant_type: str
    client_id: str = ""
    code: str = ""
    redirect_uri: str = ""
    code_verifier: str = ""
    refresh_token: str = ""
    username: str = ""
    password: str = ""
