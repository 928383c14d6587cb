"""Routes of ticketing: parse, authorise, call one command or query, return."""

from fastapi import APIRouter

from services.ticketing.api import reading, service_levels, work

# Those with a name of their own stand before those that take any id.
router = APIRouter()
router.include_router(service_levels.router)
router.include_router(reading.router)
router.include_router(work.router)
