import EntityModel
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

/// Text that is meant to be more than text, in every field that a page shows.
@Suite struct HostileTextTests {
    private static let evil =
        #"<script>alert(1)</script>"'><img src=x onerror=alert(2)>&amp;\u202Eevil\u0007\u001b[31m\u2066"#

    /// JSON is YAML too, and can write every character.
    private static var entities: [String] {
        func text(_ name: String) -> String { "\"\(name) \(evil.replacing("\"'", with: "\\\"'"))\"" }
        let common =
            """
            "metadata": { "name": "evil", "title": \(text("title")), "description": \(text("description")),
            "labels": { "a": "b" },
            "annotations": { "backstage.io/view-url": "javascript:alert(3)", "backstage.io/edit-url": "data:text/html,x",
            "a.b/c": \(text("annotation")) },
            "links": [{ "url": "https://x/?a=\\"onload='alert(4)'", "title": \(text("link")), "type": \(text("type")) }] }
            """
        let spec = ["type", "lifecycle", "definition"].map { "\"\($0)\": \(text($0))" }.joined(separator: ", ")
        let profile =
            "\"profile\": { \"displayName\": \(text("person")), \"email\": \(text("mail")), \"picture\": \"javascript:alert(5)\" }"
        return ["Component", "API", "System", "Group", "User"].map { kind in
            """
            { "apiVersion": "backstage.io/v1alpha1", "kind": "\(kind)", \(common),
            "spec": { \(spec), \(profile), "owner": \(text("owner").replacing("/", with: "").replacing("&", with: "").replacing("\\u0007", with: "").replacing("\\u001b", with: "")),
            "children": [], "memberOf": [] } }
            """
        }
    }

    @Test("on the catalog's and the entity's pages it is only ever text")
    func pages() async throws {
        let files = Dictionary(uniqueKeysWithValues: Self.entities.enumerated().map { ("e\($0.offset)", $0.element) })
        let bad = try await BadPortal(files)
        try await bad.portal.running {
            #expect(await bad.portal.eventually { await bad.names("user") == ["evil"] })
            #expect(await bad.portal.eventually { await bad.unfinished() == 0 })
            let status = await bad.status("location/default/root")
            #expect(status == [])
            var targets = ["/catalog?filters[kind]=all", "/catalog"]
            for kind in ["component", "api", "system", "group", "user"] {
                targets.append("/catalog?filters[kind]=\(kind)")
                for tab in ["", "/api", "/relations", "/history", "/raw", "/definition", "/dependencies"] {
                    targets.append("/catalog/default/\(kind)/evil\(tab)")
                }
            }
            let echo = PercentCoding.encode("\"><script>alert(1)</script>")
            for name in [
                "filters[kind]", "filters[text]", "q", "sort", "cursor", "filters[user]", "filters[tags]", "page",
            ] {
                targets.append("/catalog?\(PercentCoding.encode(name))=\(echo)")
            }
            targets.append("/catalog/\(echo)/\(echo)/\(echo)")
            var shown = 0
            for target in targets {
                let answer = await bad.portal.send(.get, target)
                let page = String(decoding: answer.body, as: UTF8.self)
                #expect(answer.status.code < 500, "\(target)")
                if page.contains("alert(1)") { shown += 1 }
                for wrong in ["<script>alert", "<img src=x", "\"javascript:", "\"data:text", "'><img", "=\"onload"] {
                    #expect(!page.contains(wrong), "\(wrong) at \(target)")
                }
                let controls = page.unicodeScalars.filter { $0.value < 0x20 && !"\n\t\r".unicodeScalars.contains($0) }
                #expect(controls.isEmpty, "control characters at \(target)")
            }
            #expect(shown > 5, "the text is shown, as text")
        }
    }
}
