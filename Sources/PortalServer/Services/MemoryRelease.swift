import CLinux
import PortalKit

/// Gives free memory back: once the portal is quiet after work, and while it works as soon as it has grown. An ingest
/// leaves a hundred megabytes behind that the allocator would keep. Not oftener, because a part of the allocator stands
/// still for some hundredths of a second meanwhile.
enum MemoryRelease {
    private static let look: Duration = .milliseconds(100)
    /// Processor seconds of work after which memory is given back once the portal is quiet.
    private static let enoughWork = 1.0
    /// Processor seconds between two releases during work.
    private static let leastWork = 0.35
    /// What has come since the last release and may be free.
    private static let growth = 6 << 20
    /// Processor seconds between two looks below which the portal is quiet.
    private static let quiet = 0.005

    /// What the operating system counts as the program's; nil where it does not say.
    static var residentBytes: Int? {
        let bytes = Int(callboard_resident_bytes())
        return bytes > 0 ? bytes : nil
    }

    /// Called once, before anything else.
    static func prepare() { callboard_tune_memory() }

    static let service = BackgroundService("memory release") {
        var released = callboard_processor_seconds()
        var last = released
        var size = callboard_resident_bytes()
        // What was left behind since the last release during work.
        var isOwed = false
        while true {
            try await Task.sleep(for: look)
            let now = callboard_processor_seconds()
            let isQuiet = now - last < quiet
            last = now
            let isDue =
                isQuiet
                ? isOwed || now - released > enoughWork
                : now - released > leastWork && callboard_resident_bytes() > size + growth
            guard isDue else { continue }
            callboard_release_memory()
            released = callboard_processor_seconds()
            size = callboard_resident_bytes()
            isOwed = !isQuiet
        }
    }
}
