/// What is wrong with an entity as it is written, for whoever checks files and for whoever reads them.
public enum EntityCheck {
    /// Everything at once: the envelope, then what its kind asks for.
    public static func issues(of value: JSONValue, in kinds: [EntityKind] = EntityKind.builtIn) -> [EntityIssue] {
        let envelope = EntityEnvelope.issues(of: value)
        guard let object = value.object else { return envelope }
        let told = Set(envelope.map(\.path))
        return envelope + kindIssues(of: Entity(object), in: kinds).filter { !told.contains($0.path) }
    }

    /// What the kind of an entity asks for, or that there is no such kind; nothing where the envelope lacks it.
    public static func kindIssues(of entity: Entity, in kinds: [EntityKind] = EntityKind.builtIn) -> [EntityIssue] {
        if entity.kind.isEmpty || entity.apiVersion.isEmpty { return [] }
        guard let kind = EntityKind.of(entity, in: kinds) else { return [unknownKind(of: entity, in: kinds)] }
        let declared = declarations(of: entity, as: kind)
        return declared.invalid + declared.badReferences
    }

    /// What an entity of a kind declares, and what is wrong with it: fields first, then references in fields that are
    /// right. A field that has not the right form is told once, not as a bad reference too.
    public static func declarations(
        of entity: Entity, as kind: EntityKind
    ) -> (relations: [Relation], invalid: [EntityIssue], badReferences: [EntityIssue]) {
        let invalid = kind.issues(of: entity)
        let wrong = Set(invalid.map(\.path))
        let (relations, issues) = kind.relations(of: entity)
        return (relations, invalid, issues.filter { !wrong.contains($0.path) })
    }

    /// What to say of a kind or version that none of the kinds has.
    public static func unknownKind(of entity: Entity, in kinds: [EntityKind] = EntityKind.builtIn) -> EntityIssue {
        let known = kinds.map(\.name)
        if let near = kinds.first(where: { $0.name == entity.kind }) {
            return EntityIssue(
                ["apiVersion"], "\(near.name) has no version \(entity.apiVersion)",
                mend: version(near: entity.apiVersion, near.apiVersions)
                    + "Use \(near.apiVersions.joined(separator: " or ")).")
        }
        let message = "There is no kind \(entity.kind)"
        if let near = known.first(where: { $0.lowercased() == entity.kind.lowercased() }) {
            return EntityIssue(["kind"], message, mend: "Kinds are case sensitive. Did you mean the kind \(near)?")
        }
        return EntityIssue(
            ["kind"], message, mend: hint(entity.kind, known) + "The kinds are \(known.joined(separator: ", ")).")
    }

    /// A slip of the keyboard leads to the version that it is in; what only looks like one, to the first.
    private static func version(near word: String, _ known: [String]) -> String {
        let slip = NearWord.of(word, among: known, differingBy: 2)
        let similar = NearWord.of(word, among: known).flatMap { _ in known.first }
        return (slip ?? similar).map { "Did you mean \($0)? " } ?? ""
    }

    private static func hint(_ word: String, _ known: [String]) -> String {
        NearWord.of(word, among: known).map { "Did you mean \($0)? " } ?? ""
    }
}
