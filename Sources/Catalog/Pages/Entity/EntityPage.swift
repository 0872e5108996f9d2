import EntityModel
import Foundation
import PortalKit
import PortalUI

/// `/catalog/:namespace/:kind/:name`: everything about one entity, in tabs.
struct EntityPage: Sendable {
    /// One tab, built in or of a plugin.
    struct Tab: Sendable {
        let id: String
        let title: String
        var count: Int?
    }

    let entity: Entity
    let tabs: [Tab]
    let current: Tab
    let relations: EntityRelations
    let alerts: EntityAlerts
    /// Of a group or a user.
    var people: PeopleScope?
    /// The button that stars it; empty for who has no stars.
    let star: HTML
    let body: HTML
    let context: ViewContext
    /// What a press of Refresh, which this page follows, came to; nil where there was none.
    let refresh: Refresh?
    /// Only of an orphan: any other would come back.
    let mayDelete: Bool
    /// Of a registered location, for who may take it out.
    let unregistration: SafeURL?

    /// What an address says after a press of Refresh: `refreshed=done`.
    enum Refresh: String {
        static let parameter = "refreshed"

        case done, asked

        func text(_ words: any CatalogWords) -> String {
            switch self {
            case .done: words.fileWasRead
            case .asked: words.fileIsReadSoon
            }
        }
    }

    private var words: any CatalogWords { context.words }

    /// What the last reading came to stands below already.
    private var hasFailed: Bool {
        (entity.object["status"]?["items"]?.array ?? []).contains { $0["level"] == "error" }
    }

    var content: PageContent {
        let title = EntityName.title(of: entity)
        let trail: [PageContent.Step] = [
            .init(words.catalog, "/catalog"), .init(words.plural(of: entity.kind), kindURL),
        ]
        return PageContent(
            title, trail: trail, navigation: entity.kind == "API" ? "apis" : nil, modules: ["peek"],
            html: HTML { h in
                h.add(head(title))
                h.add(FactStrip.html(facts))
                h.add(TabBar.html(words.parts(of: title), tabs.map(tab), context.interface))
                if let refresh, !hasFailed || refresh == .asked { h.add(Note.text(.info, nil, refresh.text(words))) }
                h.add(alerts.html)
                h.add(body)
            })
    }

    private var kindURL: SafeURL { .path(["catalog"], query: [("filters[kind]", entity.kind.lowercased())]) }

    private func head(_ title: String) -> HTML {
        PageHead.html(
            title, sign: Icon.kind(entity.kind, isLarge: true),
            subtitle: Code.copied(entity.reference.description, context.interface),
            actions: HTML { h in
                h.add(star)
                if let url = url("view-url") { h.add(Button.link(words.viewSource, url)) }
                h.add(
                    url("edit-url").map { Button.link(words.edit, $0, act: "edit") }
                        ?? Button.absent(act: "edit", words.cannotBeEdited))
                h.add(Menu.html(id: "actions", label: words.more, actions))
            })
    }

    /// What is done less often.
    private var actions: [Menu.Item] {
        var items: [Menu.Item] = [
            .form(words.refresh, action("refresh")),
            .link(words.showGraph, GraphQuery(root: entity.reference).url),
            .link(words.rawJSON, InspectTab.apiURL(entity.reference)),
        ]
        if let url = changesURL {
            items.append(.link(people == nil ? words.changesOfParts : words.changesOfOwned, url))
        }
        if let unregistration { items.append(.link(words.unregisterLocation, unregistration)) }
        if mayDelete { items.append(.form(words.delete, action("delete"))) }
        return items
    }

    /// What changed of a team's or a system's own.
    private var changesURL: SafeURL? {
        if people != nil { return ChangeAddress.url("owner", entity.reference) }
        return entity.kind.lowercased() == "system" ? ChangeAddress.url("system", entity.reference) : nil
    }

    private func action(_ name: String) -> SafeURL {
        .path(["catalog", entity.namespace, entity.kind, entity.name, name])
    }

    private func url(_ annotation: String) -> SafeURL? {
        guard let url = entity.annotation("backstage.io/\(annotation)").flatMap({ SafeURL($0) }) else { return nil }
        // What stands for an address that was refused leads nowhere.
        return url.text.hasSuffix(Self.refused) ? nil : url
    }

    private static let refused = "/annotation-rejected-for-security-reasons"

    private func tab(_ tab: Tab) -> TabBar.Tab {
        .init(
            tab.title, url: EntityLink.url(entity.reference, tab: tab.id == "overview" ? nil : tab.id),
            isCurrent: tab.id == current.id, count: tab.count)
    }

    private var facts: [(title: String, value: HTML)] {
        func text(_ text: String) -> HTML { HTML { $0.text(text) } }
        func links(_ type: String, _ kind: String? = nil) -> HTML { relations.links(type, kind: kind, context) }
        var facts: [(title: String, value: HTML)] = [(words.kind, text(entity.kind))]
        if entity.namespace.lowercased() != EntityReference.defaultNamespace {
            facts.append((words.namespace, text(entity.namespace)))
        }
        facts.append((words.owner, owner))
        facts.append((words.parent, links("childOf")))
        facts.append((words.domain, links("partOf", "domain")))
        facts.append((words.system, links("partOf", "system")))
        facts.append((words.partOf, links("partOf", "component")))
        facts.append((words.type, text(entity.spec["type"]?.string ?? "")))
        facts.append((words.lifecycle, entity.spec["lifecycle"]?.string.map { Lifecycle.html($0) } ?? .empty))
        if let people {
            if people.isGroup { facts.append((words.members, share(people.members(), people.members(isDirect: true)))) }
            facts.append((words.owns, share(people.owned(), people.owned(isDirect: true))))
        }
        facts.append((words.mail, mail))
        return facts.filter { !$0.value.isEmpty }
    }

    /// How many there are, and how many of them are theirs alone.
    private func share(_ all: Bitmap, _ direct: Bitmap) -> HTML {
        let (count, own) = (all.count, direct.count)
        if count == 0 { return .empty }
        return HTML { $0.text(count == own ? String(count) : "\(count) (\(words.directly(own)))") }
    }

    /// Who owns it, and how to reach them.
    private var owner: HTML {
        let address = relations["ownedBy"]?.items.first?.entity?.spec["profile"]?["email"]?.string
        return HTML { h in
            h.add(relations.links("ownedBy", context))
            if let address, let url = SafeURL("mailto:\(address)") { h.add(MailMark.html(address, url)) }
        }
    }

    private var mail: HTML {
        guard let mail = entity.spec["profile"]?["email"]?.string else { return .empty }
        return HTML { h in
            if let url = SafeURL("mailto:\(mail)") { h(.a, .href(url), text: mail) } else { h.text(mail) }
        }
    }
}
