import PodFiles

/// What applies to pods, for people.
package struct PodText {
  let report: PodReport

  package init(_ report: PodReport) { self.report = report }

  package var text: String {
    var page = TextPage()
    page.paragraph("\(report.source): \(headline)", indent: 0, hanging: 2)
    for pod in report.pods where !pod.containers.isEmpty {
      page.heading(
        "\(pod.title)\(pod.namespace.map { " in \($0)" } ?? ""), line \(pod.line), \(pod.path)")
      for container in pod.containers { write(container, to: &page) }
      page.line("  sandbox (the pause container)")
      page.paragraph(
        pod.sandboxConfined
          ? "RuntimeDefault: the kubelet asks for it in every pod"
          : "UNCONFINED: no profile reaches it in this pod", indent: 4, hanging: 2)
    }
    write(report.ignored, under: "Not read", to: &page)
    write(report.remarks, under: "Remarks", to: &page)
    return page.text
  }

  private var headline: String {
    let containers = report.pods.flatMap(\.containers)
    let parts =
      "\(Numbers.counted(report.pods.count, "pod")), \(Numbers.counted(containers.count, "container"))"
    switch report.unconfined {
    case 0: return parts + ", all confined."
    case containers.count where containers.count == 1: return parts + ", UNCONFINED."
    case 1: return parts + ", 1 of them UNCONFINED."
    case let count: return parts + ", \(Numbers.grouped(count)) of them UNCONFINED."
    }
  }

  private func write(_ container: PodReport.Container, to page: inout TextPage) {
    let role = PodContainer.Role(rawValue: container.role)?.words ?? container.role
    page.line("  \(role) \(container.name)")
    page.paragraph(
      "\(container.confined ? container.type : "UNCONFINED"): \(container.reason)", indent: 4, hanging: 2)
    if let profile = container.profile {
      var text =
        "\(profile.file): default \(profile.defaultAction), \(Numbers.counted(profile.entries, "entry", plural: "entries"))"
      if profile.leftOut > 0 {
        text += ", \(Numbers.grouped(profile.leftOut)) more not for this container, kernel or machine"
      }
      page.paragraph(text, indent: 4, hanging: 2)
    }
    for remark in container.remarks { page.paragraph("note: " + remark, indent: 4, hanging: 2) }
  }

  private func write(_ places: [PodReport.Place], under title: String, to page: inout TextPage) {
    guard !places.isEmpty else { return }
    page.heading(title)
    for place in places {
      page.paragraph("line \(place.line), \(place.path): \(place.message)", hanging: 2)
    }
  }
}
