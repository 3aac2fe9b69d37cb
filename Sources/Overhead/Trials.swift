// Parts of a measurement alone, for trials of the measurement itself.
extension Condition {
  /// A call under a filter of 102 instructions, under a name of its own.
  package init(copy number: Int) {
    self = Plan.allowed("copy \(number)", under: [SyntheticFilters.length(102)])
  }
}

extension Bench {
  /// The relations of the kernel's own benchmark alone.
  package func relations() throws -> [RelationResult] {
    var plan = Plan.base()
    plan.addRelations()
    return try measure(plan, progress: { _, _ in }).relations
  }
}
