import EntityModel
import Foundation
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

@testable import Catalog

/// The ways of a location into the catalog and out of it, as people go them.
@Suite struct LocationPagesTests {
    private static let target = "https://files.example/all.yaml"
    private static let import_ = "/catalog-import"
    private static let query = "?url=https%3A%2F%2Ffiles.example%2Fall.yaml"

    private static func component(_ name: String, _ rest: String = "owner: team") -> String {
        """
        apiVersion: backstage.io/v1alpha1
        kind: Component
        metadata: { name: \(name) }
        spec: { type: service, lifecycle: production, \(rest) }
        """
    }

    private func withPortal(
        _ documents: [String], _ more: String = "", _ body: @escaping @Sendable (TestPortal) async throws -> Void
    ) async throws {
        let config = """
            backend: { listen: '127.0.0.1:7007', reading: { allow: [{ host: files.example }] } }
            auth: { providers: { guest: {} } }
            catalog: { processingInterval: false\(more) }
            """
        let portal = try await TestPortal.make(config)
        portal.http.record(.get, Self.target, documents.joined(separator: "\n---\n"))
        try await portal.running { try await body(portal) }
    }

    private func text(_ portal: TestPortal, _ path: String, token: String? = TestPortal.token) async -> String {
        String(decoding: await portal.send(.get, path, token: token).body, as: UTF8.self)
    }

    private static let form = "url=https%3A%2F%2Ffiles.example%2Fall.yaml"

    private func register(_ portal: TestPortal) async -> String {
        let answer = await portal.submit(Self.import_, form: Self.form, token: TestPortal.token)
        #expect(answer.status == .seeOther)
        return answer.headers[.location] ?? ""
    }

    @Test("an address is analyzed, registered, and unregistered again, each from a page")
    func wholeWay() async throws {
        try await withPortal([Self.component("shop"), Self.component("till")]) { [self] portal in
            let empty = await text(portal, Self.import_)
            #expect(empty.contains("<h1>Register existing components</h1>"))
            #expect(empty.contains("None yet. What you register is listed here."))
            let seen = await text(portal, Self.import_ + Self.query)
            for part in ["<b>shop</b>", "component:default/till", "New", ">Register</button>"] {
                #expect(seen.contains(part), "\(part)")
            }
            // Looking registers nothing.
            #expect(await text(portal, "/api/catalog/locations") == "[]")
            let next = await register(portal)
            #expect(next.hasPrefix("/catalog-import?registered="))
            #expect(await portal.eventually { await text(portal, next).contains("component/shop\"") })
            let page = await text(portal, next)
            #expect(page.contains("<strong>Registered</strong>"))
            let again = await text(portal, Self.import_ + Self.query)
            #expect(again.contains("This address is registered already"))
            #expect(again.contains("Read from there"))
            #expect(!again.contains(">Register</button>"))
            let generated =
                "/"
                + GeneratedLocation.reference(of: LocationReference(type: "url", target: Self.target))
                .replacing("location:default", with: "catalog/default/location")
            let id = next.replacing("/catalog-import?registered=", with: "")
            let unregister = "/catalog-import/\(id)/unregister"
            let location = await text(portal, generated)
            #expect(location.contains("href=\"\(unregister)\">Unregister location</a>"))
            #expect(!location.contains("metadata.description"))
            #expect(!location.contains("metadata.links"))
            #expect(await text(portal, "/catalog/default/component/shop").contains("href=\"\(generated)\""))
            let asked = await text(portal, unregister)
            #expect(asked.contains("2 entities go with it"))
            #expect(asked.contains("component/till\""))
            #expect(await text(portal, "/catalog").contains(">shop</a>"))
            let gone = await portal.submit(unregister, form: "", token: TestPortal.token)
            #expect(gone.headers[.location] == "/catalog?filters%5Bkind%5D=location&unregistered=1")
            #expect(await text(portal, "/catalog").contains(">shop</a>") == false)
            #expect(await text(portal, "/catalog?unregistered=1").contains("The location is unregistered."))
            #expect(await portal.send(.get, unregister).status == .notFound)
            #expect(await portal.submit(unregister, form: "", token: TestPortal.token).status == .notFound)
        }
    }

    @Test("what is wrong is told with file, line, column, field and mend, beside what is right")
    func troubles() async throws {
        let files = [Self.component("shop"), Self.component("till", "nothing: here"), "a: [", Self.component("shop")]
        try await withPortal(files) { [self] portal in
            let page = await text(portal, Self.import_ + Self.query)
            #expect(page.contains("spec.owner"), "\(page)")
            #expect(page.contains("https://files.example/all.yaml, line 9, column "))
            #expect(page.contains("https://files.example/all.yaml, line 1"))
            #expect(page.contains("is declared twice"))
            #expect(page.contains("<b>shop</b>"))
            #expect(page.contains(">Register anyway</button>"))
        }
    }

    @Test("what is analyzed may be much and long, and the page is not long for that")
    func muchToAnalyze() async throws {
        let long = String(repeating: "x", count: 300_000)
        let tags = String(repeating: "A,", count: 10_000)
        let wrong = Self.component("wrong").replacing("{ name: wrong }", with: "{ name: wrong, tags: [\(tags)] }")
        let many = (0..<300).map { Self.component("c\($0)") }
        let documents = [Self.component("long").replacing("service", with: long), wrong] + many + [many[7]]
        try await withPortal(documents) { [self] portal in
            let page = await text(portal, Self.import_ + Self.query)
            #expect(page.utf8.count < 200_000, "\(page.utf8.count)")
            let parts = ["and 102 more", "51 things are wrong", "1 more are not shown", "xxx…"]
            #expect(parts.filter { !page.contains($0) } == [])
        }
    }

    @Test(
        "an address that cannot be registered is refused beside its field",
        arguments: ["nothing", "ftp://files.example/a.yaml", "https://"])
    func refusedAddresses(_ address: String) async throws {
        try await withPortal([]) { portal in
            let escaped = PercentCoding.encode(address)
            let answer = await portal.send(.get, "\(Self.import_)?url=\(escaped)")
            #expect(answer.status == .badRequest)
            let page = String(decoding: answer.body, as: UTF8.self)
            #expect(page.contains("aria-invalid=\"true\" aria-describedby=\"url-problem url-help\""))
            #expect(page.contains("is no http or https URL"))
            #expect(page.contains("value=\"\(address)\""))
            let sent = await portal.submit(Self.import_, form: "url=\(escaped)", token: TestPortal.token)
            #expect(sent.status == .badRequest)
        }
    }

    @Test("an address with a password is refused without telling it")
    func password() async throws {
        try await withPortal([]) { portal in
            let body: JSONValue = ["type": "url", "target": "https://user:shh@x.example/a"]
            let answer = await portal.send(.post, "/api/catalog/locations", json: body)
            #expect(answer.status == .badRequest)
            let text = String(decoding: answer.body, as: UTF8.self)
            #expect(
                text.contains("The target https://<secret>@x.example/a holds a user name or password; leave it out"))
            #expect(!text.contains("shh"))
        }
    }

    @Test("a host that may not be read, and a file without entities, offer nothing to register")
    func nothingThere() async throws {
        try await withPortal(["# nothing"]) { [self] portal in
            let empty = await text(portal, Self.import_ + Self.query)
            #expect(empty.contains("No entity there"))
            #expect(!empty.contains(">Register</button>"))
            let closed = await text(portal, "\(Self.import_)?url=https%3A%2F%2Fother.example%2Fa.yaml")
            #expect(closed.contains("Something is wrong"))
            #expect(closed.contains("Add `host: other.example` to backend.reading.allow"))
            #expect(!closed.contains("Register anyway"))
        }
    }

    @Test("the page of a source host about a file leads to the file's raw address")
    func sourceHostPages() async throws {
        try await withPortal([]) { [self] portal in
            let address = "https://github.com/org/shop/blob/main/catalog-info.yaml"
            let page = await text(portal, "\(Self.import_)?url=\(PercentCoding.encode(address))")
            let raw = PercentCoding.encode("https://raw.githubusercontent.com/org/shop/main/catalog-info.yaml")
            #expect(page.contains("href=\"/catalog-import?url=\(raw)\">Analyze the file"), "\(page)")
            #expect(portal.http.requests.isEmpty)
        }
    }

    @Test("what cannot be counted is not said to be nothing")
    func longAddresses() async throws {
        try await withPortal([]) { [self] portal in
            let address = "https://files.example/\(String(repeating: "a", count: 300)).yaml"
            portal.http.record(.get, address, Self.component("shop"))
            let form = "url=\(PercentCoding.encode(address))"
            _ = await portal.submit(Self.import_, form: form, token: TestPortal.token)
            #expect(await portal.eventually { await text(portal, "/catalog").contains(">shop</a>") })
            let page = await text(portal, Self.import_)
            #expect(page.contains(address))
            #expect(!page.contains("0 entities"))
        }
    }

    @Test("neither form acts for another site, and another site makes nothing be asked")
    func otherSites() async throws {
        try await withPortal([Self.component("shop")]) { [self] portal in
            var browser: HTTPFields = [try #require(HTTPField.Name("Host")): "localhost:7007"]
            let signedIn = await portal.submit("/sign-in/guest", form: "", headers: browser)
            browser[.cookie] = signedIn.headers[.setCookie].map { String($0.prefix { $0 != ";" }) }
            browser[.origin] = "https://evil.example"
            #expect(await portal.submit(Self.import_, form: Self.form, headers: browser).status == .unauthorized)
            let id = await register(portal).replacing("/catalog-import?registered=", with: "")
            let unregister = "/catalog-import/\(id)/unregister"
            #expect(await portal.submit(unregister, form: "", headers: browser).status == .unauthorized)
            let asked = portal.http.requests.count
            browser[.origin] = nil
            browser[try #require(HTTPField.Name("Sec-Fetch-Site"))] = "cross-site"
            let page = await portal.send(.get, Self.import_ + Self.query, token: nil, headers: browser)
            #expect(String(decoding: page.body, as: UTF8.self).contains("Another site filled this in."))
            #expect(portal.http.requests.count == asked)
            browser[.origin] = "http://localhost:7007"
            #expect(await portal.submit(unregister, form: "", headers: browser).status == .seeOther)
        }
    }

    @Test("who may not register or unregister is refused, and not offered it")
    func permissions() async throws {
        let config = """
            backend:
              reading: { allow: [{ host: files.example }] }
              auth:
                externalAccess:
                  - type: static
                    options: { token: token-that-may-only-read, subject: reader }
                    accessRestrictions: [{ plugin: catalog, permissionAttribute: { action: [read] } }]
                  - type: static
                    options: { token: \(TestPortal.token), subject: tests }
            catalog: { processingInterval: false }
            """
        let portal = try await TestPortal.make(config)
        portal.http.record(.get, Self.target, Self.component("shop"))
        try await portal.running { [self] in
            let id = await register(portal).replacing("/catalog-import?registered=", with: "")
            #expect(await portal.eventually { await text(portal, "/catalog").contains(">shop</a>") })
            #expect(await text(portal, "/catalog").contains("href=\"/catalog-import\""))
            let reader = "token-that-may-only-read"
            let catalog = await text(portal, "/catalog", token: reader)
            #expect(catalog.contains(">shop</a>"))
            #expect(!catalog.contains("href=\"/catalog-import\""))
            for path in [Self.import_, "/catalog-import/\(id)/unregister"] {
                #expect(await portal.send(.get, path, token: reader).status == .forbidden)
                #expect(await portal.submit(path, form: Self.form, token: reader).status == .forbidden)
            }
            #expect(await portal.send(.get, Self.import_, token: nil).status == .seeOther)
        }
    }

    @Test("a read-only catalog says so, and takes nothing")
    func readonly() async throws {
        try await withPortal([Self.component("shop")], ", readonly: true") { [self] portal in
            let page = await text(portal, Self.import_ + Self.query)
            #expect(page.contains("catalog.readonly: true"))
            #expect(page.contains("<b>shop</b>"))
            #expect(!page.contains(">Register</button>"))
            #expect(await portal.submit(Self.import_, form: Self.form, token: TestPortal.token).status == .forbidden)
            #expect(await text(portal, "/catalog").contains("href=\"/catalog-import\"") == false)
        }
    }

    @Test("what another location leads to as well does not go, nor is it said to")
    func sharedFiles() async throws {
        let leads = """
            apiVersion: backstage.io/v1alpha1
            kind: Location
            metadata: { name: leads }
            spec: { targets: [./shared.yaml, ./own.yaml] }
            """
        try await withPortal([leads]) { [self] portal in
            portal.http.record(.get, "https://files.example/shared.yaml", Self.component("shared"))
            portal.http.record(.get, "https://files.example/own.yaml", Self.component("own"))
            let id = await register(portal).replacing("/catalog-import?registered=", with: "")
            let other: JSONValue = ["type": "url", "target": "https://files.example/shared.yaml"]
            #expect(await portal.send(.post, "/api/catalog/locations", json: other).status == .created)
            #expect(
                await portal.eventually {
                    let page = await text(portal, "/catalog")
                    return page.contains(">own</a>") && page.contains(">shared</a>")
                })
            let asked = await text(portal, "/catalog-import/\(id)/unregister")
            #expect(asked.contains("component/own\""))
            #expect(asked.contains("location/leads\""))
            #expect(!asked.contains("component/shared\""))
            _ = await portal.submit("/catalog-import/\(id)/unregister", form: "", token: TestPortal.token)
            let left = await text(portal, "/catalog")
            #expect(left.contains(">shared</a>"))
            #expect(!left.contains(">own</a>"))
        }
    }

    @Test("where nothing is new nothing is offered but what there is")
    func nothingNew() async throws {
        let leads = """
            apiVersion: backstage.io/v1alpha1
            kind: Location
            metadata: { name: leads }
            spec: { targets: [./shared.yaml] }
            """
        try await withPortal([leads]) { [self] portal in
            let shared = "https://files.example/shared.yaml"
            portal.http.record(.get, shared, Self.component("shared"))
            _ = await register(portal)
            #expect(await portal.eventually { await text(portal, "/catalog").contains(">shared</a>") })
            let asked = "\(Self.import_)?url=\(PercentCoding.encode(shared))"
            let page = await text(portal, asked)
            let root = GeneratedLocation.reference(of: LocationReference(type: "url", target: Self.target))
                .replacing("location:default", with: "catalog/default/location")
            #expect(page.contains("Nothing there is new"))
            #expect(page.contains("<a href=\"/\(root)\""), "\(page)")
            #expect(!page.contains(">Register</button>"))
            let more = "\(Self.component("shared"))\n---\n\(Self.component("fresh"))"
            portal.http.record(.get, shared, more)
            let changed = await text(portal, asked)
            #expect(!changed.contains("Nothing there is new"))
            #expect(changed.contains(">Register</button>"))
        }
    }

    @Test("errors are said before, at and after registering, with the entity that has them")
    func errors() async throws {
        let refused = Self.component("till", "nothing: here")
        try await withPortal([Self.component("shop"), refused]) { [self] portal in
            let seen = await text(portal, Self.import_ + Self.query)
            #expect(seen.contains("<code>component:default/till</code>"), "\(seen)")
            #expect(seen.contains("<b>till</b>"))
            #expect(seen.contains("<span class=\"warned\">Has errors</span>"))
            #expect(seen.contains("The catalog has no <code>group:default/team</code>"))
            #expect(seen.contains("title=\"group:default/team is not in the catalog\">team</span>"))
            let next = await register(portal)
            #expect(await portal.eventually { await text(portal, next).contains("component/shop\"") })
            let done = await text(portal, next)
            #expect(done.contains("<strong>Registered, with errors</strong>"))
            let page = await text(portal, Self.import_)
            #expect(page.contains("1 entity, <a class=\"warned\""), "\(page)")
            #expect(page.contains("has errors</a>"))
        }
    }

    @Test("an address of nothing but errors offers nothing to register, and names all of it")
    func onlyErrors() async throws {
        try await withPortal([Self.component("till", "nothing: here")]) { [self] portal in
            let seen = await text(portal, Self.import_ + Self.query)
            #expect(seen.contains("<b>till</b>"))
            #expect(!seen.contains(">Register anyway</button>"))
        }
    }

    @Test("entities of one location may point at each other")
    func ownTargets() async throws {
        let group = """
            apiVersion: backstage.io/v1alpha1
            kind: Group
            metadata: { name: team }
            spec: { type: team, children: [] }
            """
        try await withPortal([Self.component("shop"), group], ", rules: [{ allow: [Component, Group] }]") {
            [self] portal in
            let seen = await text(portal, Self.import_ + Self.query)
            #expect(seen.contains("<b>team</b>"))
            #expect(!seen.contains("The catalog has no"))
            #expect(seen.contains(">Register</button>"))
        }
    }
}
