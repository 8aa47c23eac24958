import asyncio

import virtual_time


def message(error):
    return error.args[0] if error.args else None


def requests():
    return asyncio.current_task().cancelling()


async def stubborn():
    for i in range(3):
        try:
            await asyncio.sleep(100)
        except asyncio.CancelledError as error:
            print("refused", i, message(error), requests())
    return "done"


async def two_in_one_turn():
    try:
        await asyncio.sleep(100)
    except asyncio.CancelledError as error:
        print("one of two", message(error), requests())
    await asyncio.sleep(0)
    print("no second")


async def in_finally():
    try:
        try:
            await asyncio.sleep(100)
        finally:
            print("cleans up", requests())
            await asyncio.sleep(0.01)
            print("never")
    except asyncio.CancelledError as error:
        print("interrupted", message(error), requests())
        raise


async def takes_back():
    task = asyncio.current_task()
    try:
        await asyncio.sleep(100)
    except asyncio.CancelledError:
        print("taken back", task.uncancel())
    await asyncio.sleep(0)
    task.cancel("a")
    task.cancel("b")
    print("one left", task.uncancel())
    try:
        await asyncio.sleep(0)
    except asyncio.CancelledError as error:
        print("thrown", message(error), task.uncancel())
    task.cancel("c")
    print("none left", task.uncancel())
    await asyncio.sleep(0)
    print("went on")


async def returns_cancelled():
    asyncio.current_task().cancel("late")
    return 1


async def fails_cancelled():
    asyncio.current_task().cancel("late")
    raise ValueError("failed")


async def end(task):
    try:
        print("result", await task)
    except asyncio.CancelledError as error:
        print("cancelled", message(error), task.cancelled(), task.cancelling())
    except ValueError as error:
        print("exception", message(error), task.cancelling())


async def main():
    task = asyncio.create_task(stubborn())
    await asyncio.sleep(0)
    for i in range(3):
        task.cancel("request %d" % i)
        await asyncio.sleep(0)
    await end(task)

    task = asyncio.create_task(two_in_one_turn())
    await asyncio.sleep(0)
    task.cancel("first")
    task.cancel("second")
    await end(task)

    task = asyncio.create_task(in_finally())
    await asyncio.sleep(0)
    task.cancel("first")
    await asyncio.sleep(0)
    task.cancel("second")
    await end(task)

    task = asyncio.create_task(takes_back())
    await asyncio.sleep(0)
    task.cancel()
    await end(task)
    await end(asyncio.create_task(returns_cancelled()))
    await end(asyncio.create_task(fails_cancelled()))


virtual_time.run(main())
