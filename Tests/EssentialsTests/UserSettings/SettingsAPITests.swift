import EntityModel
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

@testable import Essentials

@Suite struct SettingsAPITests {
    private static let path = SettingsPortal.path("my-bucket", "my-key")

    @Test("the plugin holds what every plugin must") func isCompatible() async throws {
        #expect(try await PluginCompatTest(UserSettingsPlugin.self).problems() == [])
    }

    @Test("a value is set, read and deleted as upstream does") func roundTrip() async throws {
        let portal = try await SettingsPortal.make()
        let missing = await portal.send(.get, Self.path)
        #expect(missing.status == .notFound)
        #expect(SettingsPortal.json(missing)["error"]?["name"] == "NotFoundError")
        #expect(SettingsPortal.message(missing) == "Unable to find 'my-key' in bucket 'my-bucket'")
        for value in ["a", .null, ["deep": [1, 2]], ""] as [JSONValue] {
            let setting: JSONValue = ["bucket": "my-bucket", "key": "my-key", "value": value]
            let written = await portal.send(.put, Self.path, json: ["value": value])
            #expect(written.status == .ok)
            #expect(SettingsPortal.json(written) == setting)
            let read = await portal.send(.get, Self.path)
            #expect(read.status == .ok)
            #expect(SettingsPortal.json(read) == setting)
            #expect(read.headers[.cacheControl] == "private, no-cache")
        }
        for _ in 1...2 {
            let deleted = await portal.send(.delete, Self.path)
            #expect(deleted.status == .noContent)
            #expect(deleted.body.isEmpty)
        }
        #expect(await portal.send(.get, Self.path).status == .notFound)
    }

    @Test("several are read at once, in their order, null for what is not there") func multiget() async throws {
        let portal = try await SettingsPortal.make()
        _ = await portal.send(.put, SettingsPortal.path("a", "x"), json: ["value": 1])
        _ = await portal.send(.put, SettingsPortal.path("b", "y"), json: ["value": .null])
        let items: JSONValue = [
            ["bucket": "b", "key": "y"], ["bucket": "a", "key": "y"], ["bucket": "a", "key": "x"],
            ["bucket": "a", "key": "x"],
        ]
        let answer = await portal.send(.post, "/api/user-settings/multiget", json: ["items": items])
        #expect(answer.status == .ok)
        #expect(
            SettingsPortal.json(answer)
                == ["items": [["value": .null], .null, ["value": 1], ["value": 1]]])
        let none = await portal.send(.post, "/api/user-settings/multiget", json: ["items": []])
        #expect(SettingsPortal.json(none) == ["items": []])
    }

    @Test("nobody and programs have no settings", arguments: [HTTPRequest.Method.get, .put, .delete, .post])
    func unauthorized(_ method: HTTPRequest.Method) async throws {
        let portal = try await SettingsPortal.make()
        let target = method == .post ? "/api/user-settings/multiget" : Self.path
        let body: JSONValue? = method == .get ? nil : ["value": "a", "items": []]
        let anonymous = await portal.send(method, target, json: body, as: nil)
        #expect(anonymous.status == .unauthorized)
        #expect(SettingsPortal.json(anonymous)["error"]?["name"] == "AuthenticationError")
        let program = await portal.send(method, target, json: body, as: "program")
        #expect(program.status == .forbidden)
        #expect(SettingsPortal.json(program)["error"]?["name"] == "NotAllowedError")
        #expect(SettingsPortal.message(program).hasPrefix("This endpoint does not allow 'service' credentials"))
    }

    @Test("what others keep cannot be reached") func others() async throws {
        let portal = try await SettingsPortal.make()
        _ = await portal.send(.put, Self.path, json: ["value": "ann's"], as: "ann")
        #expect(await portal.send(.get, Self.path, as: "bob").status == .notFound)
        #expect(await portal.send(.delete, Self.path, as: "bob").status == .noContent)
        _ = await portal.send(.put, Self.path, json: ["value": "bob's"], as: "bob")
        let items: JSONValue = [["bucket": "my-bucket", "key": "my-key", "owner": "user:default/ann"]]
        let many = await portal.send(.post, "/api/user-settings/multiget", json: ["items": items], as: "bob")
        #expect(SettingsPortal.json(many) == ["items": [["value": "bob's"]]])
        #expect(SettingsPortal.json(await portal.send(.get, Self.path, as: "ann"))["value"] == "ann's")
        let foreign: JSONValue = ["value": "mine", "userEntityRef": "user:default/ann", "owner": "user:default/ann"]
        _ = await portal.send(.put, Self.path, json: foreign, as: "bob")
        #expect(SettingsPortal.json(await portal.send(.get, Self.path, as: "ann"))["value"] == "ann's")
    }

    @Test("names may be any text of up to 255 characters")
    func names() async throws {
        let portal = try await SettingsPortal.make()
        let names = ["a/b", "%2F", "\u{1F600}\u{1F600}", "..", "a b+c", "'\"<>&", String(repeating: "ü", count: 255)]
        for name in names {
            let path = SettingsPortal.path(name, name)
            let written = await portal.send(.put, path, json: ["value": .string(name)])
            #expect(written.status == .ok, "\(name)")
            #expect(SettingsPortal.json(written)["key"] == .string(name))
        }
        for name in names {
            let read = await portal.send(.get, SettingsPortal.path(name, name))
            #expect(SettingsPortal.json(read)["value"] == .string(name))
        }
    }

    @Test("hostile names and bodies are the caller's mistakes, and clear ones")
    func hostile() async throws {
        let portal = try await SettingsPortal.make()
        for name in ["a\u{0}b", String(repeating: "k", count: 10_000), String(repeating: "\u{1F600}", count: 256)] {
            for path in [SettingsPortal.path(name, "k"), SettingsPortal.path("b", name)] {
                for method in [HTTPRequest.Method.get, .put, .delete] {
                    let answer = await portal.send(method, path, json: method == .put ? ["value": 1] : nil)
                    #expect(answer.status == .badRequest)
                    #expect(SettingsPortal.json(answer)["error"]?["name"] == "InputError")
                }
            }
            let items: JSONValue = [["bucket": .string(name), "key": "k"]]
            let many = await portal.send(.post, "/api/user-settings/multiget", json: ["items": items])
            #expect(many.status == .badRequest)
        }
        let one: JSONValue = ["bucket": "b", "key": "k"]
        let lists: [JSONValue] = [
            .null, "x", [:], ["x"], [["bucket": "b"]], [["bucket": 1, "key": "k"]],
            .array(Array(repeating: one, count: 101)),
        ]
        for items in lists {
            let many = await portal.send(.post, "/api/user-settings/multiget", json: ["items": items])
            #expect(many.status == .badRequest)
        }
        #expect(await portal.send(.post, "/api/user-settings/multiget", json: [:]).status == .badRequest)
    }

    @Test("a body without a value is refused as upstream does, and other bodies too") func bodies() async throws {
        let portal = try await SettingsPortal.make()
        let empty = await portal.send(.put, Self.path, json: [:])
        #expect(empty.status == .badRequest)
        #expect(SettingsPortal.message(empty) == "Missing required field \"value\"")
        var json = HTTPFields()
        json[.contentType] = "application/json"
        for body in ["", "[]", "\"a\"", "{", "{\"value\":\"\u{1}\"}", "{\"value\":nope}"] {
            let answer = await portal.portal.send(.put, Self.path, bytes: Array(body.utf8), token: "ann", headers: json)
            #expect(answer.status == .badRequest, "\(body)")
        }
        let deep = "{\"value\":" + String(repeating: "[", count: 600) + String(repeating: "]", count: 600) + "}"
        let answer = await portal.portal.send(.put, Self.path, bytes: Array(deep.utf8), token: "ann", headers: json)
        #expect(answer.status == .badRequest)
        let large = JSONValue.string(String(repeating: "x", count: SettingsLimits.largestValue))
        let tooLarge = await portal.send(.put, Self.path, json: ["value": large])
        #expect(tooLarge.status == .contentTooLarge)
        #expect(SettingsPortal.message(tooLarge).contains("256 KiB"))
        let huge = JSONValue.string(String(repeating: "x", count: SettingsLimits.largestBody))
        #expect(await portal.send(.put, Self.path, json: ["value": huge]).status == .contentTooLarge)
        #expect(await portal.send(.get, Self.path).status == .notFound)
    }
}
