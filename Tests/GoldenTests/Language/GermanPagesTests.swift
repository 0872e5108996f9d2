import Database
import HTTPTypes
import PortalKit
import PortalServer
import PortalTesting
import Testing

/// No German page says a sentence in English.
///
/// Texts that both languages share are suspects, and so are those with words that only English has. What the files of
/// the organisation hold is their authors' language, and so are the names in it.
@Suite struct GermanPagesTests {
    /// What may be English on a German page: the beginning of the text, and why.
    private static let allowed = [
        "There is nothing at": "the message of an error, which the API says too",
        "file:examples/broken.yaml": "a problem of processing, which the API and the log say too",
        "InputError: file:examples/broken.yaml": "the same",
        "examples/broken.yaml": "the same",
        "Entity envelope failed validation": "why a document is refused, which the API and the log say too",
        "Policy check failed for": "the same",
        "Ship it": "a sample text of the gallery", "Takes orders from the basket": "the same",
        "on probation": "the same", "Filter Reconciliation-and-settlement": "the same",
        "Reconciliation-and-settlement": "the same", "checkout: checkout 5, Reconciliation": "the same",
    ]

    /// Pages that no link leads to.
    private static let more = [
        "/nothing-here", "/catalog/default/component/nothing-here", "/catalog/default/component/alone",
        "/catalog/default/component/alone/nothing-here", "/catalog?filters[nope]=x&sort=x&limit=7",
        "/catalog?filters[kind]=all&filters[user]=owned", "/catalog?filters[kind]=nope", "/catalog?filters[text]=zzzz",
        "/catalog-graph?rootEntityRefs[]=component:default/alone",
        "/catalog-graph?rootEntityRefs[]=component:default/alone&view=list", "/catalog-graph?rootEntityRefs[]=nope:x",
        "/catalog-import?target=/portal/examples/all.yaml", "/catalog-import?target=nonsense", "/go?query=a",
    ]

    @Test("German pages hold no English sentence") func german() async throws {
        try await ExamplePortal.running { example in
            var walk = PageWalk(example: example)
            await walk.look("/sign-in", isSignedIn: false)
            await walk.go(Self.more)
            #expect(walk.shown > 60)
            let judge = Judge(
                written: example.files.values.map { ReadText.plain($0) } + Self.declarations(example.portal),
                names: await example.names())
            var found: [String] = []
            for (text, page) in walk.suspects where !Self.allowed.keys.contains(where: text.hasPrefix) {
                if judge.isEnglish(text, isShared: page.isShared) { found.append("\(page.path): \(text)") }
            }
            #expect(found.isEmpty, "\n\(found.sorted().joined(separator: "\n"))\n")
        }
    }

    /// What plugins say of themselves for those who run the portal has one language, as the log has.
    private static func declarations(_ portal: TestPortal) -> [String] {
        standardPlugins.flatMap { $0.configKeys.map(\.summary) + $0.migrations.map(\.name) }
            + portal.registry.all(HealthCheck.self).map(\.name)
            + portal.registry.all(BackgroundService.self).map(\.name)
    }

    @Test(
        "the judge knows a sentence from a name",
        arguments: [
            ("Raw text", true, true), ("Raw text", false, false), ("The first line of 3", false, true),
            ("Seat Keeper", true, false), ("The House merken", false, false), ("Zum Inhalt", false, false),
            ("Seat Keeper, component component:default/seat-keeper", true, false), ("checkout", true, false),
            ("Written in a file", true, false), ("3.1 KiB", true, false), ("Nothing found.", true, true),
        ])
    func judge(_ text: String, _ isShared: Bool, _ isEnglish: Bool) {
        let judge = Judge(written: ["text: Written in a file"], names: ["Seat Keeper", "The House"])
        #expect(judge.isEnglish(text, isShared: isShared) == isEnglish)
    }
}

/// Tells texts that the program itself says in English from names, references and what people wrote.
private struct Judge {
    let written: [String]
    /// Longer ones first, which may hold shorter ones.
    private let names: [String]

    private static let english: Set<String> = ["the", "of", "and", "is", "are", "with", "not", "this", "to"]

    init(written: [String], names: [String]) {
        self.written = written
        self.names = names.filter { $0.contains(" ") }.sorted { $0.count > $1.count }
    }

    func isEnglish(_ text: String, isShared: Bool) -> Bool {
        if written.contains(where: { $0.contains(text) }) { return false }
        var rest = text
        for name in names { rest = rest.replacing(name, with: ",") }
        rest = rest.split(separator: " ").filter { !$0.contains("/") }.joined(separator: " ")
        let parts = rest.split { ",:;·|()–".contains($0) }.map { part in
            part.split(separator: " ").map(String.init).filter(Self.isWord)
        }
        return parts.contains { words in
            words.count > 1 && (isShared || words.contains { Self.english.contains($0.lowercased()) })
        }
    }

    /// References, paths, names of keys and numbers are none.
    private static func isWord(_ text: String) -> Bool {
        let letters = text.trimmingSuffix { ".!?…".contains($0) }
        return letters.count > 1 && letters.allSatisfy { $0.isASCII && $0.isLetter || "äöüÄÖÜß".contains($0) }
    }
}

extension String {
    fileprivate func trimmingSuffix(while isUnwanted: (Character) -> Bool) -> Substring {
        var rest = self[...]
        while let last = rest.last, isUnwanted(last) { rest.removeLast() }
        return rest
    }
}
