import EntityModel
import PortalKit

/// Replaces `$text`, `$json` and their like by what they point at, anywhere in an entity.
struct Placeholders: Sendable {
    private static let deepest = 64
    private static let most = 200

    let resolvers: [String: PlaceholderResolver]
    let reading: LocationReading

    init(_ resolvers: [PlaceholderResolver], reading: LocationReading) {
        self.resolvers = Dictionary(resolvers.map { ("$" + $0.key, $0) }) { first, _ in first }
        self.reading = reading
    }

    /// - Parameter keys: receives what was read.
    func resolve(
        _ value: JSONValue, at location: LocationReference, origin: LocationReference, keys: inout Set<String>
    ) async throws -> JSONValue {
        // Most entities have none, and then nothing is rebuilt.
        guard Self.hasPlaceholder(value, resolvers) else { return value }
        return try await visit(value, location, origin, &keys, 0)
    }

    private static func hasPlaceholder(_ value: JSONValue, _ resolvers: [String: PlaceholderResolver]) -> Bool {
        switch value {
        case .array(let list): list.contains { hasPlaceholder($0, resolvers) }
        case .object(let object):
            object.count == 1 && resolvers[object.members[0].key] != nil
                || object.members.contains { hasPlaceholder($0.value, resolvers) }
        default: false
        }
    }

    private func visit(
        _ value: JSONValue, _ location: LocationReference, _ origin: LocationReference, _ keys: inout Set<String>,
        _ depth: Int
    ) async throws -> JSONValue {
        guard depth < Self.deepest else { return value }
        switch value {
        case .array(let list):
            var out: [JSONValue] = []
            for item in list { out.append(try await visit(item, location, origin, &keys, depth + 1)) }
            return .array(out)
        case .object(let object):
            if object.count == 1, let key = object.keys.first, let resolver = resolvers[key] {
                return try await replace(object[key], resolver, location, origin, &keys)
            }
            // Objects that mix `$keys` with others are someone else's language.
            if object.keys.contains(where: { $0.hasPrefix("$") }) { return value }
            var out = object
            for (key, member) in object.members {
                out[key] = try await visit(member, location, origin, &keys, depth + 1)
            }
            return .object(out)
        default: return value
        }
    }

    private func replace(
        _ value: JSONValue?, _ resolver: PlaceholderResolver, _ location: LocationReference,
        _ origin: LocationReference, _ keys: inout Set<String>
    ) async throws -> JSONValue {
        guard let reference = value?.string else {
            throw ProcessingProblem("InputError", "Placeholder $\(resolver.key) must have a text as its value.")
        }
        let collected = PlaceholderKeys()
        let request = PlaceholderRequest(key: resolver.key, reference: reference) { [reading] reference, base in
            let from = base.map { LocationReference(type: location.type, target: $0) } ?? location
            let type = URLReference.parse(reference) != nil ? "url" : from.type
            let target: LocationReference
            do { target = try reading.resolve(reference, type: type, against: from) } catch {
                throw PortalError(
                    .input, "Placeholder $\(resolver.key) could not form a URL out of \(from.target) and \(reference)")
            }
            guard await collected.add(target.description) <= Self.most else {
                throw PortalError(.tooLarge, "Placeholder $\(resolver.key) leads to more than \(Self.most) files.")
            }
            do {
                guard case .file(let bytes, _) = try await reading.read(target, origin: origin) else {
                    throw PortalError(.input, "it is not one file")
                }
                return .init(target: target.target, bytes: bytes)
            } catch let error as PortalError {
                throw PortalError(
                    error.kind, "Placeholder $\(resolver.key) could not read location \(target): \(error.message)")
            }
        }
        do {
            let result = try await resolver.resolve(request)
            keys.formUnion(await collected.keys)
            return result
        } catch {
            keys.formUnion(await collected.keys)
            throw error
        }
    }
}

/// What one placeholder has read so far.
private actor PlaceholderKeys {
    private(set) var keys: Set<String> = []

    func add(_ key: String) -> Int {
        keys.insert(key)
        return keys.count
    }
}

/// The placeholders of upstream.
enum BuiltInPlaceholders {
    static let all: [PlaceholderResolver] = [
        PlaceholderResolver("text") { .string(try text(try await $0.read($0.reference), $0)) },
        PlaceholderResolver("json") { request in
            let content = try await request.read(request.reference)
            do { return try JSONParser.parse(content.bytes) } catch {
                throw PortalError(
                    .input, "Placeholder $json failed to parse JSON data at \(content.target): \(error)")
            }
        },
        PlaceholderResolver("yaml") { try yaml(try await $0.read($0.reference), $0) },
        PlaceholderResolver("openapi", resolve: bundled),
        PlaceholderResolver("asyncapi", resolve: bundled),
    ]

    private static func text(
        _ content: PlaceholderRequest.Content, _ request: PlaceholderRequest
    ) throws -> String {
        guard let text = String(validating: content.bytes, as: UTF8.self) else {
            throw PortalError(.input, "Placeholder $\(request.key): \(content.target) is not text in UTF-8")
        }
        return text
    }

    private static func yaml(
        _ content: PlaceholderRequest.Content, _ request: PlaceholderRequest
    ) throws -> JSONValue {
        let documents = YAMLReader.documents(content.bytes)
        guard documents.count == 1, let document = documents.first else {
            throw PortalError(
                .input,
                "Placeholder $\(request.key) expected to find exactly one document of data at \(content.target), but "
                    + "found \(documents.count)")
        }
        do { return try document.value.get() } catch {
            throw PortalError(
                .input, "Placeholder $\(request.key) failed to parse YAML data at \(content.target): \(error)")
        }
    }

    /// A description with what its `$ref`s lead to outside put in place; as JSON, which is YAML too.
    private static func bundled(_ request: PlaceholderRequest) async throws -> JSONValue {
        let content = try await request.read(request.reference)
        let value = try yaml(content, request)
        var bundle = ReferenceBundle(request)
        let complete = try await bundle.inline(value, base: content.target, depth: 0)
        // Nothing to put in place: the author's own text, comments included.
        if !bundle.hasInlined { return .string(try text(content, request)) }
        return .string(JSONWriter.text(complete))
    }
}

/// Follows `$ref`s to other files.
private struct ReferenceBundle {
    private static let deepest = 24
    private static let mostNodes = 200_000

    private let request: PlaceholderRequest
    private var nodes = 0
    private(set) var hasInlined = false

    init(_ request: PlaceholderRequest) { self.request = request }

    mutating func inline(_ value: JSONValue, base: String, depth: Int) async throws -> JSONValue {
        nodes += 1
        guard nodes <= Self.mostNodes, depth <= Self.deepest * 4 else {
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
            for (key, member) in object.members { out[key] = try await inline(member, base: base, depth: depth + 1) }
            return .object(out)
        default: return value
        }
    }

    private mutating func follow(_ reference: String, base: String, depth: Int) async throws -> JSONValue {
        hasInlined = true
        let parts = reference.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let content = try await request.read(parts[0], relativeTo: base)
        guard let document = YAMLReader.documents(content.bytes).first, var value = try? document.value.get() else {
            throw PortalError(.input, "Placeholder $\(request.key): \(content.target) is neither YAML nor JSON")
        }
        for part in parts.count > 1 ? parts[1].split(separator: "/").map(String.init) : [] {
            let key = part.replacing("~1", with: "/").replacing("~0", with: "~")
            guard let member = value[key] ?? Int(key).flatMap({ value.array?.element(at: $0) }) else {
                throw PortalError(
                    .input, "Placeholder $\(request.key): \(reference) leads nowhere in \(content.target)")
            }
            value = member
        }
        return try await inline(value, base: content.target, depth: depth + 4)
    }
}

extension Array {
    fileprivate func element(at index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
