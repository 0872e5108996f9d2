import Database
import EntityModel
import Foundation
import HTTPTypes
import PortalKit
import PortalTesting

/// Real catalog files of many organisations, which lie beside a checkout or where `CALLBOARD_SHARED` says; not in it.
enum Corpus {
    static let missing = "the corpus of real catalog files is not at hand"

    /// The folder above `catalog`, or nil where it is not there.
    static let folder: URL? = {
        let beside = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../../shared")
        let named = ProcessInfo.processInfo.environment["CALLBOARD_SHARED"].map { URL(fileURLWithPath: $0) }
        let folder = (named ?? beside).appending(path: "data").standardizedFileURL
        return FileManager.default.fileExists(atPath: folder.appending(path: "catalog").path) ? folder : nil
    }()

    /// Every file beneath `catalog`, under `/corpus`.
    static func files() throws -> [String: String] {
        guard let root = folder?.appending(path: "catalog") else { return [:] }
        var files: [String: String] = [:]
        for case let path as String in FileManager.default.enumerator(atPath: root.path)?.allObjects ?? [] {
            let file = root.appending(path: path)
            if let text = try? String(contentsOf: file, encoding: .utf8) { files["/corpus/\(path)"] = text }
        }
        return files
    }

    /// The files that `INDEX.md` says are none of the catalog, by path.
    static func invalidFiles() throws -> Set<String> {
        guard let folder else { return [] }
        let index = try String(contentsOf: folder.appending(path: "INDEX.md"), encoding: .utf8)
        let rows = index.split(separator: "\n").filter { $0.hasPrefix("| ") && $0.contains("INVALID") }
        return Set(rows.compactMap { $0.split(separator: "|").first.map { "/corpus/\($0.dropFirst().dropLast())" } })
    }

    /// The documents of a file that say something.
    static func documents(_ text: String) -> [JSONObject] {
        YAMLReader.documents(Array(text.utf8)).compactMap { try? $0.value.get().object }
    }

    static func config(_ targets: String...) -> String {
        let locations = targets.map { "{ type: file, target: '\($0)' }" }.joined(separator: ", ")
        return """
            catalog:
              processingInterval: false
              rules:
                - allow: [Component, API, Resource, System, Domain, Group, User, Location, Template, AiResource]
              locations: [\(locations)]
            """
    }

    /// Waits until every source that is known has been read.
    static func settle(_ portal: TestPortal) async throws -> [JSONValue] {
        let isRead = await portal.eventually {
            let open = try? await portal.database.read { transaction in
                try transaction.row(
                    "SELECT COUNT(*) FROM catalog_sources WHERE next_at = 0 OR lease_until > 0")?.int(0)
            }
            return open == 0
        }
        guard isRead else { throw PortalError(.unavailable, "The sources were not read in time.") }
        var entities: [JSONValue] = []
        let isShown = await portal.eventually {
            let stored = try? await portal.database.read { transaction in
                try transaction.row("SELECT COUNT(*) FROM catalog_entities")?.int(0)
            }
            return await shown(portal).count == stored
        }
        if isShown { entities = await shown(portal) }
        return entities
    }

    private static func shown(_ portal: TestPortal) async -> [JSONValue] {
        let answer = await portal.send(.get, "/api/catalog/entities")
        return (try? JSONParser.parse(answer.body))?.array ?? []
    }
}

extension JSONValue {
    var reference: String { Entity(object ?? [:]).reference.description }

    /// The messages of the status, in order.
    var errors: [String] { self["status"]?["items"]?.array?.compactMap { $0["message"]?.string } ?? [] }
}
