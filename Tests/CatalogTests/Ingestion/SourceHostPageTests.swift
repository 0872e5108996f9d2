import EntityModel
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

@testable import Catalog

/// Addresses that people copy from their browser.
@Suite struct SourceHostPageTests {
    @Test(
        "pages about files name the file's raw address",
        arguments: [
            ("https://github.com/o/r/blob/main/a/b.yaml?x=1", "https://raw.githubusercontent.com/o/r/main/a/b.yaml"),
            ("https://gitlab.example/g/s/r/-/blob/main/b.yaml", "https://gitlab.example/g/s/r/-/raw/main/b.yaml"),
            ("https://bitbucket.org/w/r/src/main/b.yaml", "https://bitbucket.org/w/r/raw/main/b.yaml"),
        ])
    func raw(_ page: String, _ raw: String) throws {
        let url = try #require(URLReference.parse(page))
        #expect(SourceHostPage(url)?.raw.text == raw)
    }

    @Test(
        "anything else is no such page",
        arguments: [
            "https://github.com/o/r/raw/main/b.yaml", "https://github.com/o/r", "https://github.com/o/r/blob/main",
            "https://github.com/", "https://git.example/o/r/blob/main/b.yaml", "https://a.example/-/blob/x/y",
            "https://gitlab.example/g/r/-/raw/main/b.yaml", "https://bitbucket.org/w/r/raw/main/b.yaml",
            "https://gitlab.example/g/r/-", "https://gitlab.example/g/r/-/blob/main",
        ])
    func others(_ text: String) throws {
        let url = try #require(URLReference.parse(text))
        #expect(SourceHostPage(url) == nil)
    }

    private static let page = "https://github.com/o/r/blob/main/a.yaml"

    private func message(_ allow: String) async throws -> String {
        let portal = try await TestPortal.make(
            """
            backend: { reading: { allow: [\(allow)] } }
            catalog: { processingInterval: false, locations: [{ type: url, target: '\(Self.page)' }] }
            """)
        portal.http.record(.get, Self.page, headers: [.contentType: "text/html; charset=utf-8"], "<!DOCTYPE html>")
        let path = "/api/catalog/entities?filter=kind=location"
        return try await portal.running {
            @Sendable func message() async -> String? {
                let answer = try? JSONParser.parse(await portal.send(.get, path).body)
                return answer?.array?.first?["status"]?["items"]?.array?.first?["message"]?.string
            }
            #expect(await portal.eventually { await message() != nil })
            return await message() ?? ""
        }
    }

    @Test("the mend is the raw address, not a host whose pages are no files", arguments: ["", "{ host: github.com }"])
    func mend(_ allow: String) async throws {
        let message = try await message(allow)
        #expect(message.contains("https://raw.githubusercontent.com/o/r/main/a.yaml"), "\(message)")
        #expect(message.contains("`host: raw.githubusercontent.com`"))
        #expect(!message.contains("`host: github.com`"))
    }
}
