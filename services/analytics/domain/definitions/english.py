"""The numbers in English."""

from collections.abc import Mapping

from services.analytics.domain.definitions.wording import Common, Wording
from services.analytics.domain.metrics import Metric

COMMON = Common(
    hours=(
        "All: everything, by the wall clock. Business hours: what happened while the "
        "profile's calendar was open, and durations that touch open hours, of which only "
        "the open time counts. Off hours: everything else, by the wall clock. The two "
        "add up to all. The calendar is that of the profile's policy, else of the policy "
        "for all other profiles, else the workspace's first; without one every hour is "
        "open. A calendar that was changed holds from then on."
    ),
    spread=(
        "Mean, and answered within 15 minutes, one hour, four hours and a day, are "
        "exact. Median, 90th percentile, fastest and slowest are within 10 % of the true "
        "duration."
    ),
    comparison="The equally long period that ends on the day before.",
)

WORDINGS: Mapping[Metric, Wording] = {
    Metric.RECEIVED: Wording(
        name="Received",
        meaning="Messages and comments that customers wrote.",
        formula=("the number of inbound interactions, on the day on which they were written"),
        excluded=(
            "What was read back from before a profile was connected. Edits do not count "
            "again, and what is deleted later was received all the same."
        ),
    ),
    Metric.CONVERSATIONS: Wording(
        name="Conversations",
        meaning="Cases that customers began: from a first message to the last closing.",
        formula=(
            "the number of first messages; a customer who writes again within 7 days of "
            "the closing goes on with the same case"
        ),
        excluded=(
            "What was read back from before a profile was connected, and what we began ourselves."
        ),
    ),
    Metric.REPLIES: Wording(
        name="Replies",
        meaning="Answers that people wrote, in Parley or in the network's own app.",
        formula=("the number of outbound interactions, each with the person who asked for it"),
        excluded=(
            "Answers by rules, templates that a rule sent and programs with an API key. "
            "Who answered in the network's own app is not known."
        ),
    ),
    Metric.AUTOMATED_REPLIES: Wording(
        name="Automated replies",
        meaning="Answers that no person wrote.",
        formula="the number of outbound interactions that a rule or a program asked for",
        excluded="Answers of people.",
    ),
    Metric.HANDLED: Wording(
        name="Handled",
        meaning="How often a conversation was marked as handled.",
        formula=("the number of changes to the state handled, each with the person who made it"),
        excluded="Nothing; what a rule handled stands under nobody.",
    ),
    Metric.REOPENED: Wording(
        name="Reopened",
        meaning=(
            "How often a handled conversation was opened again, by the customer or by a colleague."
        ),
        formula=("the number of changes from handled to another state within the same case"),
        excluded=(
            "A customer who writes again later than 7 days after the closing: that is a new case."
        ),
    ),
    Metric.BACKLOG: Wording(
        name="Backlog",
        meaning="Conversations that are open at the end of the period.",
        formula="all that were opened until then less all that were handled until then",
        excluded=(
            "Filters by person, team, hour and weekday, and the mode of hours: a "
            "conversation is opened and handled under different ones."
        ),
    ),
    Metric.RESPONSE_RATE: Wording(
        name="Response rate",
        meaning="The share of cases that a person answered at all.",
        formula="cases that were answered ÷ cases that began in the period",
        excluded="Answers by rules and programs.",
    ),
    Metric.REOPEN_RATE: Wording(
        name="Re-open rate",
        meaning="How often what was closed had to be opened again.",
        formula="reopened ÷ handled",
        excluded="A new case more than 7 days after the closing.",
    ),
    Metric.AUTOMATION_SHARE: Wording(
        name="Automation share",
        meaning="The share of answers that no person wrote.",
        formula="automated replies ÷ (automated replies + replies)",
        excluded="Nothing.",
    ),
    Metric.FIRST_RESPONSE_TIME: Wording(
        name="First response time",
        meaning="How long a customer waits for the first answer of a person in a case.",
        formula=(
            "time of the first reply minus time of the first message that awaited it; counts "
            "when it was answered, for the person who answered"
        ),
        excluded=(
            "Answers by rules and programs, messages that were deleted before the answer, "
            "and cases that were handled without an answer."
        ),
    ),
    Metric.NEXT_RESPONSE_TIME: Wording(
        name="Next response time",
        meaning="How long a customer waits for every further answer.",
        formula=("time of the reply minus time of the first message since the reply before it"),
        excluded="As for the first response time.",
    ),
    Metric.RESOLUTION_TIME: Wording(
        name="Resolution time",
        meaning="How long a case takes from its first message to its closing.",
        formula=(
            "time of the last closing minus time of the first message;"
            " a case that is reopened goes on"
        ),
        excluded="Cases that are open, and conversations in which no customer wrote.",
    ),
    Metric.SLA_FIRST_RESPONSE: Wording(
        name="Promise kept: first response",
        meaning="The share of first responses that were given within the promised time.",
        formula="kept ÷ (kept + missed), once for each ticket",
        excluded=(
            "Tickets for which nothing was promised, and what was neither kept nor missed yet."
        ),
    ),
    Metric.SLA_NEXT_RESPONSE: Wording(
        name="Promise kept: next response",
        meaning=("The share of further responses that were given within the promised time."),
        formula="kept ÷ (kept + missed), once for each wait of a customer",
        excluded="As for the first response.",
    ),
    Metric.SLA_RESOLUTION: Wording(
        name="Promise kept: resolution",
        meaning="The share of tickets that were resolved within the promised time.",
        formula="kept ÷ (kept + missed), once for each ticket",
        excluded="As for the first response.",
    ),
    Metric.PLANNED_PUBLICATIONS: Wording(
        name="Planned publications",
        meaning=("Versions of posts that were to appear in the period, one for each profile."),
        formula="the number of publications by the time for which they were planned",
        excluded="Drafts, and what was cancelled.",
    ),
    Metric.PUBLISHED: Wording(
        name="Published",
        meaning="Planned publications that the network took.",
        formula=(
            "the number of publications that stand on the network, by the time for which "
            "they were planned"
        ),
        excluded="What was published in the network's own app.",
    ),
    Metric.FAILED_PUBLICATIONS: Wording(
        name="Failed",
        meaning="Planned publications that did not appear.",
        formula=("the number of publications that the network refused, or that were given up"),
        excluded="What succeeded when it was tried again.",
    ),
    Metric.UNKNOWN_PUBLICATIONS: Wording(
        name="Unknown",
        meaning="Publications of which nobody can say yet whether they appeared.",
        formula="the number of publications that could not be settled by reading back",
        excluded="What was settled since.",
    ),
    Metric.PUNCTUALITY: Wording(
        name="Punctuality",
        meaning="The share of publications that appeared in time.",
        formula=("published at most 5 minutes after the plan ÷ (published + failed + unknown)"),
        excluded="What is still to come, drafts, and what was cancelled.",
    ),
    Metric.PUBLICATION_DELAY: Wording(
        name="Publication delay",
        meaning="How much later than planned a publication appeared.",
        formula="time at which the network took it minus planned time",
        excluded="What did not appear.",
    ),
}
