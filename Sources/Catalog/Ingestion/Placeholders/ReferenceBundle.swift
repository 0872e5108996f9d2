import EntityModel
import PortalKit

/// Follows `$ref`s to other files.
struct ReferenceBundle {
    private static let deepest = 24
    private static let mostNodes = 200_000
    /// Bytes of text that may be put together: one long text can be referred to from everywhere.
    private static let mostBytes = EntityPipeline.longestEntity

    private let request: PlaceholderRequest
    private var nodes = 0
    private var bytes = 0
    /// What was read, by base and reference: most references of a description lead to few files.
    private var documents: [[String]: Document] = [:]
    private(set) var hasInlined = false

    private struct Document {
        let target: String
        let value: JSONValue
    }

    init(_ request: PlaceholderRequest) { self.request = request }

    mutating func inline(_ value: JSONValue, base: String, depth: Int) async throws -> JSONValue {
        nodes += 1
        guard nodes <= Self.mostNodes, bytes <= Self.mostBytes, depth <= Self.deepest * 4 else {
            throw PortalError(
                .tooLarge, "Placeholder $\(request.key): the description is too large or refers in circles")
        }
        switch value {
        case .array(let list):
            var out: [JSONValue] = []
            for item in list { out.append(try await inline(item, base: base, depth: depth + 1)) }
            return .array(out)
        case .object(let object):
            if let reference = object["$ref"]?.string, !reference.hasPrefix("#") {
                return try await follow(reference, base: base, depth: depth)
            }
            var out = object
            for (key, member) in object.members {
                bytes += key.utf8.count
                out[key] = try await inline(member, base: base, depth: depth + 1)
            }
            return .object(out)
        case .string(let text):
            bytes += text.utf8.count
            return value
        default: return value
        }
    }

    private mutating func follow(_ reference: String, base: String, depth: Int) async throws -> JSONValue {
        hasInlined = true
        let parts = reference.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let document = try await document(parts[0], base: base)
        var value = document.value
        for part in parts.count > 1 ? parts[1].split(separator: "/").map(String.init) : [] {
            // RFC 6901, part 6: in a URL, a pointer is percent-encoded.
            let key = PercentCoding.decode(part.utf8).replacing("~1", with: "/").replacing("~0", with: "~")
            guard let member = value[key] ?? Int(key).flatMap({ value.array?.element(at: $0) }) else {
                throw PortalError(
                    .input, "Placeholder $\(request.key): \(reference) leads nowhere in \(document.target)")
            }
            value = member
        }
        return try await inline(value, base: document.target, depth: depth + 4)
    }

    private mutating func document(_ reference: String, base: String) async throws -> Document {
        if let known = documents[[base, reference]] { return known }
        let content = try await request.read(reference, relativeTo: base)
        guard let first = YAMLReader.documents(content.bytes).first, let value = try? first.value.get() else {
            throw PortalError(.input, "Placeholder $\(request.key): \(content.target) is neither YAML nor JSON")
        }
        let document = Document(target: content.target, value: value)
        documents[[base, reference]] = document
        return document
    }
}

extension Array {
    fileprivate func element(at index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
