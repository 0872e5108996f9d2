import EntityModel
import Foundation
import HTTPTypes
import PortalKit
import PortalTesting

/// The example organisation, as a guest sees it who may see everything.
struct ExamplePortal {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appending(path: "../../..").standardizedFileURL

    let portal: TestPortal
    let files: [String: String]
    private let session: String

    static func running(_ body: @escaping @Sendable (ExamplePortal) async throws -> Void) async throws {
        let files = try Self.files()
        let config = """
            backend: { listen: 127.0.0.1:7007 }
            auth: { providers: { guest: { userEntityRef: user:default/guest } } }
            devtools: { allow: [user:default/guest] }
            catalog:
              rules: [{ allow: [Component, API, Resource, System, Domain, Group, User, Location, Template, AiResource] }]
              locations:
                - { type: file, target: /portal/examples/all.yaml }
                - { type: file, target: /portal/examples/broken.yaml }
            """
        let portal = try await TestPortal.make(config, files: files)
        try await portal.running {
            let answer = await portal.submit("/sign-in/guest", form: "return=/")
            let cookie = answer.headers[.setCookie]?.prefix { $0 != ";" } ?? ""
            _ = await portal.eventually {
                let list = await portal.send(.get, "/api/catalog/entities?fields=kind")
                return ((try? JSONParser.parse(list.body))?.array ?? []).count > 30
            }
            try await body(ExamplePortal(portal: portal, files: files, session: String(cookie)))
        }
    }

    private static func files() throws -> [String: String] {
        var files = [
            "/portal/examples/broken.yaml": """
            apiVersion: backstage.io/v1alpha1
            kind: Component
            metadata: { name: alone, description: "" }
            spec: { type: service, lifecycle: production, owner: nobody-there, dependsOn: [resource:gone] }
            ---
            kind: Component
            metadata: { name: no version }
            """
        ]
        let folder = root.appending(path: "examples")
        for case let path as String in FileManager.default.enumerator(atPath: folder.path) ?? .init() {
            guard let text = try? String(contentsOf: folder.appending(path: path), encoding: .utf8) else { continue }
            files["/portal/examples/\(path)"] = text
        }
        return files
    }

    /// What the entities are called.
    func names() async -> [String] {
        let answer = await portal.send(.get, "/api/catalog/entities?fields=metadata,spec.profile")
        return ((try? JSONParser.parse(answer.body))?.array ?? []).flatMap { entity in
            [
                entity["metadata"]?["title"], entity["metadata"]?["name"], entity["spec"]?["profile"]?["displayName"],
            ].compactMap { $0?.string }
        }
    }

    /// A page as the guest sees it in a language, or as nobody does; empty for what is no page.
    func page(_ path: String, _ language: Language, isSignedIn: Bool = true) async -> String {
        let cookie = "callboard-view=\(language.rawValue)" + (isSignedIn ? "; \(session)" : "")
        let answer = await portal.send(.get, path, token: nil, headers: [.cookie: cookie, .accept: "text/html"])
        guard answer.headers[.contentType]?.hasPrefix("text/html") == true else { return "" }
        return String(decoding: answer.body, as: UTF8.self)
    }
}
