/// Paths as text. Nothing here touches a disk.
package enum FilePath {
    /// Whether it begins at the root.
    package static func isAbsolute(_ path: String) -> Bool { path.hasPrefix("/") }

    /// An absolute path without `.` and double slashes. `..` stays: behind a symbolic link it leads elsewhere than its
    /// text says.
    package static func tidied(_ path: String) -> String {
        "/" + path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
    }

    /// Without `.`, `..` and double slashes; never above the root.
    package static func normalized(_ path: String) -> String {
        if isNormal(path) { return path }
        var kept: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == ".." { _ = kept.popLast() } else { kept.append(part) }
        }
        return "/" + kept.joined(separator: "/")
    }

    /// Whether it is as `normalized` would leave it, as most are; told by bytes, because many are looked at.
    private static func isNormal(_ path: String) -> Bool {
        let (slash, dot) = (UInt8(ascii: "/"), UInt8(ascii: "."))
        var dots: Int? = nil
        var isFirst = true
        for byte in path.utf8 {
            if isFirst, byte != slash { return false }
            if byte == slash, !isFirst, let dots, dots <= 2 { return false }
            if byte == slash { dots = 0 } else { dots = byte == dot ? dots.map { $0 + 1 } : nil }
            isFirst = false
        }
        return !isFirst && (dots.map { $0 > 2 } ?? true)
    }

    /// The folder of an absolute path.
    package static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
        return String(path[..<slash])
    }

    /// A path from a folder, normalized; an absolute one stays what it is.
    package static func joined(_ folder: String, _ path: String) -> String {
        normalized(isAbsolute(path) ? path : "\(folder)/\(path)")
    }

    /// The path below a folder, or nil where it is not below it.
    package static func relative(_ path: String, to folder: String) -> String? {
        let prefix = folder == "/" ? "/" : folder + "/"
        return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : nil
    }

    /// The folder in which everything is that a path or pattern can mean.
    package static func fixedFolder(of pattern: String) -> String {
        guard let mark = pattern.firstIndex(where: { "*?{".contains($0) }) else { return folder(of: pattern) }
        return folder(of: String(pattern[..<mark]) + "x")
    }
}
