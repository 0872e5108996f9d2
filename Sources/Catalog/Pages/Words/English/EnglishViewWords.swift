extension EnglishCatalog: ViewWords {
    var viewFor: String { "For" }
    var viewForMe: String { "Me alone" }
    var replaceView: String { "Replace it" }
    var otherName: String { "Choose another name" }
    func removeView(_ name: String, of group: String) -> String { "Remove the view “\(name)” for all of \(group)" }
    func sharedView(_ name: String, with group: String) -> String { "\(name), shared with \(group)" }
    func viewSaved(_ name: String) -> String { "The view “\(name)” is saved." }
    func viewRemoved(_ name: String) -> String { "The view “\(name)” is removed." }
    func noSuchView(_ name: String) -> String { "There is no view “\(name)”, so the list is shown without it." }
    func problem(_ problem: SavedView.Problem) -> String {
        switch problem {
        case .noName: "A view needs a name."
        case .longName: "The name of a view has at most \(SavedView.longestName) characters."
        case .longQuery: "These filters are too many to be kept as a view."
        case .tooMany: "There are \(SavedView.most) views already. Remove one first."
        case .exists(let name, nil): "You have another view called “\(name)” already."
        case .exists(let name, let group?): "\(group) has another view called “\(name)” already."
        case .shared(let name, let group): "Everybody in \(group) loses the view “\(name)”."
        case .foreign(let group): "You are not in the group \(group), so its views are not yours to change."
        case .missing(let name, nil): "You have no view called “\(name)”, so none was removed."
        case .missing(let name, let group?): "\(group) has no view called “\(name)”, so none was removed."
        }
    }
    var noneChosen: String { "No entity is chosen." }
    func tooManyChosen(_ most: Int) -> String { "More than \(most) entities cannot be read again at once." }
}
