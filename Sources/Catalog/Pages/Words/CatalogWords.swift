import PortalKit
import PortalUI

/// Everything that the catalog's pages say, by page. Each language is one value; the compiler tells what one lacks.
typealias CatalogWords = ListWords & EntityWords & GoneWords & LocationWords & GoWords & GraphWords & PeopleWords
    & ViewWords & ChangeWords

struct EnglishCatalog: Sendable {
    /// `1,234`
    func number(_ count: Int) -> String { Figure.text(Double(count), signs: .english) }
}

struct GermanCatalog: Sendable {
    /// `1.234`
    func number(_ count: Int) -> String { Figure.text(Double(count), signs: .german) }
}

extension Language {
    var catalog: any CatalogWords {
        switch self {
        case .english: EnglishCatalog()
        case .german: GermanCatalog()
        }
    }
}

extension ViewContext {
    /// What the catalog's pages say to whoever looks.
    var words: any CatalogWords { language.catalog }
    var interface: any InterfaceWords { language.interface }
}
