import Database
import EntityModel
import Foundation
import HTTPTypes
import PortalKit
import Testing

@testable import Essentials

@Suite struct HomeLayoutTests {
    private static let widgets = ["a", "b", "c"].map { id in
        HomeWidget(id, title: { _ in id }, width: .columns(4, within: 3...8), isUsual: id != "c") { _ in nil }
    }

    private func changed(_ layout: HomeLayout, _ form: String) throws -> HomeLayout? {
        try LayoutChange(QueryParameters(form)).applied(to: layout, Self.widgets)
    }

    private func ids(_ layout: HomeLayout?) -> [String] { (layout?.items ?? []).map(\.id) }

    @Test("parts move past those that are gone, which are kept") func moves() throws {
        let layout = HomeLayout(items: ["a", "gone", "b"].map { .init(id: $0, width: 4) })
        #expect(ids(try changed(layout, "press=down:a")) == ["b", "gone", "a"])
        #expect(ids(try changed(layout, "press=up:b")) == ["b", "gone", "a"])
        #expect(ids(try changed(layout, "press=up:a")) == ["a", "gone", "b"])
        #expect(ids(try changed(layout, "press=down:b")) == ["a", "gone", "b"])
        #expect(ids(try changed(layout, "press=remove:a")) == ["gone", "b"])
        #expect(ids(try changed(layout, "press=add:c")) == ["a", "gone", "b", "c"])
        #expect(layout.placed(Self.widgets).map(\.widget.id) == ["a", "b"])
        #expect(layout.missing(Self.widgets).map(\.id) == ["c"])
        #expect(try changed(layout, "press=reset") == nil)
    }

    @Test("what is not there changes nothing", arguments: ["up:x", "down:gone", "remove:x", "add:x", "add:a", "save"])
    func unknown(_ press: String) throws {
        let layout = HomeLayout(items: ["a", "gone", "b"].map { .init(id: $0, width: 4) })
        #expect(try changed(layout, "press=\(press)") == layout)
    }

    @Test("a press that is none is refused", arguments: ["press=", "press=jump:a", "press=up", "press=reset:a"])
    func nonsense(_ form: String) throws {
        let layout = HomeLayout.usual(Self.widgets)
        #expect(throws: PortalError.self) { _ = try changed(layout, form) }
    }

    @Test("widths that were chosen are taken with any press, others stay as another window left them") func widths()
        throws
    {
        let layout = HomeLayout(items: [.init(id: "a", width: 4), .init(id: "b", width: 8)])
        let next = try changed(layout, "width:a=6&was:a=4&width:b=4&was:b=4&press=up:b")
        #expect(next?.items == [.init(id: "b", width: 8), .init(id: "a", width: 6)])
        for width in ["2", "9", "-1", "x", "", "99999999999999999999"] {
            #expect(try changed(layout, "width:a=\(width)&was:a=4") == layout)
        }
    }

    @Test("a stored layout is read as far as it is one") func stored() throws {
        #expect(HomeLayout(nil) == nil)
        #expect(HomeLayout("text") == nil)
        #expect(HomeLayout(["widgets": 4]) == nil)
        let layout = try #require(
            HomeLayout([
                "widgets": [["id": "b", "width": 1e300], ["id": "a", "width": -4], 7, ["id": "b"], ["width": 3]]
            ]))
        #expect(layout.placed(Self.widgets).map(\.widget.id) == ["b", "a"])
        #expect(layout.placed(Self.widgets).map(\.width) == [4, 3])
        #expect(HomeLayout(layout.json) == layout)
        #expect(HomeLayout.usual(Self.widgets).items.map(\.id) == ["a", "b"])
    }

    @Test("widths are drawn into the page") func bounds() {
        let width = HomeWidget.Width.columns(20, within: 14...30)
        #expect(width.usual == 12 && width.allowed == 12...12)
        #expect(HomeWidget.Width.columns(4, within: 6...8).allowed == 4...8)
        #expect(HomeWidget.Width.columns(8, within: 3...4).allowed == 3...8)
    }
}
