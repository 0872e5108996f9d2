extension EnglishEssentials: HomeWords {
    var home: String { "Home" }
    var editLayout: String { "Edit layout" }
    var nothingHere: String { "Nothing to show yet" }
    var nothingHereText: String {
        "What you own, star and visit is shown here. Edit the layout to choose what else there is."
    }
    var openCatalog: String { "Open the catalog" }

    var layoutText: String { "What your home page shows, from top to bottom. Only you see this." }
    var onThePage: String { "On the page" }
    var pageIsBare: String { "Nothing is on the page but the search." }
    var canBeAdded: String { "Can be added" }
    var everythingIsShown: String { "Everything there is stands on the page." }
    var saveWidths: String { "Save widths" }
    var reset: String { "Back to the usual layout" }
    var finish: String { "Show the page" }
    var add: String { "Add" }
    func width(_ columns: Int) -> String {
        switch columns {
        case 3: "A quarter"
        case 4: "A third"
        case 6: "A half"
        case 8: "Two thirds"
        case 9: "Three quarters"
        case 12: "The whole width"
        default: "\(columns) of 12 columns"
        }
    }
    func width(of title: String) -> String { "Width of \(title)" }
    func moveUp(_ title: String) -> String { "Move \(title) up" }
    func moveDown(_ title: String) -> String { "Move \(title) down" }
    func remove(_ title: String) -> String { "Remove \(title)" }
    func add(_ title: String) -> String { "Add \(title)" }
    func widgets(_ count: Int) -> String { count == 1 ? "1 part on the page" : "\(count) parts on the page" }

    var starred: String { "Starred" }
    var noStars: String { "Star what you come back to: the star stands beside the name of every entity." }
    var recent: String { "Recently visited" }
    var most: String { "Most visited" }
    var noVisits: String { "Pages that you visit are listed here." }
    var announcements: String { "Announcements" }
    var toolkit: String { "Toolkit" }
    func times(_ count: Int) -> String { "\(count)×" }

    var starredText: String { "What you keep at hand, the latest first. Only you see this." }
    var entities: String { "Entities" }
    var noneToStar: String { "No entity is chosen." }
    func tooManyToStar(_ most: Int) -> String { "More than \(most) entities cannot be starred at once." }
    func tooManyStars(_ most: Int) -> String {
        "Nobody can have more than \(most) stars. Take some away before you set others."
    }
    func notThereToStar(_ references: [String], more: Int) -> String {
        "There is no \(references.joined(separator: ", "))\(more > 0 ? " and \(more) more" : "") in the catalog; "
            + "nothing was starred."
    }
    func stars(_ count: Int) -> String { count == 1 ? "1 entity" : "\(count) entities" }
    func range(_ first: Int, _ last: Int, of total: Int) -> String { "\(first)–\(last) of \(total)" }

    var firstSteps: String { "First steps" }
    var firstStepsText: String { "Shown to operators, until all is done." }
    var hideFirstSteps: String { "Hide this list" }
    var signInStep: String { "Let people sign in as themselves" }
    var signInClosed: String { "Only guests can sign in: the other ways cannot be taken now." }
    var noOtherSignIn: String { "Only guests can sign in: this version has no other way yet." }
    var signInDone: String { "There is a way to sign in beside that of guests." }
    var showProviders: String { "Ways to sign in" }
    var locationStep: String { "Name the first location" }
    var locationOpen: String { "List a file below catalog.locations, or register its address." }
    var locationDone: String { "The catalog is read from at least one location." }
    var register: String { "Register" }
    var entitiesStep: String { "See the first entities" }
    var entitiesOpen: String { "Nothing was read yet." }
    var entitiesDone: String { "The catalog has entities." }
    var peopleStep: String { "Bring in teams and people" }
    var peopleOpen: String { "Without groups nobody owns anything. Add files with Group and User entities." }
    var peopleDone: String { "The catalog has groups, so that things have owners." }
    var databaseStep: String { "Keep what is stored" }
    var databaseOpen: String { "All is kept in memory and lost at the next start. Set backend.database." }
    var databaseIsServer: String { "PostgreSQL keeps it; back it up as your other databases." }
    func databaseIsFile(_ folder: String) -> String { "It is kept in \(folder); back that folder up." }
    var whatToDo: String { "Help" }
}
