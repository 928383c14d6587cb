"""What the page about the API says is so: its examples run, its lists are whole."""

import json
import re
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from standardwebhooks.webhooks import WebhookVerificationError

from services.team_directory.domain.public_events import CATALOGUE
from services.team_directory.domain.webhooks import new_secret, signed_headers
from shared.permissions import Module

NODE = shutil.which("node")
PAGE = (Path(__file__).parents[2] / "docs/api.md").read_text()
BODY = '{"type":"ticket.opened","data":{"subject":"艾达 👩‍💻"}}'.encode()


def example(language: str, secret: str) -> str:
    (code,) = re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    assert "whsec_…" in code
    return str(code).replace("whsec_…", secret)


def sent(secret: str, at: datetime) -> dict[str, str]:
    """While two secrets are valid, to somebody who knows the older one."""
    return signed_headers([new_secret(), secret], uuid4(), BODY, at)


def test_the_example_in_python_accepts_what_we_send_and_nothing_else() -> None:
    secret, now = new_secret(), datetime.now(UTC)
    names: dict[str, Any] = {}
    exec(example("python", secret), names)  # noqa: S102 -- it is our own page.
    receive = names["receive"]
    assert receive(BODY, sent(secret, now))["data"] == {"subject": "艾达 👩‍💻"}
    for body, headers in (
        (BODY + b" ", sent(secret, now)),
        (BODY, sent(new_secret(), now)),
        (BODY, sent(secret, now - timedelta(minutes=6))),
        (BODY, {}),
    ):
        with pytest.raises(WebhookVerificationError):
            receive(body, headers)


@pytest.mark.skipif(NODE is None, reason="Node is not installed.")
def test_the_example_in_javascript_does_the_same(tmp_path: Path) -> None:
    secret, now = new_secret(), datetime.now(UTC)
    (tmp_path / "receive.mjs").write_text(example("javascript", secret))
    cases = [
        (BODY, sent(secret, now)),
        (BODY + b" ", sent(secret, now)),
        (BODY, sent(new_secret(), now)),
        (BODY, sent(secret, now - timedelta(minutes=6))),
        (BODY, {}),
    ]
    told = json.dumps([[body.decode(), headers] for body, headers in cases])
    (tmp_path / "check.mjs").write_text(
        'import { receive } from "./receive.mjs";\n'
        f"const said = {told}.map(([body, headers]) => {{\n"
        "  try { return receive(body, headers).data.subject; } catch { return null; }\n"
        "});\nconsole.log(JSON.stringify(said));\n"
    )
    ran = subprocess.run(
        [str(NODE), "check.mjs"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert json.loads(ran.stdout) == ["艾达 👩‍💻", None, None, None, None]


def test_every_event_type_and_every_module_is_listed() -> None:
    listed = set(re.findall(r"^\| `([a-z_.]+)` \|", PAGE, re.MULTILINE))
    assert listed == set(CATALOGUE)
    assert all(f"`{module.value}`" in PAGE for module in Module)
