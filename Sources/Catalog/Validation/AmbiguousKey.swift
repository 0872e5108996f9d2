import EntityModel

/// A key that differs from another one in case alone, so that no filter could tell them apart.
enum AmbiguousKey {
    /// What the catalog writes where the file does not.
    private static let always = ["metadata.namespace", "metadata.uid"]

    /// The first of an entity, at the place of the later one.
    static func issue(in body: JSONObject) -> EntityIssue? {
        var spelling = Dictionary(uniqueKeysWithValues: always.map { ($0, $0) })
        guard let found = find(in: .object(body), at: "", &spelling) else { return nil }
        return EntityIssue(
            found.steps.reversed(),
            "Entity has duplicate keys that vary only in casing, '\(found.first)' and '\(found.second)'",
            mend: always.contains(found.first) ? "Spell it \(found.first)." : "Keep one spelling of the key.")
    }

    /// `steps` lead from the place of the second back to the root.
    private typealias Found = (first: String, second: String, steps: [String])

    private static func find(
        in value: JSONValue, at path: String, _ spelling: inout [String: String]
    ) -> Found? {
        if SearchRows.isSkipped(path), !path.hasPrefix("metadata.") { return nil }
        switch value {
        case .object(let object):
            for (key, member) in object.members {
                let place = path.isEmpty ? key : "\(path).\(key)"
                if var found = find(in: member, at: place, &spelling) {
                    found.steps.append(key)
                    return found
                }
            }
        case .array(let elements):
            for (index, element) in elements.enumerated() {
                if var found = find(in: element, at: path, &spelling) {
                    found.steps.append("\(index)")
                    return found
                }
                guard case .string(let text) = element else { continue }
                let key = "\(path).\(text)"
                if spelling[key.lowercased()] == nil { spelling[key.lowercased()] = key }
            }
        default:
            let known = spelling.updateValue(path, forKey: path.lowercased())
            if let known, known != path { return (known, path, []) }
        }
        return nil
    }
}
