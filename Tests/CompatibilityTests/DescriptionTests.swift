import EntityModel
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

/// The description of the interface is written by hand; these hold it to what is served.
@Suite struct DescriptionTests {
    private static let prefix = "/api/catalog"

    private func description(_ portal: TestPortal) async throws -> JSONValue {
        try JSONParser.parse(await portal.send(.get, "\(Self.prefix)/openapi.json").body)
    }

    @Test("every route of the catalog is described, and nothing else is")
    func describesAllRoutes() async throws {
        let portal = try await TestPortal.make()
        let served = Set(
            portal.routes.filter { $0.path.hasPrefix("\(Self.prefix)/") }.map { "\($0.method.rawValue) \($0.path)" })
        var described: Set<String> = []
        for (path, item) in try await description(portal)["paths"]?.object?.members ?? [] {
            for method in item.object?.keys ?? [] { described.insert("\(method.uppercased()) \(Self.prefix)\(path)") }
        }
        #expect(described.subtracting(served) == [])
        #expect(served.subtracting(described) == [])
        #expect(served.count >= 22)
    }

    @Test("every operation has a name of its own, its path's parameters, and the answers that all have")
    func operationsAreComplete() async throws {
        let portal = try await TestPortal.make()
        let document = try await description(portal)
        var names: Set<String> = []
        for (path, item) in document["paths"]?.object?.members ?? [] {
            let wanted = Set(path.split(separator: "/").filter { $0.hasPrefix("{") }.map { $0.dropFirst().dropLast() })
            for (method, operation) in item.object?.members ?? [] {
                let name = operation["operationId"]?.string ?? ""
                #expect(names.insert(name).inserted, "\(method) \(path) shares the name \(name)")
                let parameters = (operation["parameters"]?.array ?? []).map { resolve($0, document) }
                let inPath = Set(parameters.filter { $0?["in"] == "path" }.compactMap { $0?["name"]?.string?[...] })
                #expect(inPath == wanted, "\(method) \(path)")
                let statuses = Set(operation["responses"]?.object?.keys ?? [])
                #expect(statuses.isSuperset(of: ["400", "401", "403"]), "\(method) \(path)")
                #expect(method == "post" || operation["requestBody"] == nil)
            }
        }
    }

    @Test("what is described as a query parameter is taken, and everything else is refused by name")
    func takesWhatIsDescribed() async throws {
        let portal = try await TestPortal.make()
        let document = try await description(portal)
        for (path, item) in document["paths"]?.object?.members ?? [] {
            for (method, operation) in item.object?.members ?? [] where path != "/validate-entity" {
                let asked = path.replacing("{", with: "").replacing("}", with: "")
                let target = "\(Self.prefix)\(asked)?"
                let verb = try #require(HTTPRequest.Method(rawValue: method.uppercased()))
                let refused = await portal.send(verb, "\(target)surprise=1")
                #expect(refused.status == .badRequest, "\(method) \(path)")
                #expect(String(decoding: refused.body, as: UTF8.self).contains("Unknown query parameter 'surprise'"))
                let names = (operation["parameters"]?.array ?? []).map { resolve($0, document) }
                    .filter { $0?["in"] == "query" }.compactMap { $0?["name"]?.string }
                let taken = await portal.send(verb, target + names.map { "\($0)=1" }.joined(separator: "&"))
                #expect(!String(decoding: taken.body, as: UTF8.self).contains("Unknown query"), "\(method) \(path)")
            }
        }
    }

    @Test("every reference in the description leads somewhere, and everything that it holds is used")
    func referencesLead() async throws {
        let portal = try await TestPortal.make()
        let document = try await description(portal)
        var used: Set<String> = []
        func visit(_ value: JSONValue) {
            switch value {
            case .array(let list): list.forEach(visit)
            case .object(let object):
                if let reference = object["$ref"]?.string {
                    used.insert(reference)
                    #expect(resolve(value, document) != nil, "\(reference) leads nowhere")
                }
                for (_, member) in object.members { visit(member) }
            default: break
            }
        }
        visit(document)
        for group in ["parameters", "responses", "schemas"] {
            for name in document["components"]?[group]?.object?.keys ?? [] {
                #expect(used.contains("#/components/\(group)/\(name)"), "\(name) is used nowhere")
            }
        }
    }

    private func resolve(_ value: JSONValue, _ document: JSONValue) -> JSONValue? {
        guard let reference = value["$ref"]?.string else { return value }
        return reference.dropFirst(2).split(separator: "/").reduce(document as JSONValue?) { $0?[String($1)] }
    }
}
