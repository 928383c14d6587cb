"""What networks count, in English."""

from collections.abc import Mapping

from services.analytics.domain.definitions.wording import Wording
from services.analytics.domain.engagement import PostMetric, ProfileMetric

_AS_TOLD = "as the network tells; absent where it does not"
_ENGAGED = "likes, reposts, replies, quotes and saves, as far as the network gives them"

PROFILE_WORDINGS: Mapping[ProfileMetric, Wording] = {
    ProfileMetric.FOLLOWERS: Wording(
        name="Followers",
        meaning="Accounts that follow the profile.",
        formula=(
            f"{_AS_TOLD}; growth is the last value of the period less the last before it, divided"
            " by the last before it"
        ),
        excluded="Days on which the network told nothing; they are not guessed.",
    ),
    ProfileMetric.FOLLOWING: Wording(
        name="Following",
        meaning="Accounts that the profile follows.",
        formula=_AS_TOLD,
        excluded="Days on which the network told nothing; they are not guessed.",
    ),
    ProfileMetric.POSTS: Wording(
        name="Posts on the profile",
        meaning="Posts that stand on the profile.",
        formula=f"{_AS_TOLD}; most networks count answers, too",
        excluded="What was deleted.",
    ),
}

POST_WORDINGS: Mapping[PostMetric, Wording] = {
    PostMetric.LIKES: Wording(
        name="Likes",
        meaning="Likes, favourites and other reactions that stand on the post.",
        formula=_AS_TOLD,
        excluded="Likes that were taken back.",
    ),
    PostMetric.REPOSTS: Wording(
        name="Reposts",
        meaning="How often the post was passed on as it is.",
        formula=_AS_TOLD,
        excluded="Quotes, which are counted apart.",
    ),
    PostMetric.REPLIES: Wording(
        name="Replies",
        meaning="Comments and replies below the post.",
        formula=f"{_AS_TOLD}; our own answers count, too",
        excluded="Replies that were deleted.",
    ),
    PostMetric.QUOTES: Wording(
        name="Quotes",
        meaning="Posts of others that show this one and add words of their own.",
        formula=_AS_TOLD,
        excluded="Reposts, which are counted apart.",
    ),
    PostMetric.SAVES: Wording(
        name="Saves",
        meaning="How often people have put the post aside for later.",
        formula=_AS_TOLD,
        excluded="Saves that were taken back.",
    ),
    PostMetric.VIEWS: Wording(
        name="Views",
        meaning="How often the post was on a screen; one person may count several times.",
        formula=_AS_TOLD,
        excluded="Nothing that the network counts.",
    ),
    PostMetric.REACH: Wording(
        name="Reach",
        meaning="How many different accounts have seen the post.",
        formula=(
            f"{_AS_TOLD}; never added up over posts, days or profiles, because the same person"
            " would count again"
        ),
        excluded="Whoever saw it more than once counts once.",
    ),
    PostMetric.ENGAGEMENTS: Wording(
        name="Engagements",
        meaning="How often people did something with the post.",
        formula=_ENGAGED,
        excluded="Views, and private messages about the post.",
    ),
    PostMetric.RATE_BY_FOLLOWERS: Wording(
        name="Engagement rate by followers",
        meaning="Engagements for each follower that the profile had when the post appeared.",
        formula=f"{_ENGAGED}, divided by the followers of the time when the post appeared",
        excluded="Posts that appeared before the followers of the profile were known.",
    ),
    PostMetric.RATE_BY_REACH: Wording(
        name="Engagement rate by reach",
        meaning="Engagements for each account that has seen the post.",
        formula=f"{_ENGAGED}, divided by reach",
        excluded="Posts on networks that do not tell reach.",
    ),
    PostMetric.RATE_BY_VIEWS: Wording(
        name="Engagement rate by views",
        meaning="Engagements for each time that the post was on a screen.",
        formula=f"{_ENGAGED}, divided by views",
        excluded="Posts on networks that do not tell views.",
    ),
}
