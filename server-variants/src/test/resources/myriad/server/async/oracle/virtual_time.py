"""A loop whose clock jumps to the next timer instead of waiting for it, so that orderings are exact."""

import asyncio
import selectors


class Loop(asyncio.SelectorEventLoop):
    def __init__(self):
        self.now = 0.0
        super().__init__(Selector(self))

    def time(self):
        return self.now


class Selector(selectors.DefaultSelector):
    def __init__(self, loop):
        super().__init__()
        self.loop = loop

    def select(self, timeout=None):
        if timeout is None:
            return super().select()
        self.loop.now += timeout
        return super().select(0)


def run(main):
    with asyncio.Runner(loop_factory=Loop) as runner:
        runner.run(main)
