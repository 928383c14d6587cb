"""Merging the documents of the services into one."""

from typing import Any

from gateway.openapi import merge


def document(path: str, schema: dict[str, Any], **more: Any) -> dict[str, Any]:
    answer = {"200": {"content": {"application/json": {"schema": {"$ref": _ref("Page")}}}}}
    return {
        "paths": {path: {"get": {"operationId": f"get_{path}", "responses": answer}}, **more},
        "components": {"schemas": {"Page": schema, "Problem": {"type": "object"}}},
    }


def _ref(name: str) -> str:
    return f"#/components/schemas/{name}"


def test_paths_get_prefixes_private_ones_go_and_clashing_names_are_told_apart() -> None:
    secret = {"get": {"responses": {"200": {"$ref": _ref("Problem")}}}}
    merged = merge(
        {
            "ticketing": document("/", {"items": {"$ref": _ref("Item")}}),
            "gateway": document("/api/v1/session", {"type": "string"}),
            "inbox": document(
                "/conversations",
                {"type": "integer"},
                **{"/internal/x": secret, "/hooks/{id}": secret},
            ),
        }
    )
    assert set(merged["paths"]) == {
        "/api/v1/session",
        "/api/v1/inbox/conversations",
        "/api/v1/tickets",
    }
    assert set(merged["components"]["schemas"]) == {"Page", "InboxPage", "TicketingPage"}
    used = merged["paths"]["/api/v1/inbox/conversations"]["get"]["responses"]["200"]
    assert used["content"]["application/json"]["schema"] == {"$ref": _ref("InboxPage")}
    assert set(merged["components"]["securitySchemes"]) == {"session", "api_key"}


def test_the_same_schema_everywhere_stays_one() -> None:
    same = {"type": "object", "properties": {"next": {"$ref": _ref("Problem")}}}
    merged = merge({"inbox": document("/a", same), "ticketing": document("/b", same)})
    assert set(merged["components"]["schemas"]) == {"Page", "Problem"}


def test_a_name_that_means_something_else_takes_those_along_that_use_it() -> None:
    page = {"properties": {"items": {"$ref": _ref("Problem")}}}
    other = document("/b", page)
    other["components"]["schemas"]["Problem"] = {"type": "string"}
    merged = merge({"inbox": document("/a", page), "ticketing": other})
    schemas = merged["components"]["schemas"]
    shown = merged["paths"]["/api/v1/tickets/b"]["get"]["responses"]["200"]
    name = shown["content"]["application/json"]["schema"]["$ref"].rsplit("/", 1)[1]
    target = schemas[name]["properties"]["items"]["$ref"].rsplit("/", 1)[1]
    assert schemas[target] == {"type": "string"}
    first = merged["paths"]["/api/v1/inbox/a"]["get"]["responses"]["200"]
    assert first["content"]["application/json"]["schema"]["$ref"] == _ref("Page")
    assert schemas["Page"] == page


def test_what_holds_for_every_operation_is_told() -> None:
    change = {"post": {"operationId": "change", "responses": {}}}
    way_in = {"post": {"operationId": "log_in", "responses": {}}}
    merged = merge(
        {
            "gateway": document("/api/v1/setup", {}, **{"/api/v1/session": way_in}),
            "inbox": document("/a", {}, **{"/b": change}),
        }
    )
    paths = merged["paths"]
    key = {"$ref": "#/components/parameters/IdempotencyKey"}
    assert paths["/api/v1/inbox/b"]["post"]["parameters"] == [key]
    assert "parameters" not in paths["/api/v1/inbox/a"]["get"]
    assert "parameters" not in paths["/api/v1/session"]["post"]
    assert paths["/api/v1/session"]["post"]["security"] == []
    assert "security" not in paths["/api/v1/inbox/b"]["post"]
    assert "Retry-After" in merged["components"]["responses"]["Gateway429"]["headers"]
    assert merged["components"]["parameters"]["IdempotencyKey"]["in"] == "header"
