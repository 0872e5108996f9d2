/// Fields that nobody reads because of their spelling. Unknown fields are allowed, and many are somebody's own, so only
/// near misses are told, and never as errors.
public enum MisspeltField {
    private static let metadata: Set = [
        "name", "namespace", "title", "description", "labels", "annotations", "tags", "links",
    ]
    /// What the catalog itself writes: known, and nothing that anybody means to write.
    private static let generated: Set = ["uid", "etag"]
    private static let link: Set = ["url", "title", "icon", "type"]
    /// What upstream once called them.
    private static let former = ["implementsApis": "providesApis"]
    /// Words that differ by more are more often others than misspelt.
    private static let mostDifferences = 2

    /// - Parameter issues: what is wrong already, and told there.
    public static func issues(
        of entity: Entity, in kinds: [EntityKind] = EntityKind.builtIn, besides issues: [EntityIssue] = []
    ) -> [EntityIssue] {
        let told = Set(issues.map(\.path))
        var found = near(entity.metadata, ["metadata"], metadata, generated)
        if let kind = EntityKind.of(entity, in: kinds) {
            found += near(entity.spec, ["spec"], Set(kind.fields.map(\.name)))
        }
        for (number, item) in (entity.metadata["links"]?.array ?? []).prefix(NearWord.mostTried).enumerated() {
            guard let object = item.object else { continue }
            found += near(object, ["metadata", "links", "\(number)"], link)
        }
        return found.filter { !told.contains($0.path) && !told.contains($0.meant) }.map { field in
            let (key, parent) = (field.path.last ?? "", field.path.dropLast().joined(separator: "."))
            return EntityIssue(
                field.path, "Unknown field \"\(key)\" in \(parent)", mend: "Did you mean \(field.meant.last ?? "")?")
        }
    }

    private typealias Found = (path: [String], meant: [String])

    private static func near(
        _ object: JSONObject, _ path: [String], _ known: Set<String>, _ silent: Set<String> = []
    ) -> [Found] {
        let unknown = object.members.lazy.map(\.key).filter { !known.contains($0) && !silent.contains($0) }
        return unknown.prefix(NearWord.mostTried).compactMap { key in
            let former = former[key].flatMap { known.contains($0) ? $0 : nil }
            // The nearest of all: what is near to a field that is given was not meant for one farther away.
            guard let near = former ?? NearWord.of(key, among: known, differingBy: mostDifferences),
                object[near] == nil
            else { return nil }
            return (path + [key], path + [near])
        }
    }
}
