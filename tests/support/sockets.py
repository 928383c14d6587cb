"""Listening sockets on ports of the system's choice."""

import socket


def listening_socket() -> socket.socket:
    """Bound to the loopback and ready: whoever connects early waits in its queue.

    asyncio turns Nagle's algorithm off only where the protocol is named, which `create_server`
    does not do; without it every answer waits 40 ms for an acknowledgement.
    """
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.bind(("127.0.0.1", 0))
    listening.listen()
    return listening
