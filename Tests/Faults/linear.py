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
    known = frozenset(number for number, operation in enumerate(operations) if operation["end"] is not None)
    todo, seen = [(frozenset(range(len(operations))), NOTHING)], set()
    while todo:
        left, state = todo.pop()
        if not left & known:
            return True
        if (left, state) in seen:
            continue
        seen.add((left, state))
        # Nothing can come after the first end of what is still to come.
        limit = min(operations[number]["end"] for number in left & known)
        tried = set()
        for number in sorted(left):
            operation = operations[number]
            if operation["begin"] > limit:
                break
            if operation["end"] is None:
                # Of those that may happen at any time the first to begin stands for all that do the same.
                alike = (operation["kind"], operation["id"])
                if alike in tried:
                    continue
                tried.add(alike)
            for after in _next(operation, state):
                # One that may never have happened need not happen where it changes nothing.
                if operation["end"] is not None or after != state:
                    todo.append((left - {number}, after))
    return False


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


def _next(operation, state):
    """The states to which an operation can lead from a state; none where it cannot have been then."""
    kind, good, unknown = operation["kind"], operation.get("good"), operation["end"] is None
    if kind == "register":
        if unknown:
            return [SOME] if state is NOTHING else [state]
        if good:
            return [operation["id"]] if state is NOTHING else []
        return [state] if state is not NOTHING else []
    if kind == "delete":
        hits = state is not NOTHING and _same(state, operation["id"])
        if unknown:
            return [NOTHING] if hits else [state]
        if good:
            return [NOTHING] if hits else []
        return [] if state == operation["id"] else [state]
    found = operation["id"]
    if found is NOTHING:
        return [state] if state is NOTHING else []
    return [found] if state is not NOTHING and _same(state, found) else []


def _same(state, identifier):
    return state in (SOME, identifier)
