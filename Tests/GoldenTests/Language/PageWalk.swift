import HTTPTypes
import PortalKit
import PortalTesting

/// All pages that links lead to, a few of each sort, in two languages.
struct PageWalk {
    let example: ExamplePortal
    private(set) var shown = 0
    /// Texts of German pages that may be English, with the first page that shows them and whether the English page
    /// has the same.
    private(set) var suspects: [String: (path: String, isShared: Bool)] = [:]

    private static let mostOfASort = 2

    init(example: ExamplePortal) { self.example = example }

    /// - Parameter more: pages that no link leads to.
    mutating func go(_ more: [String]) async {
        let routes = example.portal.routes.filter { $0.isPage && $0.method == .get && !$0.path.contains("{") }
        var waiting = routes.map(\.path) + more
        var known = Set(waiting)
        var sorts: [String: Int] = [:]
        while let path = waiting.popLast() {
            let sort = Self.sort(path)
            sorts[sort, default: 0] += 1
            if sorts[sort] ?? 0 > Self.mostOfASort, !more.contains(path) { continue }
            for link in await look(path) where known.insert(link).inserted { waiting.append(link) }
        }
    }

    /// Entities of a kind are alike, and so are the lists of it.
    private static func sort(_ path: String) -> String {
        let parts = path.prefix { $0 != "?" }.split(separator: "/").map(String.init)
        guard parts.count >= 4, parts[0] == "catalog" else { return parts.joined(separator: "/") }
        return ([parts[0], parts[2]] + parts.dropFirst(4)).joined(separator: "/")
    }

    /// - Returns: where the page leads.
    @discardableResult
    mutating func look(_ path: String, isSignedIn: Bool = true) async -> [String] {
        let german = await example.page(path, .german, isSignedIn: isSignedIn)
        if german.isEmpty { return [] }
        let english = ReadText(await example.page(path, .english, isSignedIn: isSignedIn)).texts
        let read = ReadText(german)
        shown += 1
        for text in read.texts where suspects[text] == nil { suspects[text] = (path, english.contains(text)) }
        return read.links
    }
}
