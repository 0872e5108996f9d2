import PortalKit

/// What the catalog's parts of the home page say.
protocol CatalogHomeWords: Sendable {
    var needsAttention: String { get }
    var ownedByMe: String { get }
    var ownNothing: String { get }
    var you: String { get }
    var yourGroups: String { get }
    var noGroups: String { get }
    var howToJoin: String { get }
    var howToOwn: String { get }
}

extension EnglishCatalog: CatalogHomeWords {
    var needsAttention: String { "Needs attention" }
    var ownNothing: String { "Nothing in the catalog is yours yet." }
    var you: String { "You" }
    var yourGroups: String { "Your groups" }
    var noGroups: String { "None." }
    var howToJoin: String {
        "A User entity with your name puts you into groups by spec.memberOf; what names one of them as spec.owner is yours."
    }
    var howToOwn: String { "What names you or one of your groups as spec.owner is yours." }
}

extension GermanCatalog: CatalogHomeWords {
    var needsAttention: String { "Braucht Ihren Blick" }
    var ownNothing: String { "Noch gehört Ihnen nichts im Katalog." }
    var you: String { "Sie" }
    var yourGroups: String { "Ihre Gruppen" }
    var noGroups: String { "Keine." }
    var howToJoin: String {
        "Eine Entität der Art User mit Ihrem Namen nimmt Sie durch spec.memberOf in Gruppen auf; was eine davon als "
            + "spec.owner nennt, gehört Ihnen."
    }
    var howToOwn: String { "Was Sie oder eine Ihrer Gruppen als spec.owner nennt, gehört Ihnen." }
}

extension Language {
    var catalogHome: any CatalogHomeWords {
        switch self {
        case .english: EnglishCatalog()
        case .german: GermanCatalog()
        }
    }
}
