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


async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(work("a", 0.02))
        group.create_task(work("b", 0))
        print("body")
    print("first group over")
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(work("slow", 1))
            group.create_task(work("bad", 0.02, "oops"))
            await work("body", 1)
    except* ValueError as errors:
        print(len(errors.exceptions), *errors.exceptions)
    print("requests", asyncio.current_task().cancelling())
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(work("other", 1))
            await asyncio.sleep(0)
            raise ValueError("body")
    except* ValueError as errors:
        print(len(errors.exceptions), *errors.exceptions)


virtual_time.run(main())
