import EntityModel
import Foundation

/// The text of a problem on the page of the entity that has it: what the page says already is left out, and what the
/// text says twice is said once.
///
/// Programs get the whole text: they see it without a page around it.
struct ProblemText {
    /// What a text may begin with in vain.
    private let beginnings: [String]

    private static let mend = ". Give it "
    private static let unread = " could not be read: "
    private static let file = "file:"

    /// - Parameter name: the error's, which texts begin with.
    init(of entity: Entity, name: String) {
        let reference = entity.reference.description
        beginnings = [
            "\(name): ", "Validation of \(reference) failed: ", "Policy check failed for \(reference): ",
            "Relations of \(reference) failed: ", "Entity envelope failed validation before processing: ",
        ]
    }

    func shown(_ message: String) -> String {
        var text = Substring(message)
        for beginning in beginnings where text.hasPrefix(beginning) { text = text.dropFirst(beginning.count) }
        // The title says that; the place stays.
        if let range = text.range(of: Self.unread), !text[..<range.lowerBound].contains(" ") {
            text = "\(text[..<range.lowerBound]): \(text[range.upperBound...])"
        }
        if text.hasPrefix(Self.file) { text = text.dropFirst(Self.file.count) }
        return text.components(separatedBy: "; ").map(Self.saidOnce).joined(separator: "; ")
    }

    /// `expected a text but found 1 at line 3. Give it a text.` without its last sentence.
    private static func saidOnce(_ problem: String) -> String {
        guard let range = problem.range(of: mend, options: .backwards) else { return problem }
        var what = problem[range.upperBound...]
        if what.hasSuffix(".") { what = what.dropLast() }
        let before = problem[..<range.lowerBound]
        return before.contains("expected \(what) ") ? "\(before)." : problem
    }
}
