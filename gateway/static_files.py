"""The web app's files, kept in memory: the files are few and asked for often.

Names with a hash in them never change and may be kept for ever by browsers; everything else is
asked about again. `name.br` and `name.gz` beside a file are its compressed forms.
"""

import hashlib
import mimetypes
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gateway.answer import APP_POLICY
from gateway.errors import MethodRefusedError, NoRouteError
from gateway.inbound import Headers, Inbound

START_PAGE = Path(__file__).parent / "static"
_HASHED = re.compile(r"[.-][A-Za-z0-9_-]{8,}\.[a-z0-9]+$")
_ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
_FOREVER = b"public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class _File:
    body: bytes
    media_type: str
    etag: bytes
    forever: bool
    encoded: dict[str, bytes] = field(default_factory=dict)


class StaticFiles:
    def __init__(self, directory: Path | None) -> None:
        root = directory or START_PAGE
        self._files = {
            f"/{path.relative_to(root).as_posix()}".encode(): _load(path)
            for path in sorted(root.rglob("*"))
            if path.is_file() and path.suffix not in (".br", ".gz")
        }
        if b"/index.html" not in self._files:
            raise ValueError(f"{root} holds no index.html.")

    async def serve(self, inbound: Inbound, send: Any) -> None:
        """A file, or the index for a page that the web app draws itself."""
        if inbound.method not in ("GET", "HEAD"):
            raise MethodRefusedError
        file = self._files.get(inbound.path)
        if file is None:
            if b"." in inbound.path.rsplit(b"/", 1)[-1]:
                raise NoRouteError
            file = self._files[b"/index.html"]
        status, headers, body = _respond(file, inbound)
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body, "more_body": False})


def _load(path: Path) -> _File:
    body = path.read_bytes()
    encoded = {
        name: Path(f"{path}{suffix}").read_bytes()
        for name, suffix in _ENCODINGS
        if Path(f"{path}{suffix}").is_file()
    }
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    if media_type.startswith("text/") or media_type.endswith(("javascript", "json")):
        media_type += "; charset=utf-8"
    return _File(
        body=body,
        media_type=media_type,
        etag=b'"%b"' % hashlib.sha256(body).hexdigest()[:32].encode(),
        forever=bool(_HASHED.search(path.name)),
        encoded=encoded,
    )


def _respond(file: _File, inbound: Inbound) -> tuple[int, Headers, bytes]:
    headers: Headers = [
        (b"etag", file.etag),
        (b"cache-control", _FOREVER if file.forever else b"no-cache"),
        (b"content-security-policy", APP_POLICY),
    ]
    if file.encoded:
        headers.append((b"vary", b"Accept-Encoding"))
    if file.etag in inbound.named.get(b"if-none-match", b""):
        return 304, headers, b""
    body = file.body
    accepted = inbound.text(b"accept-encoding") or ""
    for name, encoded in file.encoded.items():
        if name in accepted:
            body = encoded
            headers.append((b"content-encoding", name.encode()))
            break
    headers.append((b"content-type", file.media_type.encode()))
    headers.append((b"content-length", b"%d" % len(body)))
    return 200, headers, b"" if inbound.method == "HEAD" else body
