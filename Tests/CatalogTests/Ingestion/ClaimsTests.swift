import Database
import EntityModel
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

@testable import Catalog

/// Entities that two files declare, when one of the two is deleted, and errors that have one place.
@Suite struct ClaimsTests {
    private static func claims(_ bad: BadPortal) async throws -> Int {
        try await bad.portal.database.read { try $0.row("SELECT COUNT(*) FROM catalog_claims")?.int(0) ?? -1 }
    }

    private static func delete(_ path: String, _ bad: BadPortal) async -> Int {
        let uid = await bad.entity(path)["metadata"]?["uid"]?.string ?? ""
        return await bad.portal.send(.delete, "/api/catalog/entities/by-uid/\(uid)").status.code
    }

    @Test("who takes an entity after it was deleted is no rival of itself", arguments: TestDatabase.engines)
    func takesOver(_ engine: Dialect) async throws {
        let bad = try await BadPortal(["a": BadPortal.component("same")], engine: engine)
        try await bad.portal.running {
            #expect(await bad.portal.eventually { await bad.names() == ["same"] })
            bad.write("b", Array(BadPortal.component("same", ", title: Second").utf8))
            _ = await bad.refresh("location:default/root")
            #expect(await bad.portal.eventually { await bad.status("component/default/same") != [] })
            bad.write("a", Array(BadPortal.component("other").utf8))
            #expect(await Self.delete("component/default/same", bad) == 204)
            #expect(await bad.portal.eventually { await bad.names() == ["other"] })
            bad.write("b", Array(BadPortal.component("same", ", title: Third").utf8))
            _ = await bad.refresh("location:default/root")
            #expect(await bad.portal.eventually { await bad.names() == ["other", "same"] })
            let claims = try await Self.claims(bad)
            #expect(claims == 0)
            #expect(await bad.status("component/default/same") == [])
        }
    }

    @Test(
        "where who was first no longer declares an entity that is deleted, the next has it",
        arguments: TestDatabase.engines)
    func nextInLine(_ engine: Dialect) async throws {
        let bad = try await BadPortal(["a": BadPortal.component("same")], engine: engine)
        try await bad.portal.running {
            #expect(await bad.portal.eventually { await bad.names() == ["same"] })
            bad.write("b", Array(BadPortal.component("same", ", title: Second").utf8))
            _ = await bad.refresh("location:default/root")
            #expect(await bad.portal.eventually { await bad.status("component/default/same") != [] })
            bad.write("a", Array(BadPortal.component("other").utf8))
            #expect(await Self.delete("component/default/same", bad) == 204)
            #expect(await bad.portal.eventually { await bad.names().contains("other") })
            #expect(
                await bad.portal.eventually {
                    await bad.entity("component/default/same")["metadata"]?["title"] == "Second"
                })
            #expect(await bad.status("component/default/same") == [])
        }
    }

    @Test("an entity that is deleted and comes back still has its rivals", arguments: TestDatabase.engines)
    func keepsRivals(_ engine: Dialect) async throws {
        let bad = try await BadPortal(["a": BadPortal.component("same")], engine: engine)
        try await bad.portal.running {
            #expect(await bad.portal.eventually { await bad.names() == ["same"] })
            bad.write("b", Array(BadPortal.component("same").utf8))
            _ = await bad.refresh("location:default/root")
            #expect(await bad.portal.eventually { await bad.status("component/default/same") != [] })
            let uid = await bad.entity("component/default/same")["metadata"]?["uid"]
            #expect(await Self.delete("component/default/same", bad) == 204)
            #expect(
                await bad.portal.eventually {
                    let now = await bad.entity("component/default/same")["metadata"]?["uid"]
                    return now != nil && now != uid
                })
            #expect(await bad.status("component/default/same").first?.contains("b.entity.yaml") == true)
            let claims = try await Self.claims(bad)
            #expect(claims == 1)
        }
    }

    @Test("why a place could not be read does not name it again")
    func reasons() {
        func reason(_ message: String) -> String { Placeholders.reason(of: message, at: "/data/e/no.txt") }
        #expect(reason("/data/e/no.txt does not exist.") == "it does not exist.")
        #expect(reason("e/no.txt does not exist.") == "it does not exist.")
        #expect(reason("Reading from '/data/e/no.txt' is not allowed.") == "Reading from it is not allowed.")
        #expect(reason("/data/other.txt does not exist.") == "/data/other.txt does not exist.")
        #expect(reason("too large") == "too large")
    }

    @Test("a location says which file is wrong, an entity of that file need not", arguments: TestDatabase.engines)
    func namesTheFile(_ engine: Dialect) async throws {
        let wrong = BadPortal.component("broken-one", ", tags: [Wrong Tag]")
        let bad = try await BadPortal(["broken": wrong, "c": BadPortal.component("c")], engine: engine)
        let place = "file:/data/broken.entity.yaml: "
        try await bad.portal.running {
            #expect(
                await bad.portal.eventually {
                    let (names, status) = (await bad.names(), await bad.status("location/default/root"))
                    return names == ["c"] && status.count == 1
                })
            let item = await bad.entity("location/default/root")["status"]?["items"]?.array?.first
            let problem = "Policy check failed for component:default/broken-one: "
            #expect(item?["message"]?.string?.hasPrefix("InputError: \(place)\(problem)") == true, "\(item ?? .null)")
            #expect(item?["error"]?["message"]?.string?.hasPrefix(place) == true)
            let page = await bad.portal.send(.get, "/catalog/default/location/root")
            #expect(String(decoding: page.body, as: UTF8.self).contains("<p>…/broken.entity.yaml: \(problem)"))
            #expect(await bad.portal.eventually { await bad.entity("component/default/c")["kind"] != nil })
            bad.write("c", Array(BadPortal.component("c", ", tags: [Wrong Tag]").utf8))
            #expect(await bad.refresh("component:default/c") == 200)
            #expect(await bad.portal.eventually { await bad.status("component/default/c").count == 1 })
            let own = await bad.status("component/default/c").first ?? ""
            #expect(own.hasPrefix("InputError: Policy check failed"), "\(own)")
        }
    }

    private static func api(_ reference: String) -> String {
        """
        apiVersion: backstage.io/v1alpha1
        kind: API
        metadata: { name: api }
        spec: { type: openapi, lifecycle: production, owner: team, definition: { $text: '\(reference)' } }
        """
    }

    @Test(
        "what is wrong with an entity that is shown stands on the entity alone, and names its place once",
        arguments: TestDatabase.engines)
    func onePlace(_ engine: Dialect) async throws {
        let bad = try await BadPortal(["api": Self.api("./none.txt"), "c": BadPortal.component("c")], engine: engine)
        try await bad.portal.running {
            #expect(
                await bad.portal.eventually {
                    let names = await bad.names()
                    let problems = await bad.status("api/default/api")
                    return names == ["c"] && problems.count == 1
                })
            let missing = await bad.status("api/default/api").first ?? ""
            #expect(
                missing.split(separator: "/data/none.txt", omittingEmptySubsequences: false).count == 2, "\(missing)")
            bad.write("api", Array(Self.api("https://closed.example/x").utf8))
            bad.write("c", Array(BadPortal.component("c", ", tags: [Wrong Tag]").utf8))
            for reference in ["api:default/api", "component:default/c"] {
                #expect(await bad.refresh(reference) == 200)
            }
            #expect(
                await bad.portal.eventually {
                    await bad.status("api/default/api").first?.contains("closed.example") == true
                })
            #expect(await bad.portal.eventually { await bad.status("component/default/c").count == 1 })
            let closed = await bad.status("api/default/api").first ?? ""
            #expect(closed.split(separator: "https://closed.example/x", omittingEmptySubsequences: false).count == 2)
            #expect(closed.contains("`host: closed.example`"))
            #expect(await bad.status("location/default/root") == [])
        }
    }
}
