import EntityModel
import HTTPTypes
import PortalKit
import Testing

@testable import Catalog

/// Long answers: never much of them in memory at once, and all of one version.
@Suite struct EntityPiecesTests {
    private static let largeText = String(repeating: "x", count: 600_000)

    private func client(_ count: Int, large: Bool) throws -> CatalogClient {
        try CatalogClient(
            (1...count).map { number in
                Sample.entity(
                    id: Int64(number), name: "n\(number)", owner: "team", title: large ? Self.largeText : nil)
            })
    }

    private func pieces(of answer: PortalResponse) -> [[UInt8]] {
        var (all, number) = ([answer.body], 0)
        while let piece = answer.pieces?(number) {
            all.append(piece)
            number += 1
        }
        return all
    }

    @Test(
        "entities with long texts come a few at a time, in lists, pages and exports",
        arguments: [
            "/entities", "/entities/by-query",
        ])
    func largeEntities(_ path: String) async throws {
        let client = try client(40, large: true)
        let pieces = pieces(of: try await client.send(.get, path, path == "/entities" ? "" : "limit=1000"))
        #expect(pieces.count == 20)
        #expect(pieces.allSatisfy { $0.count < 3 << 20 })
        let whole = try JSONParser.parse(pieces.flatMap(\.self))
        let items = whole["items"]?.array ?? whole.array
        #expect(items?.count == 40)
        if path != "/entities" { #expect(whole["totalItems"] == 40 && whole["pageInfo"] == [:]) }
    }

    @Test("an answer under way is all of the version that it began with")
    func oneVersion() async throws {
        let client = try client(2_500, large: false)
        let slots = Array(UInt32(0)..<UInt32(2_600))
        let version = client.index.version
        let known = slots.filter { version.index.existing.contains($0) && version.index.uid(of: $0) != nil }
        let answer = ExportedFile(format: .ndjson).answer(known, of: version)
        client.index.publish(CatalogIndex())
        let lines = pieces(of: answer).flatMap(\.self).count { $0 == UInt8(ascii: "\n") }
        #expect(lines == 2_500)
    }
}
