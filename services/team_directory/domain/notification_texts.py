"""What notifications say, in the languages of the product."""

from collections.abc import Mapping

from services.team_directory.domain.notifications import NotificationKind, SubjectType
from services.team_directory.domain.role_texts import Words

KINDS: Mapping[NotificationKind, Words] = {
    NotificationKind.ASSIGNED: Words("Something is assigned to you", "有工作分配给你"),
    NotificationKind.TEAM_ASSIGNED: Words(
        "Something is assigned to your team", "有工作分配给你的团队"
    ),
    NotificationKind.MENTIONED: Words("Somebody mentions you in a note", "有人在备注中提到你"),
    NotificationKind.TICKET_ACTIVITY: Words(
        "Something happens to a ticket that you work on or watch", "你处理或关注的工单有动态"
    ),
    NotificationKind.SLA_NEAR: Words("A service time is about to be missed", "服务时限即将到期"),
    NotificationKind.SLA_MISSED: Words("A service time was missed", "服务时限已超期"),
    NotificationKind.PUBLICATION_AT_RISK: Words(
        "A planned post will fail unless somebody helps", "计划发布的帖子可能失败，需要处理"
    ),
    NotificationKind.PUBLICATION_FAILED: Words(
        "A post was not published, or nobody knows whether it was", "帖子发布失败或结果未知"
    ),
    NotificationKind.PROFILE_NEEDS_PERSON: Words(
        "An account needs somebody to sign in again", "账号需要重新登录"
    ),
    NotificationKind.WEBHOOK_PAUSED: Words(
        "A partner's server no longer takes what it is told", "合作方的服务器不再接收通知"
    ),
}

_TITLES: Mapping[tuple[NotificationKind, SubjectType], Words] = {
    (NotificationKind.ASSIGNED, SubjectType.CONVERSATION): Words(
        "{actor} assigned you a conversation on {profile}",
        "{actor} 将 {profile} 上的一个对话分配给了你",
    ),
    (NotificationKind.ASSIGNED, SubjectType.TICKET): Words(
        "{actor} assigned you the ticket “{subject}”", "{actor} 将工单“{subject}”分配给了你"
    ),
    (NotificationKind.TEAM_ASSIGNED, SubjectType.CONVERSATION): Words(
        "{actor} assigned your team a conversation on {profile}",
        "{actor} 将 {profile} 上的一个对话分配给了你的团队",
    ),
    (NotificationKind.TEAM_ASSIGNED, SubjectType.TICKET): Words(
        "{actor} assigned your team the ticket “{subject}”",
        "{actor} 将工单“{subject}”分配给了你的团队",
    ),
    (NotificationKind.MENTIONED, SubjectType.CONVERSATION): Words(
        "{actor} mentioned you in a note on a conversation on {profile}",
        "{actor} 在 {profile} 的一个对话的备注中提到了你",
    ),
    (NotificationKind.MENTIONED, SubjectType.TICKET): Words(
        "{actor} mentioned you in a note on the ticket “{subject}”",
        "{actor} 在工单“{subject}”的备注中提到了你",
    ),
    (NotificationKind.SLA_NEAR, SubjectType.TICKET): Words(
        "The ticket “{subject}” will soon miss its {target}",
        "工单“{subject}”的{target}时限即将到期",
    ),
    (NotificationKind.SLA_MISSED, SubjectType.TICKET): Words(
        "The ticket “{subject}” missed its {target}", "工单“{subject}”的{target}已超期"
    ),
    (NotificationKind.PUBLICATION_AT_RISK, SubjectType.POST): Words(
        "A planned post on {profile} will fail unless somebody helps",
        "计划在 {profile} 上发布的帖子可能失败，需要处理",
    ),
    (NotificationKind.PROFILE_NEEDS_PERSON, SubjectType.PROFILE): Words(
        "{profile} needs somebody to sign in again", "{profile} 需要重新登录"
    ),
    (NotificationKind.WEBHOOK_PAUSED, SubjectType.WEBHOOK): Words(
        "Webhooks to {subject} are paused until somebody enables them again",
        "发往 {subject} 的 Webhook 已暂停，需要有人重新启用",
    ),
}

# Of kinds that are about several things, by the fact `what`.
_VARIANTS: Mapping[str, Words] = {
    "noted": Words(
        "{actor} wrote a note on the ticket “{subject}”", "{actor} 在工单“{subject}”上写了备注"
    ),
    "reassigned": Words(
        "{actor} gave the ticket “{subject}” to somebody else", "{actor} 将工单“{subject}”转交他人"
    ),
    "watching": Words(
        "{actor} lets you follow the ticket “{subject}”", "{actor} 让你关注工单“{subject}”"
    ),
    "moved": Words(
        "{actor} set the ticket “{subject}” to {state}", "{actor} 将工单“{subject}”设为{state}"
    ),
    "answered": Words(
        "The customer wrote again: the ticket “{subject}” is open",
        "客户再次来信：工单“{subject}”已重新打开",
    ),
    "failed": Words("A post could not be published on {profile}", "帖子未能在 {profile} 上发布"),
    "unknown": Words(
        "Nobody knows whether a post was published on {profile}; please look there",
        "无法确认帖子是否已在 {profile} 上发布，请前往查看",
    ),
}

_TERMS: Mapping[str, Words] = {
    "first_response": Words("first response", "首次响应"),
    "next_response": Words("next response", "后续响应"),
    "resolution": Words("resolution", "解决"),
    "open": Words("open", "处理中"),
    "pending": Words("pending", "等待客户"),
    "on_hold": Words("on hold", "搁置"),
    "resolved": Words("resolved", "已解决"),
    "closed": Words("closed", "已关闭"),
}

_SOMEBODY = Words("Parley", "Parley")
_SOME_PROFILE = Words("an account", "某账号")


def title(
    kind: NotificationKind,
    subject: SubjectType,
    facts: Mapping[str, str],
    *,
    actor: str | None,
    profile: str | None,
) -> Words:
    """One sentence about what happened."""
    form = _TITLES.get((kind, subject)) or _VARIANTS.get(facts.get("what", "")) or KINDS[kind]
    return Words(
        form.en.format_map(_values(facts, actor, profile, "en")),
        form.zh.format_map(_values(facts, actor, profile, "zh")),
    )


def _values(
    facts: Mapping[str, str], actor: str | None, profile: str | None, language: str
) -> dict[str, str]:
    def term(name: str) -> str:
        word = facts.get(name, "")
        return str(getattr(_TERMS[word], language)) if word in _TERMS else word

    return {
        "actor": actor or str(getattr(_SOMEBODY, language)),
        "profile": profile or str(getattr(_SOME_PROFILE, language)),
        "subject": facts.get("subject", ""),
        "target": term("target"),
        "state": term("state"),
    }
