import PortalKit

/// What the gallery says. Each language is one value; the compiler tells what one lacks.
protocol GalleryWords: Sendable {
    var components: String { get }
    var introduction: String { get }
    var pangram: String { get }
    var problem: String { get }
    var nothingYet: String { get }
    func title(_ title: GalleryTitle) -> String
    func label(_ label: GalleryLabel) -> String
}

/// Groups and components.
enum GalleryTitle: Sendable, CaseIterable {
    case tokens, grounds, inks, kindColours, decorations, type, signs, icons, kindShapes, states, lifecycles
    case forms, buttons, fields, finding, filters, chips, keys, lists, tables, pagers, facts, pairs, tags
    case timelines, folds, ways, heads, tabs, cards, columns, menus, messages, notes, firstUse, nothingFound
    case failed, refused, warnings, texts, prose, code, differences, times, entities, links, names, entityLists
    case charts, sparks, bars, stacks, levels, heat, graphs, blocks, lineDifferences, toolbars, trees, stars
    case people, tiles, found, choices, settingRows, checks
}

/// States of components, and words of samples.
enum GalleryLabel: Sendable, CaseIterable {
    case sample, name, text, number, spare, choice, light, dark, contrast, contrastDark, normal, main, form
    case large, unknown, empty, filled, help, wrong, one, two, many, more, first, middle, last, closed, open
    case part, quiet, copied, code, new, gone, missing, long, rightToLeft, pictures, hostile, extreme
    case sign, small, gaps, same
}

extension Language {
    var gallery: any GalleryWords {
        switch self {
        case .english: EnglishGallery()
        case .german: GermanGallery()
        }
    }
}
