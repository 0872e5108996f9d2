import Testing

@testable import Catalog

@Suite struct URLReferenceTests {
    @Test(
        "a host is a name or an address, with a port that there can be",
        arguments: [
            ("https://files.example/a", true), ("https://files.example:8443/a", true), ("https://a:00080/", true),
            ("https://a:/", true), ("https://a:65535/", true), ("https://a:65536/", false),
            ("https://a:9454623096273/", false), ("https://[::1]/a", true), ("https://[::]:80/a", true),
            ("https://[2001:db8::7]/", true), ("https://[1:2:3:4:5:6:7:8]/", true),
            ("https://[::ffff:127.0.0.1]/", true), ("https://[1:2:3:4:5:6:7]/", false),
            ("https://[1:2:3:4:5:6:7:8:9]/", false), ("https://[1::2::3]/", false), ("https://[:::1]/", false),
            ("https://[0.d0d]/", false), ("https://[::1.2.3]/", false), ("https://[::256.1.1.1]/", false),
            ("https://[12345::]/", false), ("https://[]/", false), ("https://[::1/", false),
        ])
    func hosts(_ text: String, _ isOne: Bool) { #expect((URLReference.parse(text) != nil) == isOne) }
}
