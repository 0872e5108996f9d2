import EntityModel
import Foundation
import PortalKit

/// Makes of a document's value what is stored, in upstream's order: envelope, preprocessing (placeholders, then
/// annotations, then other processors), policies, kind, relations.
struct EntityPipeline: Sendable {
    let kinds: [EntityKind]
    let processors: [EntityProcessor]
    let placeholders: Placeholders
    let rules: CatalogRules
    let reading: LocationReading

    /// Changes whenever the same input may come to another result.
    var fingerprint: String {
        let versions = processors.map { "\($0.name) \($0.version)" }.joined(separator: ",")
        return StableHash.text(StableHash.of("6 \(rules.fingerprint) \(versions)"))
    }

    struct Result: Sendable {
        let entity: Entity
        let relations: [Relation]
        let keys: Set<String>
        /// Of placeholders that could not be read; they stand in the entity as they were written.
        let problem: ProcessingProblem?
    }

    /// - Throws: `ProcessingProblem` that names the field and the mend.
    func process(
        _ value: JSONValue, at location: LocationReference, origin: LocationReference, position: EntityPosition,
        checksRules: Bool = true
    ) async throws -> Result {
        try Self.refuse(
            withOthers(EntityEnvelope.essentialIssues(of: value), of: value),
            "Entity envelope failed validation before processing", position)
        guard let object = value.object else { throw ProcessingProblem("InputError", "An entity must be an object.") }
        let before = Entity(object).reference
        var keys: Set<String> = []
        var problem: ProcessingProblem?
        var entity = Entity(object)
        do {
            let resolved = try await placeholders.resolve(value, at: location, origin: origin, keys: &keys)
            entity = Entity(resolved.object ?? [:])
        } catch let failures as PlaceholderFailures { problem = failures.problem(at: position) }
        reading.annotate(&entity, location, origin: origin)
        let context = EntityProcessingContext(location: location, origin: origin)
        for processor in processors {
            guard let preprocess = processor.preprocess else { continue }
            entity = try await preprocess(entity, context)
        }
        Self.normalize(&entity)
        let issues = EntityEnvelope.issues(of: .object(entity.object))
        // A placeholder that could not be read is what is wrong, not that it still stands there.
        if !issues.isEmpty, let problem { throw UnreadPlaceholder(problem: problem, keys: keys) }
        try Self.refuse(
            withOthers(issues, of: .object(entity.object)), "Policy check failed for \(before)", position)
        if let issue = AmbiguousKey.issue(in: entity.object) {
            throw Self.refusal([issue], "Policy check failed for \(before)", position)
        }
        guard entity.reference == before else {
            throw ProcessingProblem(
                "ConflictError", "Fatal: The entity kind, namespace, or name changed during processing")
        }
        let relations = try await relations(of: entity, context, position)
        guard !checksRules || rules.allows(entity, from: origin) else {
            let issue = EntityIssue(
                ["kind"],
                "Entity \(before) at \(location), originated at \(origin), is not of an allowed kind for that location",
                mend: "Allow it by catalog.rules, or by the rules of that entry of catalog.locations.")
            throw ProcessingProblem("NotAllowedError", issues: [issue], at: position)
        }
        return Result(entity: entity, relations: relations, keys: keys, problem: problem)
    }

    /// With what else is wrong, so that nobody mends an entity one mistake at a time; nothing where nothing is.
    private func withOthers(_ issues: [EntityIssue], of value: JSONValue) -> [EntityIssue] {
        if issues.isEmpty { return [] }
        // What a placeholder stands for is not known yet.
        let unread = FoundPlaceholder.all(in: value, keys: placeholders.keys)
        let others = EntityCheck.issues(of: value, in: kinds).filter { issue in
            !issues.contains(issue) && !unread.contains { issue.path.starts(with: $0.path) }
        }
        let entity = Entity(value.object ?? [:])
        // A plugin may know more kinds, of entities that are valid otherwise.
        let isForeign = EntityKind.of(entity, in: kinds) == nil && processors.contains { $0.validateKind != nil }
        return issues + others.filter { !isForeign || $0 != EntityCheck.unknownKind(of: entity, in: kinds) }
    }

    private func relations(
        of entity: Entity, _ context: EntityProcessingContext, _ position: EntityPosition
    ) async throws -> [Relation] {
        var relations: [Relation] = []
        var isKnown = false
        if let kind = EntityKind.of(entity, in: kinds) {
            isKnown = true
            let declared = EntityCheck.declarations(of: entity, as: kind)
            let what = declared.invalid.isEmpty ? "Relations" : "Validation"
            try Self.refuse(
                declared.invalid + declared.badReferences, "\(what) of \(entity.reference) failed", position)
            relations = declared.relations
        }
        for processor in processors where try processor.validateKind?(entity) == true { isKnown = true }
        guard isKnown else {
            throw Self.refusal(
                [EntityCheck.unknownKind(of: entity, in: kinds)],
                "No processor recognized the entity \(entity.reference) as valid, possibly caused by a foreign kind or "
                    + "apiVersion (\(entity.apiVersion))", position)
        }
        for processor in processors {
            guard let postprocess = processor.postprocess else { continue }
            let added = try await postprocess(entity, context)
            let known = Set(relations)
            relations += added.filter { !known.contains($0) }
        }
        return relations
    }

    /// The namespace is always written; what the catalog itself says is never taken from a file.
    private static func normalize(_ entity: inout Entity) {
        var metadata = entity.metadata
        if metadata["namespace"]?.string == nil {
            metadata["namespace"] = nil
            // Beside the name, where whoever looks for both need not pass all the rest.
            var pairs = metadata.members.map { ($0.key, $0.value) }
            let place = pairs.firstIndex { $0.0 == "name" }.map { $0 + 1 } ?? pairs.count
            pairs.insert(("namespace", .string(EntityReference.defaultNamespace)), at: place)
            metadata = JSONObject(pairs)
        }
        metadata["uid"] = nil
        metadata["etag"] = nil
        entity.object["metadata"] = .object(metadata)
        entity.object["relations"] = nil
    }

    private static func refuse(_ issues: [EntityIssue], _ what: String, _ position: EntityPosition) throws {
        if !issues.isEmpty { throw refusal(issues, what, position) }
    }

    private static func refusal(
        _ issues: [EntityIssue], _ what: String, _ position: EntityPosition
    ) -> ProcessingProblem {
        ProcessingProblem("InputError", what, issues: issues, at: position)
    }

    /// What is stored of a processed entity.
    static func stored(
        _ entity: Entity, _ relations: [Relation], at position: EntityPosition = EntityPosition(document: nil)
    ) throws -> ProcessedEntity {
        let reference = entity.reference.description
        let body = JSONWriter.bytes(.object(entity.object))
        if let excess = EntityLimits.excess(of: entity, size: body.count) {
            throw ProcessingProblem(excess.name, issues: [excess.issue], at: position)
        }
        for relation in relations
        where [relation.type, relation.source, relation.target].contains(where: { $0.utf8.contains { $0 < 0x20 } }) {
            throw ProcessingProblem("InputError", "A relation of \(reference) holds a control character.")
        }
        let edges = StoredEdges(relations, of: reference).text
        let hash = StableHash.text(StableHash.of(body)) + StableHash.text(StableHash.of(edges))
        return ProcessedEntity(reference: reference, content: .init(body: body, edges: edges, hash: hash))
    }

    static func generated(_ location: LocationReference) throws -> ProcessedEntity {
        try stored(GeneratedLocation.entity(of: location), [])
    }
}

/// An entity is refused for want of what its placeholders point at, which may be there next time.
struct UnreadPlaceholder: Error {
    let problem: ProcessingProblem
    let keys: Set<String>
}
