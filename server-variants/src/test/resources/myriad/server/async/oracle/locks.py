import asyncio

import virtual_time


async def main():
    lock = asyncio.Lock()

    async def hold(name, turns):
        async with lock:
            print(name, "in")
            for _ in range(turns):
                await asyncio.sleep(0)
            print(name, "out")

    await lock.acquire()
    a = asyncio.create_task(hold("a", 2))
    b = asyncio.create_task(hold("b", 1))
    c = asyncio.create_task(hold("c", 1))
    await asyncio.sleep(0)
    lock.release()
    b.cancel()
    late = asyncio.create_task(hold("late", 0))
    await asyncio.wait([a, b, c, late])
    print("b", b.cancelled())

    semaphore = asyncio.Semaphore(1)

    async def enter(name):
        async with semaphore:
            print(name, "enters")
            await asyncio.sleep(0)

    await semaphore.acquire()
    tasks = [asyncio.create_task(enter(n)) for n in "xyz"]
    await asyncio.sleep(0)
    semaphore.release()
    print("locked", semaphore.locked())
    tasks[0].cancel()
    await asyncio.wait(tasks)


virtual_time.run(main())
