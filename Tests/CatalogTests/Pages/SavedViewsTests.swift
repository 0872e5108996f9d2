import EntityModel
import HTTPTypes
import PortalKit
import PortalServer
import PortalTesting
import Testing

@testable import Catalog

/// Stands in for Access: `Bearer ann` is the user ann, and ann and bob are in the team.
struct TeamPlugin: Plugin, IdentityService, PermissionService {
    static let id = "team"
    let policyVersion = "1"

    init?(_ environment: PluginEnvironment) {}

    var contributions: [any Contribution] { [ServiceProvider.identity(self), ServiceProvider.permissions(self)] }

    func principal(of headers: HTTPFields) async throws -> Principal {
        guard let name = headers[.authorization]?.split(separator: " ").last.map({ String($0) }) else { return .none }
        let user = "user:default/\(name)"
        return .user(
            UserPrincipal(
                userEntityRef: user,
                ownershipEntityRefs: [user] + (["ann", "bob"].contains(name) ? ["group:default/team"] : [])))
    }

    func authorize(_ permission: Permission, for principal: Principal) async throws -> AuthorizationDecision {
        principal == .none ? .deny : .allow
    }
}

/// Views that people keep for themselves and for their groups, and what forms of the list say where they refuse.
@Suite struct SavedViewsTests {
    private static let german: HTTPFields = [.cookie: "callboard-view=de"]
    private static let services = "filters[kind]=component&filters[type]=service"

    private func withPortal(_ body: @escaping @Sendable (TestPortal) async throws -> Void) async throws {
        let file = """
            apiVersion: backstage.io/v1alpha1
            kind: Component
            metadata: { name: one }
            spec: { type: service, lifecycle: production, owner: team }
            """
        let portal = try await TestPortal.make(
            "catalog: { processingInterval: false, locations: [{ type: file, target: /data/all.yaml }] }",
            files: ["/data/all.yaml": file],
            plugins: standardPlugins.filter { $0.id != "auth" } + [TeamPlugin.self])
        try await portal.running {
            #expect(await portal.eventually { await page(portal, as: "ann").contains(">one</a>") })
            try await body(portal)
        }
    }

    private func page(_ portal: TestPortal, _ path: String = "/catalog?filters[kind]=all", as name: String) async
        -> String
    {
        String(decoding: await portal.send(.get, path, token: name).body, as: UTF8.self)
    }

    private func save(
        _ portal: TestPortal, _ fields: KeyValuePairs<String, String>, as name: String = "ann",
        _ headers: HTTPFields = [:]
    ) async -> (status: Int, text: String, location: String?) {
        let form = fields.map { "\(PercentCoding.encode($0.key))=\(PercentCoding.encode($0.value))" }
        let answer = await portal.submit(
            "/catalog/views", form: form.joined(separator: "&"), token: name, headers: headers)
        return (
            Int(answer.status.code), String(decoding: answer.body, as: UTF8.self), answer.headers[.location]
        )
    }

    @Test("a name that is taken is replaced only by who says so") func replace() async throws {
        try await withPortal { portal in
            let saved = await save(portal, ["name": "Mine", "query": Self.services])
            #expect(saved.status == 303)
            #expect(saved.location?.hasSuffix("&kept=Mine") == true)
            #expect(await page(portal, saved.location ?? "", as: "ann").contains("The view “Mine” is saved."))
            #expect(await save(portal, ["name": "Mine", "query": Self.services]).status == 303)
            let other = await save(portal, ["name": "Mine", "query": "filters[kind]=api"], as: "ann", Self.german)
            #expect(other.status == 409)
            #expect(other.text.contains("id=\"refusal\" class=\"note bad\" role=\"alert\" tabindex=\"-1\" autofocus"))
            #expect(other.text.contains("Sie haben schon eine andere Ansicht namens „Mine“."))
            #expect(other.text.contains("name=\"replace\" value=\"1\""))
            #expect(other.text.contains("popovertarget=\"views\">Anderen Namen wählen<"))
            #expect(other.text.contains("name=\"name\" value=\"Mine\""))
            #expect(await page(portal, as: "ann").contains("filters%5Btype%5D=service\">Mine</a>"))
            let replaced = await save(portal, ["name": "Mine", "query": "filters[kind]=api", "replace": "1"])
            #expect(replaced.status == 303)
            #expect(await page(portal, as: "ann").contains("filters%5Bkind%5D=api\">Mine</a>"))
        }
    }

    @Test("a name that cannot be is told at the field, and stays there") func wrongName() async throws {
        try await withPortal { portal in
            let long = String(repeating: "x", count: 61)
            let refused = await save(portal, ["name": long, "query": Self.services])
            #expect(refused.status == 400)
            #expect(refused.text.contains("value=\"\(long)\""))
            #expect(refused.text.contains("id=\"name-problem\">The name of a view has at most 60 characters.<"))
            #expect(await save(portal, ["name": " ", "query": ""]).text.contains("A view needs a name."))
        }
    }

    @Test("a view of a group is seen and changed by those who are in it, and by nobody else") func shared() async throws
    {
        try await withPortal { portal in
            #expect(await page(portal, as: "ann").contains("<option value=\"group:default/team\">team</option>"))
            #expect(await !page(portal, as: "carl").contains("name=\"group\""))
            let group = "group:default/team"
            #expect(await save(portal, ["name": "Ours", "query": Self.services, "group": group]).status == 303)
            for name in ["ann", "bob"] {
                #expect(await page(portal, as: name).contains("aria-label=\"Ours, shared with team\""), "\(name)")
            }
            #expect(await !page(portal, as: "carl").contains("Ours"))
            let theft = await save(portal, ["name": "Ours", "query": "", "group": group, "replace": "1"], as: "carl")
            #expect(theft.status == 403)
            #expect(theft.text.contains("You are not in the group team"))
            let removal: KeyValuePairs = ["remove": "Ours", "query": "", "group": group]
            #expect(await save(portal, removal, as: "carl").status == 403)
            #expect(await save(portal, ["remove": "Ours", "query": ""], as: "bob").status == 404)
            #expect(await page(portal, as: "ann").contains("Ours, shared with team"))
            #expect(await save(portal, ["name": "Ours", "query": "", "group": group], as: "bob").status == 409)
            // A name of one's own is another.
            #expect(await save(portal, ["name": "Ours", "query": ""], as: "bob").status == 303)
            let asked = await save(portal, removal, as: "bob")
            #expect(asked.status == 409)
            #expect(asked.text.contains("Everybody in team loses the view “Ours”."))
            #expect(asked.text.contains("name=\"sure\""))
            #expect(await page(portal, as: "ann").contains("Ours, shared with team"))
            let sure: KeyValuePairs = ["remove": "Ours", "query": "", "group": group, "sure": "1"]
            #expect(await save(portal, sure, as: "carl").status == 403)
            #expect(await save(portal, sure, as: "bob").status == 303)
            #expect(await !page(portal, as: "ann").contains("Ours"))
            #expect(await save(portal, ["name": "x", "query": "", "group": "user:default/ann"]).status == 403)
        }
    }

    @Test("of a view that there is not, nobody is told that it was removed") func removal() async throws {
        try await withPortal { portal in
            _ = await save(portal, ["name": "Mine", "query": Self.services])
            let none = await save(portal, ["remove": "<Yours>", "query": Self.services])
            #expect(none.status == 404)
            #expect(none.text.contains("You have no view called “&lt;Yours&gt;”, so none was removed."))
            #expect(!none.text.contains("Anderen Namen wählen"))
            let ours = await save(
                portal, ["remove": "Ours", "query": "", "group": "group:default/team"], as: "ann", Self.german)
            #expect(ours.status == 404)
            #expect(ours.text.contains("team hat keine Ansicht namens „Ours“; entfernt wurde keine."))
            #expect(!ours.text.contains("name=\"sure\""))
            let gone = await save(portal, ["remove": "Mine", "query": ""])
            #expect(gone.location?.hasSuffix("removed=Mine") == true)
            #expect(await save(portal, ["remove": "Mine", "query": ""]).status == 404)
        }
    }

    @Test("an address may name a view; one that there is not leaves the list as it is") func named() async throws {
        try await withPortal { portal in
            _ = await save(portal, ["name": "Mine", "query": "filters[kind]=api"])
            #expect(await page(portal, "/catalog?view=Mine", as: "ann").contains("aria-current=\"true\">Mine</a>"))
            let missing = await portal.send(.get, "/catalog?view=nope", token: "ann")
            #expect(missing.status == .ok)
            let empty = String(decoding: missing.body, as: UTF8.self)
            #expect(empty.contains("There is no view “nope”"))
        }
    }

    @Test("chosen rows that are refused are told on the list itself") func bulk() async throws {
        try await withPortal { portal in
            for (form, text) in [("", "No entity is chosen."), ("entityRef=a:b:c", "The form says something")] {
                let answer = await portal.submit(
                    "/catalog/refresh", form: "\(form)&return=/catalog?filters[kind]=api", token: "ann")
                #expect(answer.status == .badRequest)
                let page = String(decoding: answer.body, as: UTF8.self)
                #expect(page.contains(text))
                #expect(page.contains("Nothing was changed"))
                #expect(page.contains("<h1>APIs</h1>"))
            }
        }
    }
}
