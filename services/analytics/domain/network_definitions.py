"""What each measure of a network means, in the languages of the product."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from services.analytics.domain.engagement import PostMetric, ProfileMetric


class Unit(StrEnum):
    COUNT = "count"
    PERCENT = "percent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """`additive` says whether values may be added up over posts, days and profiles."""

    unit: Unit = Unit.COUNT
    additive: bool
    name: Mapping[str, str]
    text: Mapping[str, str]


def _count(en: str, zh: str, en_text: str, zh_text: str, *, additive: bool = True) -> Definition:
    return Definition(
        additive=additive, name={"en": en, "zh": zh}, text={"en": en_text, "zh": zh_text}
    )


def _rate(en: str, zh: str, en_text: str, zh_text: str) -> Definition:
    return replace(_count(en, zh, en_text, zh_text, additive=False), unit=Unit.PERCENT)


PROFILE_DEFINITIONS: Mapping[ProfileMetric, Definition] = {
    ProfileMetric.FOLLOWERS: _count(
        "Followers",
        "粉丝数",
        "Accounts that follow the profile, as its network tells. Growth is the value at the end"
        " of the period less the value at its start, divided by the value at its start.",
        "网络平台给出的关注该账号的用户数。增长率 =（期末值 - 期初值）÷ 期初值。",
        additive=False,
    ),
    ProfileMetric.FOLLOWING: _count(
        "Following",
        "关注数",
        "Accounts that the profile follows, as its network tells.",
        "网络平台给出的该账号所关注的用户数。",
        additive=False,
    ),
    ProfileMetric.POSTS: _count(
        "Posts on the profile",
        "帖子总数",
        "Posts that stand on the profile, as its network counts them; most networks count"
        " answers, too.",
        "该账号上现存的帖子数，按网络平台自己的口径统计；多数平台也把回复计算在内。",
        additive=False,
    ),
}

POST_DEFINITIONS: Mapping[PostMetric, Definition] = {
    PostMetric.LIKES: _count(
        "Likes",
        "点赞数",
        "Likes, favourites and other reactions that stand on the post.",
        "帖子上现有的点赞、收藏式点赞及其他表态数。",
    ),
    PostMetric.REPOSTS: _count(
        "Reposts",
        "转发数",
        "How often the post was passed on as it is; quotes are counted apart.",
        "帖子被原样转发的次数；引用转发另计。",
    ),
    PostMetric.REPLIES: _count(
        "Replies",
        "回复数",
        "Comments and replies below the post, our own included, as its network counts them.",
        "帖子下的评论和回复数，包括我们自己的回复，按网络平台的口径统计。",
    ),
    PostMetric.QUOTES: _count(
        "Quotes",
        "引用数",
        "Posts of others that show this one and add words of their own.",
        "他人附上自己文字引用本帖的次数。",
    ),
    PostMetric.SAVES: _count(
        "Saves",
        "收藏数",
        "How often people have put the post aside for later.",
        "用户收藏本帖以便稍后查看的次数。",
    ),
    PostMetric.VIEWS: _count(
        "Views",
        "浏览量",
        "How often the post was on a screen; one person may count several times.",
        "帖子在屏幕上展示的次数；同一人可能被计算多次。",
    ),
    PostMetric.REACH: _count(
        "Reach",
        "触达人数",
        "How many different accounts have seen the post. Never added up over posts, days or"
        " networks, because the same person would count again.",
        "看过帖子的不同账号数。不在帖子、日期或平台之间相加，否则同一人会被重复计算。",
        additive=False,
    ),
    PostMetric.ENGAGEMENTS: _count(
        "Engagements",
        "互动数",
        "Likes, reposts, replies, quotes and saves together, as far as the network gives them.",
        "点赞、转发、回复、引用和收藏之和，以网络平台提供的指标为限。",
    ),
    PostMetric.RATE_BY_FOLLOWERS: _rate(
        "Engagement rate by followers",
        "互动率（按粉丝）",
        "Engagements divided by the followers that the profile had when the post appeared.",
        "互动数 ÷ 帖子发布时该账号的粉丝数。",
    ),
    PostMetric.RATE_BY_REACH: _rate(
        "Engagement rate by reach",
        "互动率（按触达）",
        "Engagements divided by reach; only where the network gives reach.",
        "互动数 ÷ 触达人数；仅在网络平台提供触达人数时计算。",
    ),
    PostMetric.RATE_BY_VIEWS: _rate(
        "Engagement rate by views",
        "互动率（按浏览）",
        "Engagements divided by views; only where the network gives views.",
        "互动数 ÷ 浏览量；仅在网络平台提供浏览量时计算。",
    ),
}
