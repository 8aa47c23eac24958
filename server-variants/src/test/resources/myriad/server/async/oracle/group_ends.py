import asyncio

import virtual_time


def message(error):
    return error.args[0] if error.args else None


def requests():
    return asyncio.current_task().cancelling()


async def sleeper(name, delay=100):
    try:
        await asyncio.sleep(delay)
        print(name, "slept")
    except asyncio.CancelledError as error:
        print(name, "cancelled", message(error))
        raise


async def fails_at_clean_up(name):
    try:
        await asyncio.sleep(100)
    finally:
        print(name, "fails")
        raise ValueError(name)


async def slow_clean_up(name, turns):
    try:
        await asyncio.sleep(100)
    finally:
        for _ in range(turns):
            await asyncio.sleep(0)
        print(name, "cleaned up")


async def refuses(name):
    try:
        await asyncio.sleep(100)
    except asyncio.CancelledError:
        await asyncio.sleep(0.01)
        print(name, "refused")


async def group(body):
    try:
        async with asyncio.TaskGroup() as tasks:
            await body(tasks)
    except* ValueError as group:
        print("group", *[message(error) for error in group.exceptions])
    print("requests", requests())
    await asyncio.sleep(0)
    print("goes on")


async def end(task):
    try:
        await task
        print("end")
    except asyncio.CancelledError as error:
        print("end cancelled", message(error), task.cancelling())


async def body_fails(tasks):
    tasks.create_task(fails_at_clean_up("child"))
    tasks.create_task(refuses("stubborn"))
    tasks.create_task(slow_clean_up("slow", 3))
    await asyncio.sleep(0)
    raise ValueError("body")


async def body_fails_while_cancelled(tasks):
    tasks.create_task(fails_at_clean_up("child"))
    await asyncio.sleep(0)
    try:
        await asyncio.sleep(100)
    except asyncio.CancelledError:
        raise ValueError("body")


async def body_refuses(tasks):
    tasks.create_task(sleeper("child", 0.01))
    try:
        await asyncio.sleep(100)
    except asyncio.CancelledError:
        print("body refuses", requests())


async def child_fails_and_body_refuses(tasks):
    async def fail():
        raise ValueError("child")
    tasks.create_task(fail())
    tasks.create_task(sleeper("other"))
    try:
        await asyncio.sleep(100)
    except asyncio.CancelledError:
        print("body refuses", requests())
        await asyncio.sleep(0)
        print("body goes on")


async def child_cancels_parent(tasks):
    parent = asyncio.current_task()

    async def cancel():
        parent.cancel("by child")
    tasks.create_task(cancel())
    tasks.create_task(sleeper("other"))


async def two_cancels(tasks):
    tasks.create_task(slow_clean_up("slow", 5))
    await asyncio.sleep(100)


async def nothing(tasks):
    tasks.create_task(sleeper("quick", 0))


async def cancelled_late(tasks):
    tasks.create_task(fails_at_clean_up("late"))


async def main():
    await group(body_fails)
    for body in (body_fails_while_cancelled, body_refuses, two_cancels, nothing, cancelled_late):
        print(body.__name__)
        task = asyncio.create_task(group(body))
        for _ in range(3):
            await asyncio.sleep(0)
        task.cancel("first")
        await asyncio.sleep(0)
        task.cancel("second")
        await end(task)
    await group(child_fails_and_body_refuses)
    await end(asyncio.create_task(group(child_cancels_parent)))
    inner = asyncio.create_task(nested())
    await asyncio.sleep(0.01)
    inner.cancel("outside")
    await end(inner)
    await start_while_ending()


async def nested():
    async with asyncio.TaskGroup() as outer:
        outer.create_task(sleeper("outer child"))
        async with asyncio.TaskGroup() as inner:
            inner.create_task(sleeper("inner child"))


async def start_while_ending():
    async def starter(tasks):
        try:
            await asyncio.sleep(100)
        except asyncio.CancelledError:
            coroutine = sleeper("never")
            try:
                tasks.create_task(coroutine)
            except RuntimeError:
                print("no new task")
                coroutine.close()
            raise

    async def body(tasks):
        tasks.create_task(starter(tasks))
        await asyncio.sleep(0)
        raise ValueError("body")
    await group(body)


virtual_time.run(main())
