import EntityModel
import Foundation
import PortalKit
import PortalUI
import Testing

@testable import Catalog

/// Graphs of more than a drawing can hold: what is shown of them, what is said, and what the page weighs.
@Suite struct LargeGraphTests {
    private static let team = "group:default/team"

    private static func entity(_ number: Int, _ reference: String, title: String, _ edges: [Relation]) -> StoredEntity {
        let parts = reference.split(whereSeparator: { $0 == ":" || $0 == "/" })
        let body = """
            {"kind":"\(parts[0].capitalized)","metadata":{"name":"\(parts[2])","namespace":"default",\
            "title":"\(title)"},"spec":{}}
            """
        return StoredEntity(
            id: Int64(number), uid: "u\(number)", reference: reference, body: Array(body.utf8), edges: edges)
    }

    /// A team with components, each a part of one of twelve systems where there are systems.
    /// - Parameter needs: how many others each of them needs.
    private static func catalog(
        of count: Int, hasSystems: Bool = false, needs: Int = 0, title: (Int) -> String = { "Part \($0)" }
    ) throws -> AuthorizedCatalog {
        let components = (0..<count).map { number in
            let own = "component:default/part-\(number)"
            var edges = [
                Relation(source: own, type: "ownedBy", target: team),
                Relation(source: team, type: "ownerOf", target: own),
            ]
            if hasSystems {
                let system = "system:default/s\(number % 12)"
                edges.append(Relation(source: own, type: "partOf", target: system))
                edges.append(Relation(source: system, type: "hasPart", target: own))
            }
            for step in 0..<needs {
                let other = "component:default/part-\((number + 1 + step * 7) % count)"
                edges.append(Relation(source: own, type: "dependsOn", target: other))
                edges.append(Relation(source: other, type: "dependencyOf", target: own))
            }
            return entity(number + 100, own, title: title(number), edges)
        }
        let systems = (0..<12).map { entity($0 + 10, "system:default/s\($0)", title: "System \($0)", []) }
        var index = CatalogIndex()
        try index.apply(
            upserts: [entity(1, team, title: "The team", [])] + (hasSystems ? systems : []) + components, deletes: [],
            epoch: "e", head: 1)
        return AuthorizedCatalog(IndexVersion(index), decision: .allow)
    }

    private static func page(
        _ catalog: AuthorizedCatalog, _ language: Language = .english, _ change: (inout GraphQuery) -> Void
    ) throws -> GraphPage {
        let query = GraphQuery(root: try EntityReference(parsing: team)).with(change)
        return GraphPage.load(
            query, catalog, ViewContext(principal: .none, now: .distantPast, language: language))
    }

    @Test("systems stand for all that a large owner has")
    func collapsed() throws {
        let catalog = try Self.catalog(of: 1_200, hasSystems: true)
        let page = try Self.page(catalog) {
            $0.depth = 1
            $0.collapses = true
        }
        #expect(!page.isCut)
        #expect(page.graph.nodes.count == 13)
        #expect(page.graph.nodes.contains { $0.label == "System 3 · 100 in it" })
    }

    @Test("where something is left out, it is said of how much, and what helps")
    func cut() throws {
        let catalog = try Self.catalog(of: 1_200)
        let near = try Self.page(catalog) { $0.depth = 1 }
        #expect(near.isCut)
        #expect(near.graph.nodes.count == GraphWalk.mostDrawn)
        let text = near.content.html.text
        #expect(text.contains("The team has 1,200 relations. Fewer kinds or fewer relations show less."))
        #expect(!text.contains("A smaller depth"))
        #expect(text.contains(">Collapse by system</a>"))
        #expect(try Self.page(catalog) { $0.depth = 2 }.content.html.text.contains("A smaller depth"))
        let german = try Self.page(catalog, .german) { $0.depth = 1 }.content.html.text
        #expect(german.contains("The team hat 1.200 Beziehungen. Weniger Arten"))
        let narrow = try Self.page(catalog) {
            $0.depth = 1
            $0.kinds = ["component"]
        }
        #expect(!narrow.content.html.text.contains("relations. Fewer"))
    }

    private static let words = [
        "خدمة", "المدفوعات", "الإلكترونية", "للعملاء", "بوابة", "الحجوزات", "المركزية", "نظام", "إدارة", "المخزون",
        "والمستودعات", "الإقليمية", "تقارير", "المبيعات", "اليومية", "محرك", "البحث", "الدلالي", "منصة", "التحليلات",
        "المتقدمة", "الموارد", "البشرية", "سجل", "التدقيق", "والامتثال", "مراقبة", "الجودة", "الشحن", "الدولي",
    ]

    /// Words in an order that repeats itself as seldom as those of people.
    private static func longName(_ number: Int) -> String {
        var state = UInt64(number + 1) &* 0x9E37_79B9_7F4A_7C15
        let words = (0..<8).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Self.words[Int(state >> 33) % Self.words.count]
        }
        return words.joined(separator: " ") + " \(number)"
    }

    @Test("the page of a full drawing with long names leaves room for styles and scripts", arguments: [0, 2, 6])
    func weight(_ needs: Int) throws {
        let catalog = try Self.catalog(of: 400, needs: needs, title: Self.longName)
        let page = try Self.page(catalog) { $0.depth = 1 }
        let html = page.content.html.text
        let packed = try #require(Gzip.compress(Array(html.utf8), .fast))
        #expect(packed.count < 28_000, "\(page.graph.nodes.count) nodes, \(page.graph.edges.count) edges")
        #expect(html.contains("view=list\">The same in words</a>"))
        // What is left out are not the lines that something was found by.
        let ends = Set(page.graph.edges.flatMap { [$0.from, $0.to] })
        #expect(page.graph.nodes.filter { !ends.contains($0.id) }.isEmpty)
        let list = try Self.page(catalog) {
            $0.depth = 1
            $0.view = .list
        }
        let words = try #require(Gzip.compress(Array(list.content.html.text.utf8), .fast))
        #expect(words.count < 28_000)
    }
}
