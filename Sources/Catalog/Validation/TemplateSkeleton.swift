import EntityModel
import PortalKit

/// A file of which a template makes an entity file: `${{` stands where the name will.
enum TemplateSkeleton {
    /// Whether all entities of a file are skeletons. Where nothing can be read, because skeletons may hold lines that are
    /// no YAML before they are filled in, the text is asked.
    static func isOne(_ bytes: [UInt8], _ documents: [YAMLDocument]) -> Bool {
        let values = documents.compactMap { try? $0.value.get() }.filter { $0 != .null }
        if !values.isEmpty {
            return values.allSatisfy { $0["metadata"]?["name"]?.string?.contains("${{") ?? false }
        }
        var isInMetadata = false
        for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
            guard line.first == " " else {
                isInMetadata = line.hasPrefix("metadata:") || (isInMetadata && line.hasPrefix("{%"))
                continue
            }
            if isInMetadata, line.drop(while: { $0 == " " }).hasPrefix("name:"), line.contains("${{") { return true }
        }
        return false
    }
}
