import EntityModel
import PortalKit

/// Follows `$ref`s to other files, as upstream's bundler does: an object is put in place where it is first referred to,
/// and later references lead there; so what refers to itself does not grow without end.
///
/// A reference is relative to the file that it stands in, `#/…` in another file means that file. References are followed
/// in the order of their depth, so that a long chain of objects does not nest as deep as it is long.
struct ReferenceBundle {
    /// Whoever shows a description reads it as JSON.
    private static let deepest = JSONParser.deepestNesting
    private static let mostNodes = 200_000
    /// Bytes of text that may be put together: one long text can be referred to from everywhere, and references can lead
    /// to a place with a long name.
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
    private var places: [[String]: Place] = [:]
    /// What was met, in this order.
    private var references: [Reference] = []
    /// What stands where the first of the references stood.
    private var followed: [Draft] = []

    /// Whether anything was put in place.
    var hasInlined: Bool { !references.isEmpty }

    private struct Document {
        let target: String
        let value: JSONValue
    }

    /// Where in the bundle something is. Places share what they have in common: a deep list of references has many.
    private final class Place {
        let parent: Place?
        let key: String
        let depth: Int

        init(_ key: String, in parent: Place?) {
            self.key = key
            self.parent = parent
            depth = (parent?.depth ?? 0) + 1
        }

        var keys: [String] {
            var keys: [String] = []
            var place: Place? = self
            while let here = place, let parent = here.parent {
                keys.append(here.key)
                place = parent
            }
            return keys.reversed()
        }
    }

    /// A reference that is still to be followed, and the file that it stands in.
    private struct Reference {
        let text: String
        let base: String
        let place: Place
    }

    /// A value in which references are still to be replaced.
    private indirect enum Draft {
        case value(JSONValue)
        case array([Draft])
        case object([(key: String, value: Draft)])
        /// By its number.
        case reference(Int)
    }

    init(_ request: PlaceholderRequest, root value: JSONValue, target: String) {
        self.request = request
        root = Document(target: target, value: value)
        read[target] = root
    }

    /// The whole, with what other files hold put in place.
    mutating func complete() async throws -> JSONValue {
        let draft = try draft(of: root.value, base: root.target, at: Place("", in: nil))
        while followed.count < references.count { followed.append(try await follow(references[followed.count])) }
        return finished(draft)
    }

    private mutating func draft(of value: JSONValue, base: String, at place: Place) throws -> Draft {
        try count(place)
        switch value {
        case .array(let list):
            return .array(
                try list.enumerated().map { try draft(of: $1, base: base, at: Place(String($0), in: place)) })
        case .object(let object):
            if let reference = object["$ref"]?.string, !reference.hasPrefix("#") || base != root.target {
                bytes += reference.utf8.count
                references.append(Reference(text: reference, base: base, place: place))
                return .reference(references.count - 1)
            }
            return .object(
                try object.members.map { key, member in
                    bytes += key.utf8.count
                    return (key, try draft(of: member, base: base, at: Place(key, in: place)))
                })
        case .string(let text):
            bytes += text.utf8.count
            return .value(value)
        default: return .value(value)
        }
    }

    private mutating func count(_ place: Place) throws {
        nodes += 1
        guard nodes <= Self.mostNodes, bytes <= Self.mostBytes, place.depth <= Self.deepest else {
            throw PortalError(
                .tooLarge, "Placeholder $\(request.key): the description is too large or refers in circles")
        }
    }

    private mutating func follow(_ reference: Reference) async throws -> Draft {
        try count(reference.place)
        let parts = reference.text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(
            String.init)
        let document = try await document(parts[0], base: reference.base)
        let keys = Self.keys(ofPointer: parts.count > 1 ? parts[1] : "")
        var value = document.value
        for key in keys {
            guard let member = value[key] ?? Int(key).flatMap({ value.array?.element(at: $0) }) else {
                throw PortalError(
                    .input, "Placeholder $\(request.key): \(reference.text) leads nowhere in \(document.target)")
            }
            value = member
        }
        // A reference stands for an object; other values are written out each time.
        if value.object != nil {
            if document.target == root.target { return link(to: keys) }
            if let known = places[[document.target] + keys] {
                guard known !== reference.place else {
                    throw PortalError(
                        .input, "Placeholder $\(request.key): \(reference.text) refers to nothing but itself")
                }
                return link(to: known.keys)
            }
            places[[document.target] + keys] = reference.place
        }
        return try draft(of: value, base: document.target, at: reference.place)
    }

    private mutating func link(to keys: [String]) -> Draft {
        let pointer = "#" + Self.pointer(keys)
        bytes += pointer.utf8.count
        return .value(["$ref": .string(pointer)])
    }

    private func finished(_ draft: Draft) -> JSONValue {
        switch draft {
        case .value(let value): return value
        case .array(let list): return .array(list.map(finished))
        case .object(let members):
            var object = JSONObject()
            for (key, value) in members { object[key] = finished(value) }
            return .object(object)
        case .reference(let number): return finished(followed[number])
        }
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
}

extension Array {
    fileprivate func element(at index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
