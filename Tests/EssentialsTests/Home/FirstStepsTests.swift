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

    /// Another way to sign in than that of guests.
    private static func way(closed reason: String? = nil) -> [any Contribution] {
        [SignInProvider("house", title: "House", startPath: "/house", unavailableReason: reason)]
    }

    private struct OpenWay: Plugin {
        static let id = "open-way"
        init?(_ environment: PluginEnvironment) {}
        var contributions: [any Contribution] { way() }
    }

    private struct ClosedWay: Plugin {
        static let id = "closed-way"
        init?(_ environment: PluginEnvironment) {}
        var contributions: [any Contribution] { way(closed: "Away") }
    }

    @Test("nobody is asked to add a way to sign in that this version does not have") func signIn() async throws {
        func page(_ plugins: [any Plugin.Type], _ language: String) async throws -> String {
            try await HomePortal.make(Self.config, plugins: plugins).page("/", as: "ann", [.acceptLanguage: language])
        }
        let none = try await page([], "en")
        #expect(none.contains("Only guests can sign in: this version has no other way yet."))
        #expect(!none.contains("auth.providers"))
        #expect(try await page([], "de").contains("Diese Version kennt noch keinen anderen Weg."))
        #expect(try await page([ClosedWay.self], "en").contains("the other ways cannot be taken now"))
        #expect(try await page([OpenWay.self], "en").contains("There is a way to sign in beside that of guests."))
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
