import PortalKit

/// What operators are told of reading. Each language is one value.
protocol IngestionWords: Sendable {
    var ingestion: String { get }
    var entities: String { get }
    /// What one file declares, without what it leads to.
    var inTheFile: String { get }
    var bodies: String { get }
    var memoryOfEach: String { get }
    var change: String { get }
    var isAsked: String { get }
    var sources: String { get }
    var failing: String { get }
    var due: String { get }
    var reading: String { get }
    var findSources: String { get }
    var failingOnly: String { get }
    var noSources: String { get }
    var noSourcesWhy: String { get }
    var register: String { get }
    var noneFails: String { get }
    var noSourceFound: String { get }
    var clearIt: String { get }
    var showAll: String { get }
    func shown(_ first: Int, _ last: Int, of count: Int) -> String
    var source: String { get }
    var state: String { get }
    var lastRead: String { get }
    var nextRead: String { get }
    var lastChange: String { get }
    var never: String { get }
    var now: String { get }
    var onRequest: String { get }
    var isConfigured: String { get }
    var isRegistered: String { get }
    func failing(_ count: Int, since age: String) -> String
    /// Of the documents of a source.
    func refused(_ count: Int, of documents: Int) -> String
    /// Followed by what leads to a source.
    var isNamedBy: String { get }
    /// The entity that stands for the source.
    var itsOwnLocation: String { get }
    var isReading: String { get }
    var fails: String { get }
    var isMissing: String { get }
    var isHeld: String { get }
    var isDue: String { get }
    var hasRemarks: String { get }
    var isWell: String { get }
    var remarks: String { get }
    func readNow(_ target: String) -> String
    var readNow: String { get }
}

extension Language {
    var ingestion: any IngestionWords {
        switch self {
        case .english: EnglishIngestion()
        case .german: GermanIngestion()
        }
    }
}
