import EntityModel

/// The rows by which an entity is found: key, and value or nil for null.
///
/// Follows upstream's `buildEntitySearch`, so that every filter matches what it matches there.
package struct SearchRows {
    package struct Row: Hashable {
        /// Lowercased path.
        package let key: String
        /// As written; nil stands for null and for values too long to be compared.
        package let value: String?
    }

    /// Of our own, for the pages: present where processing has an error. A space keeps it apart from written keys.
    package static let errorKey = "callboard error"

    private static let longest = 200
    private static let skipped: Set<String> = [
        "attachments", "relations", "status", "metadata.name", "metadata.namespace", "metadata.uid", "metadata.etag",
    ]

    package private(set) var rows: [Row] = []
    private var seen: Set<Row> = []

    /// - Parameter body: the entity without relations, whose rows `CatalogIndex` keeps edge by edge.
    package init(_ body: JSONObject, uid: String) {
        for (key, value) in body.members { visit(key, value) }
        let metadata = body["metadata"]
        add("metadata.name", metadata?["name"]?.string)
        add("metadata.namespace", metadata?["namespace"]?.string ?? EntityReference.defaultNamespace)
        add("metadata.uid", uid)
        let items = body["status"]?["items"]?.array ?? []
        if items.contains(where: { $0["level"] == "error" }) { add(Self.errorKey, "true") }
    }

    private mutating func visit(_ path: String, _ value: JSONValue) {
        if Self.skipped.contains(path) { return }
        switch value {
        case .null: add(path, nil)
        case .bool(let bool): add(path, bool ? "true" : "false")
        case .number: add(path, JSONWriter.text(value))
        case .string(let text): add(path, text)
        case .array(let elements):
            for element in elements {
                visit(path, element)
                if case .string(let text) = element { add("\(path).\(text)", "true") }
            }
        case .object(let object):
            for (key, member) in object.members { visit("\(path).\(key)", member) }
        }
    }

    private mutating func add(_ key: String, _ value: String?) {
        guard key.utf8.count <= Self.longest else { return }
        let row = Row(key: key.lowercased(), value: value.flatMap { $0.utf8.count <= Self.longest ? $0 : nil })
        if seen.insert(row).inserted { rows.append(row) }
    }
}
