import Database
import EntityModel
import Foundation
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

@testable import Essentials

@Suite struct HomePageTests {
    @Test func isCompatible() async throws {
        #expect(try await PluginCompatTest(HomePlugin.self).problems() == [])
    }

    @Test("the search comes first, then the usual widgets in their order; one that fails, fails alone") func usual()
        async throws
    {
        let portal = try await HomePortal.make()
        let page = await portal.page("/")
        #expect(HomePortal.widgets(page) == ["throws", "good", "starred"])
        #expect(page.contains("for user:default/ann"))
        #expect(page.contains("Good &lt;one&gt;"))
        #expect(page.contains("The vendor is away."))
        let search = try #require(page.range(of: "id=\"search\" name=\"query\""))
        let first = try #require(page.range(of: "id=\"widget-throws\""))
        #expect(search.lowerBound < first.lowerBound)
        #expect(page.contains("<form class=\"seek large\" role=\"search\" action=\"/go\""))
        #expect(await portal.page("/", ["Accept-Language": "de"].fields).contains("Gut"))
        #expect(HomePortal.widgets(await portal.page("/", as: "bob")).contains("bobs"))
    }

    @Test("programs see the usual layout and cannot change it; nobody is sent to sign in") func programs() async throws
    {
        let portal = try await HomePortal.make()
        let page = await portal.page("/", as: "program")
        #expect(HomePortal.widgets(page) == ["throws", "good"])
        #expect(!page.contains("href=\"/layout\""))
        #expect(await portal.portal.send(.get, "/layout", token: "program").status == .forbidden)
        #expect(await portal.submit("/layout", ["press": "remove:good"], as: "program").status == .forbidden)
        let nobody = await portal.portal.send(.get, "/", token: nil)
        #expect(nobody.headers[.location] == "/sign-in?return=%2F")
    }

    @Test("people arrange the page, each for themselves, and get the usual one back") func layout() async throws {
        let portal = try await HomePortal.make()
        #expect(await portal.submit("/layout", ["press": "add:extra"]).headers[.location] == "/layout")
        await portal.submit("/layout", ["press": "up:good"])
        await portal.submit("/layout", ["press": "remove:throws"])
        await portal.submit("/layout", ["width:good": "12", "was:good": "6"])
        #expect(HomePortal.widgets(await portal.page("/")) == ["good", "starred", "extra"])
        #expect(await portal.page("/").contains("class=\"span-12\""))
        #expect(HomePortal.widgets(await portal.page("/", as: "bob")).first == "throws")
        let form = await portal.page("/layout")
        #expect(form.contains("value=\"add:throws\" aria-label=\"Add Throws\""))
        #expect(form.contains("value=\"up:good\" aria-label=\"Move Good &lt;one&gt; up\""))
        #expect(form.contains("<option value=\"12\" selected>The whole width</option>"))
        #expect(!form.contains("Bobs"))
        await portal.submit("/layout", ["press": "reset"])
        #expect(HomePortal.widgets(await portal.page("/")) == ["throws", "good", "starred"])
        #expect(await portal.setting(HomeLayout.name) == nil)
    }

    @Test("nonsense is refused or passed over, and the page stays") func nonsense() async throws {
        let portal = try await HomePortal.make()
        #expect(await portal.submit("/layout", ["press": "explode"]).status == .badRequest)
        #expect(await portal.submit("/layout", ["press": "remove:nothing", "width:good": "900"]).status == .seeOther)
        #expect(HomePortal.widgets(await portal.page("/")) == ["throws", "good", "starred"])
        let path = SettingsPortal.path(HomeLayout.name.bucket, HomeLayout.name.key)
        _ = await portal.portal.send(.put, path, json: ["value": "not a layout"], token: "ann")
        #expect(HomePortal.widgets(await portal.page("/")) == ["throws", "good", "starred"])
        _ = await portal.portal.send(.put, path, json: ["value": ["widgets": []]], token: "ann")
        #expect(await portal.page("/").contains("Nothing to show yet"))
    }
}

extension Dictionary where Key == String, Value == String {
    var fields: HTTPFields {
        var fields = HTTPFields()
        for (name, value) in self { if let name = HTTPField.Name(name) { fields[name] = value } }
        return fields
    }
}
