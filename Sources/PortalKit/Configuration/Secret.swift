/// A value that must not be seen: it prints as `<secret>` and is opened only where it is used.
///
/// It is neither encodable nor comparable with text, so it cannot slip into JSON, events or logs.
public struct Secret: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let value: String

    public init(_ value: String) { self.value = value }

    /// The text itself; call it at the moment of use and keep the result nowhere.
    public func reveal() -> String { value }

    public var description: String { "<secret>" }
    public var debugDescription: String { "<secret>" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
