import asyncio

import virtual_time


async def ends(*tasks):
    results = await asyncio.gather(*tasks, return_exceptions=True)
    print(*["cancelled" if isinstance(r, asyncio.CancelledError) else r for r in results])


def start(*coroutines):
    return [asyncio.create_task(coroutine) for coroutine in coroutines]


async def wait_for_event(event, name):
    try:
        await event.wait()
        print(name, "woken", event.is_set())
    except asyncio.CancelledError:
        print(name, "cancelled", event.is_set())
        raise


async def main():
    event = asyncio.Event()
    tasks = start(*[wait_for_event(event, name) for name in "abc"])
    await asyncio.sleep(0)
    event.set()
    event.clear()
    tasks[1].cancel()
    late, = start(wait_for_event(event, "late"))
    await ends(*tasks)
    print("late done", late.done())
    event.set()
    await ends(late, *start(wait_for_event(event, "set already")))


virtual_time.run(main())
