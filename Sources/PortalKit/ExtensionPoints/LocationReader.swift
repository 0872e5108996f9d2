/// Where entities come from: `<type>:<target>`, as the `managed-by-location` annotation writes it.
public struct LocationReference: Sendable, Hashable, CustomStringConvertible {
    public let type: String
    public let target: String

    public init(type: String, target: String) {
        self.type = type
        self.target = target
    }

    /// Reads `<type>:<target>`; the target may hold further colons.
    public init?(parsing text: String) {
        guard let colon = text.firstIndex(of: ":"), colon != text.startIndex else { return nil }
        self.init(type: String(text[..<colon]), target: String(text[text.index(after: colon)...]))
        if target.isEmpty { return nil }
    }

    public var description: String { "\(type):\(target)" }
}

/// Reads locations of one type or host: files, plain URLs, and what source hosts serve.
///
/// The first reader that handles a location reads it; those of plugins are asked before the built-in ones.
/// ```swift
/// LocationReader("forge", handles: { $0.type == "url" && $0.target.hasPrefix("https://forge.example/") }) { request in
///     .files([.init(target: request.location.target, bytes: try await forge.raw(request.location.target))])
/// }
/// ```
public struct LocationReader: Contribution {
    public typealias Read = @Sendable (LocationReadRequest) async throws -> LocationContent
    public typealias Resolve = @Sendable (_ reference: String, _ base: String) throws -> String

    public let name: String
    public let handles: @Sendable (LocationReference) -> Bool
    public let read: Read
    /// Makes a reference absolute that stands in a file at `base`; nil: as URLs do.
    public let resolve: Resolve?
    /// Where people edit a target; nil: at the target itself.
    public let editURL: (@Sendable (_ target: String) -> String)?

    public init(
        _ name: String, handles: @escaping @Sendable (LocationReference) -> Bool, resolve: Resolve? = nil,
        editURL: (@Sendable (_ target: String) -> String)? = nil, read: @escaping Read
    ) {
        self.name = name
        self.handles = handles
        self.read = read
        self.resolve = resolve
        self.editURL = editURL
    }
}

/// What a reader is asked for.
public struct LocationReadRequest: Sendable {
    public let location: LocationReference
    /// The location through which this one became known: a file must stay beneath its folder.
    public let origin: LocationReference
    /// The tag of the version that is known; a reader may answer `notModified`.
    public let etag: String?
    public let maximumBytes: Int

    public init(
        _ location: LocationReference, origin: LocationReference, etag: String? = nil, maximumBytes: Int = 10 << 20
    ) {
        self.location = location
        self.origin = origin
        self.etag = etag
        self.maximumBytes = maximumBytes
    }
}

/// What stands at a location. Readers throw `PortalError`: `notFound` where there is nothing.
public enum LocationContent: Sendable {
    case notModified
    /// One file.
    case file([UInt8], etag: String?)
    /// The target is a pattern: the targets of the same type that it matches, each read on its own.
    case targets([String])
}
