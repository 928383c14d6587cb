"""The numbers of analytics, counted again in plain SQL from the tables of those who own the facts.

Each number that the load can move has its line here; a new one gets one, too.
"""

# A wait begins with what a customer wrote and nobody answered, and ends with the next answer.
RECOUNT = """
with steps as (
    select profile_id, conversation_id, direction, written_at,
        count(*) filter (where direction = 'outbound') over (
            partition by conversation_id order by written_at, direction, id
            rows between unbounded preceding and 1 preceding
        ) as answers_before
    from inbox.interactions
), waits as (
    select profile_id, conversation_id, answers_before,
        min(written_at) filter (where direction = 'inbound') as asked_at,
        min(written_at) filter (where direction = 'outbound') as answered_at
    from steps group by 1, 2, 3
), responses as (
    select profile_id, asked_at, answered_at,
        row_number() over (partition by conversation_id order by answers_before) as place
    from waits where asked_at is not null and answered_at is not null
), conversations as (
    select profile_id, min(written_at) as begun_at, bool_or(direction = 'outbound') as answered
    from steps group by conversation_id, profile_id
), recount (measure, profile_id, at, seconds) as (
    select 'received', profile_id, written_at, 0 from steps where direction = 'inbound'
    union all select 'reply', profile_id, written_at, 0 from steps where direction = 'outbound'
    union all select 'conversation', profile_id, begun_at, 0 from conversations
    union all select 'answered', profile_id, begun_at, 0 from conversations where answered
    union all select case place when 1 then 'first_response' else 'next_response' end, profile_id,
        answered_at, floor(extract(epoch from answered_at - asked_at)) from responses
    union all select 'planned', profile_id, due_at, 0 from scheduler.publications
        where state not in ('draft', 'cancelled')
    union all select state, profile_id, due_at, 0 from scheduler.publications
        where state in ('published', 'failed', 'unknown')
), expected as (
    select measure, profile_id, (at at time zone 'UTC')::date as day, count(*) as count,
        sum(seconds) as seconds, max(at) as at
    from recount group by 1, 2, 3
), found as (
    select measure, profile_id, day, sum(count) as count, sum(total) as seconds
    from analytics.totals_by_profile
    join analytics.books using (workspace_id, generation)
    where state = 'current' and clock in ('wall', 'off')
        and measure in (select measure from expected)
    group by 1, 2, 3
)
select measure, coalesce(expected.count, 0) as expected, coalesce(found.count, 0) as found,
    coalesce(expected.seconds, 0) as expected_seconds, coalesce(found.seconds, 0) as found_seconds,
    coalesce(expected.at, now()) as at
from expected full join found using (measure, profile_id, day)
"""
