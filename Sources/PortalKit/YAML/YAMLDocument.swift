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
    public let message: String
    public let position: SourcePosition

    public init(_ message: String, _ position: SourcePosition) {
        self.message = message
        self.position = position
    }

    public var description: String { "\(message) (line \(position.line), column \(position.column))" }
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
