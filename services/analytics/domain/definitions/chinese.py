"""The numbers in Simplified Chinese."""

from collections.abc import Mapping

from services.analytics.domain.definitions.wording import Common, Wording
from services.analytics.domain.metrics import Metric

COMMON = Common(
    hours=(
        "全部：所有内容，按实际时间计算。工作时间：在账号的日历开放期间发生的内容，以及与"
        "开放时间有交集的时长，只计算其中开放的部分。非工作时间：其余内容，按实际时间计算"
        "。两者之和等于全部。所用日历是该账号的策略所指定的日历，否则是适用于其余账号的策"
        "略的日历，否则是工作区的第一个日历；没有日历则每个小时都算开放。修改后的日历自修"
        "改之时起生效。"
    ),
    spread=(
        "平均值以及在 15 分钟、1 小时、4 小时、1 天内回复的数量是精确的。中位数、第 90 百"
        "分位、最快和最慢与真实时长相差不超过 10%。"
    ),
    comparison="紧接在前、长度相同的周期。",
)

WORDINGS: Mapping[Metric, Wording] = {
    Metric.RECEIVED: Wording(
        name="收到",
        meaning="客户写来的消息和评论。",
        formula="收到的互动数量，按客户写下的那一天计算",
        excluded="连接账号之前的历史内容。编辑不会重复计数；之后被删除的内容仍算收到过。",
    ),
    Metric.CONVERSATIONS: Wording(
        name="会话",
        meaning="客户发起的个案：从第一条消息到最后一次关闭。",
        formula="第一条消息的数量；客户在关闭后 7 天内再次来信，仍属同一个案",
        excluded="连接账号之前的历史内容，以及由我们主动发起的会话。",
    ),
    Metric.REPLIES: Wording(
        name="回复",
        meaning="由人撰写的回复，无论是在 Parley 还是在平台自己的应用里。",
        formula="发出的互动数量，归于要求发送的人",
        excluded=(
            "规则、规则发送的模板以及使用 API 密钥的程序的回复。在平台自己的应用里由谁回复"
            "无从得知。"
        ),
    ),
    Metric.AUTOMATED_REPLIES: Wording(
        name="自动回复",
        meaning="不是由人撰写的回复。",
        formula="由规则或程序发出的互动数量",
        excluded="由人撰写的回复。",
    ),
    Metric.HANDLED: Wording(
        name="已处理",
        meaning="会话被标记为已处理的次数。",
        formula="变为“已处理”状态的次数，归于执行的人",
        excluded="无；由规则处理的会话不归于任何人。",
    ),
    Metric.REOPENED: Wording(
        name="重新打开",
        meaning="已处理的会话被客户或同事重新打开的次数。",
        formula="同一个案内由“已处理”变为其他状态的次数",
        excluded="关闭超过 7 天后客户再次来信：那是新的个案。",
    ),
    Metric.BACKLOG: Wording(
        name="积压",
        meaning="周期结束时仍未处理的会话。",
        formula="截至当时打开的总数减去截至当时处理的总数",
        excluded=("不能按人员、团队、小时、星期或时段筛选：同一会话的打开和处理可能分属不同的值。"),
    ),
    Metric.RESPONSE_RATE: Wording(
        name="回复率",
        meaning="得到过人工回复的个案所占的比例。",
        formula="得到回复的个案 ÷ 周期内开始的个案",
        excluded="规则和程序的回复。",
    ),
    Metric.REOPEN_RATE: Wording(
        name="重开率",
        meaning="关闭之后又不得不重新打开的比例。",
        formula="重新打开 ÷ 已处理",
        excluded="关闭超过 7 天后的新个案。",
    ),
    Metric.AUTOMATION_SHARE: Wording(
        name="自动化比例",
        meaning="不是由人撰写的回复所占的比例。",
        formula="自动回复 ÷（自动回复 + 回复）",
        excluded="无。",
    ),
    Metric.FIRST_RESPONSE_TIME: Wording(
        name="首次响应时间",
        meaning="客户在一个个案中等待第一次人工回复的时间。",
        formula=("首次回复的时间减去等待回复的第一条消息的时间；在回复之时计入，归于回复的人"),
        excluded="规则和程序的回复、回复之前已被删除的消息，以及未经回复就被处理的个案。",
    ),
    Metric.NEXT_RESPONSE_TIME: Wording(
        name="后续响应时间",
        meaning="客户等待之后每次回复的时间。",
        formula="回复的时间减去上一次回复之后第一条消息的时间",
        excluded="与首次响应时间相同。",
    ),
    Metric.RESOLUTION_TIME: Wording(
        name="解决时间",
        meaning="个案从第一条消息到关闭所用的时间。",
        formula="最后一次关闭的时间减去第一条消息的时间；重新打开的个案继续计时",
        excluded="仍未关闭的个案，以及没有客户来信的会话。",
    ),
    Metric.SLA_FIRST_RESPONSE: Wording(
        name="承诺达成：首次响应",
        meaning="在承诺时间内给出首次响应的比例。",
        formula="达成 ÷（达成 + 未达成），每张工单一次",
        excluded="没有承诺的工单，以及尚无结果的承诺。",
    ),
    Metric.SLA_NEXT_RESPONSE: Wording(
        name="承诺达成：后续响应",
        meaning="在承诺时间内给出后续响应的比例。",
        formula="达成 ÷（达成 + 未达成），客户每次等待计一次",
        excluded="与首次响应相同。",
    ),
    Metric.SLA_RESOLUTION: Wording(
        name="承诺达成：解决",
        meaning="在承诺时间内解决的工单所占的比例。",
        formula="达成 ÷（达成 + 未达成），每张工单一次",
        excluded="与首次响应相同。",
    ),
    Metric.PLANNED_PUBLICATIONS: Wording(
        name="计划发布",
        meaning="周期内应当发布的帖子版本，每个账号一个。",
        formula="按计划时间计算的发布数量",
        excluded="草稿和已取消的发布。",
    ),
    Metric.PUBLISHED: Wording(
        name="已发布",
        meaning="平台已接受的计划发布。",
        formula="已在平台上的发布数量，按计划时间计算",
        excluded="在平台自己的应用里发布的内容。",
    ),
    Metric.FAILED_PUBLICATIONS: Wording(
        name="失败",
        meaning="没有发布出去的计划发布。",
        formula="被平台拒绝或被放弃的发布数量",
        excluded="重试后成功的发布。",
    ),
    Metric.UNKNOWN_PUBLICATIONS: Wording(
        name="未知",
        meaning="还无法确定是否已经发布的内容。",
        formula="回读之后仍无法确定的发布数量",
        excluded="之后已经确定的发布。",
    ),
    Metric.PUNCTUALITY: Wording(
        name="准时率",
        meaning="按时发布的比例。",
        formula="计划时间之后 5 分钟内发布 ÷（已发布 + 失败 + 未知）",
        excluded="尚未到时间的发布、草稿和已取消的发布。",
    ),
    Metric.PUBLICATION_DELAY: Wording(
        name="发布延迟",
        meaning="实际发布比计划晚了多少。",
        formula="平台接受的时间减去计划时间",
        excluded="没有发布出去的内容。",
    ),
}
