"""`python -m deploy.catalogue` brings every generated document up to date."""

import sys

from deploy.catalogue import api, events, webhooks

made = [*events.files(), *api.files(), *webhooks.files()]
try:
    events.check(made)
    webhooks.check()
except (events.BreakingChangeError, webhooks.LostTypeError) as error:
    sys.exit(str(error))
for path, content in made:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
