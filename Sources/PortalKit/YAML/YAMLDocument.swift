public import EntityModel

/// Limits on YAML that somebody else wrote.
public struct YAMLLimits: Sendable {
    public var maximumBytes: Int
    public var maximumDocuments: Int
    /// Nodes of one document, aliases counted as often as they are used.
    public var maximumNodes: Int

    public init(maximumBytes: Int = 10 << 20, maximumDocuments: Int = 10_000, maximumNodes: Int = 200_000) {
        self.maximumBytes = maximumBytes
        self.maximumDocuments = maximumDocuments
        self.maximumNodes = maximumNodes
    }
}

/// A place in a file; both count from one.
public struct SourcePosition: Sendable, Hashable {
    public let line: Int
    public let column: Int

    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }
}

/// What is wrong with a YAML document, and where.
public struct YAMLError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Without the mend.
    private let what: String
    private let mend: String
    public let position: SourcePosition

    public init(_ message: String, _ position: SourcePosition) { self.init(message, position, mend: "") }

    /// - Parameter mend: a sentence without its full stop, said after the position.
    init(_ what: String, _ position: SourcePosition, mend: String) {
        self.what = what
        self.mend = mend.isEmpty ? "" : ". \(mend)"
        self.position = position
    }

    public var message: String { what + mend }
    public var description: String {
        "\(what) at line \(position.line), column \(position.column)\(mend.isEmpty ? "" : "\(mend).")"
    }
}

/// One document of a YAML file: its value and where each part stands, or what is wrong with it.
public struct YAMLDocument: Sendable {
    public let value: Result<JSONValue, YAMLError>
    /// Where each value stands, by its path from the root: `["metadata", "tags", "0"]`.
    public let positions: [[String]: SourcePosition]
    /// Where the document begins.
    public let start: SourcePosition

    /// The position of a path, or of the nearest part above it that was written.
    public func position(of path: [String]) -> SourcePosition {
        var path = path[...]
        while true {
            if let position = positions[Array(path)] { return position }
            if path.popLast() == nil { return start }
        }
    }
}
