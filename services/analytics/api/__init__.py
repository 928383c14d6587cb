"""Routes of analytics: parse, authorise, call one command or query, return."""

from fastapi import APIRouter

from services.analytics.api import network_measures, volume

router = APIRouter()
router.include_router(volume.router)
router.include_router(network_measures.router)
