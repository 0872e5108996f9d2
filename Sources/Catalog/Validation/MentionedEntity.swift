import EntityModel
import PortalKit

/// What `callboard validate` makes of references to entities that no checked file declares.
enum ReferenceMode: String, CaseIterable {
    /// Counted in the summary: most repositories refer to owners and APIs that others declare.
    case off
    case warn
    case error
}

/// An entity that a field of another names.
struct MentionedEntity: Hashable {
    let path: [String]
    /// Canonical.
    let reference: String

    /// Every reference of an entity's fields that can be read, each once; the others are problems of their own.
    static func all(in entity: Entity) -> [MentionedEntity] {
        var seen: Set<String> = []
        var found: [MentionedEntity] = []
        for field in EntityKind.of(entity)?.fields ?? [] {
            guard let edge = field.edge, let value = entity.spec[field.name] else { continue }
            let path = ["spec", field.name]
            let texts =
                value.array.map { $0.enumerated().map { (path + ["\($0)"], $1.string) } } ?? [(path, value.string)]
            for (path, text) in texts {
                guard
                    let reference = text.flatMap({
                        try? EntityReference(
                            parsing: $0, defaultKind: edge.defaultKind, defaultNamespace: entity.namespace)
                    }), seen.insert(reference.description).inserted
                else { continue }
                found.append(MentionedEntity(path: path, reference: reference.description))
            }
        }
        return found
    }
}

/// The references that no file has declared so far; those that one declares later are forgotten.
struct UndeclaredEntities {
    /// Where an entity is mentioned.
    struct Mention {
        let number: Int
        let file: String
        let position: SourcePosition
        let entity: String
        let field: String
    }

    private var mentions: [String: [Mention]] = [:]
    private var next = 0

    var count: Int { mentions.values.reduce(0) { $0 + $1.count } }

    mutating func declare(_ reference: String) { mentions[reference] = nil }

    mutating func mention(
        _ reference: String, file: String, position: SourcePosition, entity: String, field: String
    ) {
        mentions[reference, default: []].append(
            Mention(number: next, file: file, position: position, entity: entity, field: field))
        next += 1
    }

    /// All of them as problems, in the order in which they were read.
    func problems(_ severity: ValidationProblem.Severity) -> [ValidationProblem] {
        let all = mentions.flatMap { reference, mentions in mentions.map { (reference, $0) } }
        return all.sorted { $0.1.number < $1.1.number }.map { reference, mention in
            ValidationProblem(
                severity: severity, file: mention.file, position: mention.position, entity: mention.entity,
                field: mention.field, message: "\(reference) is declared in none of the files checked",
                mend: "Mend the name, or check the file that declares it too.")
        }
    }
}
