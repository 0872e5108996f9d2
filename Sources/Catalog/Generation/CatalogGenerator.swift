import EntityModel

/// Makes realistic catalogs of any size: teams, systems and what they own, with relations, tags and annotations of
/// long-tailed frequency. The same seed gives the same catalog.
package struct CatalogGenerator: Sendable {
    private enum Kind: String, CaseIterable {
        case component = "Component"
        case api = "API"
        case resource = "Resource"
        case user = "User"
        case group = "Group"
        case system = "System"
        case domain = "Domain"

        /// Of a hundred entities.
        var share: Int {
            switch self {
            case .component: 50
            case .api: 14
            case .resource: 12
            case .user: 15
            case .group: 4
            case .system: 4
            case .domain: 1
            }
        }
    }

    package let count: Int
    private let seed: UInt64
    /// About how many bytes of JSON an entity has.
    private let bytes: Int
    /// For each of a hundred entities in turn: its kind, and how many of that kind come before it.
    private let pattern: [(kind: Kind, rank: Int)]

    package init(count: Int, seed: UInt64, bytes: Int = 2_000) {
        self.count = count
        self.seed = seed
        self.bytes = bytes
        var random = SeededNumbers(seed)
        var ranks: [Kind: Int] = [:]
        // A catalog of a few entities should have something of every kind.
        let kinds =
            Kind.allCases.reversed()
            + Kind.allCases.flatMap { [Kind](repeating: $0, count: $0.share - 1) }
            .shuffled(using: &random)
        pattern = kinds.map { kind in
            defer { ranks[kind, default: 0] += 1 }
            return (kind, ranks[kind, default: 0])
        }
    }

    /// The entity of a number below `count`.
    package func entity(_ number: Int) -> Entity {
        let (kind, rank) = pattern[number % 100]
        let position = number / 100 * kind.share + rank
        var random = numbers(kind, position)
        let name = self.name(kind, position)
        let owner = reference(.group, &random)
        var spec: JSONObject =
            switch kind {
            case .component: component(owner, &random)
            case .api: api(owner, name, &random)
            case .resource: resource(owner, &random)
            case .system: ["owner": .string(owner), "domain": .string(reference(.domain, &random)), "type": "product"]
            case .domain: ["owner": .string(owner), "type": "product-area"]
            case .group: group(position)
            case .user: user(name, &random)
            }
        if kind == .group, position > 0 { spec["parent"] = .string(self.name(.group, (position - 1) / 6)) }
        var metadata = self.metadata(kind, name, &random)
        let size = JSONWriter.bytes(.object(metadata)).count + JSONWriter.bytes(.object(spec)).count + 120
        metadata["description"] = .string(Self.text(max(40, bytes - size), &random))
        return Entity([
            "apiVersion": "backstage.io/v1alpha1", "kind": .string(kind.rawValue), "metadata": .object(metadata),
            "spec": .object(spec),
        ])
    }

    private func numbers(_ kind: Kind, _ position: Int) -> SeededNumbers {
        let salt = UInt64(Kind.allCases.firstIndex(of: kind) ?? 0)
        var mixed = SeededNumbers(seed &* 31 &+ salt &* 0x1_0000_0001 &+ UInt64(position) &* 0x9E37_79B9)
        return SeededNumbers(mixed.next())
    }

    private func total(_ kind: Kind) -> Int {
        count / 100 * kind.share + pattern[..<(count % 100)].count { $0.kind == kind }
    }

    private func name(_ kind: Kind, _ position: Int) -> String {
        var random = numbers(kind, position)
        let word = "\(random.pick(GeneratedWords.adjectives))-\(random.pick(GeneratedWords.nouns))"
        return "\(word)-\(String(position, radix: 36))"
    }

    /// The name of some entity of a kind; the same few are named over and over.
    private func reference(_ kind: Kind, _ random: inout SeededNumbers) -> String {
        name(kind, random.longTailed(total(kind)))
    }

    private func references(
        _ kind: Kind, upTo most: Int, prefix: String = "", _ random: inout SeededNumbers
    ) -> JSONValue? {
        let number = Int.random(in: 0...most, using: &random)
        guard number > 0, total(kind) > 0 else { return nil }
        var names: [String] = []
        for _ in 0..<number {
            let name = prefix + reference(kind, &random)
            if !names.contains(name) { names.append(name) }
        }
        return .array(names.map { .string($0) })
    }

    private func component(_ owner: String, _ random: inout SeededNumbers) -> JSONObject {
        var spec: JSONObject = [
            "type": .string(GeneratedWords.componentTypes[random.longTailed(GeneratedWords.componentTypes.count)]),
            "lifecycle": .string(GeneratedWords.lifecycles[random.longTailed(3)]), "owner": .string(owner),
        ]
        if random.chance(90) { spec["system"] = .string(reference(.system, &random)) }
        spec["providesApis"] = references(.api, upTo: 2, &random)
        spec["consumesApis"] = references(.api, upTo: 3, &random)
        spec["dependsOn"] = references(.resource, upTo: 3, prefix: "resource:", &random)
        return spec
    }

    private func api(_ owner: String, _ name: String, _ random: inout SeededNumbers) -> JSONObject {
        let definition =
            "openapi: 3.0.3\ninfo: { title: \(name), version: \"1\" }\npaths:\n  /\(name):\n    get:\n"
            + "      responses:\n        \"200\": { description: The \(random.pick(GeneratedWords.nouns)) }\n"
        return [
            "type": "openapi", "lifecycle": .string(GeneratedWords.lifecycles[random.longTailed(3)]),
            "owner": .string(owner), "system": .string(reference(.system, &random)), "definition": .string(definition),
        ]
    }

    private func resource(_ owner: String, _ random: inout SeededNumbers) -> JSONObject {
        [
            "type": .string(GeneratedWords.resourceTypes[random.longTailed(GeneratedWords.resourceTypes.count)]),
            "owner": .string(owner), "system": .string(reference(.system, &random)),
        ]
    }

    private func group(_ position: Int) -> JSONObject {
        let type = position == 0 ? "organization" : position < 7 ? "business-unit" : "team"
        return ["type": .string(type), "children": []]
    }

    private func user(_ name: String, _ random: inout SeededNumbers) -> JSONObject {
        [
            "profile": ["displayName": .string(name), "email": .string("\(name)@example.org")],
            "memberOf": references(.group, upTo: 2, &random) ?? [],
        ]
    }

    private func metadata(_ kind: Kind, _ name: String, _ random: inout SeededNumbers) -> JSONObject {
        var metadata: JSONObject = ["name": .string(name)]
        if random.chance(70) {
            metadata["title"] = .string(name.split(separator: "-").map(\.capitalized).joined(separator: " "))
        }
        if kind == .user || kind == .group { return metadata }
        metadata["labels"] = [
            "example.org/region": .string(["eu", "us", "ap"][random.longTailed(3)]),
            "example.org/cost-center": .string("cc-\(random.longTailed(300))"),
        ]
        metadata["annotations"] = [
            "github.com/project-slug": .string("example/\(name)"),
            "backstage.io/techdocs-ref": "dir:.",
            "sonarqube.org/project-key": .string("example_\(name)"),
            "pagerduty.com/service-id": .string("P\(String(random.next() % 60_466_176, radix: 36).uppercased())"),
        ]
        let tags = (0..<Int.random(in: 0...6, using: &random)).map { _ in
            GeneratedWords.tags[random.longTailed(GeneratedWords.tags.count)]
        }
        if !tags.isEmpty { metadata["tags"] = .array(Set(tags).sorted().map { .string($0) }) }
        metadata["links"] = [
            ["url": .string("https://runbooks.example.org/\(name)"), "title": "Runbook", "icon": "docs"]
        ]
        return metadata
    }

    /// Sentences of about so many bytes, of which no two are alike.
    private static func text(_ bytes: Int, _ random: inout SeededNumbers) -> String {
        var text = ""
        while text.utf8.count < bytes {
            let words = (0..<Int.random(in: 6...14, using: &random)).map { _ in
                random.chance(30) ? random.pick(GeneratedWords.nouns) : random.pick(GeneratedWords.sentence)
            }
            text += (text.isEmpty ? "" : " ") + words.joined(separator: " ").capitalizedFirst + "."
        }
        return text
    }
}

extension StringProtocol {
    fileprivate var capitalized: String { String(self).capitalizedFirst }
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
