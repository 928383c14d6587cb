"""The few things a person sees of this network: the consent page and drawn pictures."""

import hashlib
from collections.abc import Sequence
from html import escape
from typing import Any

from deploy.sandbox.model import Account

_STYLE = (
    "body{font:16px/1.5 system-ui;max-width:26rem;margin:4rem auto;padding:0 1rem}"
    "button,select{font:inherit;padding:.5rem 1rem;margin:.5rem .5rem .5rem 0;width:100%}"
)


def consent_page(accounts: Sequence[Account], chosen: str) -> str:
    """A form that repeats the query of the page with an account and a decision."""
    options = "".join(
        f'<option value="{escape(one.id)}"{" selected" if chosen in (one.id, one.handle) else ""}>'
        f"{escape(one.name)} (@{escape(one.handle)})</option>"
        for one in accounts
    )
    script = (
        "for(const [k,v] of new URLSearchParams(location.search))"
        "if(k!=='account'){const i=document.createElement('input');"
        "i.type='hidden';i.name=k;i.value=v;document.forms[0].append(i)}"
    )
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Sandbox network</title>'
        f"<style>{_STYLE}</style><h1>Connect an account</h1>"
        "<p>An application wants to read and write in the name of this account.</p>"
        f'<form method="get"><label>Account <select name="account">{options}</select></label>'
        '<button name="decision" value="approve">Allow</button>'
        '<button name="decision" value="deny">Do not allow</button></form>'
        f"<script>{script}</script></html>"
    )


def item_page(bodies: Sequence[dict[str, Any]], marked: str) -> str:
    rows = "".join(
        f"<article{' class=marked' if body['id'] == marked else ''}>"
        f"<b>{escape(body['author']['name'])}</b> <small>@{escape(body['author']['handle'])} · "
        f"{escape(body['created_at'][:16].replace('T', ' '))} UTC"
        f"{' · hidden' if body['hidden_at'] else ''}</small><p>{escape(body['text'])}</p></article>"
        for body in bodies
    )
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Sandbox network</title>'
        f"<style>{_STYLE}.marked{{border-left:3px solid #888;padding-left:1rem}}</style>{rows}"
    )


def avatar(name: str) -> str:
    """A coloured disc with initials; the colour follows from the name."""
    hue = int(hashlib.sha256(name.encode()).hexdigest()[:4], 16) % 360
    letters = escape("".join(word[0] for word in name.split()[:2]).upper() or "?")
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" role="img">'
        f'<rect width="96" height="96" rx="48" fill="hsl({hue} 45% 42%)"/>'
        '<text x="48" y="50" fill="#fff" font-family="system-ui" font-size="38" '
        f'text-anchor="middle" dominant-baseline="central">{letters}</text></svg>'
    )


def picture(name: str) -> str:
    """A quiet landscape to stand in for a photograph; a function of its name."""
    digest = hashlib.sha256(name.encode()).digest()
    hue, ridge = digest[0] * 360 // 256, 300 + digest[1] // 2
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 600" role="img">'
        f'<rect width="800" height="600" fill="hsl({hue} 50% 85%)"/>'
        f'<circle cx="{150 + digest[2] * 2}" cy="160" r="70" fill="hsl({hue} 80% 70%)"/>'
        f'<path d="M0 {ridge} Q200 {ridge - 140} 400 {ridge} T800 {ridge - 40} V600 H0Z" '
        f'fill="hsl({(hue + 150) % 360} 30% 45%)"/></svg>'
    )
