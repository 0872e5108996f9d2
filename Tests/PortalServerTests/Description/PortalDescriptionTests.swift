import EntityModel
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

@testable import PortalServer

/// `GET /api/callboard/openapi.json` against the routes of a whole portal: neither can drift from the other.
@Suite struct PortalDescriptionTests {
    private static let path = "/api/callboard/openapi.json"

    private func portal() async throws -> TestPortal {
        try await TestPortal.make("auth: { providers: { guest: {} } }\nbackend: { listen: 127.0.0.1:7007 }")
    }

    private func document(_ portal: TestPortal) async throws -> JSONValue {
        try JSONParser.parse(await portal.send(.get, Self.path).body)
    }

    @Test("every route that is no page is described, and every described route is served")
    func describesAll() async throws {
        let portal = try await portal()
        let served = Set(portal.routes.filter { !$0.isPage }.map { "\($0.method.rawValue) \($0.path)" })
        var described: Set<String> = []
        for (path, item) in try await document(portal)["paths"]?.object?.members ?? [] {
            for method in item.object?.keys ?? [] { described.insert("\(method.uppercased()) \(path)") }
        }
        #expect(served.subtracting(described) == [], "has no RouteDescription beside its route")
        #expect(described.subtracting(served) == [])
        // One that is described and not served would be left out of the document without a word.
        let contributed = portal.registry.all(RouteDescription.self).map { "\($0.method.rawValue) \($0.path)" }
        #expect(Set(contributed).count == contributed.count)
        #expect(Set(contributed).subtracting(served) == [])
    }

    @Test("every operation has a name of its own, its path's parameters once, answers, and who may call it")
    func operationsAreComplete() async throws {
        let portal = try await portal()
        let document = try await document(portal)
        var names: Set<String> = []
        for route in portal.routes where !route.isPage {
            let method = route.method.rawValue.lowercased()
            let operation = try #require(document["paths"]?[route.path]?[method])
            let name = operation["operationId"]?.string ?? ""
            #expect(!name.isEmpty && names.insert(name).inserted, "\(route.path) shares the name \(name)")
            let wanted = route.path.split(separator: "/").filter { $0.hasPrefix("{") }.map { $0.dropFirst().dropLast() }
            let parameters = (operation["parameters"]?.array ?? []).map { resolve($0, document) }
            let inPath = parameters.filter { $0?["in"] == "path" }.compactMap { $0?["name"]?.string?[...] }
            #expect(inPath.sorted() == wanted.sorted(), "\(route.path)")
            let statuses = operation["responses"]?.object?.keys ?? []
            #expect(statuses.contains { $0.hasPrefix("2") } && statuses.contains("400"), "\(route.path)")
            if case .open = route.access {
                #expect(operation["security"] == [], "\(route.path)")
            } else {
                #expect(operation["security"] == nil && Set(statuses).isSuperset(of: ["401", "403"]), "\(route.path)")
            }
        }
    }

    @Test("every reference leads somewhere, and what plugins have under one name is the same")
    func references() async throws {
        let portal = try await portal()
        let document = try await document(portal)
        func visit(_ value: JSONValue) {
            switch value {
            case .array(let list): list.forEach(visit)
            case .object(let object):
                if let reference = object["$ref"]?.string {
                    #expect(resolve(value, document) != nil, "\(reference) leads nowhere")
                }
                for (_, member) in object.members { visit(member) }
            default: break
            }
        }
        visit(document)
        for description in portal.registry.all(RouteDescription.self) {
            for (group, members) in description.components.members {
                for (name, value) in members.object?.members ?? [] {
                    #expect(document["components"]?[group]?[name] == value, "\(group) \(name) is something else, too")
                }
            }
        }
    }

    @Test("it is for whoever is signed in, and for whoever has it already it is 304")
    func answers() async throws {
        let portal = try await portal()
        #expect(await portal.send(.get, Self.path, token: nil).status == .unauthorized)
        let answer = await portal.send(.get, Self.path)
        let tag = try #require(answer.headers[.eTag])
        let again = await portal.send(.get, Self.path, headers: [.ifNoneMatch: tag])
        #expect(again.status == .notModified && again.body.isEmpty)
        #expect(try await document(portal)["info"]?["version"]?.string == CallboardVersion.current)
    }

    private func resolve(_ value: JSONValue, _ document: JSONValue) -> JSONValue? {
        guard let reference = value["$ref"]?.string else { return value }
        return reference.dropFirst(2).split(separator: "/").reduce(document as JSONValue?) { $0?[String($1)] }
    }
}
