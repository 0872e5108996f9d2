/// Something that is told to whoever listens, as server-sent events have it.
public struct ServerEvent: Sendable, Hashable {
    /// What happened, for the script that listens: `changed`.
    public let name: String
    /// Where a listener goes on after an interruption; browsers send it back as `Last-Event-ID`.
    public let id: String

    public init(_ name: String, id: String) {
        self.name = name
        self.id = id
    }

    /// As it is sent. Browsers drop events without data.
    package var text: String { "event: \(name)\nid: \(id)\ndata: \(id)\n\n" }
}
