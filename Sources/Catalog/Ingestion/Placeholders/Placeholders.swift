import EntityModel
import PortalKit

/// Replaces `$text`, `$json` and their like by what they point at, anywhere in an entity.
struct Placeholders: Sendable {
    private static let deepest = 64
    /// Files that one placeholder may lead to.
    private static let mostFiles = 200
    /// Times that the placeholders of one entity may read a file, the same one again included.
    private static let mostReadings = 2_000

    let resolvers: [String: PlaceholderResolver]
    let reading: LocationReading

    var keys: Set<String> { Set(resolvers.keys) }

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
        let readings = PlaceholderReadings(mostFiles: Self.mostFiles, most: Self.mostReadings)
        var room = EntityLimits.longest
        do {
            let resolved = try await visit(value, location, origin, readings, &room, 0)
            keys.formUnion(await readings.keys)
            return resolved
        } catch {
            // Also what could not be read may be there next time.
            keys.formUnion(await readings.keys)
            throw error
        }
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
        _ value: JSONValue, _ location: LocationReference, _ origin: LocationReference,
        _ readings: PlaceholderReadings, _ room: inout Int, _ depth: Int
    ) async throws -> JSONValue {
        guard depth < Self.deepest else { return value }
        switch value {
        case .array(let list):
            var out: [JSONValue] = []
            for item in list { out.append(try await visit(item, location, origin, readings, &room, depth + 1)) }
            return .array(out)
        case .object(let object):
            if object.count == 1, let key = object.keys.first, let resolver = resolvers[key] {
                let resolved = try await replace(object[key], resolver, location, origin, readings)
                // Before anything is written out: a thousand placeholders may share one text in memory.
                room -= resolved.leastSize
                guard room >= 0 else {
                    throw ProcessingProblem(
                        "ContentTooLargeError",
                        "The placeholders of the entity put in more than \(ByteCount.text(EntityLimits.longest)), with "
                            + "\(key) as the last. Point at less, or divide the entity.")
                }
                return resolved
            }
            // Objects that mix `$keys` with others are someone else's language.
            if object.keys.contains(where: { $0.hasPrefix("$") }) { return value }
            var out = object
            for (key, member) in object.members {
                out[key] = try await visit(member, location, origin, readings, &room, depth + 1)
            }
            return .object(out)
        default: return value
        }
    }

    private func replace(
        _ value: JSONValue?, _ resolver: PlaceholderResolver, _ location: LocationReference,
        _ origin: LocationReference, _ readings: PlaceholderReadings
    ) async throws -> JSONValue {
        guard let reference = value?.string, !reference.isEmpty else {
            throw ProcessingProblem(
                "InputError",
                "Placeholder $\(resolver.key) must have a text as its value: a path from the file that it is in, or a URL."
            )
        }
        await readings.begin()
        let request = PlaceholderRequest(key: resolver.key, reference: reference) { [reading] reference, base in
            let from = base.map { Self.location($0, like: location) } ?? location
            let type = URLReference.parse(reference) != nil ? "url" : from.type
            let target: LocationReference
            do { target = try reading.resolve(reference, type: type, against: from) } catch {
                throw PortalError(
                    .input, "Placeholder $\(resolver.key) could not form a URL out of \(from.target) and \(reference)")
            }
            try await readings.add(target.description, of: resolver.key)
            do {
                guard case .file(let bytes, _) = try await reading.read(target, origin: origin) else {
                    throw PortalError(.input, "it is not one file")
                }
                return .init(target: target.target, bytes: bytes)
            } catch let error as PortalError {
                throw PortalError(
                    error.kind,
                    "Placeholder $\(resolver.key) could not read location \(target): "
                        + Self.reason(of: error.message, at: target.target))
            }
        }
        return try await resolver.resolve(request)
    }
}

extension Placeholders {
    /// Why a place could not be read, without naming it again, whole or by its end.
    static func reason(of message: String, at target: String) -> String {
        let short = message.replacing("'\(target)'", with: "it").replacing(target, with: "it")
        guard let end = short.firstIndex(of: " "), short.contains("/"), target.hasSuffix("/" + short[..<end]) else {
            return short
        }
        return "it" + short[end...]
    }

    /// A file that was read for an entity need not be where the entity's own file is.
    private static func location(_ target: String, like location: LocationReference) -> LocationReference {
        LocationReference(type: URLReference.parse(target) != nil ? "url" : location.type, target: target)
    }
}

/// What the placeholders of one entity have read so far, within limits.
private actor PlaceholderReadings {
    private let mostFiles: Int
    private let most: Int
    private var count = 0
    /// Of the present placeholder.
    private var files: Set<String> = []
    /// Of all.
    private(set) var keys: Set<String> = []

    init(mostFiles: Int, most: Int) {
        self.mostFiles = mostFiles
        self.most = most
    }

    /// Called before each placeholder.
    func begin() { files = [] }

    /// - Throws: `PortalError` of kind `tooLarge`.
    func add(_ key: String, of placeholder: String) throws {
        count += 1
        files.insert(key)
        keys.insert(key)
        guard files.count <= mostFiles else {
            throw PortalError(.tooLarge, "Placeholder $\(placeholder) leads to more than \(mostFiles) files.")
        }
        guard count <= most else {
            throw PortalError(.tooLarge, "The placeholders of the entity read more than \(most) times.")
        }
    }
}

extension JSONValue {
    /// Bytes that the value has at least when it is written; nothing is written for it.
    var leastSize: Int {
        switch self {
        case .string(let text): text.utf8.count + 2
        case .array(let list): list.reduce(2) { $0 + $1.leastSize }
        case .object(let object): object.members.reduce(2) { $0 + $1.key.utf8.count + 2 + $1.value.leastSize }
        default: 1
        }
    }
}
