import PortalKit

@testable import Catalog

/// The files of a simulated world, which the seed changes under the catalog.
struct FileWorld: Sendable {
    struct Document: Sendable, Hashable {
        var name: String
        /// Stands in the title, so that old and new can be told apart.
        var version = 0
        /// Of a Location; nil for a component.
        var targets: [String]?
        var isOptional = false
        /// What the catalog refuses.
        var isBroken = false

        var reference: String { "\(targets == nil ? "component" : "location"):default/\(name)" }
    }

    struct File: Sendable, Hashable {
        var documents: [Document] = []
        var stamp = 0
        /// A document that is no YAML at all.
        var isTorn = false
    }

    private(set) var files: [String: File] = [:]
    /// Folders that cannot be read.
    var failing: Set<String> = []
    private var lastStamp = 0
    /// Files of more than the guard against sudden losses believes at once.
    let isLarge: Bool

    static let root = "/w/root.yaml"
    static let pattern = "/w/p/*.yaml"
    static let listed = ["/w/p/1.yaml", "/w/p/2.yaml", "/w/p/3.yaml"]
    static let optional = "/w/o.yaml"
    static let named = ["/w/a.yaml", "/w/b.yaml", "/r/0.yaml", "/r/1.yaml"]
    static let extra = "/c/x.yaml"
    static let all = listed + [optional] + named + [extra]
    /// What people register, and operators configure.
    static let registrable = ["/r/0.yaml", "/r/1.yaml", "/w/a.yaml", pattern, "/c/x.yaml"]
    static let configurable = ["/c/x.yaml", "/w/b.yaml", "/r/0.yaml"]
    private static let rootTargets = ["./a.yaml", "./b.yaml", "./p/*.yaml", "../r/0.yaml"]
    private static let subTargets = ["./a.yaml", "../r/1.yaml", "./root.yaml"]
    private static let names = ["c0", "c1", "c2", "c3", "c4"]

    init(_ random: inout SeededRandom) {
        isLarge = random.chance(percent: 8)
        set(Self.root, [Document(name: "root", targets: Self.some(Self.rootTargets, &random))])
        if random.chance(percent: 40) {
            change(Self.root) {
                $0.documents.append(Document(name: "maybe", targets: ["./o.yaml"], isOptional: true))
            }
        }
        for path in Self.all where random.chance(percent: 60) { set(path, documents(path, &random)) }
    }

    private mutating func documents(_ path: String, _ random: inout SeededRandom) -> [Document] {
        if isLarge, path == Self.listed[2] { return (0..<12).map { Document(name: "big\($0)") } }
        var documents: [Document] = []
        for name in Self.names where random.chance(percent: 25) { documents.append(Document(name: name)) }
        let mayLead = path == "/w/b.yaml" || path == "/c/x.yaml"
        if mayLead, random.chance(percent: 50) {
            let targets = path == "/w/b.yaml" ? Self.some(Self.subTargets, &random) : ["../r/1.yaml"]
            documents.append(Document(name: "sub", targets: targets))
        }
        return documents
    }

    private static func some(_ targets: [String], _ random: inout SeededRandom) -> [String] {
        targets.filter { _ in random.chance(percent: 65) }
    }

    private mutating func set(_ path: String, _ documents: [Document]) {
        lastStamp += 1
        files[path] = File(documents: documents, stamp: lastStamp)
    }

    private mutating func change(_ path: String, _ body: (inout File) -> Void) {
        lastStamp += 1
        files[path, default: File()].stamp = lastStamp
        body(&files[path, default: File()])
    }

    private mutating func remove(_ path: String) { files[path] = nil }

    /// Changes something.
    /// - Returns: the paths of which a watch would tell.
    mutating func change(_ random: inout SeededRandom) -> [String] {
        guard let path = random.pick(Self.all), let name = random.pick(Self.names) else { return [] }
        let version = lastStamp + 1
        switch random.below(12) {
        case 0, 1:
            change(path) { file in
                file.documents.removeAll { $0.name == name }
                file.documents.append(Document(name: name, version: version))
            }
        case 2:
            guard files[path] != nil else { return [] }
            change(path) { $0.documents.removeAll { $0.name == name } }
        case 3, 4:
            guard let other = random.pick(Self.all), other != path, files[path] != nil else { return [] }
            change(path) { $0.documents.removeAll { $0.name == name } }
            change(other) { file in
                file.documents.removeAll { $0.name == name }
                file.documents.append(Document(name: name, version: version))
            }
            return [path, other]
        case 5, 6:
            if files[path] == nil { set(path, documents(path, &random)) } else { remove(path) }
        case 7:
            // All that a pattern finds is called otherwise at once.
            guard let old = random.pick(Self.listed), let file = files[old], let new = random.pick(Self.listed),
                old != new
            else { return [] }
            remove(old)
            set(new, file.documents)
            return [old, new]
        case 8:
            guard let file = files[path], !file.documents.isEmpty else { return [] }
            let place = random.below(file.documents.count)
            change(path) { $0.documents[place].isBroken.toggle() }
        case 9:
            guard files[path] != nil else { return [] }
            change(path) { $0.isTorn.toggle() }
        case 10:
            let targets = Self.some(Self.rootTargets, &random)
            change(Self.root) { $0.documents[0].targets = targets }
            return [Self.root]
        default:
            let folder = random.chance(percent: 50) ? "/w" : "/r"
            if failing.remove(folder) == nil { failing.insert(folder) }
            return []
        }
        return [path]
    }

    /// Mends all that is wrong, so that what the catalog should hold depends on nothing that was before.
    /// - Parameter roots: locations that are read whatever leads to them.
    /// - Returns: the paths of which a watch would tell.
    mutating func mend(roots: [String]) -> [String] {
        failing = []
        var told: [String] = []
        for (path, file) in files.sorted(by: { $0.key < $1.key })
        where file.isTorn || file.documents.contains(where: \.isBroken) {
            change(path) { file in
                file.isTorn = false
                for place in file.documents.indices { file.documents[place].isBroken = false }
            }
            told.append(path)
        }
        while let missing = evaluated(roots: roots).missing.first {
            set(missing, [])
            told.append(missing)
        }
        return told
    }

    // MARK: Reading

    private func folder(of path: String) -> String { "/\(path.split(separator: "/").first ?? "")" }

    func matches(_ pattern: String) -> [String] {
        let glob = GlobPattern(pattern)
        return files.keys.filter { glob.matches($0) }.sorted()
    }

    func content(_ path: String, etag: String?) throws -> LocationContent {
        if failing.contains(folder(of: path)) { throw PortalError(.unavailable, "\(path) cannot be read now.") }
        if GlobPattern.isPattern(path) { return .targets(matches(path)) }
        guard let file = files[path] else { throw PortalError(.notFound, "\(path) does not exist.") }
        let stamp = "\(file.stamp)"
        return stamp == etag ? .notModified : .file(Array(Self.text(file).utf8), etag: stamp)
    }

    private static func text(_ file: File) -> String {
        let documents = file.documents.map { document in
            let tags = document.isBroken ? ", tags: [Bad Tag]" : ""
            let head = "metadata: {name: \(document.name), title: v\(document.version)\(tags)}"
            guard let targets = document.targets else {
                return "apiVersion: backstage.io/v1alpha1\nkind: Component\n\(head)\n"
                    + "spec: {type: service, lifecycle: production, owner: team}\n"
            }
            let list = targets.map { "'\($0)'" }.joined(separator: ", ")
            return "apiVersion: backstage.io/v1alpha1\nkind: Location\n\(head)\n"
                + "spec: {targets: [\(list)]\(document.isOptional ? ", presence: optional" : "")}\n"
        }
        return (documents + (file.isTorn ? ["kind: [torn\n"] : [])).joined(separator: "---\n")
    }
}

/// What the catalog should hold of a world in which nothing is wrong: the simplest evaluation there is.
struct EvaluatedWorld: Sendable {
    /// By path, what each reachable file declares.
    var documents: [String: [FileWorld.Document]] = [:]
    /// From where to where, by which Location.
    var ways: Set<[String]> = []
    var missing: [String] = []

    /// By reference, the files that declare it, and in which version.
    var declared: [String: [String: Int]] {
        var found: [String: [String: Int]] = [:]
        for (path, documents) in documents {
            for document in documents { found[document.reference, default: [:]][path] = document.version }
        }
        return found
    }
}

extension FileWorld {
    func evaluated(roots: [String]) -> EvaluatedWorld {
        var result = EvaluatedWorld()
        var waiting = roots.map { (path: $0, mayMiss: false) }
        while let (path, mayMiss) = waiting.popLast() {
            if result.documents[path] != nil { continue }
            let isPattern = GlobPattern.isPattern(path)
            if files[path] == nil, !isPattern, !mayMiss { result.missing.append(path) }
            result.documents[path] = files[path]?.documents ?? []
            if isPattern { waiting += matches(path).map { ($0, true) } }
            for document in result.documents[path] ?? [] {
                for target in document.targets ?? [] {
                    let child = FilePath.joined(FilePath.folder(of: path), target)
                    result.ways.insert([path, child, document.reference])
                    waiting.append((child, document.isOptional))
                }
            }
        }
        // Whatever leads to a pattern leads to what it finds.
        for pattern in result.documents.keys where GlobPattern.isPattern(pattern) {
            var locations = Set(result.ways.filter { $0[1] == pattern }.map { $0[2] })
            if roots.contains(pattern) {
                locations.insert(GeneratedLocation.reference(of: LocationReference(type: "file", target: pattern)))
            }
            for match in matches(pattern) {
                for location in locations { result.ways.insert([pattern, match, location]) }
            }
        }
        return result
    }
}
