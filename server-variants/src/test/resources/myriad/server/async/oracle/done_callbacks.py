import asyncio

import virtual_time


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()

    async def waiter(name):
        print(name, await future)

    future.add_done_callback(lambda f: print("callback 1"))
    tasks = [asyncio.create_task(waiter("waiter 1"))]
    await asyncio.sleep(0)
    future.add_done_callback(lambda f: print("callback 2"))
    tasks.append(asyncio.create_task(waiter("waiter 2")))
    loop.call_soon(print, "soon before")
    future.set_result("result")
    loop.call_soon(print, "soon after")
    future.add_done_callback(lambda f: print("callback 3"))
    print("set")
    await asyncio.gather(*tasks)
    print("end")


virtual_time.run(main())
