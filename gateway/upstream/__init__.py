"""The gateway's own HTTP/1.1 client: pooled connections, streaming, back-pressure, time-outs."""
