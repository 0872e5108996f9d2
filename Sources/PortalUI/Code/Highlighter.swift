public import PortalKit

/// Source text with its tokens marked by class.
///
/// Byte by byte, in one pass without recursion, so that no input makes it slow or deep; what is wrong in the text gets
/// wrong colours and nothing worse. Without its tags the markup is the text: control characters, which HTML forbids,
/// are shown as `U+FFFD`.
public enum Highlighter {
    public static func html(_ text: String, _ language: CodeLanguage) -> HTML { html(Array(text.utf8), language) }

    static func html(_ bytes: [UInt8], _ language: CodeLanguage) -> HTML {
        var scanner = CodeScanner(bytes)
        switch language {
        case .json: JSONTokens.mark(&scanner)
        case .yaml: YAMLTokens.mark(&scanner)
        case .graphql: WordTokens.graphQL.mark(&scanner)
        case .protobuf: WordTokens.protobuf.mark(&scanner)
        case .xml: XMLTokens.mark(&scanner)
        case .plain: break
        }
        // The scanner escapes each byte that it writes.
        return HTML(sanitized: scanner.finish())
    }
}
