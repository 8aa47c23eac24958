import asyncio

import virtual_time


async def main():
    future = asyncio.get_running_loop().create_future()

    async def waiting():
        try:
            return await asyncio.wait_for(future, 10)
        except asyncio.CancelledError:
            print("cancelled", future.cancelled())
            raise
    waiter = asyncio.create_task(waiting())
    await asyncio.sleep(0)
    future.set_result("result")
    waiter.cancel()
    try:
        print(await waiter)
    except asyncio.CancelledError:
        print("the cancel wins")

    async def refuses():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            return "refused"
    print(await asyncio.wait_for(refuses(), 0.01))
    try:
        await asyncio.wait_for(refuses(), 0)
    except TimeoutError:
        print("never started")
    started = asyncio.create_task(refuses())
    await asyncio.sleep(0)
    print(await asyncio.wait_for(started, 0))

    async def fails():
        try:
            await asyncio.sleep(10)
        finally:
            raise ValueError("clean-up")
    try:
        await asyncio.wait_for(fails(), 0.01)
    except ValueError as error:
        print("failed", error.args[0], asyncio.current_task().cancelling())
    try:
        await asyncio.wait_for(asyncio.wait_for(asyncio.sleep(10), 0.02), 0.01)
    except TimeoutError:
        print("outer", asyncio.current_task().cancelling())


virtual_time.run(main())
