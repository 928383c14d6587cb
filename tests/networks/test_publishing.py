"""What every connector must do with posts, on real servers: the same suite for each network."""

import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PIL import Image

from shared.ids import new_id
from shared.networks.errors import InvalidInputError, RemoteTransientError
from shared.networks.publishing import PostDraft, PostImage, Sought, check_post
from shared.networks.text import TextUnit
from shared.networks.types import ActionResult, Found, Item, ItemKind, NotFound
from tests.networks.stages.base import Stage, eventually, items

pytestmark = pytest.mark.networks


def _picture() -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (64, 48), (200, 120, 40)).save(drawn, "PNG")
    return drawn.getvalue()


async def test_a_post_stands_once_however_often_it_is_sent(stage: Stage) -> None:
    draft = PostDraft(key=new_id(), text="Our new lamp 💡 https://example.com/lamp #light")
    sought = Sought(key=draft.key, text=draft.text, since=datetime.now(UTC))
    assert await stage.connector.find_published(stage.access, sought) == NotFound()
    first = await stage.connector.publish(stage.access, draft)
    settled = await stage.connector.find_published(stage.access, sought)
    assert isinstance(settled, Found)
    assert settled.result.external_id == first.external_id
    assert settled.result.permalink == first.permalink
    assert first.permalink
    second = await stage.connector.publish(stage.access, draft)
    assert second.external_id == first.external_id

    item = await _listed(stage, first)
    assert item.outbound
    assert item.kind is ItemKind.POST
    assert item.text.startswith("Our new lamp 💡")


async def test_a_post_shows_its_pictures_with_their_descriptions(stage: Stage) -> None:
    image = PostImage(
        content=_picture(), content_type="image/png", alt="A lamp", width=64, height=48
    )
    draft = PostDraft(key=new_id(), text=f"Look {new_id()}", images=(image,))
    made = await stage.connector.publish(stage.access, draft)

    (media,) = (await _listed(stage, made)).media
    assert media.kind == "image"
    assert media.alt == "A lamp"
    sought = Sought(key=draft.key, text=draft.text, since=made.at, images=1)
    found = await stage.connector.find_published(stage.access, sought)
    assert isinstance(found, Found)
    assert found.result.external_id == made.external_id
    bare = await stage.connector.find_published(
        stage.access, replace(sought, key=new_id(), images=0)
    )
    assert not isinstance(bare, Found)


async def test_what_is_too_long_is_known_before_it_is_sent(stage: Stage) -> None:
    rules = stage.connector.capabilities(stage.access.account, stage.scopes).publishing
    assert rules is not None
    most = min(limit.maximum for limit in rules.text if limit.rule.unit is not TextUnit.BYTES)
    fits, long = "x" * most, "x" * (most + 1)
    assert check_post(rules, stage.scopes, fits, ()) == []
    (issue,) = check_post(rules, stage.scopes, long, ())
    assert (issue.field, issue.limit) == ("text", most)
    await stage.connector.publish(stage.access, PostDraft(key=new_id(), text=fits))
    with pytest.raises(InvalidInputError):
        await stage.connector.publish(stage.access, PostDraft(key=new_id(), text=long))


async def _listed(stage: Stage, made: ActionResult) -> Item:
    """The post as reading shows it."""

    async def look() -> Item | None:
        try:
            return (await items(stage, stage.ours)).get(made.external_id or "")
        except RemoteTransientError:
            # The index of a network may not have heard of a young account yet.
            return None

    return await eventually(look)
