/// What the home page, its widgets and the page of stars say.
protocol HomeWords: Sendable {
    var home: String { get }
    var editLayout: String { get }
    var nothingHere: String { get }
    var nothingHereText: String { get }
    var openCatalog: String { get }

    // The layout.
    var layoutText: String { get }
    var onThePage: String { get }
    var pageIsBare: String { get }
    var canBeAdded: String { get }
    var everythingIsShown: String { get }
    var saveWidths: String { get }
    var reset: String { get }
    var finish: String { get }
    var add: String { get }
    func width(_ columns: Int) -> String
    func width(of title: String) -> String
    func moveUp(_ title: String) -> String
    func moveDown(_ title: String) -> String
    func remove(_ title: String) -> String
    func add(_ title: String) -> String
    func widgets(_ count: Int) -> String

    // Widgets.
    var starred: String { get }
    var noStars: String { get }
    var recent: String { get }
    var most: String { get }
    var noVisits: String { get }
    var announcements: String { get }
    var toolkit: String { get }
    func times(_ count: Int) -> String

    // The page of stars.
    var starredText: String { get }
    var entities: String { get }
    var noneToStar: String { get }
    func tooManyToStar(_ most: Int) -> String
    func tooManyStars(_ most: Int) -> String
    func notThereToStar(_ references: [String], more: Int) -> String
    func stars(_ count: Int) -> String
    func range(_ first: Int, _ last: Int, of total: Int) -> String

    // The first steps of an operator.
    var firstSteps: String { get }
    var firstStepsText: String { get }
    var hideFirstSteps: String { get }
    var signInStep: String { get }
    var noOtherSignIn: String { get }
    var signInClosed: String { get }
    var signInDone: String { get }
    var showProviders: String { get }
    var locationStep: String { get }
    var locationOpen: String { get }
    var locationDone: String { get }
    var register: String { get }
    var entitiesStep: String { get }
    var entitiesOpen: String { get }
    var entitiesDone: String { get }
    var peopleStep: String { get }
    var peopleOpen: String { get }
    var peopleDone: String { get }
    var databaseStep: String { get }
    var databaseOpen: String { get }
    var databaseIsServer: String { get }
    func databaseIsFile(_ folder: String) -> String
    var whatToDo: String { get }
}
