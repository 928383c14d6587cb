"""Routes of the inbox: parse, authorise, call one command or query, return."""

from fastapi import APIRouter

from services.inbox.api import (
    actions,
    contacts,
    conversations,
    deliveries,
    health,
    notes,
    profiles,
    tags,
    views,
    work,
)

router = APIRouter()
router.include_router(profiles.router)
router.include_router(health.router)
router.include_router(deliveries.router)
router.include_router(conversations.router)
router.include_router(work.router)
router.include_router(notes.router)
router.include_router(tags.router)
router.include_router(views.router)
router.include_router(contacts.router)
router.include_router(actions.router)
