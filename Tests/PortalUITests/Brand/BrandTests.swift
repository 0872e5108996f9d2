import PortalKit
import PortalUI
import Testing

/// An operator's colour is shown as it is wished where it can be read, and else as near to it as can be.
@Suite struct BrandTests {
    private static let light = ["#f4f9f7", "#ffffff", "#ecf2f0"]
    private static let dark = ["#0b1516", "#192425", "#070f10"]

    @Test("colours are read as style sheets write them, and nothing else is")
    func parsing() {
        #expect(Colour("#0a7")?.text == "#00aa77")
        #expect(Colour("#015871")?.text == "#015871")
        for text in ["", "#", "red", "0a7", "#0a7f", "#gggggg", "#01587", "#0158711", "# 15871"] {
            #expect(Colour(text) == nil, "\(text)")
        }
    }

    @Test("contrast is that of WCAG")
    func contrast() throws {
        let (black, white) = (try #require(Colour("#000")), try #require(Colour("#fff")))
        #expect(abs(black.contrast(with: white) - 21) < 0.01)
        #expect(abs(white.contrast(with: white) - 1) < 0.001)
    }

    @Test(
        "text in the accent can be read on every ground of both themes",
        arguments: ["#000000", "#ffffff", "#ffff00", "#ff0000", "#015871", "#777777", "#0000ff", "#f6bd48"])
    func readable(_ wish: String) throws {
        let style = try #require(Brand(accent: Colour(wish)).style)
        let match = try #require(style.firstMatch(of: /--accent: light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/))
        for (text, grounds) in [(String(match.1), Self.light), (String(match.2), Self.dark)] {
            let accent = try #require(Colour(text))
            for ground in grounds {
                let ground = try #require(Colour(ground))
                #expect(accent.contrast(with: ground) >= 4.5, "\(wish) became \(text)")
            }
        }
    }

    @Test("what was changed is said, and what can be read is left as it is")
    func corrections() {
        #expect(Brand(accent: Colour("#ffff00")).corrections.count == 1)
        #expect(Brand(accent: Colour("#015871")).corrections.map { $0.contains("dark") } == [true])
        #expect(Brand().corrections.isEmpty)
        #expect(Brand.none == Brand())
    }

    @Test("a logo and a colour change the names of assets, so that no browser shows old ones")
    func assets() throws {
        let plain = try #require(Assets.shared.path("app.css"))
        let branded = Assets(brand: Brand(accent: Colour("#aa0000"), logo: Brand.Logo([1, 2, 3], ending: "png")))
        #expect(branded.path("app.css") != plain)
        #expect(branded.path("logo.png") != nil)
        #expect(branded.file(at: plain.text) == nil)
    }
}
