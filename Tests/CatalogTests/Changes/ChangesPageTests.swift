import Database
import EntityModel
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

@testable import Catalog

/// `/changes`, and the links that lead there.
@Suite struct ChangesPageTests {
    private static func file(_ title: String, stage: Bool = true) -> String {
        let shop = """
            apiVersion: backstage.io/v1alpha1
            kind: Component
            metadata: { name: shop, title: \(title) }
            spec: { type: service, lifecycle: production, owner: team-a, system: sales }
            """
        let rest = """
            apiVersion: backstage.io/v1alpha1
            kind: Group
            metadata: { name: team-a }
            spec: { type: team, children: [] }
            ---
            apiVersion: backstage.io/v1alpha1
            kind: System
            metadata: { name: sales }
            spec: { owner: team-b }
            """
        let extra = """
            apiVersion: backstage.io/v1alpha1
            kind: Component
            metadata: { name: stage }
            spec: { type: service, lifecycle: production, owner: team-b }
            """
        return ([shop, rest] + (stage ? [extra] : [])).joined(separator: "\n---\n")
    }

    private func run(_ body: @escaping @Sendable (TestPortal) async throws -> Void) async throws {
        let portal = try await TestPortal.make(
            """
            catalog:
              rules: [{ allow: [Component, Group, System, Location] }]
              locations: [{ type: file, target: /files/all.yaml }]
            """, files: ["/files/all.yaml": Self.file("The Shop")])
        try await portal.running {
            #expect(
                await portal.eventually {
                    await portal.send(.get, "/api/catalog/entities/by-name/component/default/stage").status == .ok
                })
            try await body(portal)
        }
    }

    private static func text(_ path: String, _ portal: TestPortal, _ headers: HTTPFields = [:]) async -> String {
        String(decoding: await portal.send(.get, path, headers: headers).body, as: UTF8.self)
    }

    /// Writes the file, and has it read.
    private static func write(_ text: String, _ portal: TestPortal) async {
        portal.files.write("/files/all.yaml", text)
        let body: JSONValue = ["entityRef": "component:default/shop"]
        #expect(await portal.send(.post, "/api/catalog/refresh", json: body).status == .ok)
    }

    @Test("changes stand below their day with cause and differences; filters, chips and empty states say what they do")
    func page() async throws {
        try await run { portal in
            await Self.write(Self.file("The New Shop", stage: false), portal)
            #expect(
                await portal.eventually {
                    let text = await Self.text("/changes?entity=component:stage", portal)
                    return text.contains("<strong>Deleted</strong>")
                })
            let all = await Self.text("/changes", portal)
            #expect(all.contains("<span>Today, "))
            #expect(all.contains("<summary>Changed: metadata.title</summary>"))
            #expect(all.contains("<del>The Shop</del><ins>The New Shop</ins>"))
            #expect(all.contains("No longer found through") && all.contains("Read from"))
            #expect(all.contains("href=\"/catalog/default/component/stage\""))
            #expect(all.contains("aria-current=\"page\""))
            let owned = await Self.text("/changes?owner=team-a", portal)
            #expect(owned.contains("The New Shop") && !owned.contains("component:default/stage"))
            #expect(owned.contains("Team: team-a"))
            let parts = await Self.text("/changes?system=sales&type=updated", portal)
            #expect(parts.contains("<strong>Updated</strong>") && !parts.contains("<strong>Created</strong>"))
            let none = await Self.text("/changes?owner=nobody", portal)
            #expect(none.contains("No change matches the filters that are on."))
            let odd = await Self.text("/changes?from=yesterday&type=moved&owner=team-a", portal)
            #expect(odd.contains("<code>type=moved</code> is none of created, updated, deleted."))
            #expect(odd.contains("<code>from=yesterday</code> is no day that there is;"))
            #expect(odd.contains("The New Shop"))
            let misplaced = await portal.send(.get, "/changes?cursor=7&owner=team-a")
            #expect(misplaced.status == .badRequest)
            #expect(String(decoding: misplaced.body, as: UTF8.self).contains("/changes?owner=team-a"))
        }
    }

    @Test("what cannot be meant is told on the page, and reaches no query", arguments: TestDatabase.engines)
    func misunderstood(_ engine: Dialect) async throws {
        let notice = "A part of the address is not understood"
        let portal = try await TestPortal.make(engine: engine)
        try await portal.running {
            for query in [
                "entity=%00", "entity=a%00b", "entity=component:%00", "cause=user&causeName=%00", "owner=%00",
                "system=a%00", "kind=%00", "type=%00", "from=%00", "%00=a", "foo=bar", "limit=5", "kind=component,api",
                "kind=%FF", "owner=component:shop", "from=2026-02-30", "to=2026-04-31", "from=2026-11-29T25:00:00Z",
                "from=2026-03-01&to=2026-02-01", "kind=api&kind=component", "causeName=x",
            ] {
                let answer = await portal.send(.get, "/changes?\(query)")
                #expect(answer.status == .ok, "\(query)")
                #expect(String(decoding: answer.body, as: UTF8.self).contains(notice), "\(query)")
            }
            let cursor = await portal.send(.get, "/changes?cursor=%00")
            #expect(cursor.status == .badRequest)
            let reversed = await Self.text("/changes?from=2026-03-01&to=2026-02-01", portal)
            #expect(reversed.contains("value=\"2026-03-01\"") && reversed.contains("value=\"2026-02-01\""))
            #expect(await !Self.text("/changes?kind=nobodys&from=2026-03-01", portal).contains(notice))
            #expect(await portal.send(.get, "/catalog/export?columns=zzz").status == .badRequest)
            let causes = await Self.text("/changes?cause=user&causeName=ann", portal)
            #expect(causes.contains("Caused by: A person") && causes.contains("Person: ann"))
        }
    }

    @Test("histories, teams and systems lead to their changes") func links() async throws {
        try await run { portal in
            let history = await Self.text("/catalog/default/component/shop/history", portal)
            #expect(history.contains("href=\"/changes?entity=component%3Adefault%2Fshop\""))
            let team = await Self.text("/catalog/default/group/team-a", portal)
            #expect(team.contains("href=\"/changes?owner=group%3Adefault%2Fteam-a\""))
            let system = await Self.text("/catalog/default/system/sales", portal)
            #expect(system.contains("href=\"/changes?system=system%3Adefault%2Fsales\""))
        }
    }

    @Test("the page speaks German, and pages on when there is more") func german() async throws {
        try await run { portal in
            for number in 0..<30 {
                await Self.write(Self.file("Shop \(number)"), portal)
                #expect(
                    await portal.eventually {
                        await Self.text("/changes", portal).contains("<ins>Shop \(number)</ins>")
                    })
            }
            let headers: HTTPFields = [.acceptLanguage: "de"]
            let text = await Self.text("/changes", portal, headers)
            #expect(text.contains("<h1>Änderungen</h1>") && text.contains("25 Änderungen auf dieser Seite"))
            #expect(text.contains(">Heute, "))
            let next = try #require(text.firstMatch(of: /href="(\/changes\?cursor=[^"]+)" rel="next"/)?.1)
            let older = await Self.text(String(next), portal, headers)
            #expect(older.contains("Zurück zu den neuesten"))
            #expect(older.contains("<strong>Angelegt</strong>"))
        }
    }
}
