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
        /// The value is an element of an array.
        package let isElement: Bool
        /// `<path>.<element>`, which upstream adds for each text in an array. The index derives it.
        package let isDerived: Bool

        var columnValue: KeyColumn.Value? { value.map { KeyColumn.Value(text: $0, isElement: isElement) } }

        /// Values are compared by their bytes, as columns keep them.
        package static func == (left: Row, right: Row) -> Bool {
            left.key == right.key && left.isElement == right.isElement && left.isDerived == right.isDerived
                && left.columnValue == right.columnValue
        }

        package func hash(into hasher: inout Hasher) {
            hasher.combine(key)
            hasher.combine(columnValue)
        }
    }

    /// Of our own, for the pages: present where processing has an error. A space keeps it apart from written keys.
    package static let errorKey = "callboard error"

    /// UTF-16 units of a key or value that can be asked for.
    static let longest = 200
    private static let skipped: Set<String> = [
        "attachments", "relations", "status", "metadata.name", "metadata.namespace", "metadata.uid", "metadata.etag",
    ]

    package private(set) var rows: [Row] = []

    /// What the index keeps of a stored body.
    /// - Throws: `JSONParseError` where the body is damaged.
    static func stored(of body: [UInt8], uid: String) throws -> [Row] {
        SearchRows(try JSONParser.parse(body).object ?? [:], uid: uid).rows.filter { !$0.isDerived }
    }

    /// - Parameter body: the entity without relations, whose rows `RelationGraph` stands for.
    package init(_ body: JSONObject, uid: String) {
        for (key, value) in body.members { visit(key, value, isElement: false) }
        let metadata = body["metadata"]
        add("metadata.name", metadata?["name"]?.string)
        add("metadata.namespace", metadata?["namespace"]?.string ?? EntityReference.defaultNamespace)
        add("metadata.uid", uid)
        let items = body["status"]?["items"]?.array ?? []
        if items.contains(where: { $0["level"] == "error" }) { add(Self.errorKey, "true") }
    }

    private mutating func visit(_ path: String, _ value: JSONValue, isElement: Bool) {
        if Self.skipped.contains(path) { return }
        switch value {
        case .null: add(path, nil)
        case .bool(let bool): add(path, bool ? "true" : "false")
        case .number: add(path, JSONWriter.text(value))
        case .string(let text): add(path, text, isElement: isElement)
        case .array(let elements):
            for element in elements {
                visit(path, element, isElement: true)
                if case .string(let text) = element { add(path + "." + text, "true", isDerived: true) }
            }
        case .object(let object):
            for (key, member) in object.members { visit(path + "." + key, member, isElement: false) }
        }
    }

    private mutating func add(_ key: String, _ value: String?, isElement: Bool = false, isDerived: Bool = false) {
        guard Self.isShort(key) else { return }
        rows.append(
            Row(
                key: key.lowercased(), value: value.flatMap { Self.isShort($0) ? $0 : nil },
                isElement: isElement, isDerived: isDerived))
    }

    /// Whether what is at a path is found in other ways, or not at all.
    static func isSkipped(_ path: String) -> Bool { skipped.contains(path) }

    /// Upstream counts as JavaScript does, in UTF-16; the bytes alone tell it for most.
    static func isShort(_ text: String) -> Bool {
        text.utf8.count <= longest || text.utf16.count <= longest
    }
}
