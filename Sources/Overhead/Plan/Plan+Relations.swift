import Probing

/// What the kernel's own benchmark expects of its figures (tools/testing/selftests/seccomp/seccomp_benchmark.c), as figures
/// with intervals: two filters that are cached, one that is not, and a fourth that could be if it stood alone.
///
/// That benchmark takes as equal what lies within 2 ns or a tenth; before February 2024 it took a hundredth.
extension Plan {
  mutating func addRelations() {
    let cached = SyntheticFilters.allowAll
    let run = SyntheticFilters.length(2)
    time(Self.allowed("2 cached", under: [cached, cached]))
    time(Self.allowed("2 cached and 1", under: [cached, cached, run]))
    time(Self.allowed("2 cached and 2", under: [cached, cached, run, cached]))
    let native = ["no filter": 1.0]
    let one = ["cached": 1.0]
    let two = ["2 cached": 1.0]
    let third = ["2 cached and 1": 1.0]
    let fourth = ["2 cached and 2": 1.0]
    // Its names: entry is what one cached filter costs beyond a second one.
    let entry = Figure.sum([(1, one), (-1, native), (-1, Figure.sum([(1, two), (-1, one)]))])
    let lastTwo = Figure.sum([(1, fourth), (-1, third)])
    let quarter = Figure.sum([(0.25, fourth), (-0.25, native), (-0.25, entry)])
    relation(.atMost, "native ≤ 1 cached", native, one)
    relation(.atMost, "native ≤ 3 filters", native, third)
    relation(.about, "per filter (last two) ≈ per filter (all four)", lastTwo, quarter)
    let (overOne, overTwo) = (Figure.sum([(1, one), (-1, native)]), Figure.sum([(1, two), (-1, native)]))
    relation(.about, "1 cached ≈ 2 cached", overOne, overTwo)
    relation(.about, "entry ≈ 1 cached", entry, overOne)
    relation(.about, "entry ≈ 2 cached", entry, overTwo)
    relation(
      .about, "native + entry + 4 × per filter ≈ all four",
      Figure.sum([(1, native), (1, entry), (4, lastTwo)]), fourth)
  }

  private mutating func relation(
    _ kind: Figure.Relation.Kind, _ title: String, _ left: [String: Double], _ right: [String: Double]
  ) {
    var figure = Figure("relation.\(title)", title, .relations, Figure.sum([(1, left), (-1, right)]))
    figure.relation = Figure.Relation(kind: kind, sides: [left, right])
    add(figure)
  }
}
