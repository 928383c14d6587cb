"""Which path goes where."""

import pytest

from gateway.routes import RouteTable

TABLE = RouteTable()


@pytest.mark.parametrize(
    ("path", "upstream", "rest"),
    [
        (b"/api/v1/team/people/1", "team_directory", b"/people/1"),
        (b"/api/v1/inbox", "inbox", b"/"),
        (b"/api/v1/inbox/", "inbox", b"/"),
        (b"/api/v1/inbox/conversations/", "inbox", b"/conversations/"),
        (b"/api/v1/publishing/posts", "scheduler", b"/posts"),
        (b"/api/v1/tickets/7", "ticketing", b"/7"),
        (b"/api/v1/analytics/a%20b", "analytics", b"/a%20b"),
        (b"/hooks/meta/7", "inbox", b"/hooks/meta/7"),
        (b"/api/v1/inbox/conversations/internal", "inbox", b"/conversations/internal"),
    ],
)
def test_a_prefix_leads_to_a_service(path: bytes, upstream: str, rest: bytes) -> None:
    found = TABLE.find(path)
    assert found is not None
    assert (found[0].upstream, found[1]) == (upstream, rest)


@pytest.mark.parametrize(
    "path",
    [
        b"/",
        b"/api/v1/inboxes",
        b"/api/v1",
        b"/API/v1/inbox/x",
        b"/hooksx",
        b"/internal/ready",
        b"/api/v1/inbox/internal/ready",
        b"/api/v1/inbox/%49nternal/ready",
        b"/api/v1/inbox/hooks/x",
    ],
)
def test_everything_else_leads_nowhere(path: bytes) -> None:
    assert TABLE.find(path) is None
