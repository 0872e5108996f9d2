import EntityModel
import Foundation
import HTTPTypes
import Testing

/// One file of `Tests/Fixtures/Compatibility`: what the portal holds, and requests with the answers expected of it.
///
///     The sentence of the test, and where the fact is from.
///     --- entities
///     kind: Component …                      read from a file; `--- file <path>` adds further files
///     --- web https://files.example/a.yaml   what the web answers there
///     --- config                             instead of the usual one
///     --- request
///     GET /api/catalog/entities              then headers, an empty line, and a body
///     --- response                           `--- response eventually`: asked again until it is so
///     200
///     link: <any>                            headers; `!link` must be absent
///
///     [ … ]                                  JSON after `JSONPattern`; `...` for any body; nothing for none
///
/// What `<any name>` stood for is put in place of `{{name}}` in later requests.
struct CompatibilityCase: Sendable, CustomTestStringConvertible {
    struct Exchange: Sendable {
        var method = HTTPRequest.Method.get
        var target = ""
        var headers: [(name: String, value: String)] = []
        var body: String?
        var status = 0
        var expectedHeaders: [(name: String, value: String?)] = []
        var expectedBody: String?
        var isEventual = false
    }

    struct Malformed: Error, CustomStringConvertible {
        let description: String
    }

    let name: String
    let sentence: String
    private(set) var files: [String: String] = [:]
    private(set) var web: [String: String] = [:]
    private(set) var config: String?
    private(set) var exchanges: [Exchange] = []

    static let entitiesPath = "/data/entities.yaml"

    var testDescription: String { "\(name): \(sentence)" }

    init(name: String, _ text: String) throws {
        self.name = name
        let sections = text.split(separator: "\n--- ", omittingEmptySubsequences: false).map(String.init)
        sentence = sections[0].replacing("\n", with: " ")
        for section in sections.dropFirst() {
            let (head, content) = Self.cut(section)
            let words = head.split(separator: " ").map(String.init)
            switch words.first {
            case "entities": files[Self.entitiesPath] = content
            case "file": files[words.last ?? ""] = content
            case "web": web[words.last ?? ""] = content
            case "config": config = content
            case "request": exchanges.append(try Self.request(content, in: name))
            case "response":
                guard let last = exchanges.indices.last else {
                    throw Malformed(description: "\(name): a response comes first")
                }
                exchanges[last].isEventual = words.last == "eventually"
                try Self.response(content, in: name, &exchanges[last])
            default: throw Malformed(description: "\(name): there is no section \(head)")
            }
        }
        guard !exchanges.isEmpty, exchanges.allSatisfy({ $0.status > 0 }) else {
            throw Malformed(description: "\(name): a request has no response")
        }
    }

    private static func cut(_ text: String) -> (head: String, rest: String) {
        let parts = text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        return (parts[0], parts.count > 1 ? parts[1] : "")
    }

    private static func request(_ text: String, in name: String) throws -> Exchange {
        let (head, body) = split(text)
        let first = head.first?.split(separator: " ", maxSplits: 1).map(String.init) ?? []
        guard first.count == 2, let method = HTTPRequest.Method(rawValue: first[0]) else {
            throw Malformed(description: "\(name): a request begins with its method and target")
        }
        var exchange = Exchange(method: method, target: first[1])
        exchange.headers = head.dropFirst().map(header)
        exchange.body = body
        return exchange
    }

    private static func response(_ text: String, in name: String, _ exchange: inout Exchange) throws {
        let (head, body) = split(text)
        guard let status = head.first.flatMap({ Int($0) }) else {
            throw Malformed(description: "\(name): a response begins with its status")
        }
        exchange.status = status
        exchange.expectedHeaders = head.dropFirst().map { line in
            line.hasPrefix("!") ? (String(line.dropFirst()), nil) : header(line)
        }
        exchange.expectedBody = body
    }

    /// The lines before the first empty one, and what follows it.
    private static func split(_ text: String) -> (head: [String], body: String?) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let head = lines.prefix { !$0.isEmpty }
        let body = lines.dropFirst(head.count + 1).joined(separator: "\n")
        return (Array(head), body.allSatisfy(\.isWhitespace) ? nil : body)
    }

    private static func header(_ line: String) -> (name: String, value: String) {
        let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
        return (parts[0], parts.count > 1 ? parts[1] : "")
    }

    /// Every case, by name.
    static let all: [CompatibilityCase] = {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appending(path: "../Fixtures/Compatibility")
        let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        return files.filter { $0.pathExtension == "txt" }.sorted { $0.path < $1.path }.compactMap { file in
            let name = file.deletingPathExtension().lastPathComponent
            do {
                return try CompatibilityCase(name: name, String(contentsOf: file, encoding: .utf8))
            } catch {
                // Runs as a case, and fails with the reason.
                return CompatibilityCase(unreadable: name, "\(error)")
            }
        }
    }()

    private init(unreadable name: String, _ reason: String) {
        self.name = name
        sentence = "the case cannot be read: \(reason)"
    }
}
