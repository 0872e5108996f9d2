import EntityModel
import PortalKit
import PortalUI

/// What goes with a registered location, before it is taken out.
struct UnregistrationPage: Sendable {
    let location: RootStore.Registered
    /// What somebody may see of it, without the location's own entity.
    let leaving: [Entity]
    let hidesSome: Bool
    /// The location's own entity; nil before it was read for the first time.
    let page: EntityReference?
    /// The configuration names the same address.
    let isConfigured: Bool
    /// `catalog.readonly`
    let isReadonly: Bool

    /// What the catalog's address says afterwards.
    static let doneParameter = "unregistered"
    private static let mostShown = 200

    static func url(of id: String) -> SafeURL { .path(["catalog-import", id, "unregister"]) }

    var content: PageContent {
        PageContent(
            "Unregister location",
            trail: [.init("Catalog", "/catalog")] + (page.map { [.init("Location", EntityLink.url($0))] } ?? []),
            html: HTML { h in
                h.add(
                    PageHead.html(
                        "Unregister this location?", subtitle: SourcePlace.html(location.location.description)))
                h.add(what)
                h(.div, .class("confirm actions")) {
                    if !isReadonly {
                        h.add(Button.form("Unregister", to: Self.url(of: location.id), isMain: true))
                    }
                    h.add(Button.link("Keep it", page.map { EntityLink.url($0) } ?? RegistrationPage.url))
                }
            })
    }

    private var what: HTML {
        if isReadonly {
            return Note.text(.warn, "It cannot be unregistered here", "The configuration says catalog.readonly: true.")
        }
        if isConfigured {
            return Note.text(
                .info, "Nothing goes", "The configuration names the same address, which is read as long as it does.")
        }
        return HTML { h in
            if leaving.isEmpty, !hidesSome {
                h.add(Note.text(.info, nil, "No entity goes with it."))
            } else {
                h.add(
                    Note.text(
                        .warn, leaving.count == 1 ? "One entity goes with it" : "\(leaving.count) entities go with it",
                        "They leave the catalog at once. Their file stays as it is; to bring them back, register its "
                            + "address again." + (hidesSome ? " Others that you may not see go too." : "")))
                let items = leaving.prefix(Self.mostShown).map { EntityList.Item($0.reference, entity: $0) }
                if !items.isEmpty {
                    h.add(
                        Card.html(
                            "What goes", count: leaving.count,
                            content: EntityList.html(nil, items, total: leaving.count)))
                }
            }
        }
    }
}
