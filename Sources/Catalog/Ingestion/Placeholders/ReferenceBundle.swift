import EntityModel
import PortalKit

/// Follows `$ref`s to other files, as upstream's bundler does: an object is put in place where it is first referred to,
/// and later references lead there; so what refers to itself does not grow without end.
///
/// A reference is relative to the file that it stands in, `#/…` in another file means that file. References are followed
/// in the order of their depth, so that a long chain of objects does not nest as deep as it is long. What stands beside
/// a `$ref` wins over what it leads to; such references are followed last, so that others do not lead to the mixture.
struct ReferenceBundle {
    /// Whoever shows a description reads it as JSON.
    private static let deepest = JSONParser.deepestNesting
    private static let mostNodes = 200_000
    /// Bytes of text that may be put together: one long text can be referred to from everywhere, and references can lead
    /// to a place with a long name.
    private static let mostBytes = EntityLimits.longest
    /// References that one pointer, or one reference, may lead through: what stands beside each of them is kept.
    private static let mostSteps = 64

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
    /// How many references were met.
    private var met = 0
    /// Those still to be followed, by their numbers in the order in which they were met.
    private var references: [Int: Reference] = [:]
    /// Of their numbers: with nothing beside them, and with something.
    private var plain = ArraySlice<Int>()
    private var extended = ArraySlice<Int>()
    /// What stands where references stood, by their numbers.
    private var followed: [Int: Draft] = [:]

    /// Whether anything was put in place.
    var hasInlined: Bool { met > 0 }

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
        /// What stands beside it.
        let beside: Members
        /// References that led to it, each of them all that there was.
        var steps = 0
    }

    private typealias Members = [(key: String, value: Draft)]

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
        while let next = plain.popFirst() ?? extended.popFirst(), let reference = references.removeValue(forKey: next) {
            followed[next] = try await follow(reference)
        }
        return finished(draft)
    }

    private mutating func draft(of value: JSONValue, base: String, at place: Place) throws -> Draft {
        try count(place)
        switch value {
        case .array(let list):
            return .array(
                try list.enumerated().map { try draft(of: $1, base: base, at: Place(String($0), in: place)) })
        case .object(let object):
            if let reference = object["$ref"]?.string, isFollowed(reference, base: base) {
                let beside = try members(of: object, base: base, at: place) { $0 != "$ref" }
                return add(Reference(text: reference, base: base, place: place, beside: beside))
            }
            return .object(try members(of: object, base: base, at: place) { _ in true })
        case .string(let text):
            bytes += text.utf8.count
            return .value(value)
        default: return .value(value)
        }
    }

    private mutating func members(
        of object: JSONObject, base: String, at place: Place, _ isWanted: (String) -> Bool
    ) throws -> Members {
        var members: Members = []
        for (key, member) in object.members where isWanted(key) {
            bytes += key.utf8.count
            members.append((key, try draft(of: member, base: base, at: Place(key, in: place))))
        }
        return members
    }

    private mutating func add(_ reference: Reference) -> Draft {
        bytes += reference.text.utf8.count
        let number = met
        met += 1
        references[number] = reference
        if reference.beside.isEmpty { plain.append(number) } else { extended.append(number) }
        return .reference(number)
    }

    /// Those within the first file stay as they are, but for those that lead through another: no pointer does.
    private func isFollowed(_ reference: String, base: String) -> Bool {
        guard base == root.target, reference.hasPrefix("#") else { return true }
        var value = root.value
        for key in Self.keys(ofPointer: String(reference.dropFirst())) {
            if value["$ref"]?.string != nil, value[key] == nil { return true }
            guard let member = Self.member(key, of: value) else { return false }
            value = member
        }
        return false
    }

    private mutating func count(_ place: Place) throws {
        nodes += 1
        guard nodes <= Self.mostNodes, bytes <= Self.mostBytes, place.depth <= Self.deepest else {
            throw PortalError(
                .tooLarge, "Placeholder $\(request.key): the description is too large or refers in circles")
        }
    }

    private mutating func follow(_ reference: Reference) async throws -> Draft {
        let found = try await find(reference)
        let target = found.document.target
        // A reference stands for an object; other values are written out each time.
        guard let object = found.value.object else {
            return try draft(of: found.value, base: target, at: reference.place)
        }
        let known = target == root.target ? found.keys : places[[target] + found.keys]?.keys
        if let known {
            guard known.count != reference.place.depth - 1 || known != reference.place.keys else {
                throw PortalError(
                    .input, "Placeholder $\(request.key): \(reference.text) refers to nothing but itself")
            }
            return link(to: known, reference)
        }
        places[[target] + found.keys] = reference.place
        try count(reference.place)
        let own = Set(reference.beside.map(\.key))
        let rest = try members(of: object, base: target, at: reference.place) { $0 != "$ref" && !own.contains($0) }
        guard let next = object["$ref"]?.string else { return .object(reference.beside + rest) }
        guard reference.steps < Self.mostSteps else { throw tooManySteps(reference) }
        return add(
            Reference(
                text: next, base: target, place: reference.place, beside: reference.beside + rest,
                steps: reference.steps + 1))
    }

    private mutating func link(to keys: [String], _ reference: Reference) -> Draft {
        let pointer = "#" + Self.pointer(keys)
        bytes += pointer.utf8.count
        return .object([("$ref", .value(.string(pointer)))] + reference.beside)
    }

    /// Where something is that a reference leads to, after all that its pointer leads through.
    private struct Found {
        var document: Document
        var keys: [String]
        var value: JSONValue
    }

    private mutating func find(_ reference: Reference) async throws -> Found {
        var (text, base, rest) = (reference.text, reference.base, [String]())
        for _ in 0..<Self.mostSteps {
            try count(reference.place)
            let parts = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let document = try await document(parts[0], base: base)
            let keys = Self.keys(ofPointer: parts.count > 1 ? parts[1] : "") + rest
            var found = Found(document: document, keys: keys, value: document.value)
            var step: Int?
            for (number, key) in keys.enumerated() {
                if let member = Self.member(key, of: found.value) {
                    found.value = member
                } else if found.value["$ref"]?.string != nil {
                    step = number
                    break
                } else {
                    throw PortalError(
                        .input, "Placeholder $\(request.key): \(reference.text) leads nowhere in \(document.target)")
                }
            }
            guard let step, let next = found.value["$ref"]?.string else { return found }
            (text, base, rest) = (next, document.target, Array(keys[step...]))
            // It is written once, and short references can lead through it from everywhere.
            bytes += next.utf8.count
        }
        throw tooManySteps(reference)
    }

    private func tooManySteps(_ reference: Reference) -> PortalError {
        PortalError(
            .input,
            "Placeholder $\(request.key): \(reference.text) leads through more than \(Self.mostSteps) references")
    }

    private func finished(_ draft: Draft) -> JSONValue {
        var draft = draft
        // One by one: a reference may stand for a reference.
        while case .reference(let number) = draft { draft = followed[number] ?? .value(.null) }
        switch draft {
        case .value(let value): return value
        case .array(let list): return .array(list.map(finished))
        case .object(let members):
            var object = JSONObject()
            for (key, value) in members { object[key] = finished(value) }
            return .object(object)
        case .reference: return .null
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

    private static func member(_ key: String, of value: JSONValue) -> JSONValue? {
        value[key] ?? Int(key).flatMap { value.array?.element(at: $0) }
    }

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
