import asyncio

import virtual_time


async def main():
    loop = asyncio.get_running_loop()

    async def task(name):
        print(name, "starts")
        await asyncio.sleep(0)
        print(name, "goes on")

    loop.call_soon(print, "soon 1")
    first = asyncio.create_task(task("first"))
    loop.call_soon(lambda: loop.call_soon(print, "nested"))
    loop.call_later(0, print, "later 0")
    second = asyncio.create_task(task("second"))
    loop.call_soon(print, "soon 2")
    print("main waits")
    await first
    print("main goes on")
    await second
    await asyncio.sleep(0.01)


virtual_time.run(main())
