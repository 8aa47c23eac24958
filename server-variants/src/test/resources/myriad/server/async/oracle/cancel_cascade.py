import asyncio

import virtual_time


async def sleeper(name):
    try:
        print(name, "sleeps")
        await asyncio.sleep(100)
    except asyncio.CancelledError as error:
        print(name, "cancelled", *error.args)
        raise
    finally:
        await asyncio.sleep(0)
        print(name, "finally")


async def parent(child):
    try:
        await child
    except asyncio.CancelledError:
        print("parent cancelled")
        raise


async def main():
    child = asyncio.create_task(sleeper("child"))
    outer = asyncio.create_task(parent(child))
    never = asyncio.create_task(sleeper("never"))
    never.cancel()
    await asyncio.sleep(0)
    print("cancel", outer.cancel("why"), outer.cancelling())
    try:
        await outer
    except asyncio.CancelledError:
        print("outer", outer.cancelled(), "child", child.cancelled(), "never", never.cancelled())
    print("again", outer.cancel())


virtual_time.run(main())
