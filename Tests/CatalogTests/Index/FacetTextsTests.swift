import EntityModel
import HTTPTypes
import PortalKit
import Testing

@testable import Catalog

/// What is kept of the counts of a key with many values.
@Suite struct FacetTextsTests {
    private static func entity(_ number: Int, _ title: String) -> StoredEntity {
        Sample.entity(
            id: Int64(number), name: "Name-\(number)", tags: number <= 9_000 ? ["tag-\(number)"] : ["tag-1"],
            title: title)
    }

    private static func index() throws -> CatalogIndex {
        var index = CatalogIndex()
        let titles = (1...10_000).map { $0.isMultiple(of: 7) ? "Same \"title\"" : "Title \($0)" }
        try index.apply(
            upserts: titles.enumerated().map { entity($0.offset + 1, $0.element) }, deletes: [], epoch: "e", head: 1)
        return index
    }

    private static func joined(_ parts: [[UInt8]]) -> String {
        "[\(parts.map { String(decoding: $0, as: UTF8.self) }.joined(separator: ","))]"
    }

    private static func counted(_ key: String, _ index: CatalogIndex) -> String {
        var out: [UInt8] = []
        index.appendFacet(key, within: nil, to: &out)
        return String(decoding: out, as: UTF8.self)
    }

    @Test("what is kept is what would be counted, also after changes", arguments: ["metadata.name", "metadata.Title"])
    func same(_ key: String) throws {
        let texts = FacetTexts()
        var index = try Self.index()
        for head in 2..<8 {
            for _ in 0..<2 {
                #expect(Self.joined(try #require(texts.parts(of: key, in: index))) == Self.counted(key, index))
            }
            let changed = (1...40).map { Self.entity(head * 900 + $0 * 3, "Changed \(head) of \($0)") }
            try index.apply(upserts: changed, deletes: [Int64(head)], epoch: "e", head: Int64(head))
        }
    }

    @Test("after one change little is written anew")
    func shared() throws {
        let texts = FacetTexts()
        var index = try Self.index()
        func places() throws -> Set<UInt> {
            let parts = try #require(texts.parts(of: "metadata.title", in: index))
            return Set(parts.map { part in part.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) } })
        }
        let before = try places()
        #expect(try places() == before)
        try index.apply(upserts: [Self.entity(3, "A new title")], deletes: [], epoch: "e", head: 2)
        let after = try places()
        #expect(after != before)
        #expect(after.subtracting(before).count <= 3)
        #expect(after.count > 40)
    }

    @Test("few values, elements of arrays and relations are counted each time")
    func others() throws {
        let index = try Self.index()
        for key in ["kind", "metadata.tags", "metadata.tags.tag-1", "relations.ownedby", "nothing"] {
            #expect(FacetTexts().parts(of: key, in: index) == nil)
        }
    }

    @Test("an answer in pieces is the same as one at once, whatever may be seen")
    func answer() async throws {
        let client = try CatalogClient((1...10_000).map { Self.entity($0, "Title \($0)") })
        let response = try await client.send(
            .get, "/entity-facets", "facet=metadata.name&facet=kind&facet=metadata.title")
        var bytes = response.body
        var number = 0
        while let piece = response.pieces?(number) {
            bytes += piece
            number += 1
        }
        #expect(number > 1)
        let facets = try JSONParser.parse(bytes)["facets"]
        #expect(facets?["metadata.name"]?.array?.count == 10_000)
        #expect(facets?["kind"]?.array?.count == 1)
        #expect(facets?["metadata.title"]?.array?.first?["count"]?.number == 1)
        let scoped = try await client.send(
            .get, "/entity-facets", "facet=metadata.name",
            decision: .conditional(.oneOf(key: "metadata.name", values: ["name-5"])))
        #expect(String(decoding: scoped.body, as: UTF8.self).contains("Name-5"))
        #expect(!String(decoding: scoped.body, as: UTF8.self).contains("Name-6"))
    }

    @Test("a key that is asked for in many spellings is written once, and said under each", arguments: [true, false])
    func spellings(_ seesAll: Bool) async throws {
        let client = try CatalogClient((1...10_000).map { Self.entity($0, "Title \($0)") })
        let key = "metadata.name"
        let spellings = (0..<16).map { bits in
            String(
                key.enumerated().map { bits >> $0.offset & 1 == 1 ? Character($0.element.uppercased()) : $0.element })
        }
        let response = try await client.send(
            .get, "/entity-facets", spellings.map { "facet=\($0)" }.joined(separator: "&"),
            decision: seesAll ? .allow : .conditional(.oneOf(key: "kind", values: ["component"])))
        // In memory as a whole it would be some eight megabytes.
        #expect(response.body.isEmpty)
        var bytes = response.body
        var number = 0
        while let piece = response.pieces?(number) {
            bytes += piece
            number += 1
        }
        let counts = Self.counted(key, client.index.current)
        let expected = "{\"facets\":{\(spellings.map { "\"\($0)\":\(counts)" }.joined(separator: ","))}}"
        #expect(counts.utf8.count > 300_000)
        let isSame = bytes == Array(expected.utf8)
        #expect(isSame)
    }
}
