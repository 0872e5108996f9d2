import EntityModel
import HTTPTypes
import PortalKit

extension ExportAPI {
    private static let group = "Entities"

    private static func shared(_ name: String) -> JSONValue { ["$ref": .string("#/components/schemas/\(name)")] }

    private static let answers: [RouteDescription.Answer] = [
        .content(
            200,
            [
                "application/json": .list(of: shared("PartialEntity")), "application/x-ndjson": .text,
                "text/csv": .text,
            ], "Everything that matches: one version of the catalog, sent piece by piece, as a file to keep."),
        .notModified,
    ]

    /// Of both methods.
    private static let choices: [RouteDescription.Parameter] = [
        .query(
            "format", ["enum": .array(ExportFormat.allCases.map { .string($0.rawValue) })],
            "What the file is; else what `Accept` wants most, else JSON.", example: "csv"),
        .query(
            "byteOrderMark", ["type": "boolean"],
            "Whether a table begins with the mark by which spreadsheets know UTF-8. Of CSV only."),
        .query(
            "user", ["enum": ["owned", "starred", "all"]],
            "Only what the caller and their groups own, or what the caller starred. People only."),
        .query(
            "processing", .list(of: ["enum": .array(ListStatus.allCases.map { .string($0.rawValue) })]),
            "Only entities of which this holds; of several, all must."),
        .header("Accept", .text, "`text/csv`, `application/json` or `application/x-ndjson`."),
    ]

    private static let olderOrder: JSONValue = ["type": "string", "pattern": "^[^,]+(,(asc|desc))?$"]

    private static let columns: JSONValue = [
        "type": "array", "maxItems": 100,
        "items": [
            "type": "string", "maxLength": 300,
            "pattern": .string(
                "^\\s*(\(ExportColumns.known.joined(separator: "|"))|[^,\\[]*\\.[^,\\[]*)?\\s*$"),
        ],
    ]

    static let descriptions = [
        RouteDescription(
            .get, path, name: "ExportEntities", group: group, "All entities that match, as a file",
            parameters: [
                .shared("filter"), .shared("orderField"), .shared("fullTextFilterTerm"),
                .shared("fullTextFilterFields"), .shared("fields"),
                .query(
                    "columns", columns,
                    "Of CSV: short names (\(ExportColumns.known.joined(separator: ", "))), paths, or "
                        + "`relations.` and a type.", isJoined: true),
            ] + choices + [.ifNoneMatch],
            answers: answers),
        RouteDescription(
            .post, path, name: "ExportEntitiesByPredicate", group: group,
            "All entities for which a predicate holds, as a file", parameters: choices,
            body: .init(
                .schema(
                    [
                        "query": shared("Predicate"), "columns": columns, "fields": .list(of: shared("Field")),
                        "orderBy": .list(
                            of: .schema([
                                "field": ["type": "string", "pattern": "^[^,]+$"], "order": ["enum": ["asc", "desc"]],
                            ])),
                        "fullTextFilter": .schema(
                            ["term": .text, "fields": .list(of: .text)], optional: ["fields"], isOpen: true),
                        "orderField": ["oneOf": [olderOrder, .list(of: olderOrder)]],
                    ],
                    optional: ["query", "columns", "fields", "orderBy", "fullTextFilter", "orderField"]),
                example: ["query": ["kind": "component"]]),
            answers: [answers[0]]),
    ]
}

extension AncestryAPI {
    static let historyDescription = RouteDescription(
        .get, "/api/callboard/v1/entities/{kind}/{namespace}/{name}/history", name: "GetEntityHistory",
        group: "Entities", "The changes of an entity, newest first; of one that is gone, too",
        parameters: [
            .query(
                "limit", ["type": "integer", "minimum": 1, "maximum": 100, "default": 20], "At most so many."),
            .query(
                "before", ["type": "integer", "minimum": 0, "maximum": 9_007_199_254_740_991],
                "Only changes with lower numbers: `pageInfo.before` of the page before."),
        ],
        answers: [
            .json(
                200,
                .schema([
                    "entityRef": .text, "items": .list(of: ChangesAPI.item),
                    "pageInfo": .schema(
                        ["before": ["type": "integer"], "keptSince": .text], optional: ["before", "keptSince"]),
                ]), "One page of them.")
        ], errors: [.notFound])
}
