import EntityModel
import PortalKit

/// What would come of registering a location: the entities that it leads to, and everything that is wrong.
struct LocationAnalysis: Sendable {
    /// One entity that would be read.
    struct Found: Sendable {
        let entity: Entity
        let location: LocationReference
        let standing: Standing
        /// What it points at, and neither the catalog nor the location has.
        fileprivate(set) var missing: [String] = []
    }

    /// What the catalog knows of an entity already.
    enum Standing: Sendable, Hashable {
        case new
        /// It is read from the same file now.
        case known
        /// Another file declares it, and keeps it.
        case elsewhere(String)
        /// Something is wrong with it, so it would not be stored.
        case refused
    }

    /// Something wrong with a file.
    struct Trouble: Sendable {
        let location: LocationReference
        /// The entity that it is about, where that is known.
        var entity: String?
        let problem: ProcessingProblem
    }

    /// A person waits.
    private static let longest: Duration = .seconds(30)

    let location: LocationReference
    private(set) var found: [Found] = []
    private(set) var troubles: [Trouble] = []

    /// Something there would be stored.
    var hasEntities: Bool { found.contains { $0.standing != .refused } }

    private init(of location: LocationReference) { self.location = location }

    /// Reads the location and everything that it leads to. What cannot be read is a trouble, not an error.
    static func make(
        of location: LocationReference, _ processor: SourceProcessor, _ catalog: AuthorizedCatalog
    ) async throws -> LocationAnalysis {
        do {
            return try await Deadline.run(longest) {
                var analysis = LocationAnalysis(of: location)
                do {
                    try await LocationDryRun(processor: processor).read(location) {
                        try analysis.take($0, $1, catalog)
                    }
                    analysis.resolve(catalog)
                } catch let error as PortalError {
                    analysis.troubles.append(Trouble(location: location, problem: ProcessingProblem(error)))
                }
                return analysis
            }
        } catch let error as PortalError {
            var analysis = LocationAnalysis(of: location)
            analysis.troubles = [Trouble(location: location, problem: ProcessingProblem(error))]
            return analysis
        }
    }

    private mutating func take(
        _ place: LocationReference, _ outcome: SourceOutcome, _ catalog: AuthorizedCatalog
    ) throws {
        switch outcome {
        case .unchanged: return
        case .failed(let problem): troubles.append(Trouble(location: place, problem: problem))
        case .read(let result):
            for entity in result.entities where entity.reference != GeneratedLocation.reference(of: location) {
                try take(entity, place, catalog)
            }
            troubles += result.refused.map { Trouble(location: place, entity: $0.reference, problem: $0.problem) }
            troubles += result.entities.compactMap { entity in
                entity.problem.map { Trouble(location: place, entity: entity.reference, problem: $0) }
            }
            for reference in result.refused.compactMap(\.reference) { take(refused: reference, place) }
        }
    }

    private mutating func take(refused reference: String, _ place: LocationReference) {
        guard !found.contains(where: { $0.entity.reference.description == reference }),
            let parsed = try? EntityReference(parsing: reference)
        else { return }
        let kind = EntityKind.builtIn.first { $0.name.lowercased() == parsed.kind.lowercased() }
        let entity = Entity([
            "kind": .string(kind?.name ?? parsed.kind),
            "metadata": ["name": .string(parsed.name), "namespace": .string(parsed.namespace)],
        ])
        found.append(Found(entity: entity, location: place, standing: .refused))
    }

    /// Keeps of what entities point at only what is nowhere; the files of one location may point at each other.
    private mutating func resolve(_ catalog: AuthorizedCatalog) {
        let declared = Set(found.map { $0.entity.reference.description })
        for number in found.indices {
            found[number].missing = found[number].missing.filter {
                !declared.contains($0) && catalog.slot(reference: $0) == nil
            }
        }
    }

    private mutating func take(
        _ processed: ProcessedEntity, _ place: LocationReference, _ catalog: AuthorizedCatalog
    ) throws {
        let reference = processed.reference
        if let first = found.first(where: { $0.entity.reference.description == reference }) {
            let text = "\(reference) is declared in \(first.location.target) too; only one of the two can be shown."
            troubles.append(Trouble(location: place, problem: ProcessingProblem("ConflictError", text)))
            return
        }
        let entity = Entity(try JSONParser.parse(processed.content.body).object ?? [:])
        let edges = StoredEdges(text: processed.content.edges).relations(of: reference)
        let targets = Set(edges.filter { $0.source == reference }.map(\.target))
        found.append(
            Found(
                entity: entity, location: place, standing: Self.standing(reference, place, catalog),
                missing: targets.sorted()))
    }

    private static func standing(
        _ reference: String, _ place: LocationReference, _ catalog: AuthorizedCatalog
    ) -> Standing {
        guard let slot = catalog.slot(reference: reference) else { return .new }
        let other = Entity(catalog.index.own(of: slot)).annotation("backstage.io/managed-by-location")
        return other.map { $0 == place.description ? .known : .elsewhere($0) } ?? .known
    }
}
