import EntityModel
import PortalKit

/// Why a part of an address asks nothing of the catalog's changes.
enum ChangeMistake: Error, Sendable, Hashable {
    /// There is no such parameter.
    case unknown
    case repeated
    case long(Int)
    /// Characters that no name has.
    case unreadable
    /// No reference; with what is wrong in the words of references.
    case reference(String)
    case owner
    case kind
    case words([String])
    /// A cause's name without a cause that has one.
    case nameWithoutCause
    case time
    /// `from` and `to`.
    case order

    /// What is wrong with a parameter, for programs.
    func error(_ name: String) -> PortalError {
        let place = "request/query/\(name)"
        let text =
            switch self {
            case .unknown: "Unknown query parameter '\(name.prefix(100))'"
            case .repeated: "\(place) must be given once"
            case .long(let most): "\(place) must have at most \(most) bytes"
            case .unreadable: "\(place) must not hold control characters, or bytes that are no text"
            case .reference(let why): "\(place): \(why)"
            case .owner: "\(place) must be a group or a user, such as group:default/team-a or user:default/ann"
            case .kind: "\(place) must be one kind of letters and digits, such as component"
            case .words(let words):
                "\(place) must be equal to one of the allowed values: \(words.joined(separator: ", "))"
            case .nameWithoutCause:
                "\(place) needs request/query/cause beside it, which is location, user or service"
            case .time:
                "\(place) must be a day or a time that there is, such as 2026-01-31 or 2026-01-31T12:00:00Z"
            case .order: "\(place) must not be later than request/query/to"
            }
        return PortalError(.input, text)
    }
}
