"""The web app's files, kept in memory: the files are few and asked for often.

What the build puts into `assets/` has a hash in its name and may be kept for ever by browsers.
`name.br` and `name.gz` beside a file are its compressed forms.
"""

import hashlib
import mimetypes
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gateway.answer import APP_POLICY
from gateway.errors import MethodRefusedError, NoRouteError
from gateway.inbound import Headers, Inbound

BUILT = Path(__file__).parents[1] / "web" / "dist"
START_PAGE = Path(__file__).parent / "static"
_NONCE = b"{{nonce}}"
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
        root = directory or (BUILT if (BUILT / "index.html").is_file() else START_PAGE)
        self._files = {
            f"/{path.relative_to(root).as_posix()}".encode(): _load(path, path.relative_to(root))
            for path in sorted(root.rglob("*"))
            if path.is_file() and path.suffix not in (".br", ".gz")
        }
        if b"/index.html" not in self._files:
            raise ValueError(f"{root} holds no index.html.")

    async def serve(self, inbound: Inbound, send: Any) -> None:
        """A file, or the index for the address of a page that the web app draws itself."""
        if inbound.method not in ("GET", "HEAD"):
            raise MethodRefusedError
        file = self._files.get(b"/index.html" if inbound.path == b"/" else inbound.path)
        if file is None:
            if "text/html" not in (inbound.text(b"accept") or ""):
                raise NoRouteError
            file = self._files[b"/index.html"]
        respond = _respond_anew if _NONCE in file.body else _respond
        status, headers, body = respond(file, inbound)
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body, "more_body": False})


def _load(path: Path, name: Path) -> _File:
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
        forever=name.parts[0] == "assets",
        encoded=encoded,
    )


def _respond_anew(file: _File, inbound: Inbound) -> tuple[int, Headers, bytes]:
    """A page with a nonce of its own, under which the app's scripts may add styles to it."""
    nonce = secrets.token_urlsafe(16).encode()
    body = file.body.replace(_NONCE, nonce)
    policy = APP_POLICY.replace(b"style-src 'self'", b"style-src 'self' 'nonce-%b'" % nonce)
    headers: Headers = [
        (b"cache-control", b"no-store"),
        (b"content-security-policy", policy),
        (b"content-type", file.media_type.encode()),
        (b"content-length", b"%d" % len(body)),
    ]
    return 200, headers, b"" if inbound.method == "HEAD" else body


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
