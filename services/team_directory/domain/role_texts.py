"""What each role that comes with Parley is called and for, in the languages of the product."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """A text for people, in English and in Simplified Chinese."""

    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class RoleText:
    name: Words
    duties: Words


ROLE_TEXTS: Mapping[str, RoleText] = {
    "owner": RoleText(
        Words("Owner", "所有者"),
        Words(
            "Answers for the workspace; may do everything, and alone makes other owners.",
            "对工作区负责，拥有全部权限，也是唯一可以指定其他所有者的人。",
        ),
    ),
    "administrator": RoleText(
        Words("Administrator", "管理员"),
        Words(
            "Runs the workspace: people, roles, profiles and connections.",
            "管理工作区：成员、角色、账号与连接。",
        ),
    ),
    "social_media_manager": RoleText(
        Words("Social media manager", "社交媒体经理"),
        Words(
            "Runs the day: what to answer, what goes out, what is late. Connects the profiles.",
            "掌管日常：该回复什么、该发布什么、什么已经延误；并负责连接账号。",
        ),
    ),
    "head_of_social": RoleText(
        Words("Head of social", "社交媒体负责人"),
        Words(
            "Sets goals and strategy, plans people and load, reports results to the leadership.",
            "制定目标与策略，安排人员与工作量，向管理层汇报成果。",
        ),
    ),
    "content_creator": RoleText(
        Words("Content creator", "内容创作者"),
        Words(
            "Turns a brief into drafts for each network, adds media, and works in the feedback.",
            "把需求变成各平台的草稿，配上素材，并根据反馈修改。",
        ),
    ),
    "community_manager": RoleText(
        Words("Community manager", "社区经理"),
        Words(
            "Answers comments and messages in time, handles trolls calmly, collects happy voices.",
            "及时回复评论和私信，冷静应对恶意言论，收集好评。",
        ),
    ),
    "social_analyst": RoleText(
        Words("Social analyst", "社交媒体分析师"),
        Words(
            "Measures reach, engagement and service, explains the numbers, makes the reports.",
            "衡量触达、互动与服务质量，解读数据，制作报告。",
        ),
    ),
    "paid_social_specialist": RoleText(
        Words("Paid social specialist", "付费社交广告专员"),
        Words(
            "Runs the ads: spend, pacing, results, and the comments under the ads.",
            "投放广告：预算、节奏、效果，以及广告下的评论。",
        ),
    ),
    "copywriter": RoleText(
        Words("Copywriter", "文案"),
        Words(
            "Writes and polishes the texts of posts in the voice of the brand.",
            "以品牌的语气撰写并打磨帖子文案。",
        ),
    ),
    "graphic_designer": RoleText(
        Words("Graphic designer", "平面设计师"),
        Words(
            "Makes pictures and templates that follow the brand guidelines.",
            "按照品牌规范制作图片与模板。",
        ),
    ),
    "video_editor": RoleText(
        Words("Video editor", "视频剪辑师"),
        Words(
            "Cuts videos into the forms and lengths that each network wants.",
            "把视频剪成各平台需要的形式与时长。",
        ),
    ),
    "influencer_manager": RoleText(
        Words("Influencer manager", "达人营销经理"),
        Words(
            "Finds creators to work with, keeps the relationship, asks to reuse their content.",
            "寻找并维护合作达人，取得内容再使用的许可。",
        ),
    ),
    "brand_manager": RoleText(
        Words("Brand manager", "品牌经理"),
        Words(
            "Guards the voice and the look of the brand; approves content; is consulted.",
            "守护品牌的语气与形象，审批内容，接受咨询。",
        ),
    ),
    "product_manager": RoleText(
        Words("Product manager", "产品经理"),
        Words(
            "Answers questions about the product when a conversation or a ticket needs it.",
            "当对话或工单需要时，解答有关产品的问题。",
        ),
    ),
    "customer_service_representative": RoleText(
        Words("Customer service representative", "客服代表"),
        Words(
            "Solves the cases of customers, with a clock running.",
            "在时限内解决客户的问题。",
        ),
    ),
}
