import Database
import Foundation
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

@testable import Essentials

@Suite struct FirstStepsTests {
    private static let config = "devtools: { allow: ['user:default/ann'] }"

    @Test("operators see what is still to do, with the way to it, until they hide it") func steps() async throws {
        let portal = try await HomePortal.make(Self.config, plugins: [])
        let page = await portal.page("/")
        #expect(HomePortal.widgets(page).first == "first-steps")
        #expect(page.components(separatedBy: "<li class=\"open\">").count == 6)
        #expect(page.contains("href=\"/settings/auth-providers\""))
        #expect(page.contains("href=\"/catalog-import\""))
        #expect(await portal.submit("/layout/first-steps", [:]).headers[.location] == "/")
        #expect(!HomePortal.widgets(await portal.page("/")).contains("first-steps"))
    }

    @Test("others do not, and are not offered it") func others() async throws {
        let portal = try await HomePortal.make(Self.config, plugins: [])
        for path in ["/", "/layout"] {
            #expect(await portal.page(path).contains("First steps"))
            #expect(!(await portal.page(path, as: "bob")).contains("First steps"))
        }
        #expect(!(await portal.page("/", as: "program")).contains("First steps"))
    }
}
