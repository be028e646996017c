"""One vote of a new voter."""

import asyncio

PATIENCE = 30


async def cast(host: str, port: int, choice: str) -> None:
    """Raises OSError or TimeoutError when the vote was not taken."""
    body = f"vote={choice}"
    request = (
        f"POST / HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n{body}"
    )
    async with asyncio.timeout(PATIENCE):
        reader, writer = await asyncio.open_connection(host, port)
        try:
            writer.write(request.encode())
            answer = await reader.read()
        finally:
            writer.close()
    if not answer.startswith(b"HTTP/1.1 200"):
        raise ConnectionError(answer[:40])
