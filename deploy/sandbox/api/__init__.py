"""The network's public HTTP API in a plain shape of its own.

Shapes of real networks can stand beside it as other packages over the same `Sandbox`.
"""
