"""Routes of the inbox: parse, authorise, call one command or query, return."""

from fastapi import APIRouter

from services.inbox.api import profiles

router = APIRouter()
router.include_router(profiles.router)
