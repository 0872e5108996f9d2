/// What the gallery of components is for: whoever looks for a component finds it there, in each of its states.
enum GalleryRules {
    /// What draws something and is not shown, with the reason.
    static let exceptions: [String: String] = [
        "Button.absent": "It has no looks: it holds what is said where a key has nothing to press.",
        "Columns.replaceable": "It has no looks: it says what part of a page is replaced.",
        "Contributed.html": "It waits for what others draw; where that fails there is a Note.",
        "GraphList.branches": "GraphView.mini draws it where a graph would be too small to read, and is shown.",
        "RefusalNote.html": "It takes the focus of its page, and stands on the page of each refused form.",
        "GraphFile.svg": "It is a file to be downloaded, and has its test beside it.",
        "Highlighter.html": "CodeBlock draws what it is for, and is shown.",
        "PageShell(": "Every page of the gallery stands in it.",
    ]

    /// Members of public types of PortalUI that give HTML: `Card.part`, and `FilterForm(` for what has to be made first.
    static func components(_ files: [TextFile]) -> Set<String> {
        var found: Set<String> = []
        for file in files where file.path.hasPrefix("Sources/PortalUI/") {
            var type = ""
            for (number, line) in file.code.enumerated() {
                if let match = line.prefixMatch(of: /public (?:enum|struct|extension|final class) (\w+)/) {
                    type = String(match.1)
                }
                guard let match = line.prefixMatch(of: /\x20{4}public (static )?(?:func|var) (\w+)/) else { continue }
                let rest = file.code[number...]
                let end = rest.firstIndex { $0.contains("{") } ?? number
                let head = rest[number...end].joined(separator: " ").prefix { $0 != "{" }
                guard head.firstMatch(of: /(->|var \w+:) HTML\??\s*$/) != nil else { continue }
                found.insert(match.1 == nil ? "\(type)(" : "\(type).\(match.2)")
            }
        }
        return found
    }

    static func missing(_ files: [TextFile]) -> [String] {
        let shown = files.filter { $0.path.hasPrefix("Sources/Essentials/Devtools/Gallery/") }
            .flatMap(\.code).joined(separator: "\n")
        let components = components(files)
        let lacking = components.filter { exceptions[$0] == nil && !shown.contains($0) }
        let stale = exceptions.keys.filter { !components.contains($0) || shown.contains($0) }
        return lacking.sorted().map {
            "\($0) of PortalUI is in no sample of Sources/Essentials/Devtools/Gallery. Show it there in each of its states."
        } + stale.sorted().map { "\($0) needs no exception in GalleryRules: it is shown, or is no more." }
    }
}
