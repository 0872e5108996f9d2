"""What schemathesis reports: checks that failed, and what of it is known and why."""

import base64
import dataclasses
import json
import re

LONGEST_TEXT = 600


@dataclasses.dataclass
class Finding:
    """One check that failed for one request."""

    check: str
    operation: str
    message: str
    request: str
    status: int
    answer: str

    @property
    def text(self):
        lines = [
            f"  {self.operation}: {self.check}", f"    {self.message[:LONGEST_TEXT]}",
            f"    sent: {self.request[:LONGEST_TEXT]}", f"    answered {self.status}: {self.answer[:LONGEST_TEXT]}"]
        return "\n".join(lines).replace("\n\n", "\n")


class Differences:
    """Failures that are meant: `operation`, `check` and, where given, `message` and `answer` are patterns of the whole,
    `reason` says why."""

    def __init__(self, entries):
        for entry in entries:
            if not entry.get("reason"):
                raise ValueError(f"A difference needs a reason: {entry}")
        self._entries = entries

    def knows(self, finding):
        return any(self._matches(entry, finding) for entry in self._entries)

    @staticmethod
    def _matches(entry, finding):
        values = {"operation": finding.operation, "check": finding.check, "message": finding.message,
                  "answer": finding.answer, "request": finding.request}
        return all(
            re.fullmatch(entry[name], value, re.DOTALL) for name, value in values.items() if name in entry)


def findings(report):
    """The number of requests, each failure once, and what could not be tested at all."""
    sent, found, broken = 0, {}, []
    with open(report, encoding="utf-8") as lines:
        for line in lines:
            event = json.loads(line)
            if "NonFatalError" in event or "FatalError" in event:
                broken.append(json.dumps(event)[:LONGEST_TEXT])
            recorder = event.get("ScenarioFinished", {}).get("recorder", {})
            interactions = recorder.get("interactions", {})
            sent += len(interactions)
            for case, checks in recorder.get("checks", {}).items():
                for check in checks:
                    if check["status"] != "success":
                        finding = _finding(check, interactions.get(case, {}))
                        found.setdefault((finding.check, finding.operation, finding.message[:80]), finding)
    return sent, list(found.values()), broken


def _finding(check, interaction):
    failure = (check.get("failure_info") or {}).get("failure") or {}
    request = interaction.get("request") or {}
    response = interaction.get("response") or {}
    sent = f"{request.get('method')} {request.get('uri')} {_text(request.get('body'))}"
    return Finding(
        check["name"], failure.get("operation", ""), failure.get("message", ""), sent, response.get("status_code", 0),
        _text(response.get("content")))


def _text(content):
    """Bodies are written in base64."""
    if isinstance(content, dict) and "$base64" in content:
        return base64.b64decode(content["$base64"]).decode("utf-8", errors="replace")
    return content if isinstance(content, str) else ""
