import asyncio

import virtual_time


async def main():
    queue = asyncio.Queue(2)

    async def produce(name, count):
        for i in range(count):
            await queue.put(f"{name}{i}")
            print("put", f"{name}{i}")

    async def consume(name):
        while True:
            item = await queue.get()
            print(name, "got", item)
            await asyncio.sleep(0)
            queue.task_done()

    consumers = [asyncio.create_task(consume(n)) for n in ("p", "q")]
    producers = [asyncio.create_task(produce(n, 4)) for n in ("a", "b")]
    await asyncio.gather(*producers)
    print("produced")
    await queue.join()
    print("joined")
    for consumer in consumers:
        consumer.cancel()
    await asyncio.gather(*consumers, return_exceptions=True)


virtual_time.run(main())
