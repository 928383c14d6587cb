"""`python -m deploy.sandbox`: the simulated network as its own process."""

from deploy.sandbox.app import create_app
from deploy.sandbox.server import make_server
from deploy.sandbox.settings import SandboxSettings

if __name__ == "__main__":
    settings = SandboxSettings()
    make_server(create_app(settings), settings.host, settings.port).run()
