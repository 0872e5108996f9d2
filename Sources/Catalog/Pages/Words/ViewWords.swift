/// What saved views say, and what is done with chosen rows says where it refuses.
protocol ViewWords: Sendable {
    var viewFor: String { get }
    var viewForMe: String { get }
    var replaceView: String { get }
    var otherName: String { get }
    func removeView(_ name: String, of group: String) -> String
    func sharedView(_ name: String, with group: String) -> String
    func viewSaved(_ name: String) -> String
    func viewRemoved(_ name: String) -> String
    func noSuchView(_ name: String) -> String
    func problem(_ problem: SavedView.Problem) -> String
    var noneChosen: String { get }
    func tooManyChosen(_ most: Int) -> String
}
