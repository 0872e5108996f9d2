import EntityModel
import HTTPTypes
import PortalKit

/// Reads locations through the first reader that handles them, and knows what their relatives mean.
struct LocationReading: Sendable {
    static let largestFile = 10 << 20
    /// PostgreSQL keeps no longer texts in an index.
    static let longestLocation = 2_000

    let readers: [LocationReader]

    /// - Throws: `PortalError`.
    func read(
        _ location: LocationReference, origin: LocationReference, etag: String? = nil
    ) async throws -> LocationContent {
        let request = LocationReadRequest(location, origin: origin, etag: etag, maximumBytes: Self.largestFile)
        return try await reader(of: location).read(request)
    }

    private func reader(of location: LocationReference) throws -> LocationReader {
        guard let reader = readers.first(where: { $0.handles(location) }) else {
            throw PortalError(.input, "No processor was able to handle reading of \(location)")
        }
        return reader
    }

    /// A target as it is written in a file at `base`, made absolute.
    func resolve(_ target: String, type: String, against base: LocationReference) throws -> LocationReference {
        if type != base.type { return LocationReference(type: type, target: target) }
        let text =
            try reader(of: base).resolve?(target, base.target) ?? URLReference.resolve(target, against: base.target)
        guard let text else {
            throw PortalError(.input, "\(target) is no location that can be found from \(base).")
        }
        return LocationReference(type: type, target: text)
    }

    /// Where an entity comes from, as annotations; what its file says of it wins, but for the two that name it.
    func annotate(_ entity: inout Entity, _ location: LocationReference, origin: LocationReference) {
        entity.annotate("backstage.io/managed-by-location", location.description)
        entity.annotate("backstage.io/managed-by-origin-location", origin.description)
        guard location.type == "url", let reader = try? reader(of: location) else { return Self.tame(&entity) }
        let folder = String(location.target[...(location.target.lastIndex(of: "/") ?? location.target.startIndex)])
        let defaults = [
            ("backstage.io/view-url", location.target),
            ("backstage.io/edit-url", reader.editURL?(location.target) ?? location.target),
            ("backstage.io/source-location", "url:\(folder)"),
        ]
        for (key, value) in defaults where entity.annotation(key) == nil { entity.annotate(key, value) }
        Self.tame(&entity)
    }

    /// Upstream's guard at stitch time: links that run scripts are replaced.
    private static func tame(_ entity: inout Entity) {
        for key in ["backstage.io/view-url", "backstage.io/edit-url"] {
            guard let value = entity.annotation(key), SafeURL(value) == nil else { continue }
            entity.annotate(key, "https://backstage.io/annotation-rejected-for-security-reasons")
        }
    }
}

/// `file:` locations: absolute paths, globs, and nothing outside the folder of the configured location.
enum FileLocationReader {
    /// Files that one pattern may find.
    static let mostFiles = 200_000

    static func make(_ files: any Workspace) -> LocationReader {
        LocationReader(
            "file", handles: { $0.type == "file" },
            resolve: { reference, base in
                // Kept as it is, so that what it should have been can be said when it is read.
                if URLReference.parse(reference) != nil { return reference }
                guard !reference.hasSuffix("/") else {
                    throw PortalError(.input, "\(reference) is a folder; name a file or a pattern.")
                }
                return FilePath.joined(FilePath.folder(of: base), reference)
            },
            read: { try await read($0, files) })
    }

    private static func read(_ request: LocationReadRequest, _ files: any Workspace) async throws -> LocationContent {
        guard URLReference.parse(request.location.target) == nil else {
            throw PortalError(
                .input, "it is an address, and the location has type file, which is for paths. Write type: url there.")
        }
        guard request.origin.type == "file" else {
            throw PortalError(.notAllowed, "\(request.location) is a file, but \(request.origin) leads to it.")
        }
        let root = FilePath.fixedFolder(of: request.origin.target)
        let target = FilePath.normalized(request.location.target)
        guard let path = FilePath.relative(target, to: root) else {
            throw PortalError(
                .notAllowed, "\(target) is outside \(root), the folder of its location in the configuration.")
        }
        if GlobPattern.isPattern(path) {
            let folder = FilePath.fixedFolder(of: target)
            let pattern = FilePath.relative(target, to: folder) ?? path
            let found = try await files.list(pattern, beneath: folder, maximumCount: mostFiles)
            return .targets(found.map { FilePath.joined(folder, $0) })
        }
        let stamp = try await files.stamp(of: path, beneath: root)
        if stamp == request.etag { return .notModified }
        return .file(try await files.read(path, beneath: root, maximumBytes: request.maximumBytes), etag: stamp)
    }
}

/// `url:` locations on hosts that `backend.reading.allow` opens; source hosts bring readers of their own.
enum URLLocationReader {
    static func make(_ fetcher: any HTTPFetcher, _ settings: CatalogSettings) -> LocationReader {
        LocationReader("url", handles: { $0.type == "url" }) { try await read($0, fetcher, settings) }
    }

    private static func read(
        _ request: LocationReadRequest, _ fetcher: any HTTPFetcher, _ settings: CatalogSettings
    ) async throws -> LocationContent {
        guard let url = URLReference.parse(request.location.target) else {
            let target = request.location.target
            let hint = target.contains("://") ? "" : " Write type: file where a path is meant."
            throw PortalError(.input, "\(URLReference.shown(target)) \(URLReference.refusal(of: target)).\(hint)")
        }
        let page = SourceHostPage(url)
        guard settings.allowsReading(url) else {
            throw PortalError(
                .notAllowed,
                "Reading from '\(url.text)' is not allowed. "
                    + (page?.mend
                        ?? "Add `host: \(url.host)` to backend.reading.allow; source hosts of integrations.* cannot be "
                        + "read yet."))
        }
        guard !GlobPattern.isPattern(url.path) else {
            throw PortalError(.input, "\(url.text) is a pattern, which a plain web server cannot search.")
        }
        var fetch = FetchRequest(.get, url.text, maximumBytes: request.maximumBytes)
        fetch.mayFollow = { URLReference.parse($0).map(settings.allowsReading) == true }
        if let etag = request.etag { fetch.headers[.ifNoneMatch] = etag }
        let answer = try await fetcher.fetch(fetch)
        switch answer.status.code {
        case 200:
            // The host may be allowed for its other addresses, or lead from here to the file.
            if let page, answer.headers[.contentType]?.lowercased().hasPrefix("text/html") == true {
                throw PortalError(.input, "\(url.text) is no file. \(page.mend)")
            }
            return .file(answer.body, etag: answer.headers[.eTag])
        case 304 where request.etag != nil: return .notModified
        case 404, 410: throw PortalError(.notFound, "\(url.text) does not exist.")
        default: throw PortalError(.unavailable, "\(url.text) answered \(answer.status.code).")
        }
    }
}
