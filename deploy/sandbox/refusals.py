"""The ways in which the network says no; the code is the contract, the sentence is for people."""

from typing import Any


class RefusalError(Exception):
    """A declared answer other than success: HTTP status, stable code, sentence, facts."""

    def __init__(self, status: int, code: str, message: str, **data: Any) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.data = data

    @property
    def headers(self) -> dict[str, str]:
        retry_after = self.data.get("retry_after")
        return {} if retry_after is None else {"Retry-After": str(retry_after)}

    def body(self) -> dict[str, Any]:
        return {"error": {"code": self.code, "message": self.message, **self.data}}


def not_found(what: str) -> RefusalError:
    return RefusalError(404, "not_found", f"There is no such {what}.")


def gone(what: str, **data: Any) -> RefusalError:
    return RefusalError(410, "gone", f"This {what} was deleted.", **data)


def not_supported(action: str) -> RefusalError:
    return RefusalError(403, "not_supported", f"This account kind cannot {action}.", action=action)


def invalid(message: str, field: str) -> RefusalError:
    return RefusalError(422, "invalid_input", message, field=field)


def window_closed(message: str) -> RefusalError:
    return RefusalError(403, "window_closed", message)
