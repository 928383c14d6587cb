"""The page behind the link in a mail that ends further mail; it needs no login and no script.

Looking at it changes nothing, because mail filters look at every link. A mail client that knows
RFC 8058 posts to the same address by itself.
"""

from html import escape
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from gateway.api import LinkToken, TheDirectory

router = APIRouter(include_in_schema=False)

_POLICY = "default-src 'none'; form-action 'self'; frame-ancestors 'none'"
_PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>Parley</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head><body>
<h1>{heading}</h1>
<p>{text}</p>
{form}
</body></html>"""
_FORM = '<form method="post"><button>{label}</button></form>'

_ASKED = {
    "en": ("Mail from {name}", "Do you want no more mail about {name}?", "No more mail"),
    "zh": ("来自 {name} 的邮件", "是否不再接收关于 {name} 的邮件？", "不再接收"),
}
_DONE = {
    "en": ("Done", "You get no more mail about {name}. In the app you still see what happens."),
    "zh": ("已完成", "你将不再收到关于 {name} 的邮件，仍可在应用内查看通知。"),
}


@router.get("/api/v1/unsubscribe/{token}")
async def ask(directory: TheDirectory, token: LinkToken) -> HTMLResponse:
    about = await directory.mail_of(token)
    heading, text, label = _ASKED[_language(about)]
    return _page(about, heading, text, _FORM.format(label=label))


@router.post("/api/v1/unsubscribe/{token}")
async def stop(directory: TheDirectory, token: LinkToken) -> HTMLResponse:
    about = await directory.mail_of(token)
    await directory.stop_mail(token)
    return _page(about, *_DONE[_language(about)], "")


def _language(about: dict[str, Any]) -> str:
    return "zh" if str(about["locale"]).lower().startswith("zh") else "en"


def _page(about: dict[str, Any], heading: str, text: str, form: str) -> HTMLResponse:
    name = escape(str(about["workspace_name"]))
    page = _PAGE.format(
        language=_language(about),
        heading=heading.format(name=name),
        text=text.format(name=name),
        form=form,
    )
    return HTMLResponse(page, headers={"content-security-policy": _POLICY})
