import CAssets
public import PortalKit

/// The files of the user interface, part of the program, under names that change with their content.
public struct Assets: Sendable {
    public struct File: Sendable {
        /// `/assets/app.0123abcd.css`
        public let path: SafeURL
        public let contentType: String
        public let bytes: [UInt8]
    }

    public static let shared = Assets()

    private let files: [String: File]
    private let documents: [String: [UInt8]]

    private init() {
        var files: [String: File] = [:]
        var documents: [String: [UInt8]] = [:]
        var index = 0
        while case let asset = callboard_asset_at(index), let name = asset.name.map({ String(cString: $0) }) {
            let bytes = Array(UnsafeBufferPointer(start: asset.bytes, count: asset.length))
            if name.hasSuffix(".json") {
                documents[name] = bytes
            } else {
                files[name] = Self.file(name, name.hasSuffix(".css") ? Self.light(bytes) : bytes)
            }
            index += 1
        }
        self.files = files
        self.documents = documents
    }

    /// A style sheet without what only people need: the spaces that indent it.
    private static func light(_ bytes: [UInt8]) -> [UInt8] {
        let newline = UInt8(ascii: "\n")
        let lines = bytes.split(separator: newline).map { $0.drop { $0 == UInt8(ascii: " ") } }
        return Array(lines.joined(separator: [newline]))
    }

    private static func file(_ name: String, _ bytes: [UInt8]) -> File {
        let types = [
            "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
            "woff2": "font/woff2",
        ]
        let parts = name.split(separator: ".").map(String.init)
        let ending = parts.last ?? ""
        let hash = bytes.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        let path = SafeURL.path(["assets", "\(parts.first ?? "").\(String(hash, radix: 36)).\(ending)"])
        return File(path: path, contentType: types[ending] ?? "application/octet-stream", bytes: bytes)
    }

    /// Where a file is served; `#` for one that does not exist.
    public func path(_ name: String) -> SafeURL { files[name]?.path ?? "#" }

    /// A JSON file of the program, which some route serves under its own rule and `/assets` never does.
    public func document(_ name: String) -> [UInt8]? { documents[name] }

    /// The file that is served at a path.
    public func file(at path: String) -> File? { files.values.first { $0.path.text == path } }
}
