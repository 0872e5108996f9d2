import EntityModel

/// Changes as the API tells them.
enum ChangeJSON {
    /// The members that can be asked for.
    static let fields = ["number", "at", "type", "entityRef", "uid", "cause", "changedFields", "changes"]
    /// Those that what the entity was is needed for.
    private static let ofStates: Set<String> = ["changedFields", "changes"]

    static func needsStates(_ fields: Set<String>) -> Bool { !ofStates.isDisjoint(with: fields) }

    static func object(_ entry: CatalogChange, _ fields: Set<String>) -> JSONValue {
        let change = entry.change
        var object: JSONObject = [
            "number": .number(Double(change.number)), "at": .string(ISOTime.text(change.at)),
            "type": .string(change.kind), "entityRef": .string(entry.reference.description), "uid": .string(change.uid),
        ]
        object["cause"] = change.cause?.json
        if needsStates(fields) {
            let differences = JSONDifference.of(change.before ?? .null, change.after ?? .null)
            // Of what is new or gone all is different.
            object["changedFields"] = .array(change.kind == "updated" ? differences.map { .string($0.path) } : [])
            object["changes"] = .array(differences.map(\.json))
        }
        for name in Self.fields where !fields.contains(name) { object[name] = nil }
        return .object(object)
    }
}
