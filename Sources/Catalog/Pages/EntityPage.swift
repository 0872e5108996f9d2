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
    }

    /// A relation's target and what the catalog knows of it.
    struct Related: Sendable {
        let reference: EntityReference
        let title: String?
        let kind: String
        let exists: Bool
    }

    let entity: Entity
    let tabs: [Tab]
    let current: Tab
    /// By type of relation, in order.
    let relations: [(type: String, targets: [Related])]
    let body: HTML

    private static let sentences: [(type: String, title: String)] = [
        ("ownedBy", "Owned by"), ("partOf", "Part of"), ("hasPart", "Has part"), ("providesApi", "Provides APIs"),
        ("consumesApi", "Consumes APIs"), ("apiProvidedBy", "Provided by"), ("apiConsumedBy", "Consumed by"),
        ("dependsOn", "Depends on"), ("dependencyOf", "Dependency of"), ("ownerOf", "Owns"), ("memberOf", "Member of"),
        ("hasMember", "Members"), ("childOf", "Child of"), ("parentOf", "Parent of"),
    ]

    /// What a relation is called on pages.
    static func title(of type: String) -> String { sentences.first { $0.type == type }?.title ?? type }

    static func related(_ slot: UInt32, _ catalog: AuthorizedCatalog) -> [(type: String, targets: [Related])] {
        guard let reference = catalog.index.reference(of: slot) else { return [] }
        var byType: [String: [Related]] = [:]
        for edge in catalog.index.graph.edges(of: reference) {
            guard let target = try? EntityReference(parsing: edge.target) else { continue }
            let known = catalog.slot(reference: edge.target).map { Entity(catalog.index.object(of: $0)) }
            byType[edge.type, default: []].append(
                Related(
                    reference: known?.reference ?? target, title: known?.title, kind: known?.kind ?? target.kind,
                    exists: known != nil))
        }
        let order = sentences.map(\.type)
        return byType.sorted { left, right in
            let ranks = [left.key, right.key].map { order.firstIndex(of: $0) ?? order.count }
            return ranks[0] != ranks[1] ? ranks[0] < ranks[1] : left.key < right.key
        }.map { (type: $0.key, targets: $0.value) }
    }

    var content: PageContent {
        PageContent(
            entity.title ?? entity.name, trail: [.init("Catalog", "/catalog")],
            html: HTML { h in
                head(h)
                facts(h)
                tabBar(h)
                alerts(h)
                h.add(body)
            })
    }

    private func head(_ h: HTMLWriter) {
        h(.div, .class("head")) {
            h.add(Icon.kind(entity.kind, isLarge: true))
            h(.div) {
                h(.h1, text: entity.title ?? entity.name)
                h(.p, .class("mono quiet"), text: entity.reference.description)
            }
            if let url = entity.annotation("backstage.io/view-url").flatMap({ SafeURL($0) }) {
                h(.a, .class("button"), .href(url), text: "View source")
            }
            h(
                .form, .method("post"),
                .action(.path(["catalog", entity.namespace, entity.kind, entity.name, "refresh"]))
            ) {
                h(.button, .class("button"), text: "Refresh")
            }
        }
    }

    private func facts(_ h: HTMLWriter) {
        h(.dl, .class("facts")) {
            fact(h, "Kind") { h.text(entity.kind) }
            for type in ["ownedBy", "partOf"] {
                guard let group = relations.first(where: { $0.type == type }) else { continue }
                fact(h, type == "ownedBy" ? "Owner" : "Part of") {
                    for (number, target) in group.targets.prefix(4).enumerated() {
                        if number > 0 { h.text(", ") }
                        h.add(EntityLink.html(target.reference, title: target.title, exists: target.exists))
                    }
                }
            }
            if let type = entity.spec["type"]?.string { fact(h, "Type") { h.text(type) } }
            if let lifecycle = entity.spec["lifecycle"]?.string {
                fact(h, "Lifecycle") { h.add(Lifecycle.html(lifecycle)) }
            }
        }
    }

    private func fact(_ h: HTMLWriter, _ title: String, _ content: () -> Void) {
        h(.div) {
            h(.dt, text: title)
            h(.dd, content: content)
        }
    }

    private func tabBar(_ h: HTMLWriter) {
        h(.nav, .class("tabs"), .aria("label", "Entity")) {
            for tab in tabs {
                let url = EntityLink.url(entity.reference, tab: tab.id == "overview" ? nil : tab.id)
                h(.a, .href(url), tab.id == current.id ? .aria("current", "page") : nil, text: tab.title)
            }
        }
    }

    /// In upstream's order: errors, relations to nothing, orphan.
    private func alerts(_ h: HTMLWriter) {
        for item in entity.object["status"]?["items"]?.array ?? [] {
            guard let message = item["message"]?.string else { continue }
            let tone: Note.Tone =
                item["level"]?.string == "error" ? .bad : item["level"]?.string == "warning" ? .warn : .info
            h.add(
                Note.html(
                    tone,
                    HTML { h in
                        h(.p, text: message)
                        guard let since = item["error"]?["since"]?.string else { return }
                        let last =
                            item["error"]?["lastSuccess"]?.string.map { "; shown is what was read at \($0)" } ?? ""
                        h(.p, text: "Since \(since)\(last).")
                    }))
        }
        let missing = relations.flatMap(\.targets).filter { !$0.exists }.map(\.reference.description)
        if !missing.isEmpty {
            h.add(
                Note.html(
                    .warn,
                    HTML { h in
                        h.text(
                            missing.count == 1
                                ? "One relation points at a missing entity: " : "Relations point at missing entities: ")
                        for (number, reference) in Set(missing).sorted().prefix(20).enumerated() {
                            if number > 0 { h.text(", ") }
                            h(.code, text: reference)
                        }
                        h.text(".")
                    }))
        }
        if entity.annotation("backstage.io/orphan") == "true" {
            h.add(Note.html(.warn, HTML { $0.text("No file declares this entity any more; it is an orphan.") }))
        }
    }
}
