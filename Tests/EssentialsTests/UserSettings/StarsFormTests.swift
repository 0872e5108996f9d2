import Database
import EntityModel
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

@testable import Essentials

@Suite struct StarsFormTests {
    private static func form(_ references: [String], _ starred: String, back: String? = nil) -> String {
        let fields =
            references.map { ("entityRef", $0) } + [("starred", starred)] + (back.map { [("return", $0)] } ?? [])
        return fields.map { "\($0.0)=\(PercentCoding.encode($0.1))" }.joined(separator: "&")
    }

    @Test("a form sets stars and takes them away, and leads back") func stars() async throws {
        let portal = try await SettingsPortal.make()
        let set = Self.form(["component:default/a", "Component:B"], "true", back: "/catalog?filters[kind]=component")
        let answer = await portal.portal.submit("/starred", form: set, token: "ann")
        #expect(answer.status == .seeOther)
        #expect(answer.headers[.location] == "/catalog?filters[kind]=component")
        #expect(await portal.stars() == ["component:default/a", "component:default/b"])
        #expect(await portal.stars(as: "bob") == [])
        let away = await portal.portal.submit(
            "/starred", form: Self.form(["component:default/a"], "false"), token: "ann")
        #expect(away.status == .seeOther)
        #expect(away.headers[.location] == "/")
        #expect(await portal.stars() == ["component:default/b"])
    }

    @Test(
        "it leads to no other site",
        arguments: ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "catalog", ""])
    func back(_ target: String) async throws {
        let portal = try await SettingsPortal.make()
        let form = Self.form(["component:default/a"], "true", back: target)
        let answer = await portal.portal.submit("/starred", form: form, token: "ann")
        #expect(answer.status == .seeOther)
        #expect(answer.headers[.location] == "/")
    }

    @Test("what is missing or hidden gets no star, with one answer for both, but may lose one")
    func unreadable() async throws {
        let portal = try await SettingsPortal.make()
        for name in ["missing", "hidden"] {
            let reference = "component:default/\(name)"
            let many = Self.form(["component:default/a", reference], "true")
            let answer = await portal.portal.submit("/starred", form: many, token: "ann")
            #expect(answer.status == .notFound)
            #expect(SettingsPortal.message(answer).contains("There is no \(reference) in the catalog"))
            #expect(await portal.stars() == [])
            let path = SettingsPortal.path(Stars.name.bucket, Stars.name.key)
            _ = await portal.send(.put, path, json: ["value": [.string(reference)]])
            let away = await portal.portal.submit("/starred", form: Self.form([reference], "false"), token: "ann")
            #expect(away.status == .seeOther)
            #expect(await portal.stars() == [])
        }
        let hidden = Self.form(["component:default/hidden"], "true")
        #expect(await portal.portal.submit("/starred", form: hidden, token: "bob").status == .seeOther)
    }

    @Test("wrong forms are clear mistakes") func wrong() async throws {
        let portal = try await SettingsPortal.make()
        let many = (0...200).map { "component:default/c\($0)" }
        let forms = [
            "", "starred=true", Self.form(["component:default/a"], "yes"), "entityRef=component%3Adefault%2Fa",
            Self.form(["a"], "true"), Self.form(["a:b:c"], "true"), Self.form(["component:default/"], "false"),
            Self.form(many, "true"),
        ]
        for form in forms {
            #expect(await portal.portal.submit("/starred", form: form, token: "ann").status == .badRequest, "\(form)")
        }
        let fitting = Self.form(Array(many.dropLast()), "true")
        #expect(await portal.portal.submit("/starred", form: fitting, token: "ann").status == .seeOther)
        #expect(await portal.stars().count == 200)
        let large = String(repeating: "x", count: 300_000)
        #expect(await portal.portal.submit("/starred", form: large, token: "ann").status == .contentTooLarge)
        let nobody = await portal.portal.submit("/starred", form: Self.form(["component:default/a"], "true"))
        #expect(nobody.status == .unauthorized)
        let program = await portal.portal.submit(
            "/starred", form: Self.form(["component:default/a"], "true"), token: "program")
        #expect(program.status == .forbidden)
    }
}
