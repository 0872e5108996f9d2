import EntityModel
import Foundation
import HTTPTypes
import PortalKit

/// `GET /catalog/export`: the whole result of the filters, or the rows that were chosen, as a file.
struct CatalogExport: Sendable {
    /// What the file can be.
    enum Format: String, Sendable, CaseIterable {
        case csv, json, ndjson

        var name: String {
            switch self {
            case .csv: "CSV"
            case .json: "JSON"
            case .ndjson: "NDJSON"
            }
        }

        fileprivate var contentType: String {
            switch self {
            case .csv: "text/csv; charset=utf-8"
            case .json: "application/json; charset=utf-8"
            case .ndjson: "application/x-ndjson; charset=utf-8"
            }
        }
    }

    let index: PublishedIndex
    let personal: PersonalServices

    static let url: SafeURL = "/catalog/export"
    private static let pieceSize = 500

    static func url(_ filters: CatalogFilters, _ format: Format) -> SafeURL {
        SafeURL("\(url.text)?format=\(format.rawValue)&\(filters.query)") ?? url
    }

    var route: Route {
        Route(
            .get, "/catalog/export", access: .permission(CatalogPermissions.entityRead), isPage: true,
            handler: export)
    }

    private func export(_ request: PortalRequest) async throws -> PortalResponse {
        guard let format = Format(rawValue: request.query["format"] ?? "csv") else {
            throw PortalError(.input, "The format must be csv, json or ndjson")
        }
        let slots = try await slots(request)
        let version = index.version
        let size = Self.pieceSize
        @Sendable func piece(_ number: Int) -> [UInt8] {
            let part = slots[min(number * size, slots.count)..<min((number + 1) * size, slots.count)]
            return Self.piece(
                Array(part), version.index, format, isFirst: number == 0, isLast: (number + 1) * size >= slots.count)
        }
        var response = PortalResponse(
            headers: [
                .contentType: format.contentType,
                .contentDisposition: "attachment; filename=\"catalog.\(format.rawValue)\"",
                .cacheControl: "private, no-store",
            ], body: piece(0))
        if slots.count > size {
            response.pieces = { number in (number + 1) * size < slots.count ? piece(number + 1) : nil }
        }
        return response
    }

    private func slots(_ request: PortalRequest) async throws -> [UInt32] {
        let catalog = AuthorizedCatalog(index.version, decision: request.decision)
        let chosen = request.query.all(BulkBar.field)
        if !chosen.isEmpty {
            return chosen.compactMap { text in
                (try? EntityReference(parsing: text)).flatMap { catalog.slot(reference: $0.description) }
            }
        }
        let context = ViewContext(principal: request.principal, now: .distantPast)
        let filters = CatalogFilters(request.query)
        let stars = filters.isStarred ? try await personal.stars(of: context) : []
        let found = ListScope(catalog, context.user, stars: stars).matches(filters)
        return catalog.index.page(of: found, order: filters.order, limit: found.count).slots
    }

    private static func piece(
        _ slots: [UInt32], _ index: CatalogIndex, _ format: Format, isFirst: Bool, isLast: Bool
    ) -> [UInt8] {
        var out: [UInt8] = []
        switch format {
        case .csv:
            if isFirst { CSVLine.append(CSVLine.headings, to: &out) }
            for slot in slots { CSVLine.append(CSVLine.values(index.shown(slot), slot, index), to: &out) }
        case .json:
            out.append(UInt8(ascii: isFirst ? "[" : ","))
            for (number, slot) in slots.enumerated() {
                if number > 0 { out.append(UInt8(ascii: ",")) }
                index.append(slot, to: &out)
            }
            if isLast { out.append(UInt8(ascii: "]")) }
        case .ndjson:
            for slot in slots {
                index.append(slot, to: &out)
                out.append(UInt8(ascii: "\n"))
            }
        }
        return out
    }
}

/// A line of a table as spreadsheets read it (RFC 4180).
enum CSVLine {
    static let headings = [
        "reference", "kind", "namespace", "name", "title", "description", "type", "lifecycle", "owner", "system",
        "tags",
        "location",
    ]

    static func values(_ entity: Entity, _ slot: UInt32, _ index: CatalogIndex) -> [String] {
        let spec = entity.spec
        func targets(_ type: String) -> String {
            index.graph.edges(of: entity.reference.description, types: [type], most: 20).map(\.target)
                .joined(separator: " ")
        }
        return [
            entity.reference.description, entity.kind, entity.namespace, entity.name, entity.title ?? "",
            entity.metadata["description"]?.string ?? "", spec["type"]?.string ?? "", spec["lifecycle"]?.string ?? "",
            targets("ownedBy"), targets("partOf"),
            (entity.metadata["tags"]?.array ?? []).compactMap(\.string).joined(separator: " "),
            entity.annotation("backstage.io/managed-by-location") ?? "",
        ]
    }

    static func append(_ values: [String], to out: inout [UInt8]) {
        for (number, value) in values.enumerated() {
            if number > 0 { out.append(UInt8(ascii: ",")) }
            out += Array(cell(value).utf8)
        }
        out += Array("\r\n".utf8)
    }

    /// A text that a spreadsheet would run as a formula is made one that it shows (OWASP, CSV injection).
    static func cell(_ text: String) -> String {
        // By bytes: a sign with a combining mark is another character to Swift, and the same sign to a spreadsheet.
        let isFormula = text.utf8.first.map { "=+-@\t\r\n".utf8.contains($0) } ?? false
        let safe = isFormula ? "'\(text)" : text
        guard safe.utf8.contains(where: { ",\"\r\n".utf8.contains($0) }) else { return safe }
        let quote = UInt8(ascii: "\"")
        let doubled = safe.utf8.flatMap { $0 == quote ? [quote, quote] : [$0] }
        return "\"\(String(decoding: doubled, as: UTF8.self))\""
    }
}
