"""Fills the poll with votes of new voters, two thirds of them for a: seed.py URL"""

import asyncio
import os
import sys
from urllib.parse import urlsplit

from ballot import cast

AT_ONCE = 20


async def main(url: str, votes: int) -> None:
    target = urlsplit(url)
    choices = iter("aab"[vote % 3] for vote in range(votes))

    async def voter() -> None:
        for choice in choices:
            await cast(target.hostname, target.port or 80, choice)

    await asyncio.gather(*(voter() for _ in range(AT_ONCE)))
    print(f"{votes} votes")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(os.environ.get("VOTES", "3000"))))
