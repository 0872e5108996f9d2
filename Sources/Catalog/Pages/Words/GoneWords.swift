/// What what is not there any more, or never was says.
protocol GoneWords: Sendable {
    var notFound: String { get }
    var searchCatalog: String { get }
    var didYouMean: String { get }
    var mayHaveBeenRemoved: String { get }
    var tabMayShow: String { get }
    var showOverview: String { get }
    var showHistory: String { get }
    var deletedAt: String { get }
    var refused: String { get }
    var mendTheFile: String { get }
    var itsLocation: String { get }
    var saysWhatElse: String { get }
    var openCatalog: String { get }
    func lacks(_ feature: MissingFeature.Feature) -> (title: String, message: String)
    func showInCatalog(_ title: String) -> String
    func wasDeleted(_ title: String) -> String
    func noLongerHas(_ reference: String) -> String
    func thereIsNo(_ reference: String) -> String
    func noPart(_ title: String, _ id: String) -> String
}
