import asyncio

import virtual_time


def message(error):
    return error.args[0] if error.args else None


async def inner(name, delay, failure=None):
    try:
        await asyncio.sleep(delay)
    except asyncio.CancelledError:
        print(name, "cancelled")
        raise
    if failure is not None:
        print(name, "fails")
        raise ValueError(failure)
    print(name, "done")
    return name


async def outer(task):
    try:
        print("outer got", await asyncio.shield(task))
    except asyncio.CancelledError:
        print("outer cancelled", asyncio.current_task().cancelling(), task.done())
        raise
    except ValueError as error:
        print("outer failed", message(error))


async def rescue(task):
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        print("rescue", await task)
        raise


async def end(task):
    try:
        print("end", await task)
    except asyncio.CancelledError:
        print("end cancelled", task.cancelled())
    except ValueError as error:
        print("end failed", message(error))


async def main():
    asyncio.get_running_loop().set_exception_handler(
        lambda loop, context: print("reported", context["exception"]))
    task = asyncio.create_task(inner("a", 0.02))
    waiting = asyncio.create_task(outer(task))
    await asyncio.sleep(0.01)
    waiting.cancel()
    await end(waiting)
    await end(task)

    task = asyncio.create_task(inner("b", 0.02, "of b"))
    waiting = asyncio.create_task(outer(task))
    await asyncio.sleep(0.01)
    waiting.cancel()
    await end(waiting)
    await end(task)

    task = asyncio.create_task(inner("c", 1))
    waiting = asyncio.create_task(outer(task))
    await asyncio.sleep(0.01)
    task.cancel()
    await end(waiting)

    task = asyncio.create_task(inner("d", 0.02))
    waiting = asyncio.create_task(rescue(task))
    await asyncio.sleep(0.01)
    waiting.cancel()
    await end(waiting)

    future = asyncio.get_running_loop().create_future()
    waiting = asyncio.create_task(outer(future))
    await asyncio.sleep(0)
    future.set_exception(ValueError("of the future"))
    waiting.cancel()
    await end(waiting)

    future = asyncio.get_running_loop().create_future()
    waiting = asyncio.create_task(outer(future))
    await asyncio.sleep(0)
    waiting.cancel()
    future.set_result("too late")
    await end(waiting)

    gathered = asyncio.gather(asyncio.shield(inner("e", 0.02)), inner("f", 0.02))
    await asyncio.sleep(0.01)
    gathered.cancel()
    try:
        await gathered
    except asyncio.CancelledError:
        print("gathered", gathered.cancelled())
    await asyncio.sleep(0.02)


virtual_time.run(main())
