"""The same promises of a local folder and of an S3 server."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from deploy.local.ports import free_port
from shared.ids import new_id
from shared.storage import FileNameError, FileNotFoundInStoreError, FileStore
from tests.support.platform import wait_for

BUCKET = "parley"


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="module")
def s3_server() -> Iterator[str]:
    """A server that speaks S3, as a process of its own."""
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(lambda: answers(port))
        url = f"http://127.0.0.1:{port}"
        assert httpx.put(f"{url}/{BUCKET}").status_code == 200
        yield url
    finally:
        server.terminate()
        server.wait()


@pytest.fixture(params=["local", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> FileStore:
    if request.param == "local":
        return FileStore((tmp_path / "files with space").as_uri())
    return FileStore(
        f"s3://{BUCKET}",
        {
            "endpoint": request.getfixturevalue("s3_server"),
            "access_key_id": "test",
            "secret_access_key": "test",
            "region": "us-east-1",
            "client_options": {"allow_http": True},
        },
    )


async def content(store: FileStore, *place: object) -> bytes:
    return b"".join([chunk async for chunk in store.read(*place)])  # type: ignore[arg-type]  # Passed on as given.


async def test_what_was_put_comes_back(store: FileStore) -> None:
    workspace_id = new_id()
    big = os.urandom(3 << 20)
    await store.put(workspace_id, "posts/猫.png", big, "image/png")
    assert await content(store, workspace_id, "posts/猫.png") == big
    assert (await store.describe(workspace_id, "posts/猫.png")).size == len(big)
    await store.put(workspace_id, "posts/猫.png", b"new", "image/png")
    assert await content(store, workspace_id, "posts/猫.png") == b"new"


async def test_another_workspace_has_other_files(store: FileStore) -> None:
    await store.put(new_id(), "a.txt", b"ours", "text/plain")
    with pytest.raises(FileNotFoundInStoreError):
        await content(store, new_id(), "a.txt")


async def test_a_removed_file_is_gone_and_may_be_removed_again(store: FileStore) -> None:
    workspace_id = new_id()
    await store.put(workspace_id, "a.txt", b"x", "text/plain")
    await store.remove(workspace_id, "a.txt")
    await store.remove(workspace_id, "a.txt")
    with pytest.raises(FileNotFoundInStoreError):
        await store.describe(workspace_id, "a.txt")


@pytest.mark.parametrize("name", ["../other/a.txt", "", "a//b", "./a", "a/..", "a\x00b"])
async def test_a_name_cannot_leave_its_workspace(store: FileStore, name: str) -> None:
    with pytest.raises(FileNameError):
        await store.put(new_id(), name, b"x", "text/plain")
