import EntityModel
import PortalKit

/// Reads a location and everything that it leads to, and stores nothing.
struct LocationDryRun: Sendable {
    private static let mostSources = 200

    let processor: SourceProcessor

    /// Reads the location first, and then what it leads to.
    /// - Parameter each: is told what reading one of them came to; if it throws, nothing more is read.
    func read(
        _ location: LocationReference, each: (LocationReference, SourceOutcome) throws -> Void
    ) async throws {
        var waiting = [(location, isRoot: true)]
        var seen: Set<LocationReference> = [location]
        while let (next, isRoot) = waiting.popLast() {
            guard seen.count <= Self.mostSources else {
                throw PortalError(.input, "\(location) leads to more than \(Self.mostSources) locations")
            }
            let source = ClaimedSource(
                id: 0, location: next, origin: location, isOptional: false, isRoot: isRoot, etag: nil, inputHash: nil,
                token: 0, requests: 0, locationEntities: [])
            let outcome = await processor.process(source)
            try Task.checkCancellation()
            try each(next, outcome)
            guard case .read(let result) = outcome else { continue }
            for child in result.children where seen.insert(child.location).inserted {
                waiting.append((child.location, isRoot: false))
            }
        }
    }

    /// - Returns: the entities, that of the location itself first.
    /// - Throws: `PortalError` of kind `input` that joins everything that is wrong.
    func entities(of location: LocationReference) async throws -> [JSONValue] {
        var entities: [JSONValue] = []
        var references: Set<String> = []
        try await read(location) { _, outcome in
            for entity in try Self.flawless(outcome).entities {
                guard references.insert(entity.reference).inserted else {
                    throw PortalError(.input, "Duplicate nested entity: \(entity.reference)")
                }
                entities.append((try? JSONParser.parse(entity.content.body)) ?? .null)
            }
        }
        return entities
    }

    private static func flawless(_ outcome: SourceOutcome) throws -> ProcessedSource {
        switch outcome {
        case .unchanged: return ProcessedSource()
        case .failed(let problem): throw PortalError(.input, "\(problem.name): \(problem.message)")
        case .read(let result), .missing(let result):
            let problems = result.refused.map(\.problem) + result.entities.compactMap(\.problem)
            if problems.isEmpty { return result }
            throw PortalError(.input, problems.map { "\($0.name): \($0.message)" }.joined(separator: "; "))
        }
    }
}
