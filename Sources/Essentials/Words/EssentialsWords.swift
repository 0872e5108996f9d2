import PortalKit
import PortalUI

/// Everything that the pages of this feature say, by page. Each language is one value; the compiler tells what one lacks.
typealias EssentialsWords = HomeWords & SettingsWords

struct EnglishEssentials: Sendable {}
struct GermanEssentials: Sendable {}

extension Language {
    var essentials: any EssentialsWords {
        switch self {
        case .english: EnglishEssentials()
        case .german: GermanEssentials()
        }
    }
}

extension ViewContext {
    /// What the pages of this feature say to whoever looks.
    var words: any EssentialsWords { language.essentials }
    var interface: any InterfaceWords { language.interface }
}
