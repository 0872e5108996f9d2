/// One way to files, one way out, one way to processes: whatever touches the outside is named in few places.
enum OutsideRules {
    /// The live implementations of `Workspace`, `HTTPFetcher` and `GitRunner`, the engines of the database, and what
    /// tests are made with.
    private static let homes = [
        "Sources/PortalServer/Services/", "Sources/Database/SQLite/", "Sources/Database/Postgres/",
        "Sources/PortalTesting/",
    ]

    /// The rest, each with its reason. Whatever is added here opens a way around the guards: ask first whether
    /// `Workspace` or `HTTPFetcher` can do it.
    static let exceptions: [String: String] = [
        "Sources/PortalServer/Configuration/ConfigFiles.swift":
            "The files of the configuration itself, named by the operator: nothing else can be set up before them.",
        "Sources/PortalServer/CommandTools+Live.swift":
            "Standard output and error of the program, and the folder that it was called in.",
        "Sources/Access/Tokens/KeyFile.swift":
            "The key beside the database: its path is the operator's, it must be made whole with mode 0600, and "
            + "Workspace reads only.",
        "Sources/callboard/CallboardCommand.swift": "Writes to the standard error of the program itself.",
    ]

    /// Types and functions that open files, sockets or processes, whoever calls them.
    private static let types =
        #"\b(FileManager|FileHandle|FileWrapper|InputStream|OutputStream|URLSession|URLRequest|HTTPClient"#
        + #"|ClientBootstrap|Subprocess|contentsOfFile|contentsOfDirectory|atomicWrite)\b"#
        + #"|\b(Data|String|NSData|NSString|NSDictionary)\(contentsOf:|\.write\((to|toFile):"#
        + #"|\b(Process\(|curl_|callboard_curl_|callboard_open_|inotify_|sqlite3_open|PQconnect|posix_spawn|exec[lv]p?e?\()"#
        + #"|\bimport (Glibc|Musl|Darwin)\b"#

    /// C's functions are called by a bare name, which a file may also use for a function of its own.
    private static let functions = [
        "open", "openat", "creat", "fopen", "fdopen", "opendir", "fdopendir", "socket", "connect", "bind", "listen",
        "getaddrinfo", "system", "popen", "fork", "link", "symlink", "unlink", "rename", "mkdir", "rmdir", "chmod",
        "truncate", "mmap", "readlink", "realpath", "stat", "lstat",
    ]

    static func touches(_ files: [TextFile]) throws -> [String] {
        let types = try Pattern.of(types)
        return try files.filter { file in !homes.contains { file.path.hasPrefix($0) } }
            .filter { exceptions[$0.path] == nil }
            .flatMap { file in
                let functions = try Pattern.of(#"(^|[^.`A-Za-z0-9_])(?:"# + bareFunctions(of: file) + #")\("#)
                let declarations = try Pattern.of(#"\b(func|case) "#)
                let lines = Set(file.linesOfCode(with: types) + file.linesOfCode(with: functions))
                return lines.sorted().filter { file.code[$0 - 1].firstMatch(of: declarations) == nil }.map {
                    "\(file.path):\($0) touches files, sockets or processes: '\(file.lines[$0 - 1].trimmedBlanks)'. "
                        + "Use Workspace, HTTPFetcher or GitRunner, or give a reason in OutsideRules."
                }
            }
    }

    /// Those of C's functions that the file does not declare itself.
    private static func bareFunctions(of file: TextFile) -> String {
        let declared = file.code.joined(separator: "\n")
        return functions.filter { !declared.contains("func \($0)(") }.joined(separator: "|")
    }

    /// Exceptions whose file is gone, or no longer needs one.
    static func unused(_ files: [TextFile]) throws -> [String] {
        let types = try Pattern.of(types)
        return try exceptions.keys.sorted().filter { path in
            guard let file = files.first(where: { $0.path == path }) else { return true }
            let functions = try Pattern.of(#"(^|[^.`A-Za-z0-9_])(?:"# + bareFunctions(of: file) + #")\("#)
            return file.linesOfCode(with: types).isEmpty && file.linesOfCode(with: functions).isEmpty
        }.map { "\($0) needs no exception any more: remove it from OutsideRules." }
    }
}
