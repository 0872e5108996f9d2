"""R13: the same registration is sent ten times at once, to all replicas."""

import threading

from replicas import Fleet

TIMES = 10


def run(program, folder, files, count):
    result = {"tried": 0, "made once": 0, "other answers": {}}
    with Fleet(program, folder, files) as fleet:
        for number in range(count):
            statuses, body = [], {"type": "url", "target": files.url(f"same-{number}")}
            gate = threading.Barrier(TIMES)

            def ask(replica, gate=gate, body=body, statuses=statuses):
                session = fleet.session(replica.port)
                gate.wait()
                statuses.append(session.ask("POST", "/api/catalog/locations", body)[0])
                session.close()

            threads = [threading.Thread(target=ask, args=(fleet.replicas[place % 3],)) for place in range(TIMES)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            result["tried"] += 1
            # The others are told that it is there already, as upstream tells them.
            result["made once"] += sorted(statuses) == [201] + [409] * (TIMES - 1)
            for status in statuses:
                if status not in (201, 409):
                    result["other answers"][status] = result["other answers"].get(status, 0) + 1
        targets = [entry["data"]["target"] for entry in fleet.session().ask("GET", "/api/catalog/locations")[1]]
        result["lost"] = count - len(set(targets))
        result["twice"] = len(targets) - len(set(targets))
    result["passed"] = result["made once"] == count and not result["lost"] and not result["twice"]
    return result
