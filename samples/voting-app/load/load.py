"""An open-loop generator of votes: requests go out on time, whether or not earlier ones were answered.

load.py URL RATE:SECONDS [RATE:SECONDS ...]     each step goes from the rate before it to its own, in requests a second

Told to stop, it waits for the late answers and sums up.
"""

import asyncio
import random
import signal
import sys
import time
from urllib.parse import urlsplit

from ballot import cast


class Tally:
    """What happened since the last line was printed. Times in seconds."""

    def __init__(self) -> None:
        self.sent = 0
        self.failed = 0
        self.times: list[float] = []

    def line(self, rate: float) -> str:
        times = sorted(self.times)
        at = lambda share: times[int(share * (len(times) - 1))] * 1000 if times else float("nan")
        return f"{rate:6.0f}/s  sent {self.sent:5}  failed {self.failed:4}  p50 {at(0.5):6.0f} ms  p95 {at(0.95):6.0f} ms"


async def vote(host: str, port: int, tally: Tally) -> None:
    begin = time.monotonic()
    tally.sent += 1
    try:
        await cast(host, port, "a" if random.random() < 2 / 3 else "b")
        tally.times.append(time.monotonic() - begin)
    except (OSError, TimeoutError) as error:
        tally.failed += 1
        print(f"failed: {error!r}", flush=True)


async def main(url: str, steps: list[tuple[float, float]]) -> int:
    target = urlsplit(url)
    tally, failed, under_way, rate = Tally(), 0, set(), steps[0][0]
    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    due = printed = time.monotonic()
    for goal, seconds in steps:
        begin, first = due, rate
        while due < begin + seconds and not ended.is_set():
            rate = first + (goal - first) * (due - begin) / seconds
            due += 1 / max(rate, 0.1)
            await asyncio.sleep(max(0, due - time.monotonic()))
            task = asyncio.create_task(vote(target.hostname, target.port or 80, tally))
            under_way.add(task)
            task.add_done_callback(under_way.discard)
            if time.monotonic() - printed >= 5:
                print(tally.line(rate), flush=True)
                failed, printed = failed + tally.failed, time.monotonic()
                tally.sent, tally.failed, tally.times = 0, 0, []
        rate = goal
    await asyncio.gather(*under_way)
    print(tally.line(rate), flush=True)
    failed += tally.failed
    print(f"{failed} failed", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    pairs = [tuple(map(float, step.split(":"))) for step in sys.argv[2:]]
    sys.exit(asyncio.run(main(sys.argv[1], pairs)))
