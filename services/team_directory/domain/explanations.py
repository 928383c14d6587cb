"""What modules, levels, rights and sights mean to a person who decides about them."""

from collections.abc import Mapping

from services.team_directory.domain.role_texts import Words
from shared.permissions import Level, Module, Right, Sight

MODULES: Mapping[Module, Words] = {
    Module.INBOX: Words("Conversations with customers", "与客户的对话"),
    Module.MODERATION: Words("Rules that moderate automatically", "自动审核规则"),
    Module.PUBLISHING: Words("Posts, calendar and approval", "帖子、日历与审批"),
    Module.TICKETS: Words("Tickets and service times", "工单与服务时限"),
    Module.ANALYTICS: Words("Numbers and reports", "数据与报告"),
    Module.ADS: Words("Ads, spend and pacing", "广告、花费与投放节奏"),
    Module.DIRECTORY: Words("People, roles and teams", "人员、角色与团队"),
    Module.PROFILES: Words("Connected accounts", "已连接的账号"),
    Module.POLICIES: Words("Policies and who has read them", "制度及其阅读情况"),
    Module.CONNECTIONS: Words("API keys, webhooks and exports", "API 密钥、Webhook 与导出"),
}

LEVELS: Mapping[Level, Words] = {
    Level.NONE: Words("Does not see it", "不可见"),
    Level.VIEW: Words("Sees it", "可查看"),
    Level.EDIT: Words("Works in it", "可编辑"),
    Level.APPROVE: Words("Decides about the work of others", "可审批他人的工作"),
    Level.ADMINISTER: Words(
        "Sets its rules and may do everything in it", "可设定规则并执行全部操作"
    ),
}

RIGHTS: Mapping[Right, Words] = {
    Right.REPLY_PUBLIC: Words("Reply for everybody to read", "公开回复"),
    Right.REPLY_PRIVATE: Words("Reply in a private message", "私信回复"),
    Right.LIKE: Words("Like", "点赞"),
    Right.HIDE: Words("Hide from others", "隐藏"),
    Right.DELETE: Words("Delete on the network", "在平台上删除"),
    Right.BLOCK: Words("Block the author", "拉黑作者"),
    Right.ASSIGN: Words("Assign to a person or a team", "分配给成员或团队"),
    Right.TAKE_OVER: Words("Take over from a colleague", "从同事处接手"),
    Right.BULK: Words("Act on many at once", "批量操作"),
    Right.EXPORT: Words("Export to a file", "导出文件"),
}

SIGHTS: Mapping[Sight, Words] = {
    Sight.ALL: Words("Sees every conversation", "查看全部对话"),
    Sight.TEAM: Words(
        "Sees those of the own teams, and unassigned ones", "查看本团队及未分配的对话"
    ),
    Sight.ASSIGNED: Words("Sees only what is assigned to the person", "只查看分配给自己的对话"),
}
