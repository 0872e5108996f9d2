import PortalKit
import PortalUI

/// What is drawn.
extension Gallery {
    var signSamples: [GallerySample] { [icons, kindShapes, states, lifecycles] }

    private var icons: GallerySample {
        GallerySample(
            "icons", words.title(.icons), code: "Icon.sign",
            [
                Specimen.state(
                    "", isWide: true, Specimen.named(Icon.Sign.allCases.map { ("\($0)", Icon.sign($0)) }))
            ])
    }

    private var kindShapes: GallerySample {
        let kinds = [
            "component", "api", "system", "domain", "resource", "group", "user", "template", "location", "other",
        ]
        return GallerySample(
            "kinds", words.title(.kindShapes), code: "Icon.kind",
            [
                state(.normal, Specimen.named(kinds.map { ($0, Icon.kind($0)) })),
                state(.large, Specimen.named(kinds.map { ($0, Icon.kind($0, isLarge: true)) })),
            ])
    }

    private var states: GallerySample {
        GallerySample(
            "states", words.title(.states), code: "StateMark.html",
            StateMark.Tone.allCases.map { tone in
                Specimen.state(tone.rawValue, StateMark.html(tone, words.label(.sample)))
            })
    }

    private var lifecycles: GallerySample {
        GallerySample(
            "lifecycles", words.title(.lifecycles), code: "Lifecycle.html",
            [
                state(
                    .normal,
                    Specimen.row(["production", "experimental", "deprecated"].map { Lifecycle.html($0) })),
                state(.unknown, Lifecycle.html("on probation")),
                state(.long, Lifecycle.html(texts.long)), state(.hostile, Lifecycle.html(texts.hostile)),
            ])
    }
}
