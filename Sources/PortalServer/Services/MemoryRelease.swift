import CLinux
import PortalKit

/// Gives free memory back once the portal is quiet after work: an ingest leaves hundreds of megabytes behind that the
/// allocator would keep. Not while it works, because the allocator stands still meanwhile.
enum MemoryRelease {
    private static let look: Duration = .seconds(2)
    /// Processor seconds since the last release that make another worth it.
    private static let enoughWork = 1.0
    /// Processor seconds between two looks below which the portal is quiet.
    private static let quiet = 0.1

    /// Called once, before anything else.
    static func prepare() { callboard_tune_memory() }

    static let service = BackgroundService("memory release") {
        var released = callboard_processor_seconds()
        var last = released
        while true {
            try await Task.sleep(for: look)
            let now = callboard_processor_seconds()
            if now - last < quiet, last - released > enoughWork {
                callboard_release_memory()
                released = callboard_processor_seconds()
            }
            last = now
        }
    }
}
