import Foundation
import HTTPTypes
import PortalKit
import PortalTesting
import PortalUI
import Testing

@testable import Essentials

@Suite struct GalleryTests {
    private let context = ViewContext(principal: .none, now: Date(timeIntervalSince1970: 1_000_000))

    private func ids(_ html: String) -> [Substring] { html.matches(of: /\sid="([^"]*)"/).map(\.1) }

    @Test("every component has a place that the index leads to, and no other thing of that name beside it")
    func places() {
        let gallery = Gallery(context: context)
        let index = gallery.index.text
        for group in gallery.groups {
            let html = Gallery(context: context, shown: group.id).html(group).text
            #expect(Set(ids(html)).count == ids(html).count, "\(group.id)")
            #expect(!html.contains("<h1"), "\(group.id)")
            for sample in group.samples {
                #expect(html.contains("id=\"\(group.id)-\(sample.id)\""))
                #expect(index.contains("href=\"/devtools/gallery/\(group.id)#\(group.id)-\(sample.id)\""))
                #expect(!sample.states.isEmpty, "\(sample.id)")
            }
        }
    }

    @Test("each group is a page, and what has the heading of a page is one, too")
    func pages() async throws {
        let portal = try await DevtoolsPortal.make()
        var count = 0
        for group in Gallery(context: context).groups {
            let response = await portal.page("/gallery/\(group.id)")
            #expect(response.status == .ok)
            #expect(DevtoolsPortal.text(response).ranges(of: "<h1").count == 1, "\(group.id)")
            #expect(await portal.page("/gallery/\(group.id)", as: "bob").status == .forbidden)
            for page in group.samples.flatMap(\.pages) {
                count += 1
                let response = await portal.page("/gallery/\(group.id)/\(page.id)")
                #expect(response.status == .ok)
                let text = DevtoolsPortal.text(response)
                #expect(text.ranges(of: "<h1").count == 1, "\(page.id)")
                #expect(Set(ids(text)).count == ids(text).count, "\(page.id)")
                #expect(!text.contains("<script>"), "\(page.id)")
                #expect(await portal.page("/gallery/\(group.id)/\(page.id)", as: "bob").status == .forbidden)
            }
        }
        #expect(count >= 8)
        #expect(await portal.page("/gallery/nothing").status == .notFound)
        #expect(await portal.page("/gallery/ways/nothing").status == .notFound)
    }

    @Test("a form of a sample comes back to the page that it stands on") func forms() async throws {
        let portal = try await DevtoolsPortal.make()
        let response = await portal.portal.submit("/devtools/gallery/forms", form: "gallery-press=two", token: "ann")
        #expect(response.status == .seeOther)
        #expect(response.headers[.location] == "/devtools/gallery/forms")
    }
}
