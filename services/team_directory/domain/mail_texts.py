"""What mails say around the notifications, in the languages of the product."""

from collections.abc import Mapping

from services.team_directory.domain.mail import MailKind
from services.team_directory.domain.role_texts import Words

SUBJECTS: Mapping[MailKind, Words] = {
    MailKind.NOTIFICATIONS: Words(
        "{count} notifications · {workspace}", "{count} 条通知 · {workspace}"
    ),
    MailKind.DIGEST: Words("What you have missed · {workspace}", "未读通知摘要 · {workspace}"),
    MailKind.INVITATION: Words(
        "{inviter} invites you to {workspace}", "{inviter} 邀请你加入 {workspace}"
    ),
    MailKind.PASSWORD_RESET: Words("A new password for Parley", "重设 Parley 密码"),
}

INTRODUCTIONS: Mapping[MailKind, Words] = {
    MailKind.NOTIFICATIONS: Words("This has just happened:", "刚刚发生："),
    MailKind.DIGEST: Words("You have not read this yet:", "以下通知你尚未查看："),
    MailKind.INVITATION: Words(
        "{inviter} invites you to work in {workspace} on Parley, a desk for social media teams.",
        "{inviter} 邀请你加入 {workspace} 的 Parley 社交媒体工作台。",
    ),
    MailKind.PASSWORD_RESET: Words(
        "With this link you can choose a new password. It works once.",
        "你可以通过此链接设置新密码，链接仅可使用一次。",
    ),
}

ACTIONS: Mapping[MailKind, Words] = {
    MailKind.INVITATION: Words("Join", "接受邀请"),
    MailKind.PASSWORD_RESET: Words("Choose a new password", "设置新密码"),
}

_WORKS_HERE = Words(
    "You get this because you work in {workspace}.", "你收到此邮件是因为你是 {workspace} 的成员。"
)

WHY: Mapping[MailKind, Words] = {
    MailKind.NOTIFICATIONS: _WORKS_HERE,
    MailKind.DIGEST: _WORKS_HERE,
    MailKind.INVITATION: Words(
        "If you do not know who that is, do nothing.", "如果你不认识此人，请忽略此邮件。"
    ),
    MailKind.PASSWORD_RESET: Words(
        "If you did not ask for this, do nothing; your password stays as it is.",
        "如果这不是你本人的请求，请忽略此邮件，密码不会更改。",
    ),
}

DUE = Words("Due: {moment}", "截止时间：{moment}")
REASON = Words("Reason: {reason}", "原因：{reason}")
VALID_UNTIL = Words("The link works until {moment}.", "链接有效期至 {moment}。")
MORE = Words("and {count} more", "另有 {count} 条")
SETTINGS = Words("Choose what you are told", "通知设置")
UNSUBSCRIBE = Words("No more mail from {workspace}", "不再接收 {workspace} 的邮件")
