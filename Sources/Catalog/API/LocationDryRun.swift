import EntityModel
import PortalKit

/// Reads a location and everything that it leads to, and stores nothing.
struct LocationDryRun: Sendable {
    private static let mostSources = 200

    let processor: SourceProcessor

    /// - Returns: the entities, that of the location itself first.
    /// - Throws: `PortalError` of kind `input` that joins everything that is wrong.
    func entities(of location: LocationReference) async throws -> [JSONValue] {
        var waiting = [(location, isRoot: true)]
        var seen: Set<LocationReference> = [location]
        var entities: [JSONValue] = []
        var references: Set<String> = []
        while let (next, isRoot) = waiting.popLast() {
            guard seen.count <= Self.mostSources else {
                throw PortalError(.input, "\(location) leads to more than \(Self.mostSources) locations")
            }
            let source = ClaimedSource(
                id: 0, location: next, origin: location, isOptional: false, isRoot: isRoot, etag: nil, inputHash: nil,
                token: 0, requests: 0, locationEntities: [])
            let result = try await read(source)
            for entity in result.entities {
                guard references.insert(entity.reference).inserted else {
                    throw PortalError(.input, "Duplicate nested entity: \(entity.reference)")
                }
                entities.append((try? JSONParser.parse(entity.content.body)) ?? .null)
            }
            for child in result.children where seen.insert(child.location).inserted {
                waiting.append((child.location, isRoot: false))
            }
        }
        return entities
    }

    private func read(_ source: ClaimedSource) async throws -> ProcessedSource {
        switch await processor.process(source) {
        case .unchanged: return ProcessedSource()
        case .failed(let problem): throw PortalError(.input, "\(problem.name): \(problem.message)")
        case .read(let result):
            let problems = result.refused.map(\.problem) + result.entities.compactMap(\.problem)
            if problems.isEmpty { return result }
            throw PortalError(.input, problems.map { "\($0.name): \($0.message)" }.joined(separator: "; "))
        }
    }
}
