/// A number of bytes as people say it.
public enum ByteCount {
    private static let units = ["KiB", "MiB", "GiB", "TiB"]

    /// `10 MiB`, `1.5 KiB`, `999 bytes`; what does not come out even is rounded up, so that what exceeds a limit never
    /// reads as the limit.
    public static func text(_ bytes: Int) -> String {
        var tenths = bytes * 10
        var unit = "bytes"
        for next in units where tenths >= 10_240 {
            tenths = (tenths + 1_023) / 1_024
            unit = next
        }
        if unit == "bytes" { return "\(bytes) \(bytes == 1 ? "byte" : "bytes")" }
        return tenths % 10 == 0 ? "\(tenths / 10) \(unit)" : "\(tenths / 10).\(tenths % 10) \(unit)"
    }
}
