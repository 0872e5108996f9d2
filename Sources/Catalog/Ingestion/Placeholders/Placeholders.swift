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
    /// - Throws: `PlaceholderFailures` with all that could not be replaced.
    func resolve(
        _ value: JSONValue, at location: LocationReference, origin: LocationReference, keys: inout Set<String>
    ) async throws -> JSONValue {
        // Most entities have none, and then nothing is rebuilt.
        guard Self.hasPlaceholder(value, resolvers) else { return value }
        let readings = PlaceholderReadings(mostFiles: Self.mostFiles, most: Self.mostReadings)
        var walk = Walk(location: location, origin: origin, readings: readings)
        let resolved = try await visit(value, at: [], &walk)
        // Also what could not be read may be there next time.
        keys.formUnion(await readings.keys)
        guard walk.failures.isEmpty else { throw walk.failures }
        return resolved
    }

    /// What is known while an entity is gone through.
    private struct Walk {
        let location: LocationReference
        let origin: LocationReference
        let readings: PlaceholderReadings
        var room = EntityLimits.longest
        var failures = PlaceholderFailures()
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

    private func visit(_ value: JSONValue, at path: [String], _ walk: inout Walk) async throws -> JSONValue {
        guard path.count < Self.deepest else { return value }
        switch value {
        case .array(let list):
            var out: [JSONValue] = []
            for (index, item) in list.enumerated() {
                out.append(try await visit(item, at: path + ["\(index)"], &walk))
            }
            return .array(out)
        case .object(let object):
            if object.count == 1, let first = object.members.first, let resolver = resolvers[first.key] {
                let found = FoundPlaceholder(path: path, key: first.key, reference: first.value)
                return try await attempt(found, resolver, &walk) ?? value
            }
            // Objects that mix `$keys` with others are someone else's language.
            if object.keys.contains(where: { $0.hasPrefix("$") }) { return value }
            var out = object
            for (key, member) in object.members { out[key] = try await visit(member, at: path + [key], &walk) }
            return .object(out)
        default: return value
        }
    }

    /// - Returns: nil where it fails, which is noted: nobody mends an entity one placeholder at a time.
    private func attempt(
        _ placeholder: FoundPlaceholder, _ resolver: PlaceholderResolver, _ walk: inout Walk
    ) async throws -> JSONValue? {
        if walk.failures.passesOver() { return nil }
        do {
            let resolved = try await replace(placeholder.reference, resolver, walk)
            // Before anything is written out: a thousand placeholders may share one text in memory.
            walk.room -= resolved.leastSize
            guard walk.room >= 0 else {
                throw ProcessingProblem(
                    "ContentTooLargeError",
                    "The placeholders of the entity put in more than \(ByteCount.text(EntityLimits.longest)), with "
                        + "\(placeholder.key) as the last. Point at less, or divide the entity.")
            }
            return resolved
        } catch {
            try Task.checkCancellation()
            if error is CancellationError { throw error }
            let isDirect = await walk.readings.lacksFirst
            walk.failures.add(PlaceholderFailure(placeholder: placeholder, error: error, isDirect: isDirect))
            return nil
        }
    }

    private func replace(
        _ value: JSONValue, _ resolver: PlaceholderResolver, _ walk: Walk
    ) async throws -> JSONValue {
        let (location, origin, readings) = (walk.location, walk.origin, walk.readings)
        await readings.begin()
        guard let reference = value.string, !reference.isEmpty else {
            throw PortalError(.input, "Placeholder $\(resolver.key) must have a text as its value")
        }
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
                await readings.noteRead()
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
    /// Nothing was read for the present placeholder yet: what it names itself cannot be.
    private(set) var lacksFirst = true
    /// Of all.
    private(set) var keys: Set<String> = []

    init(mostFiles: Int, most: Int) {
        self.mostFiles = mostFiles
        self.most = most
    }

    /// Called before each placeholder.
    func begin() {
        files = []
        lacksFirst = true
    }

    func noteRead() { lacksFirst = false }

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
