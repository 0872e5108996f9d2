public import EntityModel

/// Gives a meaning to one `$key` in entity files: an object with that one key becomes what `resolve` returns.
///
/// ```swift
/// PlaceholderResolver("upper") { request in
///     .string(String(decoding: try await request.read(request.reference).bytes, as: UTF8.self).uppercased())
/// }
/// ```
public struct PlaceholderResolver: Contribution {
    /// Without the dollar: `text`.
    public let key: String
    public let resolve: @Sendable (PlaceholderRequest) async throws -> JSONValue

    public init(_ key: String, resolve: @escaping @Sendable (PlaceholderRequest) async throws -> JSONValue) {
        self.key = key
        self.resolve = resolve
    }
}

/// One placeholder of one entity.
public struct PlaceholderRequest: Sendable {
    /// What was read, and from which absolute location.
    public struct Content: Sendable {
        public let target: String
        public let bytes: [UInt8]

        public init(target: String, bytes: [UInt8]) {
            self.target = target
            self.bytes = bytes
        }
    }

    public let key: String
    /// The value as it was written: a URL or a path relative to the entity's file.
    public let reference: String
    private let reader: @Sendable (_ reference: String, _ base: String?) async throws -> Content

    public init(
        key: String, reference: String,
        reader: @escaping @Sendable (_ reference: String, _ base: String?) async throws -> Content
    ) {
        self.key = key
        self.reference = reference
        self.reader = reader
    }

    /// Reads a reference, relative to the entity's file or to `base`; the entity is processed again when it changes.
    /// - Throws: `PortalError` for what cannot or must not be read.
    public func read(_ reference: String, relativeTo base: String? = nil) async throws -> Content {
        try await reader(reference, base)
    }
}
