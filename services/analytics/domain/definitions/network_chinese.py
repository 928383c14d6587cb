"""What networks count, in Simplified Chinese."""

from collections.abc import Mapping

from services.analytics.domain.definitions.wording import Wording
from services.analytics.domain.engagement import PostMetric, ProfileMetric

_AS_TOLD = "以网络平台给出的数值为准；平台不提供时则没有该数值"
_ENGAGED = "点赞、转发、回复、引用和收藏之和，以平台提供的为限"
_UNKNOWN_DAYS = "平台未给出数值的日期；不作估算。"

PROFILE_WORDINGS: Mapping[ProfileMetric, Wording] = {
    ProfileMetric.FOLLOWERS: Wording(
        name="粉丝数",
        meaning="关注该账号的用户数。",
        formula=f"{_AS_TOLD}；增长率为期末值减去期初前的最后值，再除以期初前的最后值",
        excluded=_UNKNOWN_DAYS,
    ),
    ProfileMetric.FOLLOWING: Wording(
        name="关注数",
        meaning="该账号关注的用户数。",
        formula=_AS_TOLD,
        excluded=_UNKNOWN_DAYS,
    ),
    ProfileMetric.POSTS: Wording(
        name="账号帖子数",
        meaning="账号上现存的帖子数。",
        formula=f"{_AS_TOLD}；多数平台也把回复计算在内",
        excluded="已删除的内容。",
    ),
}

POST_WORDINGS: Mapping[PostMetric, Wording] = {
    PostMetric.LIKES: Wording(
        name="点赞数",
        meaning="帖子上现有的点赞、喜欢及其他表态数。",
        formula=_AS_TOLD,
        excluded="已取消的点赞。",
    ),
    PostMetric.REPOSTS: Wording(
        name="转发数",
        meaning="帖子被原样转发的次数。",
        formula=_AS_TOLD,
        excluded="引用转发，另行计算。",
    ),
    PostMetric.REPLIES: Wording(
        name="回复数",
        meaning="帖子下的评论和回复数。",
        formula=f"{_AS_TOLD}；包括我们自己的回复",
        excluded="已删除的回复。",
    ),
    PostMetric.QUOTES: Wording(
        name="引用数",
        meaning="他人附上自己的文字引用本帖的次数。",
        formula=_AS_TOLD,
        excluded="原样转发，另行计算。",
    ),
    PostMetric.SAVES: Wording(
        name="收藏数",
        meaning="用户收藏本帖以便稍后查看的次数。",
        formula=_AS_TOLD,
        excluded="已取消的收藏。",
    ),
    PostMetric.VIEWS: Wording(
        name="浏览量",
        meaning="帖子在屏幕上展示的次数；同一人可能被计算多次。",
        formula=_AS_TOLD,
        excluded="无；平台计入的都算。",
    ),
    PostMetric.REACH: Wording(
        name="触达人数",
        meaning="看过帖子的不同账号数。",
        formula=f"{_AS_TOLD}；不在帖子、日期或账号之间相加，否则同一人会被重复计算",
        excluded="同一账号多次观看只算一次。",
    ),
    PostMetric.ENGAGEMENTS: Wording(
        name="互动数",
        meaning="人们与帖子互动的次数。",
        formula=_ENGAGED,
        excluded="浏览，以及关于该帖的私信。",
    ),
    PostMetric.RATE_BY_FOLLOWERS: Wording(
        name="互动率（按粉丝）",
        meaning="帖子发布时每位粉丝对应的互动数。",
        formula=f"{_ENGAGED}，除以帖子发布时的粉丝数",
        excluded="在得知账号粉丝数之前发布的帖子。",
    ),
    PostMetric.RATE_BY_REACH: Wording(
        name="互动率（按触达）",
        meaning="每个看过帖子的账号对应的互动数。",
        formula=f"{_ENGAGED}，除以触达人数",
        excluded="不提供触达人数的平台上的帖子。",
    ),
    PostMetric.RATE_BY_VIEWS: Wording(
        name="互动率（按浏览）",
        meaning="每次展示对应的互动数。",
        formula=f"{_ENGAGED}，除以浏览量",
        excluded="不提供浏览量的平台上的帖子。",
    ),
}
