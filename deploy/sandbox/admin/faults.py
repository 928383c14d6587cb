"""Ordering faults, reading which ones happened, and looking at webhook deliveries."""

from typing import Any

from fastapi import APIRouter

from deploy.sandbox.api.context import SandboxDep
from deploy.sandbox.faults import Fault, Injected
from deploy.sandbox.webhooks import Attempt

router = APIRouter(prefix="/_sandbox", tags=["admin: faults"])


@router.post("/faults", status_code=201)
async def add_fault(sandbox: SandboxDep, body: Fault) -> Fault:
    return sandbox.plane.add(body)


@router.get("/faults")
async def faults(sandbox: SandboxDep) -> list[Fault]:
    return sandbox.plane.faults


@router.delete("/faults", status_code=204)
async def clear_faults(sandbox: SandboxDep) -> None:
    """End all faults; the log of what happened stays."""
    sandbox.plane.faults.clear()


@router.delete("/faults/{fault_id}", status_code=204)
async def remove_fault(sandbox: SandboxDep, fault_id: str) -> None:
    sandbox.plane.remove(fault_id)


@router.get("/faults/log")
async def injected(sandbox: SandboxDep, fault_id: str | None = None) -> list[Injected]:
    """Every fault that really happened, in order."""
    return [line for line in sandbox.plane.log if fault_id in (None, line.fault_id)]


@router.get("/webhooks/deliveries")
async def deliveries(sandbox: SandboxDep) -> list[Attempt]:
    """Every attempt to deliver, in order."""
    return sandbox.webhooks.log


@router.post("/webhooks/flush")
async def flush(sandbox: SandboxDep) -> dict[str, Any]:
    """Wait until whatever is due was tried once; what is held for reordering goes out too."""
    await sandbox.webhooks.flush()
    return {"waiting": sandbox.webhooks.waiting}
