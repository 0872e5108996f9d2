import EntityModel
import PortalKit
import PortalUI

/// What would come of registering a location: the entities that it leads to, and everything that is wrong.
struct LocationAnalysis: Sendable {
    /// One entity that would be read, as far as it is shown: all of many would be too much to keep.
    struct Found: Sendable {
        let reference: EntityReference
        let title: String
        let type: String?
        let owner: String?
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
    /// Entities and troubles that are kept to be shown; the others are counted.
    private static let mostKept = 200
    private static let mostEntities = 50_000

    let location: LocationReference
    /// The first of them.
    private(set) var found: [Found] = []
    /// The first of them.
    private(set) var troubles: [Trouble] = []
    private(set) var troubleCount = 0
    /// Where each entity is declared, by its reference.
    private var places: [String: LocationReference] = [:]

    /// How many of the entities the catalog reads from the very files already.
    private var knownCount = 0
    /// Entities that would not be stored.
    private var refused: Set<String> = []

    var count: Int { places.count + refused.subtracting(places.keys).count }
    /// Something there would be stored.
    var hasEntities: Bool { !places.isEmpty }
    /// All that would be stored is read already, from where it would be read.
    var addsNothing: Bool { hasEntities && knownCount == places.count }

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
                    analysis.add(ProcessingProblem(error), at: location)
                }
                return analysis
            }
        } catch let error as PortalError {
            var analysis = LocationAnalysis(of: location)
            analysis.add(ProcessingProblem(error), at: location)
            return analysis
        }
    }

    private mutating func take(
        _ place: LocationReference, _ outcome: SourceOutcome, _ catalog: AuthorizedCatalog
    ) throws {
        switch outcome {
        case .unchanged: return
        case .failed(let problem): add(problem, at: place)
        case .read(let result), .missing(let result):
            let generated = GeneratedLocation.reference(of: location)
            for entity in result.entities where entity.reference != generated {
                try take(entity, place, catalog)
            }
            for refused in result.refused {
                add(refused.problem, of: refused.reference, at: place)
                if let reference = refused.reference { take(refused: reference, place) }
            }
            for entity in result.entities {
                if let problem = entity.problem { add(problem, of: entity.reference, at: place) }
            }
        }
    }

    private mutating func take(refused reference: String, _ place: LocationReference) {
        guard places[reference] == nil, refused.count < Self.mostEntities, refused.insert(reference).inserted,
            found.count < Self.mostKept, let parsed = try? EntityReference(parsing: reference)
        else { return }
        let kind = EntityKind.builtIn.first { $0.name.lowercased() == parsed.kind.lowercased() }
        found.append(
            Found(
                reference: EntityReference(
                    kind: kind?.name ?? parsed.kind, namespace: parsed.namespace, name: parsed.name),
                title: parsed.name, type: nil, owner: nil, location: place, standing: .refused))
    }

    /// Keeps of what entities point at only what is nowhere; the files of one location may point at each other.
    private mutating func resolve(_ catalog: AuthorizedCatalog) {
        for number in found.indices {
            found[number].missing = found[number].missing.filter {
                places[$0] == nil && catalog.slot(reference: $0) == nil
            }
        }
    }

    private mutating func add(_ problem: ProcessingProblem, of entity: String? = nil, at place: LocationReference) {
        troubleCount += 1
        if troubles.count == Self.mostKept { return }
        troubles.append(Trouble(location: place, entity: entity, problem: problem))
    }

    private mutating func take(
        _ processed: ProcessedEntity, _ place: LocationReference, _ catalog: AuthorizedCatalog
    ) throws {
        let reference = processed.reference
        if let first = places[reference] {
            let text = "\(reference) is declared in \(first.target) too; only one of the two can be shown."
            return add(ProcessingProblem("ConflictError", text), at: place)
        }
        guard places.count < Self.mostEntities else {
            throw PortalError(.input, "\(location) leads to more than \(Self.mostEntities) entities.")
        }
        places[reference] = place
        let standing = Self.standing(reference, place, catalog)
        if standing == .known { knownCount += 1 }
        if found.count == Self.mostKept { return }
        let entity = Entity(try JSONParser.parse(processed.content.body).object ?? [:])
        let edges = StoredEdges(text: processed.content.edges).relations(of: reference)
        let targets = Set(edges.filter { $0.source == reference }.map(\.target))
        found.append(
            Found(
                reference: entity.reference, title: EntityName.title(of: entity), type: entity.spec["type"]?.string,
                owner: entity.spec["owner"]?.string, location: place,
                standing: standing, missing: targets.sorted()))
    }

    private static func standing(
        _ reference: String, _ place: LocationReference, _ catalog: AuthorizedCatalog
    ) -> Standing {
        guard let slot = catalog.slot(reference: reference) else { return .new }
        let other = catalog.index.shown(slot).annotation("backstage.io/managed-by-location")
        return other.map { $0 == place.description ? .known : .elsewhere($0) } ?? .known
    }
}
