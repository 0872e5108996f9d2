import PortalKit

/// What the gallery says. Each language is one value; the compiler tells what one lacks.
protocol GalleryWords: Sendable {
    var components: String { get }
    var introduction: String { get }
    var pangram: String { get }
    var problem: String { get }
    var nothingYet: String { get }
    /// Said of components that are pages by themselves.
    var standAlone: String { get }
    func noGroup(_ id: String) -> String
    func columns(_ count: Int) -> String
    /// What a press does to a part of that name.
    func widthOf(_ name: String) -> String
    func up(_ name: String) -> String
    func down(_ name: String) -> String
    func remove(_ name: String) -> String
    func add(_ name: String) -> String
    func title(_ group: GalleryGroupTitle) -> String
    func title(_ title: GalleryEntityTitle) -> String
    func title(_ title: GalleryTitle) -> String
    func label(_ label: GalleryLabel) -> String
}

/// Groups of components.
enum GalleryGroupTitle: Sendable, CaseIterable {
    case tokens, signs, forms, lists, ways, messages, charts, texts, entities, home
}

/// Components that show entities, and what the home page is made of.
enum GalleryEntityTitle: Sendable, CaseIterable {
    case links, names, stars, entityLists, linkLists, people, mails, tiles, found, peeks, orders
    case presses, pageLinks, announcements, grids, seeking
}

/// All other components.
enum GalleryTitle: Sendable, CaseIterable {
    case grounds, inks, kindColours, decorations, type, icons, kindShapes, states, lifecycles
    case buttons, fields, finding, filters, chips, keys, tables, pagers, facts, pairs, tags
    case timelines, folds, heads, tabs, cards, columns, menus, notes, firstUse, nothingFound, failed
    case refused, warnings, prose, code, differences, times, sparks, bars, stacks, levels, heat
    case graphs, blocks, lineDifferences, toolbars, trees, choices, settingRows, checks
    case quietButtons, asking, confirmations, searching, selections, newer, signingIn, markdown
    case additions
}

/// States of components, and words of samples.
enum GalleryLabel: Sendable, CaseIterable {
    case sample, name, text, number, spare, choice, light, dark, contrast, contrastDark, normal, main, form
    case large, unknown, empty, filled, help, wrong, one, two, many, more, first, middle, last, closed, open
    case part, quiet, copied, code, new, gone, missing, long, rightToLeft, pictures, hostile, extreme
    case sign, small, gaps, same, word, row, still, alone, chosen
}

extension Language {
    var gallery: any GalleryWords {
        switch self {
        case .english: EnglishGallery()
        case .german: GermanGallery()
        }
    }
}
