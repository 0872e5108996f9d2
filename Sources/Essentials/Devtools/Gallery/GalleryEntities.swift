import EntityModel
import PortalKit
import PortalUI

/// What shows entities.
extension Gallery {
    var entitySamples: [GallerySample] {
        [links, names, stars, entityLists, linkLists, people, mails, tiles, found, peeks]
    }

    private func reference(_ name: String) -> EntityReference { EntityReference(kind: "component", name: name) }

    private func entity(_ name: String, title: String, description: String? = nil) -> Entity {
        var metadata: JSONObject = ["name": .string(name), "title": .string(title)]
        metadata["description"] = description.map { .string($0) }
        return Entity(["kind": "Component", "metadata": .object(metadata), "spec": ["type": "service"]])
    }

    private var links: GallerySample {
        GallerySample(
            "links", words.title(.links), code: "EntityLink.html",
            [
                state(.normal, EntityLink.html(reference("checkout"), interface)),
                state(.missing, EntityLink.html(reference("checkout"), exists: false, interface)),
            ] + texts.all.map { state($0.0, EntityLink.html(reference("checkout"), title: $0.1, interface)) })
    }

    private var names: GallerySample {
        GallerySample(
            "names", words.title(.names), code: "EntityName.html, EntityName.missing",
            [
                state(.normal, EntityName.html(entity("a", title: texts.short, description: texts.sentence))),
                state(.wrong, EntityName.html(entity("b", title: texts.short), warning: words.problem)),
                state(.word, EntityName.html(kind: "api", Plain.html(texts.short), detail: "default")),
                state(.missing, EntityName.missing(reference("nowhere"), interface)),
                state(.extreme, EntityName.html(entity("c", title: texts.long, description: texts.hostile))),
            ])
    }

    private var stars: GallerySample {
        func star(_ place: String, isStarred: Bool, _ look: StarButton.Look = .sign) -> HTML {
            StarButton.html(
                reference("checkout"), title: texts.short, isStarred: isStarred, back: here.text, look: look,
                place: place, interface)
        }
        return GallerySample(
            "stars", words.title(.stars), code: "StarButton.html",
            [
                state(.closed, star("a", isStarred: false)), state(.open, star("b", isStarred: true)),
                state(.main, Specimen.row([star("c", isStarred: false, .word), star("d", isStarred: true, .word)])),
            ])
    }

    private var linkLists: GallerySample {
        let links: [LinkList.Link] = [
            .init(texts.short, url: "https://example.org", type: "runbook"), .init(texts.long, url: here),
            .init(texts.hostile, url: SafeURL("javascript:alert(1)")),
        ]
        let many = (1...15).map { LinkList.Link("\(texts.short) \($0)", url: here) }
        return GallerySample(
            "link-lists", words.title(.linkLists), code: "LinkList.html",
            [state(.normal, LinkList.html(links, interface)), state(.many, LinkList.html(many, interface))])
    }

    private var mails: GallerySample {
        GallerySample(
            "mails", words.title(.mails), code: "MailMark.html",
            [state(.sign, MailMark.html("ada@example.org", "mailto:ada@example.org"))])
    }

    private var peeks: GallerySample {
        func peek(_ id: String, _ title: String, _ text: String, _ links: HTML = .empty) -> HTML {
            Peek.still(
                Peek.html(
                    id: id, sign: Icon.kind("component"), title: title,
                    facts: [
                        (words.label(.name), Plain.html(title)),
                        (words.title(.lifecycles), Lifecycle.html("production")),
                    ], text: Plain.html(text), links))
        }
        let links = LinkList.html([.init(words.label(.sample), url: here)], interface)
        return GallerySample(
            "peeks", words.title(.peeks), code: "Peek.html, Peek.still",
            [
                state(.still, peek("gallery-peek", texts.short, texts.sentence, links)),
                state(.extreme, peek("gallery-peek-extreme", texts.long, texts.hostile)),
            ])
    }

    private var people: GallerySample {
        let people = [texts.short, texts.long, texts.rightToLeft].map { name in
            Entity([
                "kind": "User", "metadata": ["name": "ada", "title": .string(name)],
                "spec": ["profile": ["email": "ada@example.org"]],
            ])
        }
        return GallerySample(
            "people", words.title(.people), code: "PeopleList.html",
            [state(.normal, PeopleList.html(people, total: 12, all: here, interface))])
    }

    private var tiles: GallerySample {
        GallerySample(
            "tiles", words.title(.tiles), code: "CountTiles.html, CountLinks.html",
            [
                state(
                    .normal,
                    CountTiles.html(
                        ["component", "api", "resource"].enumerated().map {
                            .init($0.element, title: $0.element, count: $0.offset * 1_200, url: here)
                        }, interface)),
                state(.part, CountLinks.html([(12, texts.short, here), (3, texts.long, here)], interface)),
            ])
    }

    private var found: GallerySample {
        let items = ([(GalleryLabel.normal, texts.short)] + texts.all).map {
            FoundList.Item($0.1, kind: "component", url: here, detail: "default")
        }
        return GallerySample(
            "found", words.title(.found), code: "FoundList.html",
            [
                state(
                    .normal,
                    FoundList.html(
                        id: "gallery-found", [.init(words.label(.name), items, sought: "check")],
                        none: interface.nothingFound)),
                state(.empty, FoundList.html(id: "gallery-found-none", [], none: interface.nothingFound)),
            ])
    }

    private var entityLists: GallerySample {
        func items(_ count: Int) -> [EntityList.Item] {
            (1...count).map { number in
                .init(
                    reference("service-\(number)"),
                    entity: number == 2 ? nil : entity("s", title: "Service \(number)", description: texts.sentence))
            }
        }
        return GallerySample(
            "lists", words.title(.entityLists), code: "EntityList.html",
            [
                state(.normal, EntityList.html(words.label(.name), items(3), total: 3, interface)),
                state(.many, EntityList.html(words.label(.name), items(12), total: 40, all: here, interface)),
            ])
    }
}
