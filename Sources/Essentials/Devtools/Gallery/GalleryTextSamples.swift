import EntityModel
import Foundation
import PortalKit
import PortalUI

/// Text, code and times.
extension Gallery {
    var textSamples: [GallerySample] {
        [prose, markdown, code, blocks, lineDifferences, additions, differences, times]
    }

    private var prose: GallerySample {
        GallerySample(
            "prose", words.title(.prose), code: "Card.text, Card.quiet",
            [
                state(.normal, Card.text(texts.sentence)), state(.quiet, Card.quiet(texts.sentence)),
            ] + texts.all.map { state($0.0, Card.text($0.1)) })
    }

    private var markdown: GallerySample {
        let text = """
            Takes *orders* from the **basket**, see [Runbook](https://example.org/runbook) and `checkout.yaml`.

            - \(texts.rightToLeft)
              1. \(texts.short)
              2. \(texts.sentence)
            - \(texts.hostile)

            | Port | \(texts.short) |
            | ---: | --- |
            | 8080 | \(texts.sentence) |

            ```
            kind: Component
            ```
            """
        return GallerySample(
            "markdown", words.title(.markdown), code: "MarkdownText(_:).html",
            [
                state(.normal, isWide: true, MarkdownText(text).html(interface)),
                state(
                    .extreme, isWide: true, MarkdownText("\(texts.long) [\(texts.long)](javascript:x)").html(interface)),
            ])
    }

    private var additions: GallerySample {
        let entity: JSONValue = [
            "apiVersion": "backstage.io/v1alpha1", "kind": "Component",
            "metadata": ["name": .string(texts.short), "tags": .array((1...20).map { .string("tag-\($0)") })],
            "spec": ["owner": "team-a"],
        ]
        func addition(_ label: GalleryLabel, _ key: String, _ value: String) -> HTML {
            YAMLAddition.html(
                entity: entity, adding: ["metadata": ["annotations": [key: .string(value)]]],
                label: "\(words.title(.additions)): \(words.label(label))", interface)
        }
        return GallerySample(
            "additions", words.title(.additions), code: "YAMLAddition.html",
            [
                state(.normal, isWide: true, addition(.normal, "example.org/id", "checkout-4711")),
                state(.extreme, isWide: true, addition(.extreme, texts.long, texts.hostile)),
            ])
    }

    private var code: GallerySample {
        GallerySample(
            "code", words.title(.code), code: "Code.inline, Code.copied, Code.long, Code.block",
            [
                state(.one, Code.inline("component:default/checkout")),
                state(.copied, Code.copied("component:default/checkout", interface)),
                state(.long, Code.long("https://example.org/\(texts.long)/catalog-info.yaml")),
                state(
                    .many, isWide: true,
                    Code.block(
                        "kind: Component\nmetadata:\n  name: \(texts.long)\(texts.long)\n  title: \(texts.hostile)",
                        label: words.title(.code))),
            ])
    }

    private var blocks: GallerySample {
        let yaml = """
            # \(texts.sentence)
            kind: Component
            metadata: { name: checkout, tags: [java, "1.0"], title: '\(texts.rightToLeft)' }
            spec:
              owner: team-a
              text: |
                \(texts.hostile)
            """
        let json = #"{ "openapi": "3.1.0", "paths": { "/orders": null }, "x": [1, true, "\u00e9"] }"#
        return GallerySample(
            "blocks", words.title(.blocks), code: "CodeBlock.html",
            [("yaml", yaml, CodeLanguage.yaml), ("json", json, .json), ("plain", texts.long, .plain)].map {
                name, text, language in
                Specimen.state(
                    name, isWide: true, CodeBlock.html(text, language: language, label: name, lines: nil, interface))
            })
    }

    private var lineDifferences: GallerySample {
        let before = "kind: Component\nmetadata:\n  name: checkout\nspec:\n  lifecycle: experimental\n  owner: team-a"
        let after = before.replacing("experimental", with: "production") + "\n  note: '\(texts.hostile)'"
        return GallerySample(
            "line-differences", words.title(.lineDifferences), code: "DiffView.html",
            [
                state(
                    .normal, isWide: true,
                    DiffView.html(before: before, after: after, label: words.title(.lineDifferences), interface)),
                state(
                    .same, isWide: true,
                    DiffView.html(before: before, after: before, label: words.label(.same), interface)),
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
