import EntityModel
import PortalKit

/// A source that this process may read now.
struct ClaimedSource: Sendable {
    let id: Int64
    let location: LocationReference
    let origin: LocationReference
    /// A missing file is no error.
    let isOptional: Bool
    /// Configured or registered, so that it has a generated Location entity.
    let isRoot: Bool
    let etag: String?
    let inputHash: String?
    /// Fences out whoever claimed it before.
    let token: Int64
    let requests: Int64
    /// The Location entities that lead here; the generated one for a root.
    let locationEntities: [String]
}

/// What reading and processing a source came to.
enum SourceOutcome: Sendable {
    /// Exactly as last time.
    case unchanged
    case read(ProcessedSource)
    /// There is no file, which is no error; what a source without one says. Where a pattern found the file, that decides
    /// whether it has gone.
    case missing(ProcessedSource)
    case failed(ProcessingProblem)
}

/// Everything that a source says, ready to be stored.
struct ProcessedSource: Sendable {
    /// A document that is not stored.
    struct Refused: Sendable {
        /// Where it is known.
        let reference: String?
        /// It may declare any entity of its source.
        var isUnknown = false
        let problem: ProcessingProblem
    }

    /// A location that an entity of this source leads to.
    struct Child: Sendable, Hashable {
        let location: LocationReference
        let isOptional: Bool
        /// The Location entity that names it.
        let locationEntity: String
    }

    var etag: String?
    /// Nil where the result depends on more than the file and the rules.
    var inputHash: String?
    var entities: [ProcessedEntity] = []
    var refused: [Refused] = []
    var children: [Child] = []
    /// What was read beside the file: `url:https://…`, `file:/…`.
    var keys: Set<String> = []

    /// What entities point at and could not be read, each with its entity.
    var unread: [String] {
        entities.compactMap { entity in
            entity.problem.map { problem in
                problem.message.contains(entity.reference) ? problem.message : "\(entity.reference): \(problem.message)"
            }
        }
    }
}

extension ProcessingProblem {
    /// A place that could not be read at all: its whole name once, and why.
    static func unread(_ location: LocationReference, _ error: any Error) -> ProcessingProblem {
        let problem = ProcessingProblem(error)
        if problem.message.contains(location.description) { return problem }
        let mend = problem.name == PortalError.Kind.tooLarge.rawValue ? " Divide it." : ""
        var reason = Placeholders.reason(of: problem.message, at: location.target)
        if let name = location.target.split(separator: "/").last, reason.hasPrefix("\(name) ") {
            reason = "it" + reason.dropFirst(name.count)
        }
        return ProcessingProblem(problem.name, "\(location) could not be read: \(reason)\(mend)")
    }
}

/// One entity, processed.
struct ProcessedEntity: Sendable {
    let reference: String
    let content: EntityDraft.Content
    /// Something that it points at could not be read; shown only where there is no better version.
    var problem: ProcessingProblem?
    /// Where its file names it.
    var line: Int?
}
