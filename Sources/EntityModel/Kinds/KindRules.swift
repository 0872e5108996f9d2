extension EntityKind {
    /// The built-in kind of an entity; kind and version are compared exactly, as upstream does.
    public static func of(_ entity: Entity, in kinds: [EntityKind] = builtIn) -> EntityKind? {
        kinds.first { $0.name == entity.kind && $0.apiVersions.contains(entity.apiVersion) }
    }

    /// What is wrong with the spec of an entity of this kind.
    public func issues(of entity: Entity) -> [EntityIssue] {
        guard let spec = entity.object["spec"]?.object else {
            return [EntityIssue(["spec"], "\"spec\" must have a value", mend: "Add a spec with the fields of \(name).")]
        }
        var issues = fields.flatMap { field in check(field, spec[field.name], beside: spec) }
        if self == .api {
            let needed = spec["type"]?.string == "mcp-server" ? "remotes" : "definition"
            if spec[needed] == nil {
                issues += check(.required(needed, needed == "remotes" ? .filledList : .text), nil, beside: spec)
            }
        }
        if self == .aiResource, spec["type"]?.string == "rule" {
            issues += ["category", "rationale"].flatMap { check(.required($0), spec[$0], beside: spec) }
        }
        if self == .template { issues += Self.stepIssues(spec["steps"]?.array ?? []) }
        if self == .group || self == .user, let profile = spec["profile"]?.object {
            issues += Self.profileIssues(profile)
        }
        if self == .location, let presence = spec["presence"], presence != "required", presence != "optional" {
            issues.append(
                EntityIssue(
                    ["spec", "presence"], "\"spec.presence\" is not valid; expected required or optional",
                    mend: presence.string.flatMap { NearWord.of($0, among: ["required", "optional"]) }
                        .map { "Did you mean \($0)?" } ?? "Give it required or optional."))
        }
        return issues
    }

    private func check(_ field: Field, _ value: JSONValue?, beside spec: JSONObject) -> [EntityIssue] {
        let path = ["spec", field.name]
        guard let value, !value.isNull else {
            if !field.isRequired { return [] }
            let unknown = spec.members.lazy.map(\.key).filter { key in !fields.contains { $0.name == key } }
            let misspelt = unknown.prefix(NearWord.mostTried).first { NearWord.of($0, among: [field.name]) != nil }
            return [
                EntityIssue(
                    path, "\"spec.\(field.name)\" must have a value",
                    mend: misspelt.map { "Rename \($0) to \(field.name)." } ?? "Give it \(field.shape.rawValue).")
            ]
        }
        if field.shape == .texts, let list = value.array {
            return list.enumerated().flatMap { Self.formIssues($1, .text, path + ["\($0)"]) }
        }
        return Self.formIssues(value, field.shape, path)
    }

    static func formIssues(_ value: JSONValue, _ shape: Shape, _ path: [String]) -> [EntityIssue] {
        if isPlaceholder(value) { return [] }
        let fits =
            switch shape {
            case .text: value.string?.isEmpty == false
            case .anyText: value.string != nil
            case .texts: value.array != nil
            case .object: value.object != nil
            case .objects: value.object != nil || value.array?.allSatisfy { $0.object != nil } == true
            case .list: value.array != nil
            case .filledList: value.array?.isEmpty == false
            case .any: true
            }
        if fits { return [] }
        let (expected, found) = (shape.rawValue, what(value, insteadOf: shape))
        let message = "\"\(path.joined(separator: "."))\" is not valid; expected \(expected) but found \(found)"
        return [EntityIssue(path, message, mend: mend(value, as: shape) ?? "Give it \(expected).")]
    }

    /// The type of a value that does not fit, or that it is empty where that is what is wrong.
    private static func what(_ value: JSONValue, insteadOf shape: Shape) -> String {
        switch (shape, value) {
        case (.text, .string): "an empty text"
        case (.filledList, .array): "an empty list"
        case (.objects, .array): "a list of other things"
        default: value.typeName
        }
    }

    private static func mend(_ value: JSONValue, as shape: Shape) -> String? {
        switch shape {
        case .text, .anyText: EntityIssue.quotes(for: value)
        case .texts: value.string.flatMap(asList) ?? "Write each on a line of its own that begins with a dash."
        default: nil
        }
    }

    /// A text where a list belongs, as the list that it probably was meant to be.
    private static func asList(_ text: String) -> String? {
        let items = text.split(separator: ",").map { String($0).trimmed }.filter { !$0.isEmpty }
        let isPlain = items.allSatisfy { item in
            item.first?.isLetter == true
                && item.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) || ":/._-".contains($0) }
                && !item.hasSuffix(":")
        }
        guard isPlain, !items.isEmpty, text.utf8.count <= 200 else { return nil }
        return "Write it as a list: [\(items.joined(separator: ", "))]."
    }

    /// `{$text: …}` and its like, whose content is not known before it is read.
    static func isPlaceholder(_ value: JSONValue) -> Bool {
        guard let object = value.object, object.count == 1, let key = object.keys.first else { return false }
        return ["$text", "$json", "$yaml", "$openapi", "$asyncapi"].contains(key)
    }

    /// The relations that an entity declares, both directions, each once, and the references that could not be read.
    public func relations(of entity: Entity) -> (relations: [Relation], issues: [EntityIssue]) {
        let source = entity.reference.description
        var relations: [Relation] = []
        var seen: Set<Relation> = []
        var issues: [EntityIssue] = []
        for field in fields {
            guard let edge = field.edge, let value = entity.spec[field.name] else { continue }
            for (path, text) in Self.texts(of: value, at: ["spec", field.name]) {
                if text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
                    issues.append(
                        EntityIssue(
                            path, "A reference in \(path.joined(separator: ".")) holds a control character",
                            mend: "Write the reference in one line, as [<kind>:][<namespace>/]<name>."))
                    continue
                }
                do {
                    let target = try EntityReference(
                        parsing: text, defaultKind: edge.defaultKind, defaultNamespace: entity.namespace
                    ).description
                    let pair = [
                        Relation(source: source, type: edge.outgoing, target: target),
                        Relation(source: target, type: edge.incoming, target: source),
                    ]
                    for relation in pair where seen.insert(relation).inserted { relations.append(relation) }
                } catch {
                    issues.append(
                        EntityIssue(
                            path, error.description, mend: "Write the reference as [<kind>:][<namespace>/]<name>."))
                }
            }
        }
        return (relations, issues)
    }

    /// One text, or those of a list, each with its own place.
    private static func texts(of value: JSONValue, at path: [String]) -> [(path: [String], text: String)] {
        if let text = value.string { return [(path, text)] }
        return (value.array ?? []).enumerated().compactMap { number, item in
            item.string.map { (path + ["\(number)"], $0) }
        }
    }
}
