extension GermanCatalog: PeopleWords {
    var ownership: String { "Besitz" }
    var ownsNothing: String { "Besitzt noch nichts. Ein Eintrag nennt seinen Eigentümer mit spec.owner." }
    var withSubgroups: String { "Mit Untergruppen" }
    var withGroups: String { "Mit eigenen Gruppen" }
    var onlyDirect: String { "Nur direkt" }
    func directly(_ count: Int) -> String { "\(number(count)) direkt" }
    func ofThemDirectly(_ count: Int) -> String { "\(number(count)) davon direkt, die anderen über Gruppen darunter." }
    var hierarchy: String { "Hierarchie" }
    var isAboveToo: String { "auch darüber: Diese Gruppen bilden einen Kreis" }
    var noMembers: String { "Noch keine Mitglieder. Ein Nutzer nennt seine Gruppen mit spec.memberOf." }
}
