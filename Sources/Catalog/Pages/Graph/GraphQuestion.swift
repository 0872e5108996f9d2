import EntityModel

extension GraphQuery {
    /// What a graph can answer at one press.
    enum Question: CaseIterable, Sendable {
        /// A few steps in every direction.
        case around
        /// Everything that would notice if it failed.
        case needing
        /// Everything that it would notice the failure of.
        case needed

        /// Types of relations that lead there; empty for all. Whoever consumes an API of a thing needs that as well.
        var relations: [String] {
            switch self {
            case .around: []
            case .needing: ["dependencyOf", "providesApi", "apiConsumedBy"]
            case .needed: ["dependsOn", "consumesApi", "apiProvidedBy"]
            }
        }

        func text(_ words: any GraphWords) -> String {
            switch self {
            case .around: words.around
            case .needing: words.whatNeedsIt
            case .needed: words.whatItNeeds
            }
        }

        func explanation(_ words: any GraphWords) -> String {
            switch self {
            case .around: words.aroundHelp
            case .needing: words.whatNeedsItHelp
            case .needed: words.whatItNeedsHelp
            }
        }
    }

    func asking(_ question: Question) -> GraphQuery {
        with {
            $0.relations = question.relations
            $0.depth = question == .around ? Self.standardDepth : nil
            $0.kinds = []
            $0.isOneWay = false
        }
    }

    func asks(_ question: Question) -> Bool {
        let asked = asking(question)
        return asked.depth == depth && Set(asked.relations) == Set(relations) && kinds.isEmpty && !isOneWay
    }
}
