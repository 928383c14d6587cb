"""The page that lists the messages, and the same as JSON for tests."""

from html import escape
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import HTMLResponse

from deploy.mailbox.store import Kept, Mailbox

router = APIRouter()

# A message may do nothing here but look as it does: no script, no form, nothing from elsewhere.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; sandbox allow-popups"
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; }}
td, th {{ text-align: left; padding: .25rem 1rem .25rem 0; }}
pre {{ white-space: pre-wrap; background: #8882; padding: .75rem; border-radius: .5rem; }}
iframe {{ width: 100%; height: 30rem; border: 1px solid #8884; background: #fff; }}
</style></head><body>
<h1>{title}</h1>
{body}
</body></html>"""


async def _mailbox(request: Request) -> Mailbox:
    mailbox: Mailbox = request.app.state.mailbox
    return mailbox


TheMailbox = Annotated[Mailbox, Depends(_mailbox)]


@router.get("/health")
async def health() -> dict[str, str]:
    return {"status": "ok"}


@router.get("/api/messages")
async def messages(mailbox: TheMailbox) -> list[Kept]:
    return list(mailbox)


@router.delete("/api/messages", status_code=204)
async def clear(mailbox: TheMailbox) -> None:
    mailbox.clear()


@router.get("/")
async def listing(mailbox: TheMailbox) -> HTMLResponse:
    return _page("Local mailbox", _table(list(mailbox)))


@router.get("/messages/{id_}")
async def show(mailbox: TheMailbox, id_: int) -> HTMLResponse:
    kept = mailbox.find(id_)
    if kept is None:
        raise HTTPException(404, "This message is not here, or no longer.")
    return _page(kept.subject, _message(kept))


def _page(title: str, body: str) -> HTMLResponse:
    headers = {"content-security-policy": _POLICY, "cache-control": "no-store"}
    return HTMLResponse(_PAGE.format(title=escape(title), body=body), headers=headers)


def _table(messages: list[Kept]) -> str:
    if not messages:
        return "<p>Mail that Parley sends from this machine ends here. There is none yet.</p>"
    rows = "".join(
        f"<tr><td>{kept.at:%H:%M:%S}</td><td>{escape(', '.join(kept.recipients))}</td>"
        f'<td><a href="/messages/{kept.id}">{escape(kept.subject)}</a></td></tr>'
        for kept in messages
    )
    return f"<table><tr><th>UTC</th><th>To</th><th>Subject</th></tr>{rows}</table>"


def _message(kept: Kept) -> str:
    headers = "\n".join(f"{name}: {value}" for name, value in kept.headers)
    return (
        '<p><a href="/">All messages</a></p>'
        f'<iframe sandbox="allow-popups" srcdoc="{escape(kept.html)}"></iframe>'
        f"<pre>{escape(kept.text)}</pre><pre>{escape(headers)}</pre>"
    )
