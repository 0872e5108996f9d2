import EntityModel
import Foundation
import Logging
import PortalKit
import Synchronization
import Testing

@testable import PortalServer

/// Keeps the lines of a log.
final class KeptLog: Sendable {
    private let kept = Mutex<[String]>([])

    var lines: [String] { kept.withLock { $0 } }
    var objects: [JSONObject] { lines.compactMap { try? JSONParser.parse(Array($0.utf8)).object } }

    func output(_ format: LogSettings.Format? = .json, level: Logger.Level? = nil) -> LogOutput {
        LogOutput(format: format, level: level, isTerminal: false) { [self] line in kept.withLock { $0.append(line) } }
    }
}

@Suite struct LogLineTests {
    @Test("an event is one object with time, level, label, message, metadata and what it belongs to")
    func json() async throws {
        let log = KeptLog()
        var logger = log.output().logger("callboard")
        logger[metadataKey: "plugin"] = "catalog"
        let trace = try #require(TraceContext(traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"))
        WorkContext.$current.withValue(WorkContext(request: "r-1", trace: trace)) {
            logger.warning("It is \"late\".\nVery.", metadata: ["count": .stringConvertible(3)])
        }
        let object = try #require(log.objects.first)
        #expect(log.lines.count == 1 && !log.lines[0].contains("\n"))
        let time = try #require(object["time"]?.string)
        #expect(time.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil)
        #expect(object["level"] == "warning")
        #expect(object["label"] == "callboard")
        #expect(object["message"] == "It is \"late\".\nVery.")
        #expect(object["metadata"] == ["count": 3, "plugin": "catalog"])
        #expect(object["request_id"] == "r-1")
        #expect(object["trace_id"] == "0af7651916cd43dd8448eb211c80319c")
        #expect(object["span_id"] == "b7ad6b7169203331")
    }

    @Test("times are in UTC, with milliseconds") func time() {
        #expect(LogLine.text(of: Date(timeIntervalSince1970: 0)) == "1970-01-01T00:00:00.000Z")
        #expect(LogLine.text(of: Date(timeIntervalSince1970: 1_709_208_000.25)) == "2024-02-29T12:00:00.250Z")
    }

    @Test("nothing that somebody sends can look like a line of its own, or move a cursor")
    func forged() {
        let log = KeptLog()
        let logger = log.output(.text).logger("callboard")
        logger.info(
            "a\r\n2026-01-01T00:00:00.000Z info callboard: forged\u{1b}[2J\u{2028}\u{202e}", metadata: ["b\n": "c\n d"])
        #expect(log.lines.count == 1)
        let line = log.lines.first ?? ""
        #expect(line.unicodeScalars.allSatisfy { $0.value >= 0x20 && ![0x7f, 0x2028, 0x202e].contains($0.value) })
        #expect(line.contains(#"info callboard: a\r\n2026"#))
        #expect(line.hasSuffix(#"b\n="c\n d""#))
    }

    @Test("long messages are cut, deep metadata too") func limits() throws {
        let log = KeptLog()
        let logger = log.output().logger("callboard")
        var deep: Logger.MetadataValue = "end"
        for _ in 0..<100 { deep = .dictionary(["in": deep]) }
        logger.info("\(String(repeating: "x", count: 100_000))", metadata: ["deep": deep])
        #expect(log.lines[0].utf8.count < 20_000)
        #expect(log.objects.count == 1)
    }

    @Test("the configuration sets form and level while the portal runs, the command line wins")
    func settings() throws {
        let log = KeptLog()
        let output = log.output(nil)
        let logger = output.logger("callboard")
        logger.debug("one")
        var settings = LogSettings()
        settings.level = .debug
        settings.format = .text
        output.take(settings)
        logger.debug("two")
        #expect(log.lines.count == 1 && log.lines[0].hasSuffix("debug callboard: two"))
        let fixed = log.output(.json, level: .error)
        fixed.take(settings)
        fixed.logger("callboard").warning("three")
        fixed.logger("callboard").error("four")
        #expect(log.lines.count == 2 && log.lines[1].hasPrefix("{"))
    }

    @Test(
        "what looks like a secret is left out of every line",
        arguments: [
            "https://ann:c4nary@host/x failed", "https://ann:c4/nary@host/x", "GET /a?token=c4nary&b=1",
            "at https://h/x?access_token=c4nary#y", "Authorization: Bearer c4nary-0123456789-0123456789",
            "postgresql://u:c4nary@db/x?sslmode=on", "password=c4nary host=db", "(client_secret=c4nary)",
            "it was ghp_c4nary0123456789abcdef", "jwt eyJhbGciOic4nary.eyJzdWIiOiJ4In0.abc",
        ])
    func secrets(_ text: String) {
        let log = KeptLog()
        for format in [LogSettings.Format.json, .text] {
            log.output(format).logger("callboard").error("\(text)", metadata: ["at": "\(text)", "cookie": "c4nary"])
        }
        #expect(log.lines.count == 2)
        for line in log.lines { #expect(!line.contains("c4nary") && !line.contains("c4/nary"), "\(line)") }
    }

    @Test("what looks like none is left as it is") func plain() {
        for text in [
            "component:default/a=b", "mail ann@example.org", "a sky-blue one", "basic facts", "tokens of ?q=a",
        ] {
            #expect(Redaction.redacted(text) == text)
        }
    }
}
