import CAssets
public import PortalKit

/// The files of the user interface, part of the program: made ready to send once, under names that change with their
/// content, so that browsers may keep them for ever.
public struct Assets: Sendable {
    public struct File: Sendable {
        /// `/assets/app.0123abcd.css`
        public let path: SafeURL
        public let contentType: String
        public let bytes: [UInt8]
        /// The same as gzip; nil for what would not become smaller.
        public let packed: [UInt8]?
    }

    /// Those of a portal that looks as it was made.
    public static let shared = Assets(embedded: embedded)

    private let files: [String: File]
    private let byPath: [String: File]

    private static let styleName = "app.css"
    private static let styleFolder = "style/"

    /// Assets with an operator's own colours and logo.
    public init(brand: Brand) {
        var embedded = Self.embedded
        if let style = brand.style { embedded.append(("\(Self.styleFolder)brand.css", Array(style.utf8))) }
        if let logo = brand.logo { embedded.append(("logo.\(logo.ending)", logo.bytes)) }
        self.init(embedded: embedded)
    }

    private init(embedded: [(name: String, bytes: [UInt8])]) {
        var files: [String: File] = [:]
        var style: [UInt8] = []
        for (name, bytes) in embedded {
            if name.hasPrefix(Self.styleFolder) {
                style += Self.light(bytes)
            } else if !name.hasSuffix(".json") {
                files[name] = Self.file(name, name.hasSuffix(".js") ? Self.light(bytes) : bytes)
            }
        }
        files[Self.styleName] = Self.file(Self.styleName, style)
        self.files = files
        byPath = Dictionary(files.values.map { ($0.path.text, $0) }) { first, _ in first }
    }

    /// Where a file is served; nil for one that does not exist.
    public func path(_ name: String) -> SafeURL? { files[name]?.path }

    /// The file that is served at a path.
    public func file(at path: String) -> File? { byPath[path] }

    var stylePath: SafeURL { path(Self.styleName) ?? "#" }
    var logoPath: SafeURL? { files.first { $0.key.hasPrefix("logo.") }?.value.path }

    /// A JSON file of the program, which some route serves under its own rule and `/assets` never does.
    public static func document(_ name: String) -> [UInt8]? { embedded.first { $0.name == name }?.bytes }

    /// A style sheet as it was written.
    static func style(_ name: String) -> String {
        let sheet = embedded.first { $0.name == styleFolder + name }
        return String(decoding: sheet?.bytes ?? [], as: UTF8.self)
    }

    private static let embedded: [(name: String, bytes: [UInt8])] = {
        var all: [(name: String, bytes: [UInt8])] = []
        while case let asset = callboard_asset_at(all.count), let name = asset.name.map({ String(cString: $0) }) {
            all.append((name, Array(UnsafeBufferPointer(start: asset.bytes, count: asset.length))))
        }
        return all
    }()

    /// A style sheet or a module without what only people need: spaces that indent it, and lines of comment.
    private static func light(_ bytes: [UInt8]) -> [UInt8] {
        let newline = UInt8(ascii: "\n")
        let lines = bytes.split(separator: newline).map { $0.drop { $0 == UInt8(ascii: " ") } }
            .filter { !$0.starts(with: Array("//".utf8)) }
        return Array(lines.joined(separator: [newline])) + [newline]
    }

    private static let types = [
        "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
        "png": "image/png", "webp": "image/webp", "woff2": "font/woff2",
    ]

    private static func file(_ name: String, _ bytes: [UInt8]) -> File {
        let parts = name.split(separator: ".").map(String.init)
        let ending = parts.last ?? ""
        let hash = bytes.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        let path = SafeURL.path(["assets", "\(parts.first ?? "").\(String(hash, radix: 36)).\(ending)"])
        return File(
            path: path, contentType: types[ending] ?? "application/octet-stream", bytes: bytes,
            packed: Gzip.compress(bytes, .small))
    }
}
