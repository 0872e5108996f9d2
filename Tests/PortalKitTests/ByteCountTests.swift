import PortalKit
import Testing

@Suite struct ByteCountTests {
    @Test(
        "bytes are said as people say them, and never as less than they are",
        arguments: [
            (0, "0 bytes"), (1, "1 byte"), (1_023, "1023 bytes"), (1_024, "1 KiB"), (1_025, "1.1 KiB"),
            (10 << 20, "10 MiB"), ((10 << 20) + 1, "10.1 MiB"), (3 << 29, "1.5 GiB"), (1 << 20, "1 MiB"),
        ])
    func text(_ bytes: Int, _ expected: String) { #expect(ByteCount.text(bytes) == expected) }
}
