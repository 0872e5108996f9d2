import EntityModel
import PortalKit

/// Reads placeholders as the catalog does, with what their files refer to, from local files alone.
struct LocalPlaceholders: Sendable {
    /// What is on another host is not looked at.
    private struct Elsewhere: Error {}

    private let placeholders: Placeholders

    init(_ files: any Workspace) {
        let file = FileLocationReader.make(files)
        let readers = [
            // A file that is checked has no configured folder that it must not leave.
            LocationReader("file", handles: file.handles, resolve: file.resolve) { request in
                let folder = FilePath.folder(of: request.location.target)
                let name = FilePath.relative(request.location.target, to: folder) ?? request.location.target
                return .file(
                    try await files.read(name, beneath: folder, maximumBytes: request.maximumBytes), etag: nil)
            }, LocationReader("elsewhere", handles: { _ in true }) { _ in throw Elsewhere() },
        ]
        placeholders = Placeholders(BuiltInPlaceholders.all, reading: LocationReading(readers: readers))
    }

    /// Why a placeholder of a local file cannot be replaced; nil where it can, or leads to other hosts.
    func issue(of placeholder: FoundPlaceholder, in file: LocationReference) async -> EntityIssue? {
        if let reference = placeholder.reference.string, file.type != "file" || GlobPattern.isPattern(reference) {
            return nil
        }
        var keys: Set<String> = []
        do {
            let value = JSONValue.object(JSONObject([(placeholder.key, placeholder.reference)]))
            _ = try await placeholders.resolve(value, at: file, origin: file, keys: &keys)
            return nil
        } catch {
            guard let failure = (error as? PlaceholderFailures)?.all.first, !(failure.error is Elsewhere) else {
                return nil
            }
            return PlaceholderFailure(placeholder: placeholder, error: failure.error, isDirect: failure.isDirect).issue
        }
    }
}
