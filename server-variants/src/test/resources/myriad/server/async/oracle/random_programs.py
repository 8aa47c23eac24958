"""Programs made at random, as s-expressions, and what asyncio makes of them: a line each for whatever happens.

Arguments: the first seed, and the one behind the last. A line "PROGRAM SEED TEXT" comes before what a program prints.
"""

import asyncio
import sys

import virtual_time
from random_writer import write

FUTURES = 3
ROUNDS = 30


class InOrder(dict):
    """A set that remembers the order of adding, for the one of a task group does not."""

    def add(self, item):
        self[item] = None

    def discard(self, item):
        self.pop(item, None)


class StableTimer(asyncio.TimerHandle):
    """Timers for the same time run in the order of their making; asyncio leaves that open."""

    made = 0

    def __init__(self, *arguments):
        super().__init__(*arguments)
        StableTimer.made += 1
        self.number = StableTimer.made

    def __lt__(self, other):
        return (self._when, self.number) < (other._when, other.number)


asyncio.events.TimerHandle = StableTimer


def parse(text):
    tokens = iter(text.replace("(", " ( ").replace(")", " ) ").split())

    def items():
        found = []
        for token in tokens:
            if token == ")":
                break
            found.append(items() if token == "(" else token)
        return found

    return items()[0]


def describe(outcome):
    if isinstance(outcome, asyncio.CancelledError):
        return "cancelled"
    if isinstance(outcome, BaseExceptionGroup):
        return "group[%s]" % ",".join(describe(one) for one in outcome.exceptions)
    if isinstance(outcome, TimeoutError):
        return "timeout"
    if isinstance(outcome, ValueError):
        return "failed:%s" % outcome.args[0]
    if isinstance(outcome, BaseException):
        return "refused"
    return str(outcome)


def requests():
    return asyncio.current_task().cancelling()


class Program:
    def __init__(self):
        self.tasks = {}
        self.locks = [asyncio.Lock(), asyncio.Lock()]
        self.semaphores = [asyncio.Semaphore(1), asyncio.Semaphore(2)]
        self.events = [asyncio.Event(), asyncio.Event()]
        self.queues = [asyncio.Queue(), asyncio.Queue(1)]
        self.futures = [asyncio.get_running_loop().create_future() for _ in range(FUTURES)]

    def print(self, own, *words):
        print("%s@%d" % (own, asyncio.get_running_loop().time()), *words)

    async def main(self, statements):
        asyncio.get_running_loop().set_exception_handler(lambda loop, context: None)
        await self.block("main", statements)
        await asyncio.sleep(20)
        for _ in range(ROUNDS):
            for task in [task for task in self.tasks.values() if not task.done()]:
                task.cancel()
            await asyncio.sleep(20)
        for number, task in self.tasks.items():
            outcome = "pending"
            if task.cancelled():
                outcome = "cancelled"
            elif task.done():
                outcome = describe(task.exception() or task.result())
            self.print("main", number, outcome, task.cancelling())

    def start(self, number, body, create_task=asyncio.create_task):
        self.tasks[number] = create_task(self.task(number, body))
        return self.tasks[number]

    def known(self, numbers):
        return [self.tasks[number] for number in numbers if number in self.tasks]

    async def task(self, own, body):
        self.print(own, "starts")
        try:
            value = await self.block(own, body)
            self.print(own, "ends", value)
            return value
        except BaseException as failure:
            self.print(own, "ends", describe(failure), requests())
            raise

    async def block(self, own, statements):
        """What it returns; None if it went to its end."""
        for name, *arguments in statements:
            try:
                value = await getattr(self, name)(own, *arguments)
            except BaseException as failure:
                self.print(own, name, describe(failure), requests())
                raise
            if value is not None:
                return value
        return None

    async def turn(self, own, count):
        for _ in range(int(count)):
            await asyncio.sleep(0)

    async def sleep(self, own, seconds):
        await asyncio.sleep(int(seconds))

    async def cancel(self, own, number):
        for task in self.known([number]):
            self.print(own, "cancels", number, task.cancel(), task.cancelling())

    async def uncancel(self, own):
        self.print(own, "uncancels", asyncio.current_task().uncancel())

    async def fail(self, own, message):
        raise ValueError(message)

    async def give(self, own, value):
        return value

    async def set_event(self, own, index):
        self.events[int(index)].set()

    async def clear_event(self, own, index):
        self.events[int(index)].clear()

    async def await_event(self, own, index):
        await self.events[int(index)].wait()

    async def set_future(self, own, index):
        if not self.futures[int(index)].done():
            self.futures[int(index)].set_result("future")

    async def cancel_future(self, own, index):
        self.print(own, "cancels future", self.futures[int(index)].cancel())

    async def await_future(self, own, index):
        self.print(own, "has", await self.futures[int(index)])

    async def shield_future(self, own, index):
        self.print(own, "has", await asyncio.shield(self.futures[int(index)]))

    async def put(self, own, index, item):
        await self.queues[int(index)].put(item)
        self.print(own, "put", item)

    async def put_now(self, own, index, item):
        try:
            self.queues[int(index)].put_nowait(item)
        except asyncio.QueueFull:
            self.print(own, "full")

    async def get(self, own, index):
        self.print(own, "got", await self.queues[int(index)].get())

    async def get_now(self, own, index):
        try:
            self.print(own, "got", self.queues[int(index)].get_nowait())
        except asyncio.QueueEmpty:
            self.print(own, "empty")

    async def task_done(self, own, index):
        try:
            self.queues[int(index)].task_done()
        except ValueError:
            self.print(own, "done too often")

    async def join(self, own, index):
        await self.queues[int(index)].join()
        self.print(own, "joined")

    async def shut_down(self, own, index):
        self.queues[int(index)].shutdown()

    async def shut_down_now(self, own, index):
        self.queues[int(index)].shutdown(immediate=True)

    async def call_back(self, own, number):
        for task in self.known([number]):
            task.add_done_callback(lambda done: self.print(own, "hears of", number, done.cancelled()))

    async def await_task(self, own, number):
        for task in self.known([number]):
            self.print(own, "has", await task)

    async def shield_task(self, own, number):
        for task in self.known([number]):
            self.print(own, "has", await asyncio.shield(task))

    async def wait_for_task(self, own, number, seconds):
        for task in self.known([number]):
            self.print(own, "has", await asyncio.wait_for(task, int(seconds)))

    async def wait(self, own, until, seconds, *numbers):
        tasks = self.known(numbers)
        if tasks:
            timeout = None if seconds == "none" else int(seconds)
            done, _ = await asyncio.wait(tasks, return_when=until, timeout=timeout)
            self.print(own, "waited", *[task in done for task in tasks])

    async def gather(self, own, outcomes, *numbers):
        await self.gathered(own, outcomes, self.known(numbers))

    async def gather_new(self, own, outcomes, *bodies):
        await self.gathered(own, outcomes, [self.start(number, body) for number, body in bodies])

    async def gathered(self, own, outcomes, tasks):
        results = await asyncio.gather(*tasks, return_exceptions=outcomes == "outcomes")
        self.print(own, "gathered", *[describe(result) for result in results])

    async def spawn(self, own, number, body):
        self.start(number, body)

    async def shield_new(self, own, number, body):
        self.print(own, "has", await asyncio.shield(self.start(number, body)))

    async def wait_for_new(self, own, seconds, body):
        self.print(own, "has", await asyncio.wait_for(self.block(own, body), int(seconds)))

    async def attempt(self, own, body, kind, handler, last):
        caught = {"cancelled": asyncio.CancelledError, "failed": ValueError, "all": BaseException, "none": ()}
        try:
            return await self.block(own, body)
        except caught[kind] as failure:
            self.print(own, "catches", describe(failure), requests())
            return await self.block(own, handler)
        finally:
            await self.block(own, last)

    async def timeout(self, own, seconds, body):
        async with asyncio.timeout(int(seconds)) as timeout:
            value = await self.block(own, body)
        self.print(own, "expired", timeout.expired())
        return value

    async def lock(self, own, index, body):
        async with self.locks[int(index)]:
            self.print(own, "in")
            return await self.block(own, body)

    async def semaphore(self, own, index, body):
        async with self.semaphores[int(index)]:
            self.print(own, "in")
            return await self.block(own, body)

    async def group(self, own, bodies, body):
        async with asyncio.TaskGroup() as group:
            group._tasks = InOrder()
            for number, child in bodies:
                self.start(number, child, group.create_task)
            value = await self.block(own, body)
        return value


async def run(text):
    await Program().main(parse(text))


for seed in range(int(sys.argv[1]), int(sys.argv[2])):
    text = write(seed)
    print("PROGRAM", seed, text)
    virtual_time.run(run(text))
