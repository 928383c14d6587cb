"""From bodies to what commands take, and from what they give to bodies."""

from collections.abc import Sequence
from typing import Any

from services.scheduler.commands.compose import Version, Written
from services.scheduler.domain.content import Content, Picture, Remark
from services.scheduler.schemas import (
    PictureBody,
    PostBody,
    PostView,
    PublicationView,
    RemarkView,
)


def written(body: PostBody) -> Written:
    versions = [
        Version(
            profile_id=target.profile_id,
            text=target.text,
            pictures=None if target.media is None else _pictures(target.media),
        )
        for target in body.targets
    ]
    return Written(
        content=Content(text=body.text, pictures=_pictures(body.media)), versions=versions
    )


def _pictures(bodies: Sequence[PictureBody]) -> list[Picture]:
    return [Picture(asset_id=one.asset_id, alt=one.alt) for one in bodies]


def post_view(loaded: tuple[Any, Sequence[Any]]) -> PostView:
    post, publications = loaded
    shown = {name: getattr(post, name) for name in PostView.model_fields if name != "targets"}
    targets = [PublicationView.model_validate(one, from_attributes=True) for one in publications]
    return PostView(**shown, targets=targets)


def remark_view(remark: Remark) -> RemarkView:
    return RemarkView.model_validate(
        {
            "profile_id": remark.profile_id,
            "severity": remark.severity,
            **remark.issue.model_dump(),
        }
    )
