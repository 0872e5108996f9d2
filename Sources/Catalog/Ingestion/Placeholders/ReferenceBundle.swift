import EntityModel
import PortalKit

/// Follows `$ref`s to other files, as upstream's bundler does: an object is put in place where it is first referred to,
/// and later references lead there; so what refers to itself does not grow without end.
///
/// A reference is relative to the file that it stands in, `#/…` in another file means that file.
struct ReferenceBundle {
    private static let deepest = 24
    private static let mostNodes = 200_000
    /// Bytes of text that may be put together: one long text can be referred to from everywhere.
    private static let mostBytes = EntityPipeline.longestEntity

    private let request: PlaceholderRequest
    /// The file that the placeholder names.
    private let root: Document
    private var nodes = 0
    private var bytes = 0
    /// What was read, by base and reference: most references of a description lead to few files.
    private var documents: [[String]: Document] = [:]
    /// The same by where it was found.
    private var read: [String: Document] = [:]
    /// Where the bundle has an object of another file, by file and pointer.
    private var places: [[String]: String] = [:]
    /// The keys from the bundle's root to the value at hand.
    private var path: [String] = []
    private(set) var hasInlined = false

    private struct Document {
        let target: String
        let value: JSONValue
    }

    init(_ request: PlaceholderRequest, root value: JSONValue, target: String) {
        self.request = request
        root = Document(target: target, value: value)
        read[target] = root
    }

    /// The whole, with what other files hold put in place.
    mutating func complete() async throws -> JSONValue {
        try await inline(root.value, base: root.target, depth: 0)
    }

    private mutating func inline(_ value: JSONValue, base: String, depth: Int) async throws -> JSONValue {
        nodes += 1
        guard nodes <= Self.mostNodes, bytes <= Self.mostBytes, depth <= Self.deepest * 4 else {
            throw PortalError(
                .tooLarge, "Placeholder $\(request.key): the description is too large or refers in circles")
        }
        switch value {
        case .array(let list):
            var out: [JSONValue] = []
            for (index, item) in list.enumerated() {
                out.append(try await inline(item, at: String(index), base: base, depth: depth + 1))
            }
            return .array(out)
        case .object(let object):
            if let reference = object["$ref"]?.string, !reference.hasPrefix("#") || base != root.target {
                return try await follow(reference, base: base, depth: depth)
            }
            var out = object
            for (key, member) in object.members {
                bytes += key.utf8.count
                out[key] = try await inline(member, at: key, base: base, depth: depth + 1)
            }
            return .object(out)
        case .string(let text):
            bytes += text.utf8.count
            return value
        default: return value
        }
    }

    private mutating func inline(
        _ value: JSONValue, at key: String, base: String, depth: Int
    ) async throws -> JSONValue {
        path.append(key)
        defer { path.removeLast() }
        return try await inline(value, base: base, depth: depth)
    }

    private mutating func follow(_ reference: String, base: String, depth: Int) async throws -> JSONValue {
        hasInlined = true
        let parts = reference.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let document = try await document(parts[0], base: base)
        let keys = Self.keys(ofPointer: parts.count > 1 ? parts[1] : "")
        var value = document.value
        for key in keys {
            guard let member = value[key] ?? Int(key).flatMap({ value.array?.element(at: $0) }) else {
                throw PortalError(
                    .input, "Placeholder $\(request.key): \(reference) leads nowhere in \(document.target)")
            }
            value = member
        }
        // A reference stands for an object; other values are written out each time.
        if value.object != nil {
            if document.target == root.target { return Self.reference(to: Self.pointer(keys)) }
            let place = Self.pointer(path)
            if let known = places[[document.target] + keys] {
                guard known != place else {
                    throw PortalError(.input, "Placeholder $\(request.key): \(reference) refers to nothing but itself")
                }
                return Self.reference(to: known)
            }
            places[[document.target] + keys] = place
        }
        return try await inline(value, base: document.target, depth: depth + 4)
    }

    private mutating func document(_ reference: String, base: String) async throws -> Document {
        if reference.isEmpty, let here = read[base] { return here }
        if let known = documents[[base, reference]] { return known }
        let content = try await request.read(reference, relativeTo: base)
        if let known = read[content.target] {
            documents[[base, reference]] = known
            return known
        }
        guard let first = YAMLReader.documents(content.bytes).first, let value = try? first.value.get() else {
            throw PortalError(.input, "Placeholder $\(request.key): \(content.target) is neither YAML nor JSON")
        }
        let document = Document(target: content.target, value: value)
        documents[[base, reference]] = document
        read[content.target] = document
        return document
    }

    // MARK: Pointers, after RFC 6901; in a URL they are percent-encoded (its part 6)

    private static func keys(ofPointer text: String) -> [String] {
        text.split(separator: "/").map {
            PercentCoding.decode($0.utf8).replacing("~1", with: "/").replacing("~0", with: "~")
        }
    }

    private static func pointer(_ keys: [String]) -> String {
        keys.map { "/" + PercentCoding.encode($0.replacing("~", with: "~0").replacing("/", with: "~1")) }.joined()
    }

    private static func reference(to pointer: String) -> JSONValue { ["$ref": .string("#" + pointer)] }
}

extension Array {
    fileprivate func element(at index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
