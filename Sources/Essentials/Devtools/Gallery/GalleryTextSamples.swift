import Foundation
import PortalKit
import PortalUI

/// Text, code and times.
extension Gallery {
    var textSamples: [GallerySample] { [prose, code, differences, times] }

    private var prose: GallerySample {
        GallerySample(
            "prose", words.title(.prose), code: "Card.text, Card.quiet",
            [
                state(.normal, Card.text(texts.sentence)), state(.quiet, Card.quiet(texts.sentence)),
            ] + texts.all.map { state($0.0, Card.text($0.1)) })
    }

    private var code: GallerySample {
        GallerySample(
            "code", words.title(.code), code: "Code.inline, Code.copied, Code.long, Code.block",
            [
                state(.one, Code.inline("component:default/checkout")),
                state(.copied, Code.copied("component:default/checkout")),
                state(.long, Code.long("https://example.org/\(texts.long)/catalog-info.yaml")),
                state(
                    .many, isWide: true,
                    Code.block(
                        "kind: Component\nmetadata:\n  name: \(texts.long)\(texts.long)\n  title: \(texts.hostile)",
                        label: interface.example)),
            ])
    }

    private var differences: GallerySample {
        GallerySample(
            "differences", words.title(.differences), code: "Difference.html",
            [
                state(.normal, Difference.html(before: "experimental", after: "production")),
                state(.new, Difference.html(before: nil, after: "production")),
                state(.gone, Difference.html(before: "experimental", after: nil)),
                state(.hostile, Difference.html(before: texts.hostile, after: texts.long)),
            ])
    }

    private var times: GallerySample {
        let ages: [Double] = [0, -90, -7_200, -200_000, -9_000_000, -90_000_000, 300]
        return GallerySample(
            "times", words.title(.times), code: "Time.html",
            [
                state(
                    .normal,
                    Specimen.named(
                        ages.map { age in
                            let date = context.now.addingTimeInterval(age)
                            return ("\(Int(age)) s", Time.html(date, now: context.now, interface))
                        }))
            ])
    }
}
