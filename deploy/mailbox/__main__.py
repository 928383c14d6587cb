"""`python -m deploy.mailbox`: the local mailbox as its own process."""

import uvicorn

from deploy.mailbox.app import create_app
from deploy.mailbox.settings import MailboxSettings

if __name__ == "__main__":
    settings = MailboxSettings()
    uvicorn.run(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        log_level="warning",
        access_log=False,
    )
