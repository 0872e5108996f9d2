import EntityModel
import PortalKit

/// Paths of files as pages show them: from the configuration's folder, and never with the folders of the host.
///
/// The API keeps them whole: clients of Backstage compare them.
struct ShownPaths: Sendable {
    /// What is left out, and what stands in its place; longer folders first.
    private let folders: [(folder: [UInt8], sign: String)]

    /// - Parameters:
    ///   - configuration: the folder of the configuration, which paths are relative to.
    ///   - roots: the locations of the configuration; what they lead to lies beneath their folders.
    ///   - relative: the targets among them that the configuration writes from its own folder. Their way from there is
    ///     made of what it says.
    init(configuration: String, roots: [LocationReference], relative: Set<String> = []) {
        let files = roots.filter { $0.type == "file" }
        let own = FilePath.normalized(configuration)
        func folders(_ roots: [LocationReference]) -> Set<String> {
            Set(roots.map { FilePath.fixedFolder(of: $0.target) })
                .filter { $0 != own && FilePath.relative($0, to: own) == nil }
        }
        let near = folders(files.filter { relative.contains($0.target) })
        let far = folders(files.filter { !relative.contains($0.target) }).subtracting(near)
        let all =
            [(own, "")] + near.map { ($0, Self.way(from: own, to: $0)) }
            + far.map { ($0, Self.sign(of: $0, among: far)) }
        self.folders = all.filter { $0.0 != "/" }.sorted { ($1.0.utf8.count, $0.0) < ($0.0.utf8.count, $1.0) }
            .map { (Array($0.0.utf8), $0.1) }
    }

    /// `../services/` for a neighbour of the configuration's folder.
    private static func way(from own: String, to folder: String) -> String {
        let from = own.split(separator: "/")
        let to = folder.split(separator: "/")
        let shared = zip(from, to).prefix { $0 == $1 }.count
        return String(repeating: "../", count: from.count - shared) + to[shared...].map { "\($0)/" }.joined()
    }

    /// As few names at the end of a folder as tell it from the others, which may be none: `…/`, `…/pay/`.
    private static func sign(of folder: String, among others: Set<String>) -> String {
        let parts = others.subtracting([folder]).map { $0.split(separator: "/") }
        let own = folder.split(separator: "/")
        let count =
            parts.isEmpty
            ? 0
            : (1...max(1, own.count)).first { count in
                !parts.contains { $0.suffix(count) == own.suffix(count) }
            } ?? own.count
        return "…/" + own.suffix(count).map { "\($0)/" }.joined()
    }

    /// A text without the folders of the host.
    func shown(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var out: [UInt8] = []
        var index = 0
        var isChanged = false
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "/"), index == 0 || !Self.isPartOfPath(bytes[index - 1]),
                let entry = folders.first(where: { Self.isFolder($0.folder, bytes[index...]) })
            {
                index += entry.folder.count
                let goesOn = index < bytes.count && bytes[index] == UInt8(ascii: "/")
                if goesOn { index += 1 }
                out += Array((goesOn ? entry.sign : entry.sign.isEmpty ? "." : String(entry.sign.dropLast())).utf8)
                isChanged = true
            } else {
                out.append(bytes[index])
                index += 1
            }
        }
        return isChanged ? String(decoding: out, as: UTF8.self) : text
    }

    /// Whether a text begins with a folder, or a path below it. A full stop at the end of a sentence is no part of either.
    private static func isFolder(_ folder: [UInt8], _ text: ArraySlice<UInt8>) -> Bool {
        guard text.starts(with: folder) else { return false }
        var rest = text.dropFirst(folder.count)
        if rest.first == UInt8(ascii: "/") { return true }
        if rest.first == UInt8(ascii: ".") { rest = rest.dropFirst() }
        return rest.first.map { !isPartOfPath($0) } ?? true
    }

    /// Whether a slash after this goes on with a path or URL, rather than beginning a path.
    private static func isPartOfPath(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "-"),
            UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "%"), UInt8(ascii: "]"), 0x80...:
            true
        default: false
        }
    }

    /// The places of an entity that the portal itself fills with paths.
    private static let places = [["metadata", "annotations"], ["status"], ["spec", "target"], ["spec", "targets"]]

    /// An entity as a page shows it.
    func shown(_ entity: JSONValue) -> JSONValue {
        guard var object = entity.object else { return entity }
        for path in Self.places {
            if path.count == 1 {
                object[path[0]] = object[path[0]].map(everywhere)
            } else if var inner = object[path[0]]?.object, let value = inner[path[1]] {
                inner[path[1]] = everywhere(value)
                object[path[0]] = .object(inner)
            }
        }
        return .object(object)
    }

    func shown(_ entity: Entity) -> Entity { Entity(shown(.object(entity.object)).object ?? entity.object) }

    private func everywhere(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text): .string(shown(text))
        case .array(let list): .array(list.map(everywhere))
        case .object(let object): .object(JSONObject(object.members.map { ($0.key, everywhere($0.value)) }))
        default: value
        }
    }
}
