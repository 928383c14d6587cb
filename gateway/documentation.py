"""The merged OpenAPI document and a page that lists it, without anything from elsewhere."""

import time
from html import escape
from typing import Any

import orjson
import structlog
from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from gateway.openapi import PREFIXES, Document, merge
from gateway.upstreams import Upstreams
from shared.errors import ParleyError

log = structlog.get_logger()
router = APIRouter(include_in_schema=False)

_KEPT_SECONDS = 60.0
_POLICY = "default-src 'none'; style-src 'self'; frame-ancestors 'none'"
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Parley API</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/api/docs.css"></head><body>
<h1>Parley API</h1>
<p>Machine-readable: <a href="/api/openapi.json">/api/openapi.json</a> (OpenAPI 3.1).
Sign in with <code>POST /api/v1/session</code>, or send <code>Authorization: Bearer pk_...</code>.
Errors are <code>application/problem+json</code> with a stable <code>code</code>.</p>
{sections}
</body></html>"""
_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
code { font-family: ui-monospace, monospace; }
details { border-bottom: 1px solid #8884; padding: .4rem 0; }
summary { cursor: pointer; }
pre { overflow: auto; background: #8882; padding: .75rem; border-radius: .5rem; }
b { display: inline-block; min-width: 4.5rem; text-transform: uppercase; }
"""


class Documentation:
    """Asks the services again after a while; one that is away is left out meanwhile."""

    def __init__(self, upstreams: Upstreams) -> None:
        self._upstreams = upstreams
        self._kept: Document | None = None
        self._until = 0.0

    async def document(self, own: Document) -> Document:
        if self._kept is None or self._until < time.monotonic():
            documents = {"gateway": own}
            for name in PREFIXES:
                if name in self._upstreams.names:
                    found = await self._ask(name)
                    if found is not None:
                        documents[name] = found
            self._kept = merge(documents)
            complete = len(documents) == len(PREFIXES)
            self._until = time.monotonic() + (_KEPT_SECONDS if complete else 1.0)
        return self._kept

    async def _ask(self, name: str) -> Document | None:
        try:
            status, body = await self._upstreams.get(name, b"/internal/openapi.json")
            document: Document | None = orjson.loads(body) if status == 200 else None  # noqa: PLR2004 -- OK.
        except (ParleyError, ValueError) as error:
            log.info("gateway.openapi_missing", service=name, reason=str(error))
            return None
        return document


@router.get("/api/openapi.json")
async def openapi(request: Request) -> Response:
    documentation: Documentation = request.app.state.documentation
    document = await documentation.document(request.app.openapi())
    return Response(orjson.dumps(document), media_type="application/json")


@router.get("/api/docs.css")
async def style() -> Response:
    return Response(_STYLE, media_type="text/css")


@router.get("/api/docs")
async def docs(request: Request) -> HTMLResponse:
    documentation: Documentation = request.app.state.documentation
    document = await documentation.document(request.app.openapi())
    return HTMLResponse(
        _PAGE.format(sections=_sections(document)), headers={"content-security-policy": _POLICY}
    )


def _sections(document: Document) -> str:
    groups: dict[str, list[str]] = {}
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            tag = (operation.get("tags") or ["other"])[0]
            groups.setdefault(tag, []).append(_entry(method, path, operation))
    return "\n".join(
        f"<h2>{escape(tag)}</h2>\n" + "\n".join(entries) for tag, entries in groups.items()
    )


def _entry(method: str, path: str, operation: dict[str, Any]) -> str:
    summary = operation.get("summary", "")
    about = {
        name: operation[name]
        for name in ("parameters", "requestBody", "responses")
        if name in operation
    }
    shown = escape(orjson.dumps(about, option=orjson.OPT_INDENT_2).decode())
    return (
        f"<details><summary><b>{escape(method)}</b> <code>{escape(path)}</code>"
        f" {escape(summary)}</summary><pre>{shown}</pre></details>"
    )
