"""`python -m deploy.catalogue` brings every generated document up to date."""

import sys

from deploy.catalogue import events

try:
    events.write()
except events.BreakingChangeError as error:
    sys.exit(str(error))
