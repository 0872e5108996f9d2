import EntityModel
import PortalKit

/// Where the parts of a document stand in its file, for messages.
struct EntityPosition: Sendable {
    let document: YAMLDocument?

    func text(_ path: [String]) -> String {
        guard let document else { return path.isEmpty ? "the top" : path.joined(separator: ".") }
        let place = document.position(of: path)
        return "line \(place.line), column \(place.column)"
    }
}

extension ProcessingProblem {
    /// Issues that the message names; the others are counted.
    private static let mostTold = 10
    /// Issues of one entity that are kept one by one; a list may have more wrong elements than memory has room for.
    private static let mostIssues = 50

    /// What is wrong with a document, all of it: each with its line, its field and its mend.
    ///
    /// - Parameters:
    ///   - what: came of it, where that is not said by the issues.
    ///   - rest: what is to be said at the end.
    init(
        _ name: String, _ what: String? = nil, issues: [EntityIssue], rest: String = "", at position: EntityPosition
    ) {
        var texts = issues.prefix(Self.mostTold).map { $0.text(at: position.text($0.path)) }
        if issues.count > texts.count { texts.append("And \(issues.count - texts.count) more.") }
        if !rest.isEmpty { texts.append(rest) }
        let text = texts.joined(separator: " ")
        self.init(
            name, what.map { "\($0): \(text)" } ?? text,
            issues: issues.prefix(Self.mostIssues).map {
                LocatedIssue(issue: $0, position: position.document?.position(of: $0.path))
            })
    }
}
