import EntityModel
import PortalKit

/// Something wrong in an entity file: where, whose, what, and what mends it.
package struct ValidationProblem: Sendable, Hashable {
    package enum Severity: String, Sendable { case error, warning }

    package let severity: Severity
    /// As it was named by whoever asked.
    package let file: String
    package let position: SourcePosition
    /// `component:default/payments`, where the document got that far.
    package let entity: String?
    /// `spec.owner`; empty for the document itself.
    package let field: String
    package let message: String
    package let mend: String

    /// The problem in words, for one line.
    var sentence: String {
        let sentence = message.hasSuffix(".") ? message : message + "."
        return mend.isEmpty || EntityIssue.isTold(mend, by: message) ? sentence : "\(sentence) \(mend)"
    }

    /// `component:default/payments spec.owner`, as far as it is known.
    var subject: String { [entity ?? "", field].filter { !$0.isEmpty }.joined(separator: " ") }

    var sentenceOfSubject: String { subject.isEmpty ? sentence : "\(subject): \(sentence)" }
}

/// What a validation came to.
package struct ValidationReport: Sendable {
    package var problems: [ValidationProblem] = []
    package var files = 0
    package var entities = 0
    /// Files of a folder that hold no entity, and were left alone.
    package var skipped = 0
    /// Files of which templates make entity files, by name; left alone too.
    package var skeletons: [String] = []
    /// Files and arguments that could not be read at all; each is a problem too.
    package var unreadable = 0

    /// References to entities that no checked file declares.
    package var outsideReferences = 0
    /// Whether each of them is a problem too.
    package var namesOutsideReferences = false

    package var errorCount: Int { problems.count { $0.severity == .error } }
    var warningCount: Int { problems.count - errorCount }
}
