"""Acting as a person of the network: writing, editing, deleting, liking, sharing."""

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from deploy.sandbox.api.context import SandboxDep
from deploy.sandbox.model import Person

router = APIRouter(prefix="/_sandbox", tags=["admin: people"])
Body = dict[str, Any]


class PersonBody(BaseModel):
    name: str
    handle: str
    language: str = "en"
    followers: int = 0


class CommentBody(BaseModel):
    post_id: str
    text: str


class ReplyBody(BaseModel):
    item_id: str
    text: str


class ToAccountBody(BaseModel):
    account_id: str
    text: str


class ReviewBody(ToAccountBody):
    rating: int = Field(ge=1, le=5)


class EditBody(BaseModel):
    text: str
    rating: int | None = Field(default=None, ge=1, le=5)


@router.post("/people", status_code=201)
async def add_person(sandbox: SandboxDep, body: PersonBody) -> Person:
    return sandbox.world.add_person(body.name, body.handle, body.language, body.followers)


@router.get("/people")
async def people(sandbox: SandboxDep) -> list[Person]:
    return list(sandbox.world.state.people.values())


@router.post("/people/{person_id}/comments", status_code=201)
async def comment(sandbox: SandboxDep, person_id: str, body: CommentBody) -> Body:
    item = sandbox.people.comment(person_id, body.post_id, body.text)
    return sandbox.world.item_body(item)


@router.post("/people/{person_id}/replies", status_code=201)
async def reply(sandbox: SandboxDep, person_id: str, body: ReplyBody) -> Body:
    item = sandbox.people.reply(person_id, body.item_id, body.text)
    return sandbox.world.item_body(item)


@router.post("/people/{person_id}/quotes", status_code=201)
async def quote(sandbox: SandboxDep, person_id: str, body: CommentBody) -> Body:
    return sandbox.world.item_body(sandbox.people.quote(person_id, body.post_id, body.text))


@router.post("/people/{person_id}/mentions", status_code=201)
async def mention(sandbox: SandboxDep, person_id: str, body: ToAccountBody) -> Body:
    item = sandbox.people.mention(person_id, body.account_id, body.text)
    return sandbox.world.item_body(item)


@router.post("/people/{person_id}/messages", status_code=201)
async def message(sandbox: SandboxDep, person_id: str, body: ToAccountBody) -> Body:
    return sandbox.world.item_body(sandbox.people.dm(person_id, body.account_id, body.text))


@router.post("/people/{person_id}/reviews", status_code=201)
async def review(sandbox: SandboxDep, person_id: str, body: ReviewBody) -> Body:
    item = sandbox.people.review(person_id, body.account_id, body.text, body.rating)
    return sandbox.world.item_body(item)


@router.put("/people/{person_id}/likes/{item_id}")
async def like(sandbox: SandboxDep, person_id: str, item_id: str) -> Body:
    return sandbox.world.item_body(sandbox.people.like(person_id, item_id))


@router.put("/people/{person_id}/shares/{item_id}")
async def share(sandbox: SandboxDep, person_id: str, item_id: str) -> Body:
    return sandbox.world.item_body(sandbox.people.share(person_id, item_id))


@router.patch("/items/{item_id}")
async def edit(sandbox: SandboxDep, item_id: str, body: EditBody) -> Body:
    """As its author, whoever that is; also what an account wrote in the network's own app."""
    return sandbox.world.item_body(sandbox.people.edit(item_id, body.text, body.rating))


@router.delete("/items/{item_id}")
async def delete(sandbox: SandboxDep, item_id: str) -> Body:
    return sandbox.world.item_body(sandbox.people.delete(item_id))
