import asyncio

import virtual_time


async def body(name, delay):
    try:
        await asyncio.sleep(delay)
        print(name, "slept")
    except asyncio.CancelledError:
        print(name, "cancelled")
        raise


async def main():
    try:
        async with asyncio.timeout(0.2):
            try:
                async with asyncio.timeout(0.02):
                    await body("inner", 1)
            except TimeoutError:
                print("inner timeout", asyncio.current_task().cancelling())
            await body("after", 0.01)
    except TimeoutError:
        print("outer timeout")
    try:
        async with asyncio.timeout(0.02):
            try:
                async with asyncio.timeout(0.2):
                    await body("deep", 1)
            except TimeoutError:
                print("wrong one")
    except TimeoutError:
        print("outer timeout", asyncio.current_task().cancelling())
    try:
        await asyncio.wait_for(body("waited", 1), 0.02)
    except TimeoutError:
        print("wait_for timeout")
    inner = asyncio.create_task(body("shielded", 0.06))
    try:
        await asyncio.wait_for(asyncio.shield(inner), 0.02)
    except TimeoutError:
        print("shield timeout", inner.cancelled())
    await inner


virtual_time.run(main())
