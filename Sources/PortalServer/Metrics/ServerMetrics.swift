import Foundation
import PortalKit

/// What the server tells of the program and its background services; of the program by the names that Prometheus' own
/// client libraries use.
enum ServerMetrics {
    static func families(_ process: ProcessReport, _ services: [BackgroundReport]) -> [MetricFamily] {
        program(process) + background(services)
    }

    /// Who is told what happens for as long as they listen.
    /// - Parameters:
    ///   - pages: open in browsers.
    ///   - streams: of programs, which leave nothing out.
    static func listeners(pages: Int, streams: Int) -> MetricFamily {
        MetricFamily(
            "callboard_http_listeners", .gauge, "Open event streams: those of pages, and those that leave nothing out.",
            [("page", pages), ("stream", streams)].map { MetricSample(Double($1), [.init("type", $0)]) })
    }

    private static func program(_ process: ProcessReport) -> [MetricFamily] {
        var families = [
            MetricFamily(
                "callboard_build_info", .gauge, "Always 1; its label is the version that runs.",
                [MetricSample(1, [.init("version", CallboardVersion.current)])]),
            MetricFamily(
                "process_cpu_seconds_total", .counter, "Processor time of the program.",
                ProcessFigures.processorSeconds),
            MetricFamily(
                "process_start_time_seconds", .gauge, "When the program started, in seconds since 1970.",
                process.startedAt.timeIntervalSince1970),
            MetricFamily(
                "process_open_fds", .gauge, "Open descriptors, connections among them.",
                Double(ProcessFigures.openDescriptors)),
        ]
        if let bytes = process.residentBytes {
            families.append(
                MetricFamily(
                    "process_resident_memory_bytes", .gauge, "Memory that the system counts as the program's.",
                    Double(bytes)))
        }
        return families
    }

    private static func background(_ services: [BackgroundReport]) -> [MetricFamily] {
        func labelled(_ value: (BackgroundReport) -> Double) -> [MetricSample] {
            services.map { MetricSample(value($0), [.init("service", $0.name)]) }
        }
        return [
            MetricFamily(
                "callboard_background_service_up", .gauge,
                "1 while the service runs, 0 while it waits after a failure.",
                labelled { if case .running = $0.phase { 1 } else { 0 } }),
            MetricFamily(
                "callboard_background_service_failures_total", .counter,
                "How often the service failed and was started again.", labelled { Double($0.failures) }),
        ]
    }
}
