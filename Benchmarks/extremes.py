"""Entities as hard to show as the catalog accepts them, to be laid beside a generated catalog.

    python3 Benchmarks/extremes.py FOLDER

They name each other only; the same run writes the same files, as JSON, which is YAML too.
"""

import json
import os
import re
import sys

OWNED = 20_000
NEEDED = 1_000
MEMBERS = 400
NESTED = 30
RTL = "خدمة الدفع والفواتير"
HEBREW = "שירות ההזמנות"
MIXED = f"Orders {RTL} v2 ({HEBREW}) – EU"
EMOJI = "👩🏽‍🚀👨‍👩‍👧‍👦🏴󠁧󠁢󠁳󠁣󠁴󠁿🇪🇺👍🏿❤️‍🔥"
ZALGO = "".join(letter + "\u0301\u0323\u0330\u0348\u0359\u0333\u035c\u0361" * 6 for letter in "Payments")
INVISIBLE = "pay\u200b\u200d\u2060ments\u202e stnemyap\u202c \u2066isolated\u2069 \ufeffend"
LONGEST_NAME = "n" * 63
# One for each shape of text, each in every field that people can write.
TEXTS = {
    "unbroken": "Ω" * 500,
    "arabic": RTL * 4,
    "mixed": MIXED,
    "emoji": EMOJI * 6,
    "zalgo": ZALGO,
    "invisible": INVISIBLE,
    "wide": "漢字かな交じり文" * 30,
    "separators": "one\u2028two\u2029three\u0085four\ttab",
    "markup": "</title></script><script>alert(1)</script>{{7*7}}${7*7}<!--",
}
MARKDOWN = "\n\n".join([
    "# A heading\n\nText with **bold**, `code`, [a link](https://example.org/a) and ![a picture](https://example.org/a.png).",
    "| a | b |\n|---|---|\n" + "\n".join(f"| {'x' * 60} | {row} |" for row in range(20)),
    "```yaml\n" + "key: " + "v" * 400 + "\n```", "> " * 40 + "quoted", "- a\n" * 5,
    "".join("  " * depth + f"- level {depth}\n" for depth in range(30)), "<div onclick=alert(1)>raw</div>", "[" * 300,
])


def entity(kind, name, spec, **metadata):
    return {"apiVersion": "backstage.io/v1alpha1", "kind": kind, "metadata": {"name": name, **metadata}, "spec": spec}


def component(name, owner="group:default/extreme-team", lifecycle="production", type="service", more=None, **metadata):
    return entity("Component", name, {"type": type, "lifecycle": lifecycle, "owner": owner, **(more or {})}, **metadata)


def api(name, definition, type="openapi"):
    return entity("API", name, {"type": type, "lifecycle": "production", "owner": "group:default/extreme-team",
                                "definition": definition})


def texts():
    for name, text in TEXTS.items():
        yield component(
            f"text-{name}", type=text[:300], lifecycle=text[:300], title=text, description=text,
            labels={"example.org/label": "plain"}, annotations={"example.org/text": text, "backstage.io/view-url": text},
            links=[{"url": "https://example.org/?q=" + text[:40], "title": text, "type": text[:40]}])
        yield entity("Group", f"team-{name}", {"type": text[:300], "children": [], "profile": {
            "displayName": text, "email": "team@example.org"}}, title=text, description=text)
        yield entity("User", f"person-{name}", {"memberOf": [f"team-{name}"], "profile": {
            "displayName": text, "email": "p" * 60 + "@example.org"}})


def many():
    yield component(LONGEST_NAME, title=LONGEST_NAME)
    yield component("many-tags", tags=[f"tag-{number}-{'t' * (1 + number % 50)}" for number in range(500)])
    yield component("many-links", links=[
        {"url": f"https://example.org/{number}", "title": f"Link {number}", "icon": "docs"} for number in range(300)])
    yield component("many-annotations",
                    annotations={f"example.org/annotation-{number}": "value " * (number % 40) for number in range(400)},
                    labels={f"example.org/label-{number}": f"value-{number}" for number in range(400)})
    yield component("many-relations", more={"dependsOn": [f"component:needed-{number}" for number in range(NEEDED)]})
    yield component("dangling-relations", owner="group:default/nowhere", more={
        "dependsOn": [f"resource:missing-{number}" for number in range(NEEDED)], "system": "missing"})
    yield component("long-description", description=(MARKDOWN * 20)[:20_000])
    yield component("plain-description", description="word " * 4_000)
    yield component("long-words", lifecycle="l" * 300, type="t" * 300)
    yield component("deep", more={"extra": nested(60)})
    yield entity("Resource", "odd-fields", {"type": "odd", "owner": "extreme-team", "list": [[1, [None, {}]], True],
                                            "number": 1e300, "text": "x" * 5_000})
    yield entity("Location", "many-targets", {"type": "url", "targets": []})


def nested(depth):
    value = "end"
    for level in range(depth):
        value = {f"level-{level}": [value]}
    return value


def owned():
    for number in range(NEEDED):
        yield component(f"needed-{number}", title=f"Needed {number}")
    for number in range(OWNED - NEEDED):
        yield component(f"owned-{number}", more={"system": f"extreme-system-{number % 3}"})
    for number in range(3):
        yield entity("System", f"extreme-system-{number}", {"owner": "extreme-team"})


def people():
    yield entity("Group", "extreme-team", {"type": "team", "children": []}, title="The team that owns everything")
    yield entity("Group", "crowd", {"type": "team", "children": []})
    for number in range(MEMBERS):
        yield entity("User", f"member-{number}", {"memberOf": ["crowd"], "profile": {"displayName": f"Member {number}"}})
    for depth in range(NESTED):
        parent = {"parent": f"nested-{depth - 1}"} if depth else {}
        yield entity("Group", f"nested-{depth}", {"type": "team", "children": [], **parent})
    for number in range(3):
        yield entity("Group", f"circle-{number}", {"type": "team", "children": [], "parent": f"circle-{(number + 1) % 3}"})


def definitions():
    """Each of 5 MB, in files of their own."""
    operation = {"get": {"summary": "Reads " + "x" * 200, "responses": {"200": {"description": "All is well"}}}}
    paths = {f"/paths/{number}": operation for number in range(17_000)}
    line = json.dumps({"openapi": "3.0.3", "info": {"title": "Huge", "version": "1"}, "paths": paths})
    lines = "".join(f"  /paths/{number}:\n    get:\n      summary: {'x' * 80}\n" for number in range(43_000))
    yield api("huge-json", line)
    yield api("huge-yaml", f"openapi: 3.0.3\ninfo: {{ title: Huge, version: '1' }}\npaths:\n{lines}")
    yield api("huge-broken", "openapi: 3.0.3\n\t}{ " + lines)
    yield api("huge-brackets", "[" * 5_000_000, type="unheard-of")
    yield api("huge-graphql", "".join(f"type T{number} {{ field: String }}\n" for number in range(150_000)), "graphql")


def small_definitions():
    yield api("broken-json", '{"openapi": "3.0.0", "paths": {', "openapi")
    yield api("broken-yaml", "openapi: 3.0.0\n\tpaths: }{", "openapi")
    yield api("empty-definition", " ", "asyncapi")
    yield api("binary-definition", "".join(map(chr, range(1, 512))), "grpc")


def yaml(one):
    """As JSON that is YAML too: that knows no halves of characters, so that only characters in one piece are escaped."""
    text = json.dumps(one, ensure_ascii=False)
    return re.sub("[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]", lambda odd: f"\\u{ord(odd[0]):04x}", text)


def write(folder):
    os.makedirs(folder, exist_ok=True)

    def file(name, entities):
        with open(f"{folder}/{name}.yaml", "w") as out:
            out.write("---\n".join(yaml(one) + "\n" for one in entities))

    file("texts", texts())
    file("many", many())
    file("people", people())
    file("definitions", small_definitions())
    for number, one in enumerate(definitions()):
        file(f"definition-{number}", [one])
    everything = list(owned())
    for start in range(0, len(everything), 500):
        file(f"owned-{start // 500}", everything[start:start + 500])


if __name__ == "__main__":
    write(sys.argv[1])
