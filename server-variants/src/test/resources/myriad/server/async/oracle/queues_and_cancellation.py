import asyncio

import virtual_time


async def ends(*tasks):
    results = await asyncio.gather(*tasks, return_exceptions=True)
    print(*["cancelled" if isinstance(r, asyncio.CancelledError) else r for r in results])


def start(*coroutines):
    return [asyncio.create_task(coroutine) for coroutine in coroutines]


async def get(queue, name):
    item = await queue.get()
    print(name, "got", item)
    return item


async def put(queue, item):
    await queue.put(item)
    print("put", item)


async def main():
    queue = asyncio.Queue()
    tasks = start(get(queue, "a"), get(queue, "b"), get(queue, "c"))
    await asyncio.sleep(0)
    queue.put_nowait(1)
    print("stolen", queue.get_nowait())
    queue.put_nowait(2)
    queue.put_nowait(3)
    tasks[0].cancel()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    queue.put_nowait(4)
    await ends(*tasks)
    print("left", queue.qsize())

    queue = asyncio.Queue(1)
    tasks = start(put(queue, 1), put(queue, 2), put(queue, 3), put(queue, 4))
    await asyncio.sleep(0)
    print("full", queue.full(), queue.get_nowait())
    tasks[1].cancel()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print("then", queue.get_nowait(), await queue.get())
    await ends(*tasks)

    joiners = start(join(queue, "one"), join(queue, "two"))
    await asyncio.sleep(0)
    joiners[0].cancel()
    for _ in range(3):
        queue.task_done()
    print("unfinished")
    queue.put_nowait(5)
    await ends(*joiners)
    queue.task_done()
    try:
        queue.task_done()
    except ValueError:
        print("done too often")


async def join(queue, name):
    await queue.join()
    print(name, "joined")


virtual_time.run(main())
