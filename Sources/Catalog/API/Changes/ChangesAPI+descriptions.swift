import EntityModel
import HTTPTypes
import PortalKit

extension ChangesAPI {
    private static let group = "Entities"

    private static func word<Word: CaseIterable & RawRepresentable>(_ words: Word.Type) -> JSONValue
    where Word.RawValue == String {
        ["enum": .array(words.allCases.map { .string($0.rawValue) })]
    }

    /// Of the pages and of the stream.
    private static let filters: [RouteDescription.Parameter] = [
        .query("entity", .text, "Of this entity, by its reference.", example: "component:default/shop"),
        .query(
            "kind", ["type": "string", "pattern": "^\\s*([A-Za-z][A-Za-z0-9]{0,62})?\\s*$"],
            "Of entities of this kind.", example: "component"),
        .query("owner", .text, "Of what this group or user owns or owned.", example: "group:default/team-a"),
        .query("system", .text, "Of what is or was part of this system.", example: "system:default/shop"),
        .query("cause", word(ChangeFilter.Author.self), "What kind of cause they had."),
        .query("causeName", .text, "Which one: a location, a user or a program. Needs such a `cause`."),
        .query("type", word(ChangeFilter.Sort.self), "What was done to the entity."),
    ]

    /// Of the pages alone.
    private static let times: [RouteDescription.Parameter] = [
        .query("from", .text, "Not before this day or time, by ISO 8601.", example: "2026-01-31"),
        .query("to", .text, "Not after this day or time, by ISO 8601.", example: "2026-02-28T12:00:00Z"),
    ]

    /// A change, as it is told of one entity and of all.
    static let item = JSONValue.schema(
        [
            "number": ["type": "integer"], "at": .text, "type": word(ChangeFilter.Sort.self), "entityRef": .text,
            "uid": .text, "cause": .schema(["type": .text, "name": .text], optional: ["name"]),
            "changedFields": .list(of: .text),
            "changes": .list(
                of: .schema(["path": .text, "before": [:], "after": [:]], optional: ["before", "after"])),
        ], optional: Set(ChangeJSON.fields))

    static let descriptions = [
        RouteDescription(
            .get, path, name: "GetChanges", group: group, "What changed in the catalog, newest first",
            parameters: filters + times + [
                .query(
                    "limit",
                    ["type": "integer", "minimum": 1, "maximum": .number(Double(largestPage)), "default": 20],
                    "At most so many."),
                .query("cursor", .text, "`pageInfo.nextCursor` of the page before, with the same filters."),
                .query(
                    "fields", .list(of: ["enum": .array(ChangeJSON.fields.map { .string($0) })]),
                    "Only these members of each change.", isJoined: true),
                .query("totalItems", ["enum": ["include", "exclude"]], "Whether to count, up to a thousand."),
            ],
            answers: [
                .json(
                    200,
                    .schema(
                        [
                            "items": .list(of: item), "head": .text,
                            "pageInfo": .schema(
                                ["nextCursor": .text, "isPartial": ["type": "boolean"], "keptSince": .text],
                                optional: ["nextCursor", "isPartial", "keptSince"]),
                            "totalItems": .schema(["count": ["type": "integer"], "isExact": ["type": "boolean"]]),
                        ], optional: ["totalItems"]),
                    "A page of them. `keptSince`: what was before is not kept any more.")
            ]),
        RouteDescription(
            .get, "\(path)/stream", name: "StreamChanges", group: group,
            "What changes in the catalog, each change once and in order, for as long as somebody listens",
            parameters: filters + [
                .query("after", .text, "The `id` of the last event that was taken; now, where nothing is said."),
                .header("Last-Event-ID", .text, "The same, as browsers send it; it counts before `after`."),
            ],
            answers: [
                .content(
                    200, ["text/event-stream": .text],
                    "Events `change`, and `reset` where it is not known what followed upon the last one."),
                .content(
                    429, ["text/plain": .text],
                    "Too many streams of theirs are open; `Retry-After` says when to come back."),
            ], errors: [.unavailable]),
    ]
}
