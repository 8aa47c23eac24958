import asyncio

import virtual_time


async def work(name, delay, failure=None):
    try:
        await asyncio.sleep(delay)
    except asyncio.CancelledError:
        print(name, "cancelled")
        raise
    print(name, "done")
    if failure:
        raise ValueError(failure)
    return name


async def main():
    print(*await asyncio.gather(work("a", 0.04), work("b", 0.02), work("c", 0)))
    slow = asyncio.create_task(work("slow", 0.06))
    try:
        await asyncio.gather(slow, work("bad", 0.02, "first"), work("worse", 0.04, "second"))
    except ValueError as error:
        print("failed", error)
    print(await slow)
    both = asyncio.gather(work("x", 1), work("y", 1))
    await asyncio.sleep(0)
    print("cancel", both.cancel())
    try:
        await both
    except asyncio.CancelledError:
        print("both", both.cancelled())


virtual_time.run(main())
