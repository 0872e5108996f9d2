import EntityModel
import Foundation
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

@testable import Catalog

/// Numbers of what groups own, with the groups below them or without, and what wants to be looked at: each leads to a
/// list with as many.
@Suite struct OwnershipTests {
    private static let files: String = {
        func component(_ name: String, _ owner: String, _ rest: String = "lifecycle: production") -> String {
            "kind: Component\nmetadata: { name: \(name) }\nspec: { type: service, owner: \(owner), \(rest) }"
        }
        return [
            "kind: Group\nmetadata: { name: top }\nspec: { type: root, children: [] }",
            "kind: Group\nmetadata: { name: mid }\nspec: { type: team, parent: top, children: [] }",
            "kind: Group\nmetadata: { name: low }\nspec: { type: team, parent: mid, children: [] }",
            "kind: User\nmetadata: { name: ada }\nspec: { memberOf: [low], profile: { email: ada@example.org } }",
            component("one", "mid"), component("two", "low"),
            component("three", "low", "lifecycle: deprecated, dependsOn: [resource:nowhere]"),
            component("four", "stranger"),
            "kind: Resource\nmetadata: { name: hub }\nspec: { type: database, owner: low }",
            "kind: System\nmetadata: { name: free }\nspec: { owner: low }",
        ].map { "apiVersion: backstage.io/v1alpha1\n\($0)" }.joined(separator: "\n---\n")
    }()

    private func withPortal(
        _ files: String = files, until said: String = "4 components",
        _ body: @escaping @Sendable (TestPortal) async throws -> Void
    ) async throws {
        let config = """
            catalog:
              processingInterval: false
              rules: [{ allow: [Component, Group, User, Resource, System] }]
              locations: [{ type: file, target: /data/all.yaml }]
            """
        let portal = try await TestPortal.make(config, files: ["/data/all.yaml": files])
        try await portal.running {
            #expect(await portal.eventually { await text(portal, "/catalog").contains(said) })
            try await body(portal)
        }
    }

    private func text(_ portal: TestPortal, _ path: String) async -> String {
        String(decoding: await portal.send(.get, path).body, as: UTF8.self)
    }

    /// How many the list says that it has.
    private func count(_ portal: TestPortal, _ query: String) async -> String {
        let page = await text(portal, "/catalog?\(query)")
        let said = page.firstRange(of: "data-say=\"").map { page[$0.upperBound...].prefix { $0 != " " } }
        return String(said ?? "")
    }

    @Test("of owners with as much, those come first whose names do")
    func order() async throws {
        let files = [
            "kind: Group\nmetadata: { name: a, title: Zebras }\nspec: { type: team, children: [] }",
            "kind: Group\nmetadata: { name: b, title: ants }\nspec: { type: team, children: [] }",
            "kind: Group\nmetadata: { name: c, title: Ärzte }\nspec: { type: team, children: [] }",
            "kind: Component\nmetadata: { name: x }\nspec: { type: t, owner: a, lifecycle: l }",
            "kind: Component\nmetadata: { name: y }\nspec: { type: t, owner: b, lifecycle: l }",
            "kind: Component\nmetadata: { name: z }\nspec: { type: t, owner: c, lifecycle: l }",
        ].map { "apiVersion: backstage.io/v1alpha1\n\($0)" }.joined(separator: "\n---\n")
        try await withPortal(files, until: "3 components") { portal in
            let owners = await text(portal, "/catalog")
                .components(separatedBy: "name=\"filters[owners]\" value=\"").dropFirst()
                .map { String($0.prefix { $0 != "\"" }) }
            #expect(owners == ["group:default/b", "group:default/c", "group:default/a"])
        }
    }

    @Test("the filter of owners takes the groups below along, in the list, its counts, views and exports")
    func subgroups() async throws {
        try await withPortal { portal in
            #expect(await count(portal, "filters[owners]=group:default/mid") == "1")
            let query = "filters[owners]=group:default/mid&filters[subgroups]=true"
            #expect(await count(portal, query) == "3")
            let page = await text(portal, "/catalog?\(query)")
            #expect(page.contains("value=\"group:default/mid\" checked><span>mid</span><b>3</b>"))
            // Who owns nothing alone is a choice too.
            #expect(page.contains("value=\"group:default/top\"><span>top</span><b>3</b>"))
            #expect(page.contains("aria-label=\"Remove the filter With subgroups\""))
            let offered = await text(portal, "/catalog?filters[owners]=group:default/mid")
            #expect(offered.contains("name=\"filters[subgroups]\" value=\"true\"><span>With subgroups</span><b>3</b>"))
            #expect(!(await text(portal, "/catalog?filters[owners]=group:default/low")).contains("filters[subgroups]"))
            let csv = await text(portal, "/catalog/export?format=csv&\(query)")
            #expect(csv.split(separator: "\r\n").count == 4)
            let kept = try SavedView.checked("mine", query).url.text
            #expect(await count(portal, String(kept.drop { $0 != "?" }.dropFirst())) == "3")
        }
    }

    @Test(
        "entities are found by what is wrong with them",
        arguments: [("dangling", "2"), ("deprecated", "1"), ("ownerless", "0"), ("orphan", "0"), ("error", "0")])
    func statuses(_ status: String, _ expected: String) async throws {
        try await withPortal { portal in
            let found = await count(portal, "filters[processing]=\(status)")
            #expect(found == expected || expected == "0" && !["1", "2", "3", "4"].contains(found))
            let page = await text(portal, "/catalog")
            #expect(page.contains("value=\"\(status)\"><span>"))
            let box = page.firstRange(of: "value=\"\(status)\"><span>").map { page[$0.upperBound...].prefix(60) } ?? ""
            #expect(box.contains("<b>\(expected)</b>"), "\(box)")
        }
    }

    @Test("the page of a group counts over the groups below it, tells its own share, and says what is wrong")
    func group() async throws {
        try await withPortal { portal in
            let page = await text(portal, "/catalog/default/group/mid")
            let list = "/catalog?filters%5Bkind%5D=component&amp;filters%5Bowners%5D=group%3Adefault%2Fmid"
            #expect(page.contains("href=\"\(list)&amp;filters%5Bsubgroups%5D=true\""), "\(page)")
            #expect(page.contains("<b>3</b><span>Components</span>"))
            #expect(page.contains("href=\"\(list)\" aria-label=\"Components: 1 direct\">1 direct</a>"))
            #expect(page.contains("5 (1 direct)"))
            #expect(page.contains("0 of them directly"))
            #expect(page.contains("<b>1</b> Deprecated</a>"))
            #expect(page.contains("<b>1</b> Relation leads to nothing</a>"))
            #expect(
                await count(
                    portal,
                    "filters[kind]=all&filters[owners]=group:default/mid&filters[subgroups]=true&filters[processing]=dangling"
                )
                    == "1")
            let owned = await text(portal, "/catalog/default/group/mid/owned")
            #expect(owned.contains("Owns<small> 5</small>"))
            #expect(owned.contains("component/two\""))
            #expect(!(await text(portal, "/catalog/default/group/mid/owned?direct")).contains("component/two\""))
            // Who has no subgroups is asked nothing.
            let low = await text(portal, "/catalog/default/group/low")
            #expect(!low.contains("Only direct"))
            #expect(!low.contains("filters%5Bsubgroups%5D"))
        }
    }

    @Test(
        "a page of all that a group owns begins where it is asked to, or is empty",
        arguments: [("2", "3–5 of 5"), ("-7", "1–5 of 5"), ("5", nil), ("\(Int.max)", nil)] as [(String, String?)])
    func pages(_ start: String, _ position: String?) async throws {
        try await withPortal { portal in
            let page = await text(portal, "/catalog/default/group/mid/owned?of=ownerOf&from=\(start)")
            #expect(page.contains("Owns<small> 5</small>"))
            if let position { #expect(page.contains(position)) }
            #expect(page.contains("component/two\"") == (position != nil))
        }
    }

    @Test("people are listed with how to reach them and where they belong, not with columns that stay empty")
    func members() async throws {
        try await withPortal { portal in
            let page = await text(portal, "/catalog/default/group/low/members")
            #expect(page.contains(">Mail</th>"))
            #expect(page.contains("ada@example.org"))
            #expect(!page.contains(">Lifecycle</th>"))
            #expect((await text(portal, "/catalog/default/group/low/owned")).contains(">Lifecycle</th>"))
        }
    }
}
