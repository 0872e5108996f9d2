import EntityModel
import PortalKit

/// A placeholder that could not be replaced, and why.
struct PlaceholderFailure: Sendable {
    let placeholder: FoundPlaceholder
    let error: any Error
    /// What it names itself could not be read, not something that is found from there.
    var isDirect = false

    private static let form = "Give it a URL or a path relative to this file."

    /// With the mend; what `callboard validate` and the portal say.
    var issue: EntityIssue {
        let message = ProcessingProblem(error).message
        return EntityIssue(
            placeholder.path, message.hasSuffix(".") ? String(message.dropLast()) : message, mend: mend)
    }

    private var mend: String {
        guard let reference = placeholder.reference.string, !reference.isEmpty else { return Self.form }
        if !isDirect { return "This entity leads there by \(reference)." }
        return URLReference.parse(reference) == nil ? "Paths start at the folder of this file." : ""
    }

    /// Whoever is asked next would be asked in vain too, or after a long wait.
    var endsAll: Bool {
        let kinds: [PortalError.Kind] = [.tooLarge, .unavailable, .requestTimeout]
        return kinds.map(\.rawValue).contains(ProcessingProblem(error).name)
    }
}

/// The placeholders of an entity that could not be replaced.
struct PlaceholderFailures: Error {
    /// More are not looked for: each may take a while.
    static let most = 10

    private(set) var all: [PlaceholderFailure] = []
    /// Placeholders that were not looked at after those.
    private(set) var untried = 0

    var isEmpty: Bool { all.isEmpty }
    private var isFull: Bool { all.count >= Self.most || all.last?.endsAll ?? false }

    mutating func add(_ failure: PlaceholderFailure) { all.append(failure) }

    /// - Returns: whether it is not worth while to try another; it is counted then.
    mutating func passesOver() -> Bool {
        if isFull { untried += 1 }
        return isFull
    }

    func problem(at position: EntityPosition) -> ProcessingProblem {
        let rest =
            switch untried {
            case 0: ""
            case 1: "1 more placeholder was not looked at."
            default: "\(untried) more placeholders were not looked at."
            }
        let name = all.first.map { ProcessingProblem($0.error).name } ?? PortalError.Kind.input.rawValue
        return ProcessingProblem(name, issues: all.map(\.issue), rest: rest, at: position)
    }
}
