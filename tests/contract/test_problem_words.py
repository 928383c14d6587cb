"""What the API refuses is said in both languages, except to those who only program against it."""

import json
import re
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]
_STRINGS = _ROOT / "web/src/shared/lib/i18n/strings"
_DECLARED = re.compile(r'^    code(?:: ClassVar\[str\])? = "([^"]+)"$', re.MULTILINE)
# Codes that no declared failure has: of the framework, of a profile's health, of the browser.
_FURTHER = {"malformed_request", "inbox.deliveries_failed", "offline", "unexpected"}
# No page of the web app leads to these; who meets them reads the API's own words.
_FOR_PROGRAMS = {
    "directory.api_key_unknown",
    "directory.not_a_person",
    "gateway.ambiguous_request",
    "gateway.bad_path",
    "gateway.bad_request",
    "gateway.conversation_unseen",
    "gateway.headers_too_large",
    "gateway.method_refused",
    "gateway.no_session",
    "gateway.upgrade_refused",
    "gateway.workspace_header",
    "idempotency.key_length",
    "idempotency.key_reused",
    "inbox.hook_not_found",
    "inbox.hook_not_signed",
    "internal_token",
    "storage.file_name",
    # Of events and work between the services; who runs Parley reads what exactly was the matter.
    "events.consumer_stopped",
    "events.too_large",
    "events.unreadable",
    "work.lease_lost",
}


def _declared() -> set[str]:
    files = (path for part in ("gateway", "services", "shared") for path in _part(part))
    return {code for path in files for code in _DECLARED.findall(path.read_text())}


def _part(name: str) -> list[Path]:
    return sorted((_ROOT / name).rglob("*.py"))


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_every_code_that_a_person_can_meet_has_words(language: str) -> None:
    declared = _declared()
    assert len(declared) > 150
    assert declared >= _FOR_PROGRAMS
    said = json.loads((_STRINGS / f"{language}.json").read_text())["problem"]
    met = (declared - _FOR_PROGRAMS) | _FURTHER
    assert set(said) == {code.replace(".", "_") for code in met}
