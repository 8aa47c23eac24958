import asyncio

import virtual_time


def message(error):
    return error.args[0] if error.args else None


async def work(name, delay, failure=None):
    try:
        await asyncio.sleep(delay)
    except asyncio.CancelledError:
        print(name, "cancelled")
        raise
    print(name, "done")
    if failure is not None:
        raise ValueError(failure)
    return name


async def wait(title, tasks, **options):
    done, pending = await asyncio.wait(tasks, **options)
    print(title, "done", *[t.get_name() for t in tasks if t in done],
          "pending", *[t.get_name() for t in tasks if t in pending])
    for task in pending:
        task.cancel()
    await asyncio.gather(*pending, return_exceptions=True)


def task(name, delay, failure=None):
    return asyncio.create_task(work(name, delay, failure), name=name)


async def firsts():
    a, b = task("a", 0.01), task("b", 0.03)
    asyncio.get_running_loop().call_later(0.005, a.cancel)
    await wait("cancelled", [a, b], return_when=asyncio.FIRST_EXCEPTION)
    a, b = task("a", 0.01), task("b", 0.03)
    asyncio.get_running_loop().call_later(0.005, a.cancel)
    await wait("cancelled first", [a, b], return_when=asyncio.FIRST_COMPLETED)
    a, b, c = task("a", 0.01, "of a"), task("b", 0.01), task("c", 0.03)
    await wait("same turn", [b, a, c], return_when=asyncio.FIRST_EXCEPTION)
    a, b = task("a", 0.01, "of a"), task("b", 0.03)
    await asyncio.sleep(0.02)
    await wait("failed before", [a, b], return_when=asyncio.FIRST_EXCEPTION)
    a, b = task("a", 0), task("b", 0.03)
    await wait("no time", [a, b], timeout=0)


async def cancelled_wait():
    a = task("a", 0.02)
    waiting = asyncio.create_task(asyncio.wait([a, a]))
    await asyncio.sleep(0.01)
    waiting.cancel("enough")
    try:
        await waiting
    except asyncio.CancelledError as error:
        print("wait cancelled", message(error), a.done())
    print(await a)


async def gathers():
    a, b = task("a", 1), task("b", 1)
    outer = asyncio.gather(asyncio.gather(a, b), work("c", 1), return_exceptions=True)
    await asyncio.sleep(0)
    a.cancel("only a")
    await asyncio.sleep(0.01)
    print("outer done", outer.done(), "b done", b.done())
    outer.cancel("all")
    try:
        await outer
    except asyncio.CancelledError as error:
        print("outer", message(error), "b", b.cancelled())
    b.cancel()
    await asyncio.sleep(0)
    a = task("a", 0.01, "of a")
    results = await asyncio.gather(a, a, work("b", 0), return_exceptions=True)
    print(*results)
    future = asyncio.get_running_loop().create_future()
    parent = asyncio.create_task(parent_of(future))
    await asyncio.sleep(0)
    future.set_result("child")
    parent.cancel("parent")
    try:
        print(await parent)
    except asyncio.CancelledError as error:
        print("parent", message(error))


async def parent_of(future):
    return await asyncio.gather(future)


async def arrivals():
    tasks = [task("a", 0.03), task("b", 0.01, "of b"), task("c", 0.02)]
    asyncio.get_running_loop().call_later(0.015, tasks[2].cancel)
    for next_one in asyncio.as_completed(tasks):
        try:
            print("next", await next_one)
        except (ValueError, asyncio.CancelledError) as error:
            print("next failed", message(error))
    awaitables = iter(asyncio.as_completed([task("d", 0.01), task("e", 0.02)]))
    first = asyncio.create_task(take("first", next(awaitables)))
    second = asyncio.create_task(take("second", next(awaitables)))
    await asyncio.sleep(0)
    first.cancel()
    await second
    print(first.cancelled())
    await asyncio.sleep(0.02)


async def take(name, awaitable):
    print(name, await awaitable)


async def main():
    await firsts()
    await cancelled_wait()
    await gathers()
    await arrivals()


virtual_time.run(main())
