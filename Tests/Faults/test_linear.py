"""The search for an order finds those that there are, and no others."""

import random
import time
import unittest

from linear import fits


def did(kind, begin, end, identifier=None, good=True):
    return {"kind": kind, "begin": begin, "end": end, "id": identifier, "good": good}


class LinearTest(unittest.TestCase):
    def test_one_after_the_other(self):
        self.assertTrue(fits([did("register", 0, 1, "a"), did("read", 2, 3, "a"), did("delete", 4, 5, "a"),
                              did("read", 6, 7), did("delete", 8, 9, "a", good=False)]))

    def test_what_was_acknowledged_is_there(self):
        self.assertFalse(fits([did("register", 0, 1, "a"), did("read", 2, 3)]))
        self.assertFalse(fits([did("register", 0, 1, "a"), did("delete", 2, 3, "a"), did("read", 4, 5, "a")]))

    def test_it_is_made_once(self):
        self.assertFalse(fits([did("register", 0, 1, "a"), did("register", 2, 3, "b")]))
        self.assertFalse(fits([did("register", 0, 5, "a"), did("register", 1, 3, "b")]))
        self.assertTrue(fits([did("register", 0, 5, "a"), did("register", 1, 3, good=False)]))

    def test_at_the_same_time_either_may_be_first(self):
        self.assertTrue(fits([did("register", 0, 5, "a"), did("read", 1, 2), did("read", 3, 4, "a")]))
        self.assertFalse(fits([did("register", 0, 5, "a"), did("read", 1, 2, "a"), did("read", 3, 4)]))

    def test_what_nobody_heard_of_was_done_or_not(self):
        self.assertTrue(fits([did("register", 0, None), did("read", 1, 2), did("read", 3, 4, "z")]))
        self.assertTrue(fits([did("register", 0, None), did("read", 1, 2)]))
        self.assertTrue(fits([did("register", 0, 1, "a"), did("delete", 2, None, "a"), did("read", 3, 4, "a"),
                              did("read", 5, 6)]))
        self.assertFalse(fits([did("register", 0, 1, "a"), did("delete", 2, None, "a"), did("read", 3, 4),
                               did("read", 5, 6, "a")]))

    def test_what_is_gone_does_not_come_back(self):
        self.assertFalse(fits([did("register", 0, None), did("read", 1, 2, "a"), did("delete", 3, 4, "a"),
                               did("read", 5, 6), did("register", 7, None), did("read", 8, 9, "a")]))
        self.assertTrue(fits([did("register", 0, None), did("read", 1, 2, "a"), did("delete", 3, 4, "a"),
                              did("read", 5, 6), did("register", 7, None), did("read", 8, 9, "b")]))

    def test_a_deletion_that_came_too_early_says_nothing_of_a_later_one(self):
        self.assertTrue(fits([did("delete", 0, 1, "a", good=False), did("register", 2, 3, "a"),
                              did("delete", 4, None, "a"), did("read", 5, 6)]))

    def test_a_long_history_takes_seconds(self):
        history = long_history(random.Random(7), 6_000)
        begun = time.monotonic()
        self.assertTrue(fits(history))
        number = next(number for number, one in enumerate(history) if number > 5_900 and one["kind"] == "read"
                      and one["id"] and one["end"])
        history[number] = {**history[number], "id": "nobody's"}
        self.assertFalse(fits(history))
        self.assertLess(time.monotonic() - begun, 60)


def long_history(chance, count):
    """What five clients may see of one place; of one in twenty changes nobody hears what came of it."""
    state, now, made, history = None, 0.0, 0, []
    for _ in range(count):
        now += chance.uniform(0, 0.02)
        kind = chance.choice(["register", "delete", "read", "read"])
        operation = did(kind, now - chance.uniform(0, 0.04), now + chance.uniform(0, 0.04), state)
        if kind == "register":
            operation["good"] = state is None
            if state is None:
                made += 1
                state = operation["id"] = f"id-{made}"
        elif kind == "delete":
            # Of what is gone already, perhaps.
            operation["id"], operation["good"], state = f"id-{made}", state is not None, None
        is_unheard = kind != "read" and chance.random() < 0.05
        history.append({**operation, "end": None, "id": None if kind == "register" else operation["id"]} if is_unheard
                       else operation)
    return history


if __name__ == "__main__":
    unittest.main()
