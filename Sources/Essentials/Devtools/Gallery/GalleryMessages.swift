import PortalKit
import PortalUI

/// What people are told: that there is nothing, that it failed, that it is not for them.
extension Gallery {
    var messageSamples: [GallerySample] {
        [notes, newer, firstUse, nothingFound, failed, signingIn, refused, warnings, checks]
    }

    private var notes: GallerySample {
        GallerySample(
            "notes", words.title(.notes), code: "Note.text, Note.html",
            Note.Tone.allCases.map { tone in
                Specimen.state(tone.rawValue, isWide: true, Note.text(tone, words.label(.name), texts.sentence))
            } + [
                state(.extreme, isWide: true, Note.text(.warn, texts.long, texts.hostile)),
                state(
                    .many, isWide: true,
                    Note.html(
                        .bad, words.problem, HTML { h in h(.ul) { for text in texts.all { h(.li, text: text.1) } } })
                ),
                state(.alone, isWide: true, Note.text(.info, nil, texts.short)),
            ])
    }

    private var firstUse: GallerySample {
        GallerySample(
            "first-use", words.title(.firstUse), code: "EmptyState.html",
            [
                state(
                    .normal, isWide: true,
                    EmptyState.html(
                        words.nothingYet, texts.sentence,
                        action: HTML { h in
                            h.add(
                                Code.block(
                                    "apiVersion: backstage.io/v1alpha1\nkind: Component", label: interface.example))
                            h.add(Button.link(words.label(.sample), here, isMain: true))
                        }))
            ])
    }

    private var nothingFound: GallerySample {
        GallerySample(
            "nothing", words.title(.nothingFound), code: "EmptyState.html",
            [
                state(
                    .normal, isWide: true,
                    EmptyState.html(
                        interface.nothingFound, texts.sentence, action: Button.link(interface.clearAll, here)))
            ])
    }

    private var newer: GallerySample {
        GallerySample(
            "newer", words.title(.newer), code: "NewerBar.html",
            [
                state(
                    .normal, isWide: true,
                    NewerBar.html(words.label(.new), stream: here, url: here, swap: "components", isOpen: true))
            ])
    }

    private var failed: GallerySample {
        GallerySample(
            "failed", words.title(.failed), code: "ErrorPanel.html",
            pages: [
                page(
                    "failed", .failed, .normal,
                    ErrorPanel.html(
                        words.label(.wrong), code: 500, message: texts.sentence,
                        actions: Button.link(words.label(.sample), here, isMain: true), requestID: "8f0c2a51", interface
                    )),
                page(
                    "failed-hostile", .failed, .hostile,
                    ErrorPanel.html(
                        texts.hostile, code: 404, message: texts.hostile, content: Card.quiet(texts.long),
                        actions: Button.link(texts.hostile, here), interface)),
            ], in: "messages", self)
    }

    private var signingIn: GallerySample {
        let ways: [SignInSheet.Way] = [
            .open(title: texts.short, method: "get", url: here),
            .closed(title: texts.rightToLeft, reason: texts.sentence),
        ]
        return GallerySample(
            "signing-in", words.title(.signingIn), code: "Sheet.html, SignInSheet.html",
            pages: [
                page(
                    "signing-in", .signingIn, .normal,
                    Sheet.html(SignInSheet.html(portal: texts.short, ways, target: here.text, interface))),
                page(
                    "signing-in-nowhere", .signingIn, .empty,
                    Sheet.html(SignInSheet.html(portal: texts.long, [], target: here.text, interface))),
            ], in: "messages", self)
    }

    private var refused: GallerySample {
        GallerySample(
            "refused", words.title(.refused), code: "EmptyState.html(isRefused:)",
            [
                state(
                    .normal, isWide: true,
                    EmptyState.html(words.title(.refused), texts.sentence, isRefused: true))
            ])
    }

    private var warnings: GallerySample {
        GallerySample(
            "warnings", words.title(.warnings), code: "WarningMark.html, WarningMark.text",
            [
                state(.normal, WarningMark.html(words.label(.wrong), here)),
                state(.text, WarningMark.text(words.label(.wrong))),
                state(.hostile, WarningMark.html(texts.hostile, here)),
            ])
    }

    private var checks: GallerySample {
        GallerySample(
            "checks", words.title(.checks), code: "Checklist.html",
            [
                state(
                    .normal,
                    Checklist.html(
                        [
                            .init(texts.short, texts.sentence, isDone: true),
                            .init(
                                texts.long, texts.hostile, isDone: false, link: (words.label(.sample), here)),
                        ], interface))
            ])
    }
}
