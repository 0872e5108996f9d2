import PortalKit

/// The page of a source host about a file: HTML around it, where the file itself has another address.
struct SourceHostPage: Sendable, Hashable {
    /// Of the file itself.
    let raw: URLReference.Parts

    /// - Returns: nil for what is not known to be such a page.
    init?(_ url: URLReference.Parts) {
        var raw = url
        // What is asked for beside the path is asked of the page, and may be secret.
        raw.query = nil
        let parts = url.path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        let isFile = parts.count > 4 && parts.last?.isEmpty == false
        if url.host == "github.com", isFile, parts[3] == "blob" {
            raw.authority = "raw.githubusercontent.com"
            raw.path = "/" + (parts[1...2] + parts[4...]).joined(separator: "/")
        } else if url.host == "bitbucket.org", isFile, parts[3] == "src" {
            raw.path = "/" + (parts[1...2] + ["raw"] + parts[4...]).joined(separator: "/")
        } else if let dash = parts.firstIndex(of: "-"), dash > 2, dash + 3 < parts.endIndex, parts[dash + 1] == "blob" {
            // GitLab, whatever its host is called.
            raw.path = "/" + (parts[1...dash] + ["raw"] + parts[(dash + 2)...]).joined(separator: "/")
        } else {
            return nil
        }
        self.raw = raw
    }

    /// What to do instead of reading the page.
    var mend: String {
        let way = "and allow `host: \(raw.host)` in backend.reading.allow"
        return GlobPattern.isPattern(raw.path)
            ? "Source hosts are not read yet; name each file by its own raw address, as in \(raw.text), \(way)."
            : "Source hosts are not read yet, and this is a page about the file; name the file's raw address, "
                + "\(raw.text), \(way)."
    }
}
