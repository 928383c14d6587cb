"""Routes of analytics: parse, authorise, call one command or query, return."""

from fastapi import APIRouter

from services.analytics.api import network_measures, recounts, reports

router = APIRouter()
router.include_router(reports.router)
router.include_router(recounts.router)
router.include_router(network_measures.router)
