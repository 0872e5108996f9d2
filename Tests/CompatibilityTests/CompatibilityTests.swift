import EntityModel
import Foundation
import HTTPTypes
import PortalKit
import PortalTesting
import Testing

/// Facts about Backstage's catalog API, each asked of a whole portal. Every case is a file.
@Suite struct CompatibilityTests {
    private static let config = """
        backend: { reading: { allow: [{ host: files.example }] } }
        catalog:
          processingInterval: false
          rules: [{ allow: [Component, API, Resource, System, Domain, Group, User, Location, Template, AiResource] }]
          locations: [{ type: file, target: \(CompatibilityCase.entitiesPath) }]
        """

    @Test("the catalog answers as Backstage's does", arguments: CompatibilityCase.all)
    func compatibility(_ example: CompatibilityCase) async throws {
        try #require(!example.exchanges.isEmpty, "\(example.sentence)")
        let portal = try await TestPortal.make(example.config ?? Self.config, files: example.files)
        for (url, text) in example.web { portal.http.record(.get, url, text) }
        try await portal.running {
            if example.config == nil, example.files[CompatibilityCase.entitiesPath] != nil {
                let isRead = await portal.eventually { await Self.hasRead(portal) }
                try #require(isRead, "the entities were not read")
            }
            var kept: [String: String] = [:]
            for (number, exchange) in example.exchanges.enumerated() {
                try await Self.run(exchange, number + 1, portal, &kept)
            }
        }
    }

    @Test("there are cases for every part of the interface")
    func areComplete() {
        #expect(CompatibilityCase.all.count >= 80)
        #expect(CompatibilityCase.all.filter { $0.name.hasPrefix("fact-") }.count >= 25)
    }

    /// A file is stored as a whole, together with the entity of its location.
    private static func hasRead(_ portal: TestPortal) async -> Bool {
        let filter = "kind=location,spec.target=\(CompatibilityCase.entitiesPath)"
        let answer = await portal.send(.get, "/api/catalog/entities?filter=\(PercentCoding.encode(filter))")
        return answer.body.count > 2
    }

    private static func run(
        _ exchange: CompatibilityCase.Exchange, _ number: Int, _ portal: TestPortal, _ kept: inout [String: String]
    ) async throws {
        if exchange.isEventual {
            let known = kept
            _ = await portal.eventually { (try? await attempt(exchange, portal, known))?.problem == nil }
        }
        let (problem, found) = try await attempt(exchange, portal, kept)
        kept.merge(found) { $1 }
        if let problem { Issue.record("request \(number), \(exchange.method) \(exchange.target): \(problem)") }
    }

    private static func attempt(
        _ exchange: CompatibilityCase.Exchange, _ portal: TestPortal, _ kept: [String: String]
    ) async throws -> (problem: String?, kept: [String: String]) {
        let answer = await send(exchange, portal, kept)
        let text = String(decoding: answer.body, as: UTF8.self)
        guard answer.status.code == exchange.status else {
            return ("the status is \(answer.status.code), not \(exchange.status): \(text)", [:])
        }
        var found: [String: String] = [:]
        for (name, wanted) in exchange.expectedHeaders {
            let value = HTTPField.Name(name).flatMap { answer.headers[$0] }
            guard let wanted else {
                if let value { return ("the header \(name) is there: \(value)", [:]) }
                continue
            }
            guard let value else { return ("the header \(name) is missing", [:]) }
            var pattern = JSONPattern(.string(wanted))
            if let problem = pattern.mismatch(.string(value)) { return ("\(name): \(problem)", [:]) }
            found.merge(pattern.kept) { $1 }
        }
        guard let expected = exchange.expectedBody else {
            return (answer.body.isEmpty ? nil : "the body is not empty: \(text)", found)
        }
        if expected.trimmingCharacters(in: .whitespacesAndNewlines) == "..." { return (nil, found) }
        var pattern = JSONPattern(try JSONParser.parse(Array(expected.utf8)))
        guard let value = try? JSONParser.parse(answer.body) else { return ("the body is no JSON: \(text)", [:]) }
        let problem = pattern.mismatch(value)
        return (problem, found.merging(pattern.kept) { $1 })
    }

    private static func send(
        _ exchange: CompatibilityCase.Exchange, _ portal: TestPortal, _ kept: [String: String]
    ) async -> PortalResponse {
        var target = exchange.target
        var body = exchange.body
        for (name, value) in kept {
            target = target.replacing("{{\(name)}}", with: PercentCoding.encode(value))
            body = body?.replacing("{{\(name)}}", with: value)
        }
        var headers: HTTPFields = [:]
        if body != nil { headers[.contentType] = "application/json" }
        var token: String? = TestPortal.token
        for (name, value) in exchange.headers {
            guard let field = HTTPField.Name(name) else { continue }
            let value = kept.reduce(value) { $0.replacing("{{\($1.key)}}", with: $1.value) }
            if field == .authorization { token = nil }
            headers[field] = value == "none" ? nil : value
        }
        return await portal.send(
            exchange.method, target, token: token, headers: headers, bytes: body.map { Array($0.utf8) } ?? [])
    }
}
