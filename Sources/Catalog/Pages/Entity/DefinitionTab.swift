import EntityModel
import HTTPTypes
import PortalKit
import PortalUI

/// An API's definition as it was written, with its tokens marked. JSON on one line, as placeholders make it, nobody can
/// read, so it is indented.
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
        let words = context.words
        guard let definition = entity.spec["definition"]?.string else {
            return Card.html(words.definition, content: Card.quiet(words.definitionMissing))
        }
        let raw = DefinitionFile.url(of: entity.reference)
        let text = shown(definition)
        return Card.html(
            words.definition,
            content: CodeBlock.html(
                text, language: CodeLanguage.of(type: entity.spec["type"]?.string ?? "", text: text),
                label: words.definition, raw: raw, download: SafeURL("\(raw.text)?download"),
                context.interface))
    }
}

/// The definition of an API as it was written, for programs and to be kept.
enum DefinitionFile {
    static func url(of reference: EntityReference) -> SafeURL {
        SafeURL("\(EntityLink.url(reference, tab: "definition").text)/raw") ?? "#"
    }

    /// - Throws: `PortalError` of kind `notFound` where there is no such entity, or it has no definition.
    static func answer(
        _ reference: EntityReference, _ catalog: AuthorizedCatalog, isDownload: Bool
    ) throws -> PortalResponse {
        guard let slot = catalog.slot(reference: reference.description),
            case let spec = Entity(catalog.index.own(of: slot)).spec, let text = spec["definition"]?.string
        else { throw PortalError(.notFound, "There is no definition of \(reference)") }
        // Always as text: a definition that says it is a page must not become one.
        var response = PortalResponse.text(text)
        if isDownload {
            let name = reference.name.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
            response.headers[.contentDisposition] =
                "attachment; filename=\"\(name)-definition.\(ending(of: text, type: spec["type"]?.string))\""
        }
        return response
    }

    private static func ending(of text: String, type: String?) -> String {
        switch type?.lowercased() {
        case "graphql": return "graphql"
        case "grpc": return "proto"
        default: break
        }
        return switch text.first(where: { $0 > " " }) {
        case "{", "[": "json"
        case "<": "xml"
        default: "yaml"
        }
    }
}
