"""Requests made up from the merged OpenAPI document, and what is wrong with the answers."""

from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from hypothesis.strategies import SearchStrategy
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.isolation.document import KINDS
from tests.isolation.world import Ids

Json = dict[str, Any]
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
# What the gateway says in place of a service never comes here: nobody forges a site or names
# another workspace, and every service runs. So a service may not hide behind it either.
_NOT_HERE = ("403", "404", "502", "503", "504")
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
# They end the session by which everything is asked.
ENDING = frozenset({"log_out", "log_out_everywhere", "end_own_session", "change_password"})


def strict(document: Json) -> Json:
    """The document as it holds for somebody who is signed in, while everything runs."""
    told = deepcopy(document)
    del told["security"]
    for operations in told["paths"].values():
        for operation in operations.values():
            for status in _NOT_HERE:
                if "$ref" in operation["responses"].get(status, {}):
                    del operation["responses"][status]
    return told


def operations(document: Json, url: str) -> list[Any]:
    """All operations; those that take something away come last."""
    schema = schemathesis.openapi.from_dict(strict(document))
    schema.config.update(base_url=url)
    found = [it.ok() for it in schema.get_all_operations() if isinstance(it, Ok)]
    assert len(found) == sum(map(len, document["paths"].values()))
    return sorted(
        found, key=lambda it: (_name(it) in ENDING, _METHODS.index(it.method.upper()), it.label)
    )


def _name(operation: Any) -> str:
    return str(operation.definition.raw["operationId"])


def cases(operation: Any, mode: GenerationMode, ids: Ids) -> SearchStrategy[Case[Any]]:
    """Requests of the documented form with ids that there are, or of another form."""
    known = {
        it.name: str(ids[KINDS[it.name]]) for it in operation.path_parameters if it.name in KINDS
    }
    given_path = known if known and mode is GenerationMode.POSITIVE else None
    strategy: SearchStrategy[Case[Any]] = operation.as_strategy(
        generation_mode=mode, path_parameters=given_path
    )
    return strategy


@dataclass(frozen=True, slots=True)
class Fuzz:
    """Who asks, what there is to ask for, and how often each route is asked in each mode."""

    http: requests.Session
    ids: Ids
    examples: int

    def complaints(self, operation: Any) -> list[str]:
        """What is wrong with the answers to some requests; the same requests in every run."""
        return [it for mode in GenerationMode for it in self._complaints(operation, mode)]

    def _complaints(self, operation: Any, mode: GenerationMode) -> list[str]:
        found: list[str] = []

        @settings(
            max_examples=self.examples,
            derandomize=True,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(cases(operation, mode, self.ids))
        def ask(case: Case[Any]) -> None:
            answer = case.call(session=self.http, timeout=20)
            try:
                case.validate_response(answer, checks=CHECKS)
            except FailureGroup as failures:
                found.extend(f"{operation.label}: {it}" for it in failures.exceptions)

        # Nothing can be wrong with a request that takes nothing.
        with suppress(Unsatisfiable):
            ask()
        return found
