/// Where in the configuration something is wrong: what underlies the error that says it.
public struct ConfigMistake: Error, Sendable, Hashable {
    /// Of the key, such as `backend.listen.port`.
    public let path: String
    /// Nil where nothing stands at the path, nor around it.
    public let origin: AppConfig.Origin?

    public init(path: String, origin: AppConfig.Origin?) {
        self.path = path
        self.origin = origin
    }
}

extension PortalError {
    /// The place in the configuration that this is about, if it is about one.
    public var configMistake: ConfigMistake? { underlying as? ConfigMistake }
}
