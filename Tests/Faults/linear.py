"""Whether what clients saw of one location can have happened one after the other (Wing and Gong's search, with memory).

An operation is a dict: `kind` register, delete or read; `begin` and `end` in seconds, `end` None where nobody knows what
came of it; `id` what a registration made, a deletion named or a reading found; `good` whether it said yes.
"""

NOTHING = None
# What a registration made of which nobody heard: any id may be it.
SOME = "?"


def fits(operations):
    """Whether there is an order: each between its begin and its end, those of unknown end whenever or never."""
    operations = sorted(operations, key=lambda operation: operation["begin"])
    known = sum(1 << number for number, operation in enumerate(operations) if operation["end"] is not None)
    # What is still to come is a number whose bits are the operations: a set would take as much memory for each as the
    # whole history does for all.
    ids = _Ids(operations)
    todo, seen = [((1 << len(operations)) - 1, NOTHING)], set()
    while todo:
        left, state = todo.pop()
        if not left & known:
            return True
        if (left, state) in seen:
            continue
        seen.add((left, state))
        # What began first is tried first, because it most often was.
        todo += reversed(list(_steps(operations, ids, left, state)))
    return False


class _Ids:
    """What the whole history tells of ids, without which the search tries what cannot be."""

    def __init__(self, operations):
        # Those of which it is known who made them are not what a registration made of which nobody heard.
        self.made = {operation["id"] for operation in operations
                     if operation["kind"] == "register" and operation["end"] is not None and operation["good"]}
        # By id the deletions that may have happened or not, and those that did happen, as bits.
        self.deletions, self.gone = {}, {}
        for number, operation in enumerate(operations):
            if operation["kind"] == "delete" and (operation["end"] is None or operation["good"]):
                found = self.deletions if operation["end"] is None else self.gone
                found[operation["id"]] = found.get(operation["id"], 0) | 1 << number

    def may_be(self, state, identifier, left):
        """Whether what is there can have an id; nothing that has been deleted comes back."""
        return state == identifier or (
            state == SOME and identifier not in self.made and not self.gone.get(identifier, 0) & ~left)


def _steps(operations, ids, left, state):
    """What is left and how things are after each operation that can be the next."""
    tried = set()
    for number in _candidates(operations, left):
        operation = operations[number]
        if operation["end"] is None:
            # Of those that may happen at any time the first to begin stands for all that do the same.
            alike = (operation["kind"], operation["id"])
            if alike in tried:
                continue
            tried.add(alike)
        for after in _next(operation, ids, left, state):
            # One that may never have happened need not happen where it changes nothing.
            if operation["end"] is None and after == state:
                continue
            rest = left & ~(1 << number)
            # What is gone is gone for good: to delete it once more would change nothing.
            is_gone = after is NOTHING and state is not NOTHING
            yield rest & ~ids.deletions.get(operation["id"], 0) if is_gone else rest, after


def _candidates(operations, left):
    """Those that have begun by the first end of what is left: nothing can come after that."""
    found, limit = [], float("inf")
    while left:
        number = (left & -left).bit_length() - 1
        left &= left - 1
        operation = operations[number]
        if operation["begin"] > limit:
            break
        found.append(number)
        if operation["end"] is not None:
            limit = min(limit, operation["end"])
    return [number for number in found if operations[number]["begin"] <= limit]


def shortest(operations):
    """What has begun by the first end up to which there is no order, sorted by begin."""
    ends = sorted(operation["end"] for operation in operations if operation["end"] is not None)
    low, high = 0, len(ends) - 1
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if fits(_until(operations, ends[middle])) else (low, middle)
    return sorted(_until(operations, ends[low]), key=lambda operation: operation["begin"])


def _until(operations, time):
    """What has begun by a time; what had not ended by then may have any outcome."""
    return [operation if (operation["end"] or time + 1) <= time else {**operation, "end": None}
            for operation in operations if operation["begin"] <= time]


def _next(operation, ids, left, state):
    """The states to which an operation can lead from a state; none where it cannot have been then."""
    kind, good, unknown = operation["kind"], operation.get("good"), operation["end"] is None
    if kind == "register":
        if unknown:
            return [SOME] if state is NOTHING else [state]
        if good:
            return [operation["id"]] if state is NOTHING else []
        return [state] if state is not NOTHING else []
    if kind == "delete":
        hits = state is not NOTHING and ids.may_be(state, operation["id"], left)
        if unknown:
            return [NOTHING] if hits else [state]
        if good:
            return [NOTHING] if hits else []
        return [] if state == operation["id"] else [state]
    found = operation["id"]
    if found is NOTHING:
        return [state] if state is NOTHING else []
    return [found] if state is not NOTHING and ids.may_be(state, found, left) else []

