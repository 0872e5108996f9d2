import EntityModel
import PortalKit

/// The columns of a table of entities: short names for what most ask for, and every path of an entity.
struct ExportColumns: Sendable {
    /// Those of an export that names none.
    static let standard = [
        "reference", "kind", "namespace", "name", "title", "description", "type", "lifecycle", "owner", "system",
        "tags", "location",
    ]
    /// All that a column is without a dot: short names, and what stands in an entity at the top.
    static let known = standard + ["domain", "uid", "apiVersion", "metadata", "spec"]
    private static let most = 100
    private static let longest = 300

    private enum Column: Hashable {
        case reference
        case namespace
        /// Targets of relations of a type, and of these what begins so.
        case targets(type: String, prefix: String)
        case path(String)
    }

    let names: [String]
    private let columns: [Column]
    /// What they show may be longer than what pages show of an entity.
    private let showsWhole: Bool

    /// Whether none were named.
    var isStandard: Bool { !showsWhole }

    init() { self.init(Self.standard, showsWhole: false) }

    private init(_ names: [String], showsWhole: Bool) {
        self.names = names
        columns = names.map(Self.column)
        self.showsWhole = showsWhole
    }

    /// - Parameter parameters: comma separated names, possibly over several parameters; the usual columns for none.
    /// - Throws: `PortalError` of kind `input`.
    init(_ parameters: [String]) throws {
        try self.init(
            list: parameters.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) })
    }

    /// - Parameter list: a name each; empty ones are left out.
    /// - Throws: `PortalError` of kind `input`.
    init(list: [String]) throws {
        guard list.count <= Self.most else {
            throw PortalError(.input, "columns must not name more than \(Self.most)")
        }
        for name in list {
            guard name.unicodeScalars.count <= Self.longest else {
                throw PortalError(.input, "columns must not have names of more than \(Self.longest) characters")
            }
            guard !name.utf8.contains(where: { "[,".utf8.contains($0) }) else {
                throw PortalError(.input, "columns cannot name elements of lists, or several in one, as '\(name)' does")
            }
        }
        let names = list.map(\.trimmed).filter { !$0.isEmpty }
        if let other = names.first(where: { !Self.known.contains($0) && !$0.utf8.contains(UInt8(ascii: ".")) }) {
            throw PortalError(
                .input,
                "columns must be some of \(Self.known.joined(separator: ", ")), or paths such as metadata.labels.tier, and not "
                    + "'\(other)'")
        }
        // What one entity has may be megabytes long: a hundred times that is more than a line may have.
        var known: Set<Column> = []
        if let name = names.first(where: { !known.insert(Self.column($0)).inserted }) {
            throw PortalError(.input, "columns must not name the same twice, as '\(name)' does")
        }
        if names.isEmpty { self.init() } else { self.init(names, showsWhole: true) }
    }

    private static func column(_ name: String) -> Column {
        switch name {
        case "reference": .reference
        case "namespace", "metadata.namespace": .namespace
        case "name", "title", "description", "tags", "uid": .path("metadata.\(name)")
        case "type", "lifecycle": .path("spec.\(name)")
        case "owner": .targets(type: "ownedby", prefix: "")
        case "system": .targets(type: "partof", prefix: "system:")
        case "domain": .targets(type: "partof", prefix: "domain:")
        case "location": .path("metadata.annotations.backstage.io/managed-by-location")
        default:
            name.hasPrefix("relations.")
                ? .targets(type: name.dropFirst("relations.".count).lowercased(), prefix: "") : .path(name)
        }
    }

    func appendHeadings(to out: inout [UInt8]) { CSVLine.append(names.map { CSVLine.cell($0) }, to: &out) }

    func append(_ slot: UInt32, of index: CatalogIndex, to out: inout [UInt8]) {
        let entity = showsWhole ? Entity(index.own(of: slot)) : index.shown(slot)
        CSVLine.append(columns.map { Self.cell($0, entity, index) }, to: &out)
    }

    private static func cell(_ column: Column, _ entity: Entity, _ index: CatalogIndex) -> String {
        switch column {
        case .reference: return CSVLine.cell(entity.reference.description)
        case .namespace: return CSVLine.cell(entity.namespace)
        case .path(let path):
            let pieces = path.split(separator: ".", omittingEmptySubsequences: false)
            return CSVLine.cell(value(at: pieces[...], in: entity.object))
        case .targets(let type, let prefix):
            let types = Set(index.relations.types.filter { $0.lowercased() == type })
            let targets = index.graph.edges(of: entity.reference.description, types: types, most: .max).map(\.target)
            return CSVLine.cell(targets.filter { $0.hasPrefix(prefix) }.joined(separator: " "))
        }
    }

    /// As `fields` finds it: keys may hold dots, so pieces are joined until they name an existing key.
    private static func value(at pieces: ArraySlice<Substring>, in object: JSONObject) -> JSONValue? {
        var key: String?
        for (position, piece) in zip(pieces.indices, pieces) {
            let name = key.map { "\($0).\(piece)" } ?? String(piece)
            key = name
            guard let value = object[name] else { continue }
            let rest = pieces[(position + 1)...]
            return rest.isEmpty ? value : value.object.flatMap { Self.value(at: rest, in: $0) }
        }
        return nil
    }
}
