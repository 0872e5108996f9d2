"""R5: the disk says at the n-th sync that it did not keep what it was given.

From then on nothing may be acknowledged, whatever later syncs say; what was acknowledged before is there after a start.
"""

from portal import Portal

MOST_REQUESTS = 12
# Syncs of the thread that writes, from its first on.
PLACES = range(1, 11)


def run(program, folder, files, count):
    """Lets so many syncs fail, one in each run. What was tried, and what came of it."""
    portal = Portal(program, folder, files)
    result = {
        "tried": 0, "failed at the call": 0, "acknowledged": 0, "acknowledged after it": 0, "lost": 0, "silent": 0}
    for place in list(PLACES)[:count]:
        portal.forget()
        # Migrations are done before.
        portal.start()
        portal.stop()
        result["tried"] += 1
        # The next sync of the same thread is well again.
        portal.start(f"fdatasync,fsync:error=EIO:when={place}")
        answers = [_register(portal, files, number) for number in range(MOST_REQUESTS)]
        hits = [number for number, answer in enumerate(answers) if answer is None]
        if hits:
            result["failed at the call"] += 1
            result["acknowledged after it"] += sum(answer is not None for answer in answers[hits[0]:])
            result["silent"] += portal.ask("GET", "/.backstage/health/v1/readiness")[0] == 200
            result["silent"] += portal.ask("GET", "/api/catalog/entities?limit=1")[0] != 200
        portal.stop()
        portal.start()
        known = {entry["data"]["id"] for entry in portal.ask("GET", "/api/catalog/locations")[1]}
        portal.stop()
        acknowledged = {answer for answer in answers if answer is not None}
        result["acknowledged"] += len(acknowledged)
        lost = [f"{identifier} was registered and is not there" for identifier in acknowledged - known]
        lost += portal.faults_of_database()
        result["lost"] += len(lost)
        for trouble in lost:
            print(f"sync {place}: {trouble}", flush=True)
    result["passed"] = bool(result["failed at the call"]) and not any(
        result[name] for name in ["acknowledged after it", "lost", "silent"])
    return result


def _register(portal, files, number):
    """The id of a location that was acknowledged; None where the portal says that it is not to be had."""
    status, answer = portal.ask(
        "POST", "/api/catalog/locations", {"type": "url", "target": files.url(f"s-{number}")})
    if status == 201:
        return answer["location"]["id"]
    if status != 503:
        raise SystemExit(f"A registration answered {status}")
    return None
