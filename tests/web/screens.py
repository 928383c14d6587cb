"""Every screen of the web app by its address; pictures and axe walk through this list."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Screen:
    """`ready` is a selector of something that is drawn once the screen is complete."""

    name: str
    path: str
    ready: str


# A feature adds its screens here.
SCREENS = (
    Screen("inbox", "/inbox", "li a"),
    Screen("inbox-nothing", "/inbox?q=zzzz-nobody", "h2"),
    Screen("tickets", "/tickets", "li a"),
    Screen("account-notifications", "/account/notifications", "form li"),
    Screen("account-profile", "/account", "form input"),
    Screen("account-security", "/account/security", "form input"),
    Screen("account-sessions", "/account/sessions", "table"),
    Screen("account-api-keys", "/account/api-keys", "h2"),
    Screen("calendar-month", "/calendar?view=month", "[data-day]"),
    Screen("calendar-week", "/calendar?view=week", "h1"),
    Screen("calendar-list", "/calendar?view=list", "h2"),
    Screen("calendar-new-post", "/calendar/posts/new", "textarea"),
    Screen("analytics", "/analytics", "svg.recharts-surface"),
    Screen("analytics-behind", "/analytics?behind=handled", "[role=dialog] li a"),
    Screen("analytics-comparison", "/analytics/breakdown", "tbody tr"),
    Screen("team-people", "/team/people", "li a"),
    Screen("team-invitations", "/team/invitations", "h2, li"),
    Screen("team-invite", "/team/invitations/new", "form"),
    Screen("team-teams", "/team/teams", "li a"),
    Screen("team-roles", "/team/roles", "table"),
    Screen("team-new-role", "/team/roles/new", "table"),
    Screen("team-service-levels", "/team/service-levels", "section li a"),
    Screen("team-new-hours", "/team/service-levels?calendar=new", "[role=dialog] fieldset"),
    Screen("team-new-promise", "/team/service-levels?policy=new", "[role=dialog] table"),
    Screen("team-profiles", "/team/profiles", "li a"),
    Screen("team-connect", "/team/profiles/connect?network=bluesky", "form"),
    Screen("analytics-networks", "/analytics/networks", "tbody tr"),
    Screen("team-webhooks", "/team/webhooks", "h2, li"),
    Screen("team-new-webhook", "/team/webhooks/new", "form"),
    Screen("team-audit", "/team/audit", "li button"),
    # Not the heading alone: that of a refusal is one, too.
    Screen("team-not-handled", "/team/not-handled", "section li, .tabler-icon-circle-check"),
    Screen("not-found", "/nowhere", "h1"),
)
