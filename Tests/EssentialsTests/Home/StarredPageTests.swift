import Database
import EntityModel
import Foundation
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

@testable import Essentials

@Suite struct StarredPageTests {
    @Test("stars of what is gone or hidden are shown as missing, and can be taken away") func missing() async throws {
        let portal = try await HomePortal.make()
        await portal.star("component:default/a", "component:default/missing", "component:default/hidden", "nonsense")
        let page = await portal.page("/starred")
        #expect(page.contains("<a href=\"/catalog/default/component/a\""))
        for name in ["missing", "hidden"] {
            #expect(page.contains("<span class=\"missing\" title=\"component:default/\(name) is not in the catalog\">"))
            #expect(page.contains("aria-pressed=\"true\" aria-label=\"Star \(name)\""))
        }
        await portal.submit(
            "/starred", ["entityRef": "component:default/missing", "starred": "false", "return": "/starred"])
        #expect(!(await portal.page("/starred")).contains("component:default/missing"))
    }

    @Test("a thousand stars come in pages, whatever the address says") func many() async throws {
        let portal = try await HomePortal.make()
        let all = (1...1_000).map {
            JSONValue.string("component:default/\(String(repeating: "long-", count: 10))\($0)")
        }
        _ = await portal.portal.send(
            .put, SettingsPortal.path(Stars.name.bucket, Stars.name.key), json: ["value": .array(all)], token: "ann")
        func shown(_ path: String) async -> (count: Int, page: String) {
            let page = await portal.page(path)
            return (page.components(separatedBy: "data-act=\"star\"").count - 1, page)
        }
        let first = await shown("/starred")
        #expect(first.count == 50)
        #expect(first.page.contains("1–50 of 1000"))
        #expect(first.page.contains("href=\"/starred?from=50\" rel=\"next\""))
        let last = await shown("/starred?from=999999999999")
        #expect(last.count == 50)
        #expect(last.page.contains("951–1000 of 1000"))
        #expect(last.page.contains("name=\"return\" value=\"/starred?from=950\""))
        for address in ["from=-7", "from=x", "from=", "from=99999999999999999999", "from=49"] {
            #expect(await shown("/starred?\(address)").page.contains("1–50 of 1000"), "\(address)")
        }
    }

    @Test("programs have none") func programs() async throws {
        let portal = try await HomePortal.make()
        #expect(await portal.page("/starred", as: "program").contains("Star what you come back to"))
    }
}
