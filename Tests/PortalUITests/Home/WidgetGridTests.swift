import PortalKit
import Testing

@testable import PortalUI

@Suite struct WidgetGridTests {
    @Test(
        "narrow parts line up along a wider one, others fill rows",
        arguments: [
            ([8, 8, 4, 4, 4], [[0, 1], [2, 3, 4]]), ([4, 4, 4, 4], [[0], [1], [2], [3]]),
            ([6, 6, 6], [[0], [1], [2]]),
            ([12, 12], [[0, 1]]), ([8, 4, 8, 4], [[0], [1], [2], [3]]), ([8, 6], [[0], [1]]), ([3, 8], [[0], [1]]),
            ([], []),
        ])
    func stacks(_ widths: [Int], _ stacks: [[Int]]) { #expect(WidgetGrid.stacks(widths) == stacks) }

    @Test("each part is drawn once, in its order, as wide as it says") func html() {
        let cells = [8, 4, 4, 99].map { width in
            WidgetGrid.Cell(width: width, html: HTML { $0.text("<\(width)>") })
        }
        let text = WidgetGrid.html(cells).text
        #expect(
            text.contains(
                "<div class=\"span-8\">&lt;8&gt;</div><div class=\"span-4\">&lt;4&gt;&lt;4&gt;</div>"
                    + "<div class=\"span-12\">&lt;99&gt;</div>"), "\(text)")
    }
}
