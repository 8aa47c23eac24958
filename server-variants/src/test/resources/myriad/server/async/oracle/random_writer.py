"""Writes programs at random. A task waits only for tasks of higher numbers, so that no two wait for each other."""

import random


def write(seed):
    return Writer(random.Random(seed)).program()


class Writer:
    def __init__(self, choice):
        self.choice = choice
        self.tasks = 0
        self.left = choice.choice([20, 45, 90])

    def program(self):
        statements = []
        for _ in range(self.number(2, 4)):
            statements.append("(spawn %s)" % self.child(0))
            if self.one_in(2):
                statements.append("(turn %d)" % self.number(1, 2))
            if self.one_in(3):
                statements.append("(cancel %d)" % self.number(0, self.tasks - 1))
        return "(%s)" % " ".join(statements)

    def number(self, first, last):
        return self.choice.randint(first, last)

    def one_in(self, count):
        return self.choice.randrange(count) == 0

    def child(self, depth):
        number = self.tasks
        self.tasks += 1
        return "%d %s" % (number, self.block(number, depth + 1))

    def children(self, depth):
        return " ".join("(%s)" % self.child(depth) for _ in range(self.number(1, 3)))

    def block(self, own, depth):
        return "(%s)" % " ".join(self.statement(own, depth) for _ in range(self.number(1, 4)))

    def statement(self, own, depth):
        self.left -= 1
        kinds = [self.passing, self.passing, self.sharing, self.waiting]
        if depth < 5 and self.left > 0:
            kinds += [self.nesting, self.nesting, self.nesting]
        return "(%s)" % self.choice.choice(kinds)(own, depth)

    def passing(self, own, depth):
        return self.choice.choice([
            "turn %d" % self.number(1, 3),
            "sleep %d" % self.number(0, 6),
            "cancel %d" % self.number(0, self.tasks - 1),
            "cancel %d" % own,
            "uncancel",
            "fail %d" % self.number(0, 99) if self.one_in(2) else "turn 1",
            "give %d" % self.number(0, 99) if self.one_in(3) else "sleep 1",
        ])

    def sharing(self, own, depth):
        index = self.number(0, 1)
        future = self.number(0, 2)
        item = self.number(0, 99)
        return self.choice.choice([
            "set_event %d" % index, "clear_event %d" % index, "await_event %d" % index,
            "put %d %d" % (index, item), "put_now %d %d" % (index, item),
            "get %d" % index, "get_now %d" % index, "task_done %d" % index, "join %d" % index,
            "shut_down %d" % index if self.one_in(6) else "turn 1",
            "shut_down_now %d" % index if self.one_in(6) else "turn 1",
            "set_future %d" % future, "cancel_future %d" % future,
            "await_future %d" % future, "shield_future %d" % future,
        ])

    def waiting(self, own, depth):
        later = range(own + 1, self.tasks)
        if not later:
            return "sleep 2"
        one = self.choice.choice(later)
        several = " ".join(str(self.choice.choice(later)) for _ in range(self.number(1, 3)))
        until = self.choice.choice(["FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED"])
        return self.choice.choice([
            "await_task %d" % one, "shield_task %d" % one, "call_back %d" % one,
            "wait_for_task %d %d" % (one, self.number(0, 6)),
            "wait %s %s %s" % (until, self.choice.choice(["none", "none", "0", "2", "4"]), several),
            "gather %s %s" % (self.results(), several),
        ])

    def results(self):
        return self.choice.choice(["results", "outcomes"])

    def nesting(self, own, depth):
        kind = self.choice.choice([
            "spawn", "spawn", "attempt", "attempt", "timeout", "group", "lock", "semaphore",
            "wait_for_new", "gather_new", "shield_new",
        ])
        if kind in ("spawn", "shield_new"):
            return "%s %s" % (kind, self.child(depth))
        if kind == "gather_new":
            return "gather_new %s %s" % (self.results(), self.children(depth))
        if kind == "group":
            return "group (%s) %s" % (self.children(depth), self.block(own, depth + 1))
        if kind == "attempt":
            caught = self.choice.choice(["cancelled", "cancelled", "failed", "all", "none"])
            last = self.block(own, depth + 1) if self.one_in(3) else "()"
            return "attempt %s %s %s %s" % (self.block(own, depth + 1), caught, self.block(own, depth + 1), last)
        limit = self.number(0, 1 if kind in ("lock", "semaphore") else 6)
        return "%s %d %s" % (kind, limit, self.block(own, depth + 1))
