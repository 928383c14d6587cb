"""Every error leaves as problem+json with a stable code; the kind decides the status, once."""

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from shared.errors import (
    BusyError,
    ConflictError,
    ForbiddenError,
    InvalidError,
    NotFoundError,
    ParleyError,
    UnauthenticatedError,
    UnavailableError,
)

_STATUS: tuple[tuple[type[ParleyError], int], ...] = (
    (InvalidError, 422),
    (UnauthenticatedError, 401),
    (ForbiddenError, 403),
    (NotFoundError, 404),
    (ConflictError, 409),
    (BusyError, 429),
    (UnavailableError, 503),
)
_HTTP_CODES = {404: "not_found", 405: "method_not_allowed", 413: "body_too_large"}
# How the framework calls a body that it cannot decode; one that it can is its other complaint.
_UNREADABLE = 400
MEDIA_TYPE = "application/problem+json"


class FieldProblem(BaseModel):
    """One field of the request that is not as it must be."""

    path: str
    message: str


class Problem(BaseModel):
    """The body of every error; `code` is stable, `title` and `detail` are for people."""

    status: int
    code: str
    title: str
    detail: str
    request_id: str | None = None
    fields: list[FieldProblem] | None = None
    data: dict[str, Any] | None = None


MALFORMED_CODE = "malformed_request"
# What any route answers to a request that is not of its form.
MALFORMED: dict[int | str, dict[str, Any]] = {
    422: {"model": Problem, "description": MALFORMED_CODE}
}


def status_of(error: type[ParleyError] | ParleyError) -> int:
    """The HTTP status of a declared error."""
    kind = error if isinstance(error, type) else type(error)
    return next((status for base, status in _STATUS if issubclass(kind, base)), 500)


def problem_response(
    problem: Problem, headers: Mapping[str, str] | None = None, request: Request | None = None
) -> JSONResponse:
    if request is not None:
        problem.request_id = request.scope.get("state", {}).get("request_id")
    return JSONResponse(
        problem.model_dump(exclude_none=True),
        status_code=problem.status,
        headers=dict(headers or {}),
        media_type=MEDIA_TYPE,
    )


def problem_of(error: ParleyError) -> Problem:
    return Problem(
        status=status_of(error),
        code=error.code,
        title=error.title,
        detail=error.detail,
        data=jsonable_encoder(error.data) or None,
    )


async def _declared(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, ParleyError):
        raise error
    retry_after = error.data.get("retry_after")
    headers = {"retry-after": str(max(1, round(retry_after)))} if retry_after else None
    return problem_response(problem_of(error), headers, request)


async def _malformed(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, RequestValidationError):
        raise error
    fields = [
        FieldProblem(path=".".join(str(part) for part in item["loc"]), message=item["msg"])
        for item in error.errors()
    ]
    detail = "; ".join(f"{field.path}: {field.message}" for field in fields[:5])
    return problem_response(_malformed_problem(detail, fields), request=request)


def _malformed_problem(detail: str, fields: list[FieldProblem] | None = None) -> Problem:
    return Problem(
        status=422,
        code=MALFORMED_CODE,
        title="The request does not have the expected form.",
        detail=detail,
        fields=fields,
    )


async def _http(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, HTTPException):
        raise error
    if error.status_code == _UNREADABLE:
        return problem_response(_malformed_problem("The body is no JSON text."), request=request)
    problem = Problem(
        status=error.status_code,
        code=_HTTP_CODES.get(error.status_code, "http_error"),
        title=str(error.detail),
        detail=str(error.detail),
    )
    return problem_response(problem, error.headers, request)


def fault_problem(request_id: str) -> Problem:
    """What an undeclared error looks like from outside: a place in the log, and nothing else."""
    return Problem(
        status=500,
        code="internal",
        title="Something went wrong on our side.",
        detail="The fault is in the log under the request id.",
        request_id=request_id,
    )


def render_problems(app: FastAPI) -> None:
    """Register the one rendering of declared errors; `RequestContext` answers the others."""
    app.add_exception_handler(ParleyError, _declared)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _http)


def answers(*errors: type[ParleyError]) -> dict[int | str, dict[str, Any]]:
    """The `responses=` of a route: its declared errors, by status."""
    codes: dict[int, list[str]] = {}
    declared: tuple[type[ParleyError], ...] = (*errors, UnauthenticatedError)
    for error in declared:
        codes.setdefault(status_of(error), []).append(error.code)
    return {
        status: {"model": Problem, "description": " / ".join(names)}
        for status, names in codes.items()
    }
