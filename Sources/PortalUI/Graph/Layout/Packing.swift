/// Puts the parts of a drawing that are not connected beside and below one another.
enum Packing {
    /// About the shape of a page.
    private static let aspect = 1.6

    /// The upper left corner of each part: rows from the tallest part to the lowest, about as wide as a page is.
    static func corners(_ sizes: [GraphLayout.Size], gap: Double) -> [GraphLayout.Point] {
        let area = sizes.reduce(0) { $0 + ($1.width + gap) * ($1.height + gap) }
        let widest = sizes.map(\.width).max() ?? 0
        let room = max(widest, (area * aspect).squareRoot())
        var corners = Array(repeating: GraphLayout.Point(0, 0), count: sizes.count)
        var (x, y, height) = (0.0, 0.0, 0.0)
        for part in sizes.indices.sorted(by: { (-sizes[$0].height, $0) < (-sizes[$1].height, $1) }) {
            if x > 0, x + sizes[part].width > room {
                y += height + gap
                (x, height) = (0, 0)
            }
            corners[part] = GraphLayout.Point(x, y)
            x += sizes[part].width + gap
            height = max(height, sizes[part].height)
        }
        return corners
    }
}
