/// Paths as text: what `file:` targets are made of. Nothing here touches a disk.
enum FilePath {
    static func isAbsolute(_ path: String) -> Bool { path.hasPrefix("/") }

    /// Without `.`, `..` and double slashes; never above the root.
    static func normalized(_ path: String) -> String {
        var kept: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == ".." { _ = kept.popLast() } else { kept.append(part) }
        }
        return "/" + kept.joined(separator: "/")
    }

    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
        return String(path[..<slash])
    }

    static func joined(_ folder: String, _ path: String) -> String {
        normalized(isAbsolute(path) ? path : "\(folder)/\(path)")
    }

    /// The path below a folder, or nil where it is not below it.
    static func relative(_ path: String, to folder: String) -> String? {
        let prefix = folder == "/" ? "/" : folder + "/"
        return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : nil
    }

    /// The folder in which everything is that a path or pattern can mean.
    static func fixedFolder(of pattern: String) -> String {
        guard let mark = pattern.firstIndex(where: { "*?{".contains($0) }) else { return folder(of: pattern) }
        return folder(of: String(pattern[..<mark]) + "x")
    }
}
