"""What networks count of profiles and posts."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from services.analytics.domain.definitions.wording import Language
from services.analytics.domain.engagement import PostMetric
from services.analytics.domain.periods import Period
from services.analytics.errors import PeriodError, PostNotFoundError, ProfileNotFoundError
from services.analytics.queries import measured_posts, measured_profiles
from services.analytics.queries.network_definitions import network_measures
from services.analytics.schemas.network_measures import (
    ComparedGrowthView,
    ContentDayView,
    MeasuredPostView,
    MeasuredProfileView,
    NetworkMeasuresView,
    PostCurveView,
    ProfileDayView,
)
from shared.http.pages import DEFAULT_LIMIT, CursorError, Page, PageCursor, PageLimit
from shared.http.problems import answers
from shared.http.unit_of_work import CurrentIdentity, Reading, UnitOfWorkRoute, requires
from shared.permissions import Level, Module

router = APIRouter(
    route_class=UnitOfWorkRoute,
    tags=["network measures"],
    dependencies=[requires(Module.ANALYTICS, Level.VIEW)],
)
FirstDay = Annotated[date, Query(description="In the workspace's time zone.")]
LastDay = Annotated[date, Query(description="The last day that belongs to the period.")]

SortedBy = Annotated[
    PostMetric | None,
    Query(description="Greatest first, without the measure last; newest first where left out."),
]


@router.get("/network-measures", operation_id="list_network_measures")
async def list_network_measures(language: Language = Language.ENGLISH) -> NetworkMeasuresView:
    """What each measure of a network means, how it is made and what does not count."""
    return network_measures(language)


@router.get("/profiles", operation_id="list_measured_profiles")
async def list_profiles(read: Reading, identity: CurrentIdentity) -> list[MeasuredProfileView]:
    return await measured_profiles.list_profiles(read, identity)


@router.get(
    "/profiles/{profile_id}",
    operation_id="get_measured_profile",
    responses=answers(ProfileNotFoundError),
)
async def get_profile(
    read: Reading, identity: CurrentIdentity, profile_id: UUID
) -> MeasuredProfileView:
    return await measured_profiles.get_profile(read, identity, profile_id)


@router.get(
    "/profiles/{profile_id}/days",
    operation_id="list_profile_days",
    responses=answers(ProfileNotFoundError, PeriodError),
)
async def list_profile_days(
    read: Reading, identity: CurrentIdentity, profile_id: UUID, first: FirstDay, last: LastDay
) -> list[ProfileDayView]:
    """How each day ended; a day on which the network told nothing is left out."""
    return await measured_profiles.list_days(
        read, identity, profile_id, Period.checked(first, last)
    )


@router.get(
    "/profiles/{profile_id}/growth",
    operation_id="compare_profile_growth",
    responses=answers(ProfileNotFoundError, PeriodError),
)
async def compare_growth(
    read: Reading, identity: CurrentIdentity, profile_id: UUID, first: FirstDay, last: LastDay
) -> list[ComparedGrowthView]:
    """The growth in a period beside that of the equally long period immediately before."""
    return await measured_profiles.compare_growth(
        read, identity, profile_id, Period.checked(first, last)
    )


@router.get(
    "/posts",
    operation_id="list_measured_posts",
    responses=answers(PeriodError, CursorError),
)
async def list_posts(  # noqa: PLR0913, PLR0917 -- the query of a list is its parameters.
    read: Reading,
    identity: CurrentIdentity,
    first: FirstDay,
    last: LastDay,
    profile_id: UUID | None = None,
    sort: SortedBy = None,
    cursor: PageCursor = None,
    limit: PageLimit = DEFAULT_LIMIT,
) -> Page[MeasuredPostView]:
    """Posts that were published in the period, with their latest measures."""
    wanted = measured_posts.Wanted(
        period=Period.checked(first, last),
        profile_id=profile_id,
        sort=sort,
        cursor=cursor,
        limit=limit,
    )
    return await measured_posts.list_posts(read, identity, wanted)


@router.get(
    "/posts/{publication_id}",
    operation_id="get_measured_post",
    responses=answers(PostNotFoundError),
)
async def get_post(read: Reading, identity: CurrentIdentity, publication_id: UUID) -> PostCurveView:
    """One post with everything that was ever counted of it."""
    return await measured_posts.get_post(read, identity, publication_id)


@router.get(
    "/content",
    operation_id="list_content_days",
    responses=answers(PeriodError),
)
async def list_content(
    read: Reading, identity: CurrentIdentity, first: FirstDay, last: LastDay
) -> list[ContentDayView]:
    """By how much the counts of all posts of a profile rose on each day; reach never adds up."""
    return await measured_posts.list_content(read, identity, Period.checked(first, last))
