import PortalKit
import Testing

@Suite struct HistogramTests {
    @Test("classes add up to those below them, and an end belongs to its class")
    func classes() {
        let histogram = Histogram([0.01, 0.1])
        for milliseconds in [10, 11, 100, 5_000] { histogram.add(.milliseconds(milliseconds)) }
        let label = MetricSample.Label("route", "/")
        let samples = histogram.samples([label])
        #expect(samples.map(\.suffix) == ["_bucket", "_bucket", "_bucket", "_sum", "_count"])
        #expect(samples.prefix(3).map { $0.labels.last?.value } == ["0.01", "0.1", "+Inf"])
        #expect(samples.allSatisfy { $0.labels.first == label })
        #expect(samples.map(\.value) == [1, 3, 4, 5.121, 4])
    }

    @Test("what nobody used has no samples")
    func nothing() { #expect(Histogram().samples().isEmpty) }
}
