extension EnglishCatalog: GoneWords {
    var notFound: String { "Not found" }
    var searchCatalog: String { "Search the catalog" }
    var didYouMean: String { "Did you mean" }
    var mayHaveBeenRemoved: String { "It may have been removed, or its file was not read yet." }
    var tabMayShow: String { "It may show once the entity has what the part is about." }
    var showOverview: String { "Show its overview" }
    var showHistory: String { "Show its history" }
    var deletedAt: String { "Deleted " }
    var refused: String { "A file declares it, but it was refused" }
    var mendTheFile: String { "Mend the file; " }
    var itsLocation: String { "its location" }
    var saysWhatElse: String { " says what else is wrong." }

    var openCatalog: String { "Open the catalog" }
    func lacks(_ feature: MissingFeature.Feature) -> (title: String, message: String) {
        switch feature {
        case .templates: ("No software templates yet", "This portal does not have software templates yet.")
        case .documentation:
            ("No documentation yet", "This portal does not show the documentation of entities yet.")
        }
    }
    func showInCatalog(_ title: String) -> String { "Show \(title) in the catalog" }
    func wasDeleted(_ title: String) -> String { "\(title) was deleted" }
    func noLongerHas(_ reference: String) -> String { "The catalog no longer has \(reference)." }
    func thereIsNo(_ reference: String) -> String { "There is no \(reference) in the catalog." }
    func noPart(_ title: String, _ id: String) -> String { "\(title) has no part named \(id)." }
}
