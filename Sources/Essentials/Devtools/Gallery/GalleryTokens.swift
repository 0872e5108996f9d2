import PortalKit
import PortalUI

/// Colours, type and spacing.
extension Gallery {
    var tokenSamples: [GallerySample] { [grounds, inks, kinds, decorations, type] }

    private var grounds: GallerySample { colours("grounds", .grounds, [.ground]) }
    private var inks: GallerySample { colours("inks", .inks, [.text, .control, .mark]) }
    private var kinds: GallerySample { colours("kinds", .kindColours, [.kind]) }
    private var decorations: GallerySample { colours("decorations", .decorations, [.decoration]) }

    private func colours(_ id: String, _ title: GalleryTitle, _ roles: Set<ColourToken.Role>) -> GallerySample {
        let tokens = ColourToken.all.filter { roles.contains($0.role) }
        let table = Table.html(
            words.title(title),
            [
                .init(words.label(.name), width: .wide),
                .init(words.label(.light), width: .whole), .init(words.label(.dark), width: .whole),
                .init(words.label(.contrast), width: .number), .init(words.label(.contrastDark), width: .number),
            ], rows: tokens.map { .init(cells($0)) }, interface)
        return GallerySample(
            id, words.title(title), code: "tokens.css",
            [
                Specimen.state("", isWide: true, table)
            ])
    }

    private func cells(_ token: ColourToken) -> [HTML] {
        [
            Specimen.row([Swatch.html(token), Code.inline("--\(token.name)")]), Code.inline(token.light.text),
            Code.inline(token.dark.text),
            NarrowLabel.html(words.label(.contrast), ratio(token.contrasts?.light, token.wanted)),
            NarrowLabel.html(words.label(.contrastDark), ratio(token.contrasts?.dark, token.wanted)),
        ]
    }

    /// `7.22`, with a warning where that is too little for what the colour is for.
    private func ratio(_ value: Double?, _ wanted: Double?) -> HTML {
        guard let value else { return Plain.html("–") }
        let hundredths = Int(value * 100)
        let text = "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
        guard let wanted else { return Plain.html(text) }
        return StateMark.html(value >= wanted ? .ok : .bad, text)
    }

    private var type: GallerySample {
        GallerySample(
            "type", words.title(.type), code: "Specimen.type",
            TypeStep.allCases.reversed().map { step in
                Specimen.state(step.measure, Specimen.type(step, words.pangram))
            })
    }
}
