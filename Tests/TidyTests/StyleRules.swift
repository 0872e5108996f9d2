/// How pages come to their looks: classes are the design system's alone, and each has one place.
enum StyleRules {
    /// A feature that named a class would draw something that no other page has, and that no change of the design reaches.
    static func classesOutside(_ files: [TextFile]) throws -> [String] {
        let pattern = try Regex(#"\.class\("#)
        return files.filter { $0.target != "PortalUI" && $0.target != "PortalKit" }.flatMap { file in
            file.linesOfCode(with: pattern).map {
                "\(file.path):\($0) names a class. Use a component of PortalUI, or add one there."
            }
        }
    }

    /// A class that stands alone in two style sheets means two things.
    static func classesTwice(_ files: [TextFile]) -> [String] {
        var places: [String: Set<String>] = [:]
        for file in files where file.path.hasSuffix(".css") {
            for line in file.lines {
                guard let brace = line.firstIndex(of: "{") else { continue }
                for selector in line[..<brace].split(separator: ",") {
                    let words = selector.split(separator: " ").map(String.init)
                    guard words.count == 1, let name = words.first?.wholeMatch(of: /\.([a-z][a-z0-9-]*)/)?.1 else {
                        continue
                    }
                    places[String(name), default: []].insert(file.name)
                }
            }
        }
        return places.filter { $0.value.count > 1 }.map { name, files in
            "The class \(name) is styled in \(files.sorted().joined(separator: " and ")). Give one of them another name."
        }.sorted()
    }
}
