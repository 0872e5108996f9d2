import EntityModel
import PortalKit

/// Reads a source and processes everything in it.
struct SourceProcessor: Sendable {
    private static let mostTargets = 10_000

    let reading: LocationReading
    let pipeline: EntityPipeline

    func process(_ source: ClaimedSource) async -> SourceOutcome {
        do {
            let known = source.inputHash?.hasPrefix(pipeline.fingerprint) == true ? source.etag : nil
            switch try await reading.read(source.location, origin: source.origin, etag: known) {
            case .notModified: return .unchanged
            case .targets(let targets): return try .read(container(targets, source))
            case .file(let bytes, let etag): return try await file(bytes, etag: etag, source)
            }
        } catch let error as PortalError where error.kind == .notFound && source.isOptional {
            return (try? .missing(ProcessedSource(entities: generated(source)))) ?? .unchanged
        } catch {
            return .failed(ProcessingProblem.unread(source.location, error))
        }
    }

    private func generated(_ source: ClaimedSource) throws -> [ProcessedEntity] {
        source.isRoot ? [try EntityPipeline.generated(source.location)] : []
    }

    /// A pattern: every match is a source of its own, led to by whatever leads to the pattern.
    private func container(_ targets: [String], _ source: ClaimedSource) throws -> ProcessedSource {
        var result = ProcessedSource(entities: try generated(source))
        for target in targets {
            let location = LocationReference(type: source.location.type, target: target)
            for entity in source.locationEntities {
                result.children.append(.init(location: location, isOptional: true, locationEntity: entity))
            }
        }
        return result
    }

    private func file(_ bytes: [UInt8], etag: String?, _ source: ClaimedSource) async throws -> SourceOutcome {
        let place = StableHash.of("\(source.origin) \(source.isRoot)")
        let hash = "\(pipeline.fingerprint)\(StableHash.text(place))\(StableHash.text(StableHash.of(bytes)))"
        if hash == source.inputHash { return .unchanged }
        if WebPage.isOne(bytes) { throw PortalError(.input, "\(WebPage.message). \(WebPage.mend)") }
        var result = ProcessedSource(etag: etag, inputHash: hash, entities: try generated(source))
        var seen = Set(result.entities.map(\.reference))
        for document in YAMLReader.documents(bytes) {
            try Task.checkCancellation()
            switch document.value {
            case .success(.null): continue
            case .success(let value): await self.document(value, document, source, &result, &seen)
            case .failure(let error):
                let text = "\(source.location) could not be read: \(error)"
                result.refused.append(
                    .init(
                        reference: nil, isUnknown: true,
                        problem: ProcessingProblem(
                            "InputError", text,
                            issues: [
                                LocatedIssue(issue: EntityIssue([], error.message, mend: ""), position: error.position)
                            ]
                        )))
            }
        }
        if !result.keys.isEmpty { result.inputHash = nil }
        return .read(result)
    }

    private func document(
        _ value: JSONValue, _ document: YAMLDocument, _ source: ClaimedSource, _ result: inout ProcessedSource,
        _ seen: inout Set<String>
    ) async {
        let reference = Self.reference(of: value)
        let position = EntityPosition(document: document)
        do {
            let processed = try await pipeline.process(
                value, at: source.location, origin: source.origin, position: position)
            var stored = try EntityPipeline.stored(processed.entity, processed.relations, at: position)
            stored.problem = processed.problem
            stored.line = document.position(of: Self.namePath).line
            let children = try children(of: processed.entity, source, position)
            guard seen.insert(stored.reference).inserted else {
                throw Self.declaredTwice(stored.reference, source, position)
            }
            result.children += children
            result.keys.formUnion(
                processed.keys.filter { !$0.utf8.contains(0) && $0.utf8.count <= LocationReading.longestLocation })
            // What could not be read may be there next time, without a change of this file.
            if processed.problem != nil { result.keys.insert("retry:\(stored.reference)") }
            result.entities.append(stored)
        } catch {
            if let unread = error as? UnreadPlaceholder {
                result.keys.formUnion(unread.keys.union(["retry:\(reference ?? "")"]))
            }
            // The first of two documents of one name stays as it is.
            let isSecond = reference.map { seen.contains($0) } ?? false
            result.refused.append(
                .init(
                    reference: isSecond ? nil : reference, isUnknown: reference == nil,
                    problem: ProcessingProblem(error)))
        }
    }

    private static let namePath = ["metadata", "name"]

    private static func declaredTwice(
        _ reference: String, _ source: ClaimedSource, _ position: EntityPosition
    ) -> ProcessingProblem {
        let issue = EntityIssue(
            namePath,
            "\(reference) is declared twice in \(source.location) by metadata.name; the second is not shown",
            mend: EntityClaims.mend)
        return ProcessingProblem("ConflictError", issues: [issue], at: position)
    }

    /// The reference of an entity that may be wrong otherwise.
    private static func reference(of value: JSONValue) -> String? {
        guard let object = value.object else { return nil }
        let entity = Entity(object)
        guard NameFormat.isKind(entity.kind), NameFormat.isName(entity.name), NameFormat.isNamespace(entity.namespace)
        else { return nil }
        return entity.reference.description
    }

    private func children(
        of entity: Entity, _ source: ClaimedSource, _ position: EntityPosition
    ) throws -> [ProcessedSource.Child] {
        guard entity.kind == "Location" else { return [] }
        let spec = entity.spec
        let type = spec["type"]?.string ?? source.location.type
        var targets: [(path: [String], text: String)] = []
        if let target = spec["target"]?.string { targets.append((["spec", "target"], target)) }
        for (index, target) in (spec["targets"]?.array ?? []).enumerated() {
            if let text = target.string { targets.append((["spec", "targets", "\(index)"], text)) }
        }
        guard targets.count <= Self.mostTargets else {
            throw Self.refusal(
                ["spec", "targets"],
                "\(entity.reference) has \(targets.count) targets; \(Self.mostTargets) are the limit",
                "Divide them among several Locations.", position)
        }
        return try targets.map { path, target in
            guard !(type + target).unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
                throw Self.refusal(
                    path, "A target of \(entity.reference) holds a control character", "Write it in one line.", position
                )
            }
            let location = try reading.resolve(target, type: type, against: source.location)
            guard location.description.utf8.count <= LocationReading.longestLocation else {
                throw Self.refusal(
                    path,
                    "A target of \(entity.reference) has \(target.utf8.count) bytes; "
                        + "\(LocationReading.longestLocation) are the limit", "Shorten it.", position)
            }
            return ProcessedSource.Child(
                location: location,
                isOptional: spec["presence"]?.string == "optional", locationEntity: entity.reference.description)
        }
    }

    private static func refusal(
        _ path: [String], _ message: String, _ mend: String, _ position: EntityPosition
    ) -> ProcessingProblem {
        ProcessingProblem("InputError", issues: [EntityIssue(path, message, mend: mend)], at: position)
    }
}
