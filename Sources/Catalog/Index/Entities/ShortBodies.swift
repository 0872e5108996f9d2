import EntityModel
import Synchronization

/// Bodies of entities with long texts, as far as pages show them, so that megabytes of a definition are passed over once
/// and not for each page that names its API.
final class ShortBodies: Sendable {
    /// A state of an entity, and how much of its texts is wanted.
    struct Key: Hashable, Sendable {
        let id: Int64
        let bodyHash: UInt64
        let longestText: Int
    }

    /// In all; what is not kept is read again.
    private static let mostBytes = 8 << 20

    private struct Kept {
        var bodies: [Key: [UInt8]] = [:]
        var bytes = 0
    }

    private let kept = Mutex(Kept())

    /// The body that was shortened before, or is now.
    func body(_ key: Key, _ shorten: () -> [UInt8]) -> [UInt8] {
        if let known = kept.withLock({ $0.bodies[key] }) { return known }
        let body = shorten()
        kept.withLock { kept in
            if kept.bytes + body.count > Self.mostBytes { kept = Kept() }
            kept.bytes += body.count - (kept.bodies.updateValue(body, forKey: key)?.count ?? 0)
        }
        return body
    }
}

extension CatalogIndex {
    /// The body of an entity; where only the beginnings of its texts are wanted, without what follows them.
    func body(of slot: UInt32, longestText: Int?) -> [UInt8] {
        guard let longestText, let entry = entries[Int(slot)],
            bodies.with(Int(slot), \.count) > 2 * longestText
        else { return bodies[Int(slot)] }
        let key = ShortBodies.Key(id: entry.id, bodyHash: entry.bodyHash, longestText: longestText)
        return shortBodies.body(key) {
            let whole = bodies[Int(slot)]
            guard let value = try? JSONParser.parse(whole, longestText: longestText) else { return whole }
            var short: [UInt8] = []
            JSONWriter.append(value, to: &short)
            return short
        }
    }
}
