"""What a post is on its way to a network, and whether the network would take it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.networks.text import TextLimit, TextUnit, count_text


class ImageLimit(BaseModel):
    """What a network takes as the pictures of one post; sizes are in bytes and pixels."""

    model_config = ConfigDict(frozen=True)

    count: int
    size: int
    types: frozenset[str] = frozenset({"image/jpeg", "image/png"})
    side: int = 4096
    alt: TextLimit | None = None


class Publishing(BaseModel):
    """What an account may publish; `scope` is the permission that it needs for it."""

    model_config = ConfigDict(frozen=True)

    text: tuple[TextLimit, ...]
    images: ImageLimit
    scope: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostImage:
    """A picture that fits the network; `width` and `height` are those of `content`."""

    content: bytes = field(repr=False)
    content_type: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PostDraft:
    """One post. `key` is chosen when it is sent for the first time, kept over every repetition."""

    key: UUID
    text: str
    images: Sequence[PostImage] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """A post to look for: first sent at `since`, and none of `others`, which are known as ours."""

    key: UUID
    text: str
    since: datetime
    images: int = 0
    others: Collection[str] = ()


class Issue(BaseModel):
    """Why a network would refuse a post: which part, how much is allowed, in words for people."""

    model_config = ConfigDict(frozen=True)

    field: str
    code: str
    text: str
    limit: int | None = None


class Picture(Protocol):
    @property
    def alt(self) -> str: ...


_UNITS = {
    TextUnit.GRAPHEMES: "characters",
    TextUnit.CODE_POINTS: "characters",
    TextUnit.UTF16: "characters",
    TextUnit.BYTES: "bytes",
    TextUnit.WEIGHTED: "weighted characters",
}


def check_post(
    rules: Publishing | None, scopes: Collection[str], text: str, images: Sequence[Picture]
) -> list[Issue]:
    """Everything that stands in the way; `rules` None is a network that takes no posts."""
    if rules is None:
        return [_issue("profile", "not_supported", "This profile cannot publish posts.")]
    issues = []
    if rules.scope is not None and rules.scope not in scopes:
        why = "The connection lacks the permission to publish; connect the profile again."
        issues.append(_issue("profile", "scope_missing", why))
    if not text.strip() and not images:
        issues.append(_issue("text", "empty", "A post has a text or a picture."))
    issues += [issue for limit in rules.text for issue in _too_long("text", limit, text)]
    return issues + _check_images(rules.images, images)


def _check_images(rules: ImageLimit, images: Sequence[Picture]) -> list[Issue]:
    issues = []
    if len(images) > rules.count:
        why = f"{len(images)} pictures are too many; {rules.count} are allowed."
        issues.append(_issue("media", "too_many", why, rules.count))
    if rules.alt is not None:
        for place, image in enumerate(images):
            issues += _too_long(f"media.{place}.alt", rules.alt, image.alt)
    return issues


def _too_long(name: str, limit: TextLimit, text: str) -> list[Issue]:
    length = count_text(limit.rule, text)
    if length <= limit.maximum:
        return []
    why = f"{length} {_UNITS[limit.rule.unit]} are too many; {limit.maximum} are allowed."
    return [_issue(name, f"too_many_{limit.rule.unit.value}", why, limit.maximum)]


def _issue(name: str, code: str, text: str, limit: int | None = None) -> Issue:
    return Issue(field=name, code=code, text=text, limit=limit)
