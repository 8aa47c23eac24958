import asyncio

import virtual_time


async def hold(lock, name, turns=0):
    async with lock:
        print(name, "in")
        for _ in range(turns):
            await asyncio.sleep(0)
        print(name, "out")


async def ends(*tasks):
    results = await asyncio.gather(*tasks, return_exceptions=True)
    print(*["cancelled" if isinstance(r, asyncio.CancelledError) else r for r in results])


def start(*coroutines):
    return [asyncio.create_task(coroutine) for coroutine in coroutines]


async def locks():
    lock = asyncio.Lock()
    await lock.acquire()
    a, b = start(hold(lock, "a"), hold(lock, "b"))
    await asyncio.sleep(0)
    a.cancel()
    b.cancel()
    lock.release()
    await hold(lock, "jumps")
    print("locked", lock.locked())
    await ends(a, b)

    await lock.acquire()
    a, b, c = start(hold(lock, "a"), hold(lock, "b"), hold(lock, "c"))
    await asyncio.sleep(0)
    lock.release()
    a.cancel()
    b.cancel()
    await ends(a, b, c)
    try:
        lock.release()
    except RuntimeError:
        print("free already")


async def semaphores():
    semaphore = asyncio.Semaphore(2)
    tasks = start(*[hold(semaphore, name, turns)
                    for name, turns in (("a", 3), ("b", 1), ("c", 0), ("d", 0), ("e", 0))])
    await asyncio.sleep(0)
    print("locked", semaphore.locked())
    tasks[2].cancel()
    await ends(*tasks)
    print("locked", semaphore.locked())

    semaphore = asyncio.Semaphore(0)
    tasks = start(hold(semaphore, "x"), hold(semaphore, "y"), hold(semaphore, "z"))
    await asyncio.sleep(0)
    semaphore.release()
    semaphore.release()
    tasks[0].cancel()
    late, = start(hold(semaphore, "late"))
    await asyncio.sleep(0)
    print("locked", semaphore.locked())
    semaphore.release()
    await ends(*tasks, late)
    bounded = asyncio.BoundedSemaphore(1)
    try:
        bounded.release()
    except ValueError:
        print("released too often")


async def main():
    await locks()
    await semaphores()


virtual_time.run(main())
