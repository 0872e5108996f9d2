import EntityModel
import Foundation
import PortalKit
import PortalUI

/// An API's definition as it was written, but for JSON on one line, as placeholders make it, which nobody can read.
enum DefinitionTab {
    private static let longestLine = 1 << 20
    private static let longestIndented = 4 << 20

    /// A definition as it is shown.
    static func shown(_ definition: String) -> String {
        let text = definition.trimmed
        guard text.utf8.count <= longestLine, text.hasPrefix("{") || text.hasPrefix("["),
            !text.utf8.contains(UInt8(ascii: "\n"))
        else { return definition }
        return JSONIndent.text(text, longest: longestIndented) ?? definition
    }

    static func html(_ entity: Entity, _ context: ViewContext) -> HTML {
        Card.html(
            context.words.definition,
            content: entity.spec["definition"]?.string.map { Code.block(shown($0), label: context.words.definition) }
                ?? Card.quiet(context.words.definitionMissing))
    }
}
