import EntityModel
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

/// Backstage's own example organisation, read from its files and compared with what the files say.
@Suite struct BackstageExamplesTests {
    private struct Edge: Hashable {
        let source: String
        let type: String
        let target: String
    }

    /// Kind and field, the kind that is meant where a reference names none, and the relation in both directions.
    private static let table: [(kind: String, field: String, meant: String?, out: String, back: String)] = [
        ("Component", "owner", "group", "ownedBy", "ownerOf"),
        ("Component", "subcomponentOf", "component", "partOf", "hasPart"),
        ("Component", "providesApis", "api", "providesApi", "apiProvidedBy"),
        ("Component", "consumesApis", "api", "consumesApi", "apiConsumedBy"),
        ("Component", "dependsOn", nil, "dependsOn", "dependencyOf"),
        ("Component", "dependencyOf", nil, "dependencyOf", "dependsOn"),
        ("Component", "system", "system", "partOf", "hasPart"),
        ("API", "owner", "group", "ownedBy", "ownerOf"),
        ("API", "system", "system", "partOf", "hasPart"),
        ("Resource", "owner", "group", "ownedBy", "ownerOf"),
        ("Resource", "dependsOn", nil, "dependsOn", "dependencyOf"),
        ("Resource", "dependencyOf", nil, "dependencyOf", "dependsOn"),
        ("Resource", "system", "system", "partOf", "hasPart"),
        ("User", "memberOf", "group", "memberOf", "hasMember"),
        ("Group", "parent", "group", "childOf", "parentOf"),
        ("Group", "children", "group", "parentOf", "childOf"),
        ("Group", "members", "user", "hasMember", "memberOf"),
        ("System", "owner", "group", "ownedBy", "ownerOf"),
        ("System", "domain", "domain", "partOf", "hasPart"),
        ("Domain", "owner", "group", "ownedBy", "ownerOf"),
        ("Domain", "subdomainOf", "domain", "partOf", "hasPart"),
    ]

    private static let folder = "/corpus/backstage-examples"

    /// `[kind:][namespace/]name` in full; splits the text itself, so that nothing of the model is taken for granted.
    private static func full(_ text: String, meant: String?, namespace: String) -> String {
        let kind = text.contains(":") ? String(text.split(separator: ":")[0]) : meant ?? "?"
        let rest = text.split(separator: ":").last.map(String.init) ?? ""
        return "\(kind):\(rest.contains("/") ? rest : "\(namespace)/\(rest)")".lowercased()
    }

    private static func edges(_ documents: [JSONObject]) -> Set<Edge> {
        var edges: Set<Edge> = []
        for document in documents {
            let kind = document["kind"]?.string ?? ""
            let namespace = document["metadata"]?["namespace"]?.string ?? "default"
            let own = "\(kind):\(namespace)/\(document["metadata"]?["name"]?.string ?? "")".lowercased()
            for row in table where row.kind == kind {
                let value = document["spec"]?[row.field]
                for text in value?.array?.compactMap(\.string) ?? [value?.string].compactMap({ $0 }) {
                    let target = full(text, meant: row.meant, namespace: namespace)
                    edges.insert(Edge(source: own, type: row.out, target: target))
                    edges.insert(Edge(source: target, type: row.back, target: own))
                }
            }
        }
        return edges
    }

    @Test(
        "the example organisation is there whole, related as its files say, and only what lies elsewhere is missing",
        .enabled(if: Corpus.folder != nil, "\(Corpus.missing)"))
    func examples() async throws {
        let files = try Corpus.files().filter { $0.key.hasPrefix(Self.folder) && $0.key.hasSuffix(".yaml") }
        let documents = files.values.flatMap(Corpus.documents)
        let portal = try await TestPortal.make(
            Corpus.config("\(Self.folder)/all.yaml", "\(Self.folder)/acme-corp.yaml"), files: files)
        let entities = try await portal.running { try await Corpus.settle(portal) }
        let written = Set(documents.map { JSONValue.object($0).reference })
        let found = Set(entities.map(\.reference).filter { !$0.hasPrefix("location:default/generated-") })
        #expect(found == written)
        #expect(written.count > 50)

        let wanted = Self.edges(documents)
        var shown: Set<Edge> = []
        for entity in entities {
            for relation in entity["relations"]?.array ?? [] {
                let target = relation["targetRef"]?.string ?? ""
                shown.insert(Edge(source: entity.reference, type: relation["type"]?.string ?? "", target: target))
            }
        }
        // The far end of an edge is shown where it exists.
        #expect(shown == wanted.filter { found.contains($0.source) })
        #expect(wanted.count > 100)

        let away = Set(
            documents.filter { $0["spec"]?["definition"]?["$text"]?.string?.hasPrefix("https:") == true }
                .map { JSONValue.object($0).reference })
        #expect(away.count >= 2)
        for entity in entities where entity["kind"] != "Location" {
            #expect(entity.errors.isEmpty == !away.contains(entity.reference), "\(entity.reference): \(entity.errors)")
        }
        for entity in entities where away.contains(entity.reference) {
            #expect(entity.errors.allSatisfy { $0.contains("github") && $0.contains("backend.reading.allow") })
            #expect(entity["spec"]?["definition"]?["$text"] != nil)
        }
    }
}
