import CLinux
import PortalKit

/// Gives free memory back once the portal is quiet after work, and now and then while it works long: an ingest leaves
/// a hundred megabytes behind that the allocator would keep. Seldom, because a part of the allocator stands still for some
/// hundredths of a second meanwhile.
enum MemoryRelease {
    private static let look: Duration = .seconds(1)
    /// Processor seconds of work after which memory is given back once the portal is quiet.
    private static let enoughWork = 1.0
    /// Processor seconds of work without a pause after which it is given back all the same.
    private static let muchWork = 2.0
    /// Processor seconds between two looks below which the portal is quiet.
    private static let quiet = 0.05

    /// Called once, before anything else.
    static func prepare() { callboard_tune_memory() }

    static let service = BackgroundService("memory release") {
        var released = callboard_processor_seconds()
        var last = released
        // What was left behind since the last release during work.
        var isOwed = false
        while true {
            try await Task.sleep(for: look)
            let now = callboard_processor_seconds()
            let isQuiet = now - last < quiet
            if isQuiet ? isOwed || now - released > enoughWork : now - released > muchWork {
                callboard_release_memory()
                released = callboard_processor_seconds()
                isOwed = !isQuiet
            }
            last = now
        }
    }
}
