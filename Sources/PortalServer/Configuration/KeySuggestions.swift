import EntityModel
import PortalKit

/// What somebody who wrote a key that nobody knows may have meant.
struct KeySuggestions {
    private let patterns: [[String]]

    init(_ keys: [ConfigKey]) { patterns = keys.map(\.pattern) }

    /// The part of a path that names what is not used, without what is below it.
    func shortest(_ path: [String]) -> String {
        let longest = patterns.filter { Self.fits($0, path.prefix($0.count)) }.map(\.count).max() ?? 1
        // Where a neighbour is used, the name of the part that is not must be seen: auth.providers.github.
        let shared = patterns.filter { $0.count > longest }.map { Self.common($0, path) }.max() ?? 0
        return ConfigPath.text(path.prefix(shared >= longest ? shared + 1 : longest))
    }

    /// A path up to its first part that nobody knows.
    func unknown(_ path: [String]) -> [String] {
        let known = patterns.map { Self.common($0, path) }.max() ?? 0
        return Array(path.prefix(known + 1))
    }

    /// The path with its first unknown part mended; nil where no known key is near.
    func suggestion(for path: [String]) -> String? {
        for length in path.indices {
            let before = patterns.filter { $0.count > length && Self.fits($0.prefix(length), path.prefix(length)) }
            let names = Set(before.map { $0[length] })
            if names.contains("*") || names.contains(path[length]) || path[length].hasPrefix("[") { continue }
            return NearWord.of(path[length], among: names).map { ConfigPath.text(path.prefix(length) + [$0]) }
        }
        return nil
    }

    /// How many parts of both fit one another, from the first.
    private static func common(_ pattern: [String], _ path: [String]) -> Int {
        zip(pattern, path).prefix { fits([$0], [$1]) }.count
    }

    private static func fits(_ pattern: some Collection<String>, _ path: some Collection<String>) -> Bool {
        pattern.count == path.count
            && zip(pattern, path).allSatisfy { $0 == $1 || $0 == "*" || ($0 == "[]" && $1.hasPrefix("[")) }
    }
}
